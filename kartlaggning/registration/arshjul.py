# SPDX-License-Identifier: EUPL-1.2
"""What the årshjul adds: its pages, Min dag, the boende's overview, its reminders, the handbook's place, the demo."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, CharField, F, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.rights import assignments_of, has_right, own_boenden, rights_at
from incidents.demo import make
from kartlaggning import insats_days
from kartlaggning.actions.arshjul_filling import fill_waiting
from kartlaggning.arshjul.demo import make_arshjul
from kartlaggning.arshjul.own_sources import register_own
from kartlaggning.arshjul.reminders import BATCH
from kartlaggning.arshjul.wheel import with_standing
from kartlaggning.due_lines import COLUMNS, due_lines
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.notices.providers import register_batch, register_provider, register_sender
from platssamverkan.start import registry
from platssamverkan.start.registry import CalendarDay, MenuEntry, Panel, Todo

SOON = timedelta(days=14)  # how far ahead Min dag looks
MOST = 50
BACK = timedelta(days=400)
MEETINGS = "forum_meeting"  # a source of the forums
SHOWN = 4  # on the overview
TOPIC = "arshjulet"
PAGES = [
    "arshjul", "arshjul_list", "arshjulactivity_detail", "arshjulactivity_create", "arshjulactivity_update",
    "arshjulactivity_done", "arshjulactivity_postpone", "arshjulactivity_skip", "arshjultemplate_list",
    "arshjultemplate_detail", "arshjultemplate_update", "arshjulentry_create", "arshjulentry_update",
]  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    register_own()
    register_sender("arshjul", fill_waiting)
    register_batch("arshjul", BATCH)
    register_provider("insatser", insats_days.insatser_due)
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.todo_providers.append(todos)
    registry.boende_panel_providers.append(panels)
    registry.calendar_providers.append(days)
    registry.help_topics.update({f"kartlaggning:{name}": TOPIC for name in PAGES})
    register_event("arshjul_done", gettext_lazy("skrev som klart"))
    register_event("arshjul_postponed", gettext_lazy("sköt upp"))
    register_event("arshjul_set_aside", gettext_lazy("skrev att det inte gäller"))
    register_event("arshjul_reopened", gettext_lazy("tog upp igen"))
    make.last_rooms.append(make_arshjul)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The årshjul of all boenden one reads; for whoever only decides the templates, those."""
    label, icon = gettext_lazy("Årshjul"), "calendar2-check"
    if has_right(user, Right.READ_KARTLAGGNING):
        yield MenuEntry(label, reverse("kartlaggning:arshjul_list"), icon, order=55)
    elif has_right(user, Right.EDIT_ARSHJUL_TEMPLATE):
        url = reverse("kartlaggning:arshjultemplate_list")
        yield MenuEntry(gettext_lazy("Årshjulets mallar"), url, icon, order=55)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's year."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        url = reverse("kartlaggning:arshjul", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Årshjul"), url, "calendar2-check", order=168)


def todos(user: Any) -> Iterator[Todo]:
    """What is late or due soon: of the årshjul what the user answers for, of insatser, and lines of rooms above.

    One query for all of it.
    """
    if not assignments_of(user) or not has_right(user, Right.READ_KARTLAGGNING):
        return
    soon = timezone.localdate() + SOON
    own = ArshjulActivity.objects.visible_to(user).open().responsibility_of(user).filter(due_on__lte=soon).order_by()
    worded = {"kind": Value("", output_field=CharField()), "name": F("title"), "place": F("boende__name")}
    mine = Value(False, output_field=BooleanField())
    rows = own.annotate(**worded, day=F("due_on"), mine=mine).values_list(*COLUMNS)
    others = insats_days.lines(user, soon) if has_right(user, Right.EDIT_KARTLAGGNING) else []
    others += [selection for lines in due_lines for selection in lines.rows(user, soon)]
    in_words = {lines.kind: lines.todo for lines in due_lines}
    for pk, kind, name, place, day, is_mine in rows.union(*others, all=True).order_by("day")[:MOST]:
        if kind in in_words:
            yield in_words[kind](pk, name, place, day)
        elif kind:
            url = reverse("kartlaggning:insats_detail", args=[pk])
            yield Todo(insats_days.line_title(kind, name), url, day, about=place, mine=is_mine)
        else:
            yield Todo(name, reverse("kartlaggning:arshjulactivity_detail", args=[pk]), day, about=place)


def panels(user: Any, boende: Boende) -> Iterator[Panel]:
    """What comes next in the boende's year, on its overview. One query."""
    if Right.READ_KARTLAGGNING in rights_at(user, boende):
        coming = ArshjulActivity.objects.visible_to(user).open().filter(boende=boende).order_by("due_on", "title", "pk")
        url = reverse("kartlaggning:arshjul", args=[boende.slug])
        yield Panel("kartlaggning/arshjul_next.html", {"rows": with_standing(coming[:SHOWN]), "url": url}, order=45)


def days(user: Any) -> Iterator[CalendarDay]:
    """What is left to do at the boenden where the user works, and what was done the last year. One query.

    Meetings stand in the same calendar with their hours.
    """
    since = timezone.localdate() - BACK
    rows = ArshjulActivity.objects.visible_to(user).filter(boende__in=own_boenden(user), due_on__gte=since)
    rows = rows.exclude(state=ArshjulActivity.State.SKIPPED).exclude(entry__source=MEETINGS).for_list()
    for activity in rows:
        words = _("%(title)s, %(boende)s") if activity.is_open else _("Klart: %(title)s, %(boende)s")
        yield CalendarDay(
            uid=f"arshjul-{activity.pk}",
            day=activity.due_on,
            title=words % {"title": activity.title, "boende": activity.boende},
            url=activity.get_absolute_url(),
            changed_at=activity.changed_at,
        )
