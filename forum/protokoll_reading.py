# SPDX-License-Identifier: EUPL-1.2
"""A protokoll as one user reads it: the text, how far it has come, who justerar, what is said and what is missing."""

from functools import cached_property
from typing import Any

from django.utils.translation import gettext as _

from forum.access import Place
from forum.actions.protokoll import missing_for_comments, missing_for_justering
from forum.models import AgendaItem, Justering, Protokoll, ProtokollComment, ProtokollFile, ProtokollItem
from forum.models import PublicProtokoll as Public
from forum.paper import LONG_PAGES
from forum.protokoll_text import checksum, compose, pages_of, thaw

State = Protokoll.State


class ProtokollReading:
    """What the page shows. The text is composed once."""

    def __init__(self, protokoll: Protokoll, place: Place, user: Any) -> None:
        self.protokoll, self.place, self.user = protokoll, place, user

    @cached_property
    def items(self) -> list[ProtokollItem]:
        """Its items in order, to write in and to speak of."""
        if self.protokoll.is_sealed:
            return []
        return list(ProtokollItem.objects.in_order().filter(protokoll=self.protokoll))

    @cached_property
    def content(self) -> dict[str, Any]:
        """The composed text."""
        return compose(self.protokoll, self.items, self.justeringar)

    @cached_property
    def text(self) -> dict[str, Any]:
        """The composed text for the template; each item that can be written in with its `record`."""
        text: dict[str, Any] = thaw(self.content)
        for number, item in enumerate(text["items"]):
            item["record"] = self.items[number] if self.items else None
        return text

    @cached_property
    def sha256(self) -> str:
        """The checksum of the text as it stands."""
        return checksum(self.content)

    @property
    def may_write(self) -> bool:
        """Whether she writes in it: the sammankallande, until it is justerat."""
        return self.place.convenes and not self.protokoll.is_sealed

    @property
    def steps(self) -> list[tuple[str, Any, bool]]:
        """(shape, word, is now) for the line that shows how far it has come."""
        reached = list(State.values).index(self.protokoll.state)
        words = [_("Skrivs"), _("Synpunkter"), _("Justering"), _("Justerat")]
        last = len(words) - 1
        return [
            ("klart" if place < reached or reached == last else "pagar" if place == reached else "planerat", word, now)
            for place, word in enumerate(words)
            for now in [place == reached]
        ]

    @cached_property
    def justeringar(self) -> list[Justering]:
        """Who is to justera, and who has."""
        return list(Justering.objects.for_list().filter(protokoll=self.protokoll))

    @property
    def own(self) -> Justering | None:
        """Her own, if she was chosen."""
        return next((row for row in self.justeringar if row.user_id == self.user.pk), None)

    @property
    def may_justera(self) -> bool:
        """Whether the text waits for her."""
        own = self.own
        return bool(own and self.protokoll.waits_for_justering and own.sha256 != self.sha256)

    @property
    def has_lost_hers(self) -> bool:
        """Whether she justerade another text than the one there is now."""
        return bool(self.own and self.own.sha256 and self.own.sha256 != self.sha256)

    @cached_property
    def comments(self) -> list[ProtokollComment]:
        """What is said of it, for as long as she reads that."""
        if self.protokoll.is_sealed and not self.place.reads_notes:
            return []
        return list(ProtokollComment.objects.for_list().filter(protokoll=self.protokoll))

    @cached_property
    def missing(self) -> list[str]:
        """What is left before the next step, for the sammankallande."""
        if not self.may_write or self.protokoll.waits_for_justering:
            return []
        if self.protokoll.state == State.DRAFT:
            return missing_for_comments(self.protokoll, self.items, self.justeringar)
        return missing_for_justering(self.protokoll, self.items, self.justeringar)

    @cached_property
    def is_behind(self) -> bool:
        """Whether the meeting's notes were changed after they were taken over."""
        if not self.may_write or self.protokoll.replaces_id:
            return False
        agenda = {i.pk: (i.title, i.outcome, i.decision) for i in self.agenda}
        taken = {i.item_id: (i.title, i.text, i.decision) for i in self.items if not i.is_edited}
        edited = {i.item_id for i in self.items if i.is_edited}
        return {pk: words for pk, words in agenda.items() if pk not in edited} != taken

    @property
    def agenda(self) -> Any:
        """The meeting's items as they are now."""
        return AgendaItem.objects.active().filter(meeting=self.protokoll.meeting_id)

    @cached_property
    def paper(self) -> ProtokollFile | None:
        """The archive file, ready or on its way."""
        return ProtokollFile.objects.filter(protokoll=self.protokoll).select_related("document").first()

    @cached_property
    def public_variants(self) -> list[Public]:
        """Its public variants, the latest first."""
        if not self.protokoll.is_sealed:
            return []
        return list(Public.objects.active().filter(protokoll=self.protokoll).order_by("-number"))

    @property
    def has_draft_paper(self) -> bool:
        """Whether it is short enough to be put on paper before it is justerat."""
        return not self.protokoll.is_sealed and pages_of(self.content) <= LONG_PAGES

    @property
    def later(self) -> Protokoll | None:
        """The correction of it that she may read."""
        later: Protokoll | None = getattr(self.protokoll, "replaced_by", None)
        return later if later and (later.is_released or self.place.reads_notes) else None
