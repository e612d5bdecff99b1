# SPDX-License-Identifier: EUPL-1.2
"""What synpunkter and public texts add: menu, things to do, reminders that escalate, gallring, the log."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Assignment, Boende
from boenden.registration.contact_lists import reader_of
from boenden.rights import has_right, rights_at
from incidents import public_text_actions
from incidents.models import PublicRelease, PublicText, Synpunkt
from incidents.synpunkt_actions import FORGOTTEN, forget_old_senders, forget_senders
from incidents.synpunkt_rules import late_on
from platssamverkan.accounts.roles import Right, Role, roles_with
from platssamverkan.audit.labels import register_event
from platssamverkan.documents.removed import register_forgetter
from platssamverkan.look.words import day
from platssamverkan.notices.providers import Due, register_provider, register_sender
from platssamverkan.start import corner, registry
from platssamverkan.start.registry import MenuEntry, Panel, Todo

MOST = 50
HELP = {
    "synpunkter": [
        "incidents:synpunkt_list", "incidents:synpunkt_list_boende", "incidents:synpunkt_create",
        "incidents:synpunkt_detail", "incidents:synpunkt_triage", "incidents:synpunkt_reply",
        "incidents:synpunkt_close", "incidents:synpunkt_felanmalan", "incidents:synpunkt_incident",
    ],
    "publika-sidan": ["incidents:publictext_list", "incidents:publictext_update"],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.todo_providers.append(todos)
    corner.told_providers.append(told)
    register_provider("synpunkter_late", late)
    register_sender("synpunkter: gallring of senders", forget_old_senders)
    register_forgetter(forget_senders)
    registry.help_topics.update({view: anchor for anchor, views in HELP.items() for view in views})
    register_event(public_text_actions.RELEASED, gettext_lazy("släppte för alla"))
    register_event(public_text_actions.WITHDRAWN, gettext_lazy("tog tillbaka"))
    register_event(FORGOTTEN, gettext_lazy("tog bort avsändaren ur"))


def menu(user: Any) -> Iterator[MenuEntry]:
    """The inbox."""
    if has_right(user, Right.READ_SYNPUNKTER):
        yield MenuEntry(gettext_lazy("Synpunkter"), reverse("incidents:synpunkt_list"), "chat-left-text", order=22)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's inbox, and what it tells everyone."""
    rights = rights_at(user, boende)
    if Right.READ_SYNPUNKTER in rights:
        url = reverse("incidents:synpunkt_list_boende", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Synpunkter"), url, "chat-left-text", order=125)
    if Right.READ_PUBLIC_TEXTS in rights:
        url = reverse("incidents:publictext_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Publik sida"), url, "megaphone", order=185)


def told(user: Any) -> Iterator[Panel]:
    """On a neighbour's Min sida, and nowhere in the menu: where she says what she thinks."""
    lists, _has_own_data = reader_of(user)
    slugs = [slug for _name, slug in lists]
    rows = PublicRelease.objects.in_force().filter(boende__slug__in=slugs, kind=PublicText.Kind.PAGE)
    if pages := list(rows.select_related("boende").order_by("boende__name")):
        yield Panel("incidents/told.html", {"pages": pages})


def todos(user: Any) -> Iterator[Todo]:
    """Those to be answered, the most urgent first."""
    if not has_right(user, Right.EDIT_SYNPUNKTER):
        return
    waiting = Synpunkt.objects.editable_by(user).waiting().select_related("boende")
    for synpunkt in waiting.order_by("answer_by", "pk")[:MOST]:
        yield Todo(
            title=_("Svara: %(synpunkt)s") % {"synpunkt": synpunkt},
            url=synpunkt.get_absolute_url(),
            due_on=synpunkt.answer_by,
            about=str(synpunkt.boende),
            children=synpunkt.children,
            mine=synpunkt.responsible_id == user.pk,
        )


def late(now: datetime) -> Iterator[Due]:
    """Those not answered in time: to whoever is responsible and the enhetschef, then to the förvaltningschef too.

    The letter says which boende and since when, never what was said or by whom.
    """
    today = timezone.localdate(now)
    rows = Synpunkt.objects.waiting().filter(answer_by__lt=today, boende__archived_at__isnull=True)
    chiefs: dict[Any, list[Any]] = {}
    held = Assignment.objects.current().filter(role__in=[Role.ENHETSCHEF, Role.FORVALTNINGSCHEF], user__is_active=True)
    for assignment in held.select_related("user").order_by("pk"):
        chiefs.setdefault(assignment.boende_id or assignment.forvaltning_id, []).append(assignment.user)
    working = Assignment.objects.current().filter(role__in=roles_with(Right.EDIT_SYNPUNKTER), user__is_active=True)
    still_there = working.filter(user=OuterRef("responsible"), boende=OuterRef("boende"))
    rows = rows.annotate(has_responsible=Exists(still_there)).select_related("boende", "responsible")
    for synpunkt in rows.order_by("pk").iterator(chunk_size=2000):
        first, then = late_on(synpunkt)
        nearest = {user.pk: user for user in chiefs.get(synpunkt.boende_id, [])}
        if synpunkt.responsible and synpunkt.has_responsible:
            nearest[synpunkt.responsible.pk] = synpunkt.responsible
        for user in nearest.values():
            yield late_letter(synpunkt, user, first, "synpunkt_late")
        if then <= today:
            for user in chiefs.get(synpunkt.boende.forvaltning_id, []):
                yield late_letter(synpunkt, user, then, "synpunkt_late_chief")


def late_letter(synpunkt: Synpunkt, user: Any, due_on: date, what: str) -> Due:
    """The letter to one person, once for each day that was promised."""
    facts = {"boende": synpunkt.boende, "day": day(synpunkt.answer_by)}
    text = _("En synpunkt till %(boende)s skulle ha besvarats senast %(day)s. Svara, eller be någon svara i dag.")
    if synpunkt.children:
        text = _("En synpunkt som rör barn skulle ha besvarats av %(boende)s senast %(day)s. Svara i dag.")
    if what == "synpunkt_late_chief":
        text = _("En synpunkt till %(boende)s skulle ha besvarats senast %(day)s och är inte besvarad än.")
    return Due(
        what=what,
        occasion=f"{synpunkt.pk}:{synpunkt.answer_by}",
        subject=_("En synpunkt till %(boende)s är inte besvarad i tid") % facts,
        text=text % facts,
        due_on=due_on,
        user=user,
        url=synpunkt.get_absolute_url(),
    )
