# SPDX-License-Identifier: EUPL-1.2
"""Verbs of agreements and their versions: draft, let the members read, gather signatures, seal, renew, end."""

from typing import Any

from django.db.models import Max, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from forum.actions.meetings import Refused
from forum.agreement_missing import missing_for_sealing, missing_for_signing
from forum.agreement_paper import archive_pdf
from forum.models import Agreement, AgreementParty, AgreementPost, AgreementRevision, AgreementVersion
from kartlaggning.actions.arshjul_filling import fill_after_commit
from platssamverkan.documents.actions import store_document
from platssamverkan.ground.actions import EditConflict, action, save_record

State, VersionState = Agreement.State, AgreementVersion.State


def locked(version: AgreementVersion) -> AgreementVersion:
    """What is stored now with its agreement, held until the verb is done: two who press at once do it once.

    Raises Refused once the agreement is over: then nothing of it is written, signed or sealed.
    """
    agreement = going_on(version.agreement_id)
    stored = AgreementVersion.objects.select_for_update().get(pk=version.pk)
    stored.agreement = agreement
    return stored


def going_on(agreement_id: Any) -> Agreement:
    """The agreement as it is stored now, held until the verb is done. Raises Refused once it is over."""
    agreement = Agreement.objects.select_for_update().get(pk=agreement_id)
    refuse_unless(not agreement.has_ended, _("Avtalet är avslutat."))
    return agreement


def refuse_unless(allowed: bool, sentence: str) -> None:
    """Raise Refused with a sentence."""
    if not allowed:
        raise Refused([sentence])


def set_state(agreement: Agreement, state: str, by: Any) -> None:
    """How far the agreement has come."""
    if agreement.state != state:
        agreement.state = state
        save_record(record=agreement, by=by)


@action
def start_agreement(*, agreement: Agreement, boenden: list[Boende], by: Any) -> Agreement:
    """Begin an agreement with an empty first version."""
    save_record(record=agreement, by=by)
    agreement.boenden.set(boenden)
    save_record(record=AgreementVersion(agreement=agreement), by=by)
    return agreement


@action
def save_agreement(
    *, agreement: Agreement, boenden: list[Boende], by: Any, opened_version: int | None = None
) -> Agreement:
    """Its facts: title, diarienummer, places. What was signed says in its file what they were then.

    Raises Refused while somebody is signing a text that they stand in, EditConflict.
    """
    stored = Agreement.objects.select_for_update().get(pk=agreement.pk)
    refuse_unless(not stored.facts_stand, _("Avtalet undertecknas. Uppgifterna kan ändras när det är fastställt."))
    save_record(record=agreement, by=by, opened_version=opened_version)
    agreement.boenden.set(boenden)
    return agreement


@action
def save_text(*, version: AgreementVersion, by: Any, opened_version: int | None = None) -> AgreementVersion:
    """Write a draft's texts and days; each wording is kept. Raises Refused once it is being signed, EditConflict."""
    refuse_unless(locked(version).is_draft, _("Texten undertecknas och kan inte ändras. Skriv en ny version."))
    save_record(record=version, by=by, opened_version=opened_version)
    last = AgreementRevision.objects.filter(of=version).order_by("-number").first()
    if last is None or last.content() != version.content():
        keep_wording(version, by)
    return version


def keep_wording(version: AgreementVersion, by: Any) -> None:
    """Keep what the version says now, numbered through the whole agreement."""
    highest = AgreementRevision.objects.filter(agreement=version.agreement_id).aggregate(n=Max("number"))["n"]
    revision = AgreementRevision(agreement=version.agreement, of=version, number=(highest or 0) + 1)
    for name, value in version.content().items():
        setattr(revision, name, value)
    save_record(record=revision, by=by)


@action
def show_draft(*, version: AgreementVersion, by: Any) -> AgreementVersion:
    """Let the forum's members read the draft. Doing it twice changes nothing."""
    version = locked(version)
    if version.shown_at is None:
        version.shown_at = timezone.now()
        save_record(record=version, by=by)
    return version


@action
def begin_signing(*, version: AgreementVersion, by: Any, opened_version: int | None = None) -> AgreementVersion:
    """Freeze the text and let the parties sign. Raises Refused with what is missing, EditConflict if it was changed."""
    stored = locked(version)
    refuse_unless(stored.is_draft, _("Versionen undertecknas redan."))
    if opened_version is not None and stored.version != opened_version:
        raise EditConflict(stored)
    missing = missing_for_signing(stored, *parts_of(stored))
    if missing:
        raise Refused(missing)
    stored.sha256, stored.state = stored.text_sum(), VersionState.UNDERTECKNAS
    save_record(record=stored, by=by)
    if not stored.agreement.versions.in_force().exists():
        set_state(stored.agreement, State.UNDERTECKNAS, by)
    return stored


@action
def back_to_draft(*, version: AgreementVersion, by: Any) -> AgreementVersion:
    """Let it be written again. Raises Refused as soon as somebody has signed."""
    stored = locked(version)
    refuse_unless(stored.is_being_signed, _("Versionen undertecknas inte."))
    has_signature = any(party.has_signed for party in stored.parties.for_detail())
    refuse_unless(not has_signature, _("Någon har redan skrivit under. Fastställ versionen, och rätta i en ny."))
    stored.sha256, stored.state = "", VersionState.UTKAST
    save_record(record=stored, by=by)
    if not stored.agreement.versions.in_force().exists():
        set_state(stored.agreement, State.UTKAST, by)
    return stored


@action
def seal_version(*, version: AgreementVersion, by: Any) -> AgreementVersion:
    """Everyone has signed: it holds from now on, as a file that never changes; the version before it is replaced.

    Raises Refused with what is missing, StorageFull as store_document.
    """
    stored = locked(version)
    refuse_unless(not stored.is_sealed, _("Versionen är redan fastställd."))
    parties, posts = parts_of(stored)
    missing = missing_for_sealing(stored, parties, posts)
    refuse_unless(stored.is_being_signed or bool(missing), _("Börja med att låta parterna skriva under."))
    if missing:
        raise Refused(missing)
    stored.sealed_at, stored.sealed_by = timezone.now(), by
    content = archive_pdf(stored, parties, posts)
    previous = stored.previous
    stored.document = store_document(
        content=content,
        title=str(stored),
        kind="avtal",
        by=by,
        previous=previous.document if previous else None,
    )
    if previous and previous.is_in_force:
        previous.state = VersionState.ERSATT
        save_record(record=previous, by=by)
    stored.state = VersionState.GALLER
    save_record(record=stored, by=by)
    set_state(stored.agreement, State.GALLER, by)
    fill_after_commit(boenden_of(stored.agreement), by)
    return stored


def boenden_of(agreement: Agreement) -> Any:
    """The boenden in whose årshjul the agreement stands: its own and its forum's."""
    return Boende.objects.filter(Q(agreements=agreement) | Q(forums__agreements=agreement)).distinct()


def parts_of(version: AgreementVersion) -> tuple[list[AgreementParty], list[AgreementPost]]:
    """Its parties and amounts."""
    return list(version.parties.for_detail()), list(version.posts.for_detail())


@action
def start_version(*, agreement: Agreement, by: Any) -> AgreementVersion:
    """Begin a new version after the one in force, which it names. Raises Refused while there is an open one."""
    agreement = going_on(agreement.pk)
    refuse_unless(
        not agreement.versions.open().exists(), _("Det finns redan en version som skrivs eller undertecknas.")
    )
    old = agreement.versions.in_force().get()
    new = AgreementVersion(agreement=agreement, number=old.number + 1, previous=old, **old.content())
    save_record(record=new, by=by)
    parties, posts = parts_of(old)
    for party in parties:
        if not party.is_waiting:
            copy = AgreementParty(
                agreement_version=new, actor=party.actor, forvaltning=party.forvaltning, contributes=party.contributes
            )
            save_record(record=copy, by=by)
    for post in posts:
        save_record(record=AgreementPost(agreement_version=new, name=post.name, amount=post.amount), by=by)
    keep_wording(new, by)
    return new


@action
def end_agreement(*, agreement: Agreement, by: Any) -> Agreement:
    """It holds no more. Everything that was written stays to be read. Doing it twice changes nothing."""
    stored = Agreement.objects.select_for_update().get(pk=agreement.pk)
    if not stored.has_ended:
        stored.ended_on = timezone.localdate()
        set_state(stored, State.AVSLUTAD, by)
        fill_after_commit(boenden_of(stored), by)
    return stored
