# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a protokoll's files: made at once where they are short, else asked for; the public variant."""

from typing import Any

from django.utils.translation import gettext as _

from forum.actions.meetings import Refused
from forum.models import Forum, Protokoll, ProtokollFile, PublicProtokoll
from forum.paper import LONG_PAGES, archive_paper, protokoll_title, public_paper
from forum.protokoll_jobs import ZIP, wake_after_commit
from forum.protokoll_text import checksum, leave_out, pages_of
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.actions import store_document
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.actions import action, save_record

PDF_KIND, PUBLIC_KIND = "protokoll", "protokoll, offentlig variant"


def finish(file: ProtokollFile, document: StoredDocument, by: Any) -> None:
    """Note that the file is there."""
    file.document, file.state = document, ProtokollFile.State.DONE
    file.done, file.lease_until = file.total, None
    save_record(record=file, by=by)


@action
def store_paper(*, file: ProtokollFile, content: bytes, by: Any) -> None:
    """Keep the PDF of a protokoll, or of its public variant, for good. Raises StorageFull."""
    protokoll = file.protokoll or file.public.protokoll  # type: ignore[union-attr]
    title = protokoll_title(protokoll.content or {})
    kind = PDF_KIND
    if file.public:
        title, kind = _("%(title)s, offentlig variant") % {"title": title}, PUBLIC_KIND
    old = previous_document(protokoll) if file.protokoll else None
    finish(file, store_document(content=content, title=title, kind=kind, previous=old, by=by), by)


def previous_document(protokoll: Protokoll) -> StoredDocument | None:
    """The file of the edition that this one corrects."""
    files = ProtokollFile.objects.filter(protokoll=protokoll.replaces_id, protokoll__isnull=False)
    old = files.select_related("document").first()
    return old.document if old else None


def draw(file: ProtokollFile) -> bytes:
    """The PDF that the file is to hold."""
    if file.public:
        return public_paper(file.public)
    if file.protokoll:
        return archive_paper(file.protokoll)
    raise ValueError("The files of a forum are packed, not drawn.")


@action
def make_paper(*, by: Any, protokoll: Protokoll | None = None, public: PublicProtokoll | None = None) -> ProtokollFile:
    """The file of a justerat protokoll, in this transaction or, if it is long, in the background; that of a public
    variant always there: nobody signs it, so nobody has to wait.

    Raises StorageFull if the disk takes it not.
    """
    file = ProtokollFile(protokoll=protokoll, public=public)
    save_record(record=file, by=by)
    content = protokoll.content if protokoll else None
    if content and pages_of(content) <= LONG_PAGES:
        store_paper(file=file, content=draw(file), by=by)
    else:
        wake_after_commit()
    return file


@action
def make_public(*, protokoll: Protokoll, numbers: list[int], attendance: bool, by: Any) -> PublicProtokoll:
    """A public variant without the items of these numbers, and without the names of who came if `attendance`.

    The same choice again gives the variant there is. Raises Refused for what is not justerat.
    """
    stored = Protokoll.objects.select_for_update(of=("self",)).get(pk=protokoll.pk)
    if not stored.is_sealed or stored.content is None:
        raise Refused([_("Protokollet är inte justerat. Gör den offentliga varianten efter det.")])
    content = leave_out(stored.content, numbers, attendance=attendance)
    sha256 = checksum(content)
    variants = PublicProtokoll.objects.filter(protokoll=stored)
    if made := variants.filter(sha256=sha256).first():
        return made
    variant = PublicProtokoll(protokoll=stored, number=variants.count() + 1, content=content, sha256=sha256)
    save_record(record=variant, by=by)
    make_paper(public=variant, by=by)
    return variant


@action
def ask_for_all(*, forum: Forum, by: Any) -> ProtokollFile:
    """Ask for all justerade protokoll of a forum in one file; packed in the background, for whoever asked.

    What she asked for and is not ready yet is given back, so that a double click packs once.
    """
    waiting = ProtokollFile.objects.active().filter(
        forum=forum, created_by=by, state__in=[ProtokollFile.State.WAITING, ProtokollFile.State.RUNNING]
    )
    if asked := waiting.first():
        return asked
    total = ProtokollFile.objects.filter(protokoll__in=forum_protokoll(forum)).count()
    if not total:
        raise Refused([_("Forumet har inget justerat protokoll ännu.")])
    file = ProtokollFile(forum=forum, total=total)
    save_record(record=file, by=by)
    wake_after_commit()
    return file


def forum_protokoll(forum: Forum) -> Any:
    """The justerade protokoll of a forum, corrected ones too."""
    return Protokoll.objects.active().filter(meeting__forum=forum, sealed_at__isnull=False)


@action
def store_pack(*, file: ProtokollFile, content: bytes, by: Any) -> None:
    """Keep the packed files of a forum, and note that they were taken out. Raises StorageFull."""
    title = _("Protokoll %(forum)s") % {"forum": file.forum}
    document = store_document(content=content, title=title, kind="protokollsamling", content_type=ZIP, by=by)
    finish(file, document, by)


@action
def retry_file(*, file: ProtokollFile, by: Any) -> ProtokollFile:
    """Try one again that was given up."""
    changed = ProtokollFile.objects.filter(pk=file.pk, state=ProtokollFile.State.FAILED).update(
        state=ProtokollFile.State.WAITING, attempts=0, done=0
    )
    if changed:
        log_event(record=file, by=by, event="protokollfile_retried")
        wake_after_commit()
    return file
