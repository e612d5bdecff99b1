# SPDX-License-Identifier: EUPL-1.2
"""What forums add to the menu, Min dag and the boende's page: a Min dag also for those who are members only."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from boenden.registration.contact_lists import reader_of
from boenden.rights import assignments_of, rights_at
from forum.attending import absent_members
from forum.models import Forum, Invitation, Meeting, Member, Question
from forum.own import convened_by, meetings_of, memberships_of, open_actions_of, reads_by_role, takes_part
from platssamverkan.accounts.roles import Right
from platssamverkan.start import corner, registry
from platssamverkan.start.corner import CornerPage
from platssamverkan.start.registry import MenuEntry, Panel, Todo

MEETINGS_SHOWN = 4
ACTIONS_SHOWN = 5
CALL_DAYS = 21  # so long before a meeting its call ought to be sent
AHEAD = timedelta(days=14)


def register() -> None:
    """Called once when Django starts."""
    registry.own_day_providers.append(takes_part)
    registry.menu_providers.append(menu)
    registry.title_providers.append(titles)
    corner.page_providers.append(corner_pages)
    corner.told_providers.append(told)
    registry.todo_providers.append(todos)
    registry.panel_providers.append(panels)
    registry.boende_panel_providers.append(boende_panels)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The forums, for those who read some by a role or are in one; a neighbour has them in her corner's menu.

    Of someone with another role (a systemförvaltare) nothing is asked here: her Min dag shows the forums she is in.
    """
    is_outside = not assignments_of(user) and not reader_of(user)[1]
    if reads_by_role(user) or (is_outside and memberships_of(user)):
        yield MenuEntry(gettext_lazy("Forum"), reverse("forum:forum_list"), "people", order=25, in_tabbar=True)


def corner_pages(user: Any) -> Iterator[CornerPage]:
    """The meetings, in a neighbour's corner."""
    if not reads_by_role(user) and memberships_of(user):
        yield CornerPage(
            gettext_lazy("Forum"),
            reverse("forum:forum_list"),
            "people",
            gettext_lazy("Möten du är kallad till, underlagen, och det ni har kommit överens om."),
            order=15,
        )


def told(user: Any) -> Iterator[Panel]:
    """Which forums she is in, since when, and what she is told there."""
    if memberships := memberships_of(user):
        yield Panel("forum/told.html", {"memberships": memberships})


def titles(user: Any) -> Iterator[str]:
    """What someone without a role at a boende is in forums."""
    if assignments_of(user):
        return  # her roles are her titles, and every page is spared a query
    for member in memberships_of(user):
        if member.is_convener:
            yield _("sammankallande, %(forum)s") % {"forum": member.forum}


def todos(user: Any) -> Iterator[Todo]:
    """Own åtgärder, calls to answer, and for a sammankallande what waits for her."""
    soon = timezone.localdate() + AHEAD
    for item in open_actions_of(user):
        if item.due_on > soon:
            break
        yield Todo(item.title, item.get_absolute_url(), item.due_on, about=str(item.forum))
    asked = [m for m in meetings_of(user) if m.is_called and m.is_coming and m.is_own and not m.is_convened]
    if asked:
        yield from unanswered(user, asked)
    if convened := convened_by(user):
        yield from convening(convened, [m for m in meetings_of(user) if m.is_convened])


def unanswered(user: Any, meetings: list[Any]) -> Iterator[Todo]:
    """Calls that the user has not answered."""
    own = Invitation.objects.active().filter(meeting__in=meetings, member__in=Member.objects.current().of(user))
    unasked = set(own.filter(answer="").values_list("meeting", flat=True))
    for meeting in meetings:
        if meeting.pk in unasked:
            title = _("Svara på kallelsen: %(meeting)s") % {"meeting": meeting}
            yield Todo(title, meeting.get_absolute_url(), meeting.day)


def convening(forums: list[Any], meetings: list[Any]) -> Iterator[Todo]:
    """What waits for a sammankallande: questions, meetings to call and to close, members to telephone."""
    today = timezone.localdate()
    waiting = Question.objects.waiting().filter(meeting__forum__in=forums).select_related("meeting__forum")
    for question in waiting.order_by("created_at", "pk"):
        url = reverse("forum:question_answer", args=[question.pk])
        due = min(question.meeting.day, timezone.localdate(question.created_at) + timedelta(days=7))
        yield Todo(_("Svara på frågan: %(title)s") % {"title": question}, url, due, about=str(question.meeting.forum))
    limit = timezone.now() + timedelta(days=CALL_DAYS)
    for meeting in meetings:
        if not meeting.is_coming:
            title = _("Anteckna från mötet %(meeting)s") % {"meeting": meeting}
            yield Todo(title, meeting.get_absolute_url(), meeting.day)
        elif not meeting.is_called and meeting.starts_at <= limit:
            url = reverse("forum:meeting_call", args=[meeting.pk])
            title = _("Kalla till mötet %(meeting)s") % {"meeting": meeting}
            yield Todo(title, url, meeting.day - timedelta(days=14))
    going_on = Forum.objects.active().filter(pk__in=forums, ended_on__isnull=True).order_by("name", "pk")
    by_pk = {forum.pk: forum for forum in going_on}
    for absence in absent_members(list(by_pk.values())):
        forum = by_pk[absence.member.forum_id]
        title = _("Ring %(name)s, som missat %(count)s möten") % {"name": absence.member, "count": absence.missed}
        yield Todo(title, reverse("forum:member_list", args=[forum.pk]), today, about=str(forum))


def panels(user: Any) -> Iterator[Panel]:
    """The next meetings, and the own åtgärder."""
    coming = [meeting for meeting in meetings_of(user) if meeting.is_coming]
    if coming or reads_by_role(user) or takes_part(user):
        context = {"meetings": coming[:MEETINGS_SHOWN], "url": reverse("forum:forum_list")}
        yield Panel("forum/next_meetings.html", context, order=20)
    if items := open_actions_of(user):
        yield Panel("forum/own_actions.html", {"own": items[:ACTIONS_SHOWN]}, order=25)


def boende_panels(user: Any, boende: Boende) -> Iterator[Panel]:
    """The next meetings about the boende, on its overview."""
    rights = rights_at(user, boende)
    if Right.READ_FORUMS in rights or Right.READ_INTERNAL_FORUMS in rights:
        coming = Meeting.objects.coming().filter(forum__in=Forum.objects.visible_to(user).at(boende))
        context = {
            "meetings": list(coming.select_related("forum")[:MEETINGS_SHOWN]),
            "url": reverse("forum:forum_list"),
        }
        yield Panel("forum/next_meetings.html", context, order=40)
