# SPDX-License-Identifier: EUPL-1.2
"""Which incidents a person reaches, and the rows of each page."""

import unicodedata
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, Self

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from boenden.models import Assignment, Boende
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.records import RecordQuerySet

FORUM_TEXT_DAYS = 3  # days after which someone is asked to write a forum text
FORUM_TEXT_GIVEN_UP_DAYS = 90  # and after which nobody is asked any more
WORDS_READ = 8  # more words than this narrow nothing that a person would notice
ROW = (
    "id",
    "boende_id",
    "happened_at",
    "headline",
    "handled",
    "done",
    "severity",
    "children",
    "status",
    "follow_up_on",
    "released_at",
)


def folded(text: str) -> str:
    """A text for searching: without regard to case, and å written in one way."""
    return unicodedata.normalize("NFC", text).casefold()


class IncidentQuerySet(RecordQuerySet):
    """Incidents of a boende, for its staff and its förvaltningschef. For everyone else they do not exist."""

    def with_right(self, user: Any, right: Right) -> Self:
        """Those at boenden where the user holds the right: EXISTS on the assignment (performance.md)."""
        held = Assignment.objects.giving(user, right)
        return self.filter(
            Q(Exists(held.filter(boende=OuterRef("boende"))))
            | Q(Exists(held.filter(forvaltning__boenden=OuterRef("boende"))))
        )

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.with_right(user, Right.READ_INCIDENTS)

    def editable_by(self, user: Any) -> Self:
        """Those the user may write in."""
        return self.with_right(user, Right.EDIT_INCIDENTS)

    def releasable_by(self, user: Any) -> Self:
        """Those whose forum text the user may release or withdraw."""
        return self.with_right(user, Right.RELEASE_FORUM_TEXT)

    def at(self, boenden: Iterable[Boende]) -> Self:
        """Those at boenden that have come through their own gate (`Boende.objects.with_right`), for the hot lists.

        Ids instead of EXISTS let the database start in the index of one boende (performance.md).
        """
        ids = [boende.pk for boende in boenden]
        return self.filter(boende=ids[0]) if len(ids) == 1 else self.filter(boende__in=ids)

    def matching(self, words: str, staffed: Iterable[Boende]) -> Self:
        """Those where every word stands. The internal text is searched at boenden where the user is staff only.

        Else a förvaltningschef could find out what it says by guessing, with no reading logged.
        """
        found, ids = self, [boende.pk for boende in staffed]
        for word in folded(words).split()[:WORDS_READ]:
            somewhere = Q(search_open__contains=word)
            if ids:
                somewhere |= Q(boende__in=ids, search_internal__contains=word)
            found = found.filter(somewhere)
        return found

    def rows(self) -> Any:
        """The columns of a list, and no internal text among them."""
        return self.values_list(*ROW, named=True)

    def for_detail(self) -> Self:
        """One incident with everything its page shows."""
        return self.active().select_related(
            "boende__forvaltning", "created_by", "changed_by", "released_by", "withdrawn_by", "follow_up_by"
        )

    def released(self) -> Self:
        """Those whose forum text outsiders may read."""
        return self.filter(released_at__isnull=False)

    def follow_up_open(self) -> Self:
        """Those not closed, with a day to follow up."""
        return self.active().filter(~Q(status="closed"), follow_up_on__isnull=False)

    def awaiting_forum_text(self) -> Self:
        """Those that affected the neighbourhood some days ago, and that it has not been told about."""
        until = timezone.now() - timedelta(days=FORUM_TEXT_DAYS)
        since = timezone.now() - timedelta(days=FORUM_TEXT_GIVEN_UP_DAYS)
        return self.active().filter(
            affected_neighbourhood=True, released_at__isnull=True, happened_at__range=(since, until), forum_what=""
        )

    def to_do(self, until: date) -> Self:
        """Those to be followed up by a day (`is_due`), and those that await a forum text (`awaits_forum_text`).

        One query for both: Min dag asks many.
        """
        every: Any = self.model._default_manager.filter(pk=OuterRef("pk"))
        due = self.follow_up_open().filter(follow_up_on__lte=until)
        return (due | self.awaiting_forum_text()).annotate(
            is_due=Exists(every.follow_up_open().filter(follow_up_on__lte=until)),
            awaits_forum_text=Exists(every.awaiting_forum_text()),
        )
