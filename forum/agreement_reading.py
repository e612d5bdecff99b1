# SPDX-License-Identifier: EUPL-1.2
"""An agreement as one person may read it: one page for staff, sammankallande and members, with what each may do."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db.models import Model, Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404

from boenden.models import Boende
from boenden.rights import rights_at
from forum.agreement_missing import missing_for_sealing, missing_for_signing
from forum.agreement_paper import parts_of_text
from forum.models import (
    Agreement,
    AgreementComment,
    AgreementFollowUp,
    AgreementParty,
    AgreementPost,
    AgreementVersion,
)
from forum.models.agreement_followups import HEAD_COUNTS, OUTCOMES
from forum.own import convened_by
from forum.sharing import shown_count, shown_total
from platssamverkan.accounts.roles import Right

BOENDEN = Boende.objects.active().select_related("forvaltning").order_by("name")


class AgreementPlace:
    """What a user is to an agreement: from the roles and memberships that the request has read already."""

    def __init__(self, user: Any, agreement: Agreement) -> None:
        self.user = user
        self.agreement = agreement

    @cached_property
    def boenden(self) -> list[Boende]:
        """The agreement's own and its forum's."""
        found = {boende.pk: boende for boende in self.agreement.boenden.all()}
        if self.agreement.forum:
            found |= {boende.pk: boende for boende in self.agreement.forum.boenden.all()}
        return list(found.values())

    @cached_property
    def convenes(self) -> bool:
        """Whether she is sammankallande of its forum."""
        return self.agreement.forum_id is not None and self.agreement.forum_id in convened_by(self.user)

    def _anywhere(self, right: Right, boenden: list[Boende]) -> bool:
        return any(right in rights_at(self.user, boende) for boende in boenden)

    @cached_property
    def reads_whole(self) -> bool:
        """Whether she reads drafts, the follow-up's texts and small counts."""
        return self._anywhere(Right.READ_FORUMS, self.boenden) or self.convenes

    @cached_property
    def may_edit(self) -> bool:
        """Whether the agreement is hers to look after."""
        if self.agreement.forum_id is not None:
            return self.convenes
        return self._anywhere(Right.EDIT_AGREEMENTS, self.boenden)

    @cached_property
    def may_take_out(self) -> bool:
        """Whether she takes files with its rows."""
        return self.may_edit or self._anywhere(Right.EXPORT, self.boenden)


class AgreementReading(AgreementPlace):
    """A version with everything that its page shows."""

    def __init__(self, user: Any, version: AgreementVersion) -> None:
        super().__init__(user, version.agreement)
        self.version = version

    @cached_property
    def parties(self) -> list[AgreementParty]:
        """All of them, supplements last; those that wait are for those who read the whole and for themselves."""
        parties = list(self.version.parties.for_detail())
        if not self.reads_whole and any(party.is_waiting for party in parties):
            seen = AgreementParty.objects.visible_to(self.user).filter(agreement_version=self.version)
            own = set(seen.values_list("pk", flat=True))
            parties = [party for party in parties if party.pk in own]
        for party in parties:
            party.agreement_version = self.version
        return parties

    @property
    def original(self) -> list[AgreementParty]:
        """Those from the start."""
        return [party for party in self.parties if not party.is_supplement]

    @property
    def supplements(self) -> list[AgreementParty]:
        """Those that joined later."""
        return [party for party in self.parties if party.is_supplement]

    @cached_property
    def posts(self) -> list[AgreementPost]:
        """The amounts."""
        return list(self.version.posts.for_detail()) if self.agreement.terms.has_amounts else []

    @property
    def total(self) -> int:
        """Kronor a year."""
        return sum(post.amount for post in self.posts)

    @property
    def parts(self) -> list[tuple[Any, str]]:
        """(heading, text), also those that are not written yet."""
        return parts_of_text(self.version)

    @property
    def missing(self) -> list[str]:
        """What is missing for the next step."""
        if self.version.is_draft:
            return missing_for_signing(self.version, self.parties, self.posts)
        if self.version.is_being_signed:
            return missing_for_sealing(self.version, self.parties, self.posts)
        return []

    @cached_property
    def signable(self) -> set[UUID]:
        """The parties for which she may sign now. No query where nothing is being signed."""
        if not any(party.takes_signature for party in self.parties):
            return set()
        rows = AgreementParty.objects.signable_by(self.user).filter(agreement_version=self.version)
        own = set(rows.values_list("pk", flat=True))
        return {party.pk for party in self.parties if party.takes_signature and party.pk in own}

    @cached_property
    def versions(self) -> list[AgreementVersion]:
        """Every version that she may read, the newest first."""
        rows = AgreementVersion.objects.active() if self.reads_whole else AgreementVersion.objects.shown_to_members()
        return list(rows.filter(agreement=self.agreement).select_related("document").order_by("-number"))

    @property
    def has_open(self) -> bool:
        """Whether a version is being written or signed."""
        return any(version.state in AgreementVersion.OPEN for version in self.versions)

    @property
    def may_write(self) -> bool:
        """Whether she may do something with its text, parties and signatures: it is hers and not over."""
        return self.may_edit and not self.agreement.has_ended

    @property
    def facts_stand(self) -> bool:
        """As of the agreement, from what the page has read: whether diarienummer and boenden stand still."""
        joining = any(party.is_waiting and party.has_signed for party in self.parties)
        return joining or any(version.is_being_signed for version in self.versions)

    @property
    def may_renew(self) -> bool:
        """Whether a new version can be begun."""
        return self.may_write and self.version.is_in_force and not self.has_open

    @property
    def takes_party(self) -> bool:
        """Whether a party can be added now: to a draft, or by a supplement."""
        by_supplement = self.version.is_in_force and self.agreement.terms.takes_supplements
        return self.may_write and (self.version.is_draft or by_supplement)

    @cached_property
    def follow_ups(self) -> list["FollowUpLine"]:
        """The log, each count as she may see it."""
        if not self.agreement.terms.has_amounts:
            return []
        rows = AgreementFollowUp.objects.for_list().filter(agreement=self.agreement)
        return [FollowUpLine(row, is_outsider=not self.reads_whole) for row in rows]

    @cached_property
    def comments(self) -> list[AgreementComment]:
        """What is said of the draft, for as long as she reads that. No query where nobody has been shown it."""
        if not (self.version.shown_at and (self.version.is_draft or self.reads_whole)):
            return []
        return list(AgreementComment.objects.for_list().filter(agreement_version=self.version))

    @property
    def count_labels(self) -> list[Any]:
        """What is counted."""
        return [label_of(AgreementFollowUp, name) for name in (*HEAD_COUNTS, *OUTCOMES)]

    @property
    def totals(self) -> list[tuple[Any, str]]:
        """The sums of the outcomes, as she may see them. Head-counts have none: the same people come again."""
        rows = [line.row for line in self.follow_ups]
        found = [(label_of(AgreementFollowUp, name), "") for name in HEAD_COUNTS]
        for name in OUTCOMES:
            total = shown_total([getattr(row, name) for row in rows], is_outsider=not self.reads_whole)
            found.append((label_of(AgreementFollowUp, name), total))
        return found


def label_of(model: type[Model], name: str) -> Any:
    """What a field is called."""
    field: Any = model._meta.get_field(name)
    return field.verbose_name


class FollowUpLine:
    """A period of the follow-up as a reader sees it. Its text is for those who read the whole."""

    def __init__(self, row: AgreementFollowUp, *, is_outsider: bool) -> None:
        self.row = row
        self.text = "" if is_outsider else row.text
        self.counts = [
            (label_of(type(row), name), shown_count(getattr(row, name), is_outsider=is_outsider))
            for name in (*HEAD_COUNTS, *OUTCOMES)
        ]


def agreement_for(user: Any, pk: UUID) -> Agreement:
    """The agreement with its places. Raises Http404 outside."""
    rows = Agreement.objects.visible_to(user).select_related("forum")
    rows = rows.prefetch_related(Prefetch("boenden", BOENDEN), Prefetch("forum__boenden", BOENDEN))
    return get_object_or_404(rows, pk=pk)


def agreement_to_edit(user: Any, pk: UUID) -> Agreement:
    """As agreement_for, for someone who looks after it. Raises PermissionDenied for its other readers."""
    agreement = agreement_for(user, pk)
    if not AgreementPlace(user, agreement).may_edit:
        raise PermissionDenied
    return agreement


def version_for(user: Any, pk: UUID) -> AgreementVersion:
    """The version with its agreement and places. Raises Http404 outside."""
    rows = AgreementVersion.objects.visible_to(user).select_related(
        "agreement__forum", "document", "previous", "sealed_by"
    )
    rows = rows.prefetch_related(
        Prefetch("agreement__boenden", BOENDEN), Prefetch("agreement__forum__boenden", BOENDEN)
    )
    return get_object_or_404(rows, pk=pk)


def version_to_edit(user: Any, pk: UUID) -> AgreementVersion:
    """As version_for, for someone who looks after it. Raises PermissionDenied for its other readers."""
    version = version_for(user, pk)
    if not AgreementPlace(user, version.agreement).may_edit:
        raise PermissionDenied
    return version


def reading_of(user: Any, agreement: Agreement) -> AgreementReading:
    """What an agreement's page opens with: the version in force, or else the newest that she may read.

    Raises Http404 where there is none.
    """
    rows = AgreementVersion.objects.visible_to(user).filter(agreement=agreement)
    versions = list(rows.select_related("document", "previous", "sealed_by").order_by("-number"))
    if not versions:
        raise Http404
    version = next((row for row in versions if row.is_in_force), versions[0])
    version.agreement = agreement
    reading = AgreementReading(user, version)
    reading.versions = versions
    return reading
