# SPDX-License-Identifier: EUPL-1.2
"""A forum's members, meetings, protokoll and åtgärder as files, and all forums' åtgärder. No text of a meeting."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from boenden.views.list_files import ListFile
from forum.access import forum_for
from forum.models import Forum, Meeting, Protokoll
from forum.views.action_items import ActionItemListView, ActionItemOverviewView
from forum.views.members import MemberListView
from forum.views.of_forum import ForumListFile, OfForum
from forum.views.protokoll import ProtokollListView
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column


class MeetingFileView(ForumListFile, OfForum, View):
    """The meetings of a forum: when, where, and whether they were held."""

    what = _("möten")
    list_name = _("forumet")
    list_view = "forum:forum_detail"
    columns = [
        Column(_("Forum"), "forum.name"),
        Column(_("Börjar"), "starts_at"),
        Column(_("Slutar"), "ends_at"),
        Column(_("Plats"), "place"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Kallat"), "called_at"),
        Column(_("Varför det ställdes in"), "cancel_reason"),
        Column(_("Protokollet justerat"), "sealed_at"),
    ]

    def get_queryset(self) -> Any:
        """Those of the forum that the address names. Raises Http404."""
        self.forum, self.place = forum_for(self.request.user, self.kwargs["pk"])
        return Meeting.objects.visible_to(self.request.user).filter(forum=self.forum).for_list()


class MemberFileView(ForumListFile, MemberListView):
    """Who is in the forum. How each is reached stays in the contact list."""

    what = _("medlemmar")
    list_view = "forum:member_list"
    columns = [
        Column(_("Namn"), str),
        Column(_("Från"), lambda row: row.organisation or __("Boendet")),
        Column(_("Roll"), lambda row: row.get_kind_display()),
        Column(_("Med från"), "starts_on"),
        Column(_("Till och med"), "ends_on"),
    ]


class ProtokollFileView(ForumListFile, ProtokollListView):
    """The protokoll that the reader may read, and how far each has come."""

    what = _("protokoll")
    list_view = "forum:protokoll_list"
    columns = [
        Column(_("Forum"), "meeting.forum.name"),
        Column(_("Möte"), "meeting.starts_at"),
        Column(_("Utgåva"), "edition"),
        Column(_("Läge"), lambda row: __("justerat") if row.is_sealed else row.get_state_display()),
        Column(_("Justerat"), "sealed_at"),
    ]

    def get_queryset(self) -> Any:
        """The list's. Raises Http404."""
        self.forum, self.place = forum_for(self.request.user, self.kwargs["pk"])
        return Protokoll.objects.visible_to(self.request.user).filter(meeting__forum=self.forum).for_list()


ACTIONS = [
    Column(_("Forum"), "forum.name"),
    Column(_("Åtgärd"), "title"),
    Column(_("Ansvarig"), "responsible"),
    Column(_("Klart senast"), "due_on"),
    Column(_("Läge"), lambda row: row.get_status_display()),
    Column(_("Försenad"), "is_late"),
    Column(_("Avslutad"), "finished_at"),
    Column(_("Hur det går"), "note"),
]


class ActionItemFileView(ForumListFile, ActionItemListView):
    """A forum's åtgärder. The insats that one is tied to stays with the staff."""

    what = _("åtgärder")
    list_view = "forum:actionitem_list"
    columns = ACTIONS


class ActionItemOverviewFileView(ListFile, ActionItemOverviewView):
    """The åtgärder of all forums at boenden where the user takes rows out."""

    what = _("åtgärder")
    list_view = "forum:atgarder"
    columns = ACTIONS

    def taken_from(self, user: Any) -> Q:
        return Q(forum__in=Forum.objects.with_right(user, Right.EXPORT))
