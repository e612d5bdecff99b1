# SPDX-License-Identifier: EUPL-1.2
"""Stored documents: the file and its row or neither, never changed, never served when it is not what was stored."""

import errno
import hashlib
import sys
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import IntegrityError, transaction
from django.test import RequestFactory

from platssamverkan.audit.models import AuditEntry
from platssamverkan.documents.actions import StorageFull, store_document
from platssamverkan.documents.models import ChecksumMismatch, ImmutableDocument, StoredDocument
from platssamverkan.documents.responses import document_response, pdf_response, safe_filename
from platssamverkan.ground.actions import action, save_record
from platssamverkan.look.error_pages import server_error
from tests import factories

pytestmark = pytest.mark.django_db
CONTENT = b"%PDF-1.7 protokoll"


@pytest.fixture
def person():
    return factories.UserFactory()


@pytest.fixture
def document(person):
    return store_document(content=CONTENT, title="Protokoll 3", kind="protokoll", by=person)


def stored_files() -> list[Path]:
    return [path for path in Path(default_storage.location).rglob("*") if path.is_file()]


class TestStoring:
    def test_keeps_the_file_with_what_proves_it(self, document, person):
        document.refresh_from_db()
        assert document.read_verified() == CONTENT
        assert document.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert (document.size, document.version, document.created_by) == (len(CONTENT), 1, person)
        assert document.content_type == "application/pdf"

    def test_nobody_chooses_the_name_of_the_file(self, person):
        document = store_document(content=CONTENT, title="../../etc/x\r\n", kind="protokoll", by=person)
        assert [path.name for path in stored_files()] == [str(document.pk)]
        assert document.file.name == f"{document.pk.hex[:2]}/{document.pk}"

    def test_is_audited_in_its_makers_name(self, document, person):
        entry = AuditEntry.objects.get(object_pk=str(document.pk))
        assert entry.actor == person
        assert "Protokoll" not in str(entry.changes)

    def test_a_correction_is_a_new_version_that_names_the_old(self, document, person):
        second = store_document(content=b"new", title="Protokoll 3", kind="protokoll", by=person, previous=document)
        assert (second.version, second.previous, document.next) == (2, document, second)

    def test_a_version_has_one_successor(self, document, person):
        store_document(content=b"new", title="Protokoll 3", kind="protokoll", by=person, previous=document)
        with pytest.raises(IntegrityError), transaction.atomic():
            store_document(content=b"other", title="Protokoll 3", kind="protokoll", by=person, previous=document)
        assert len(stored_files()) == StoredDocument.objects.count() == 2

    @pytest.mark.parametrize("content", [b""], ids=["empty"])
    def test_an_empty_file_is_no_document(self, person, content):
        with pytest.raises(IntegrityError), transaction.atomic():
            store_document(content=content, title="Tom", kind="protokoll", by=person)
        assert stored_files() == []

    def test_a_personnummer_in_the_title_leaves_neither_row_nor_file(self, person):
        with pytest.raises(ValidationError):
            store_document(content=CONTENT, title="Om 19121212-1212", kind="protokoll", by=person)
        assert stored_files() == []
        assert not StoredDocument.objects.exists()


class FullDisk(FileSystemStorage):
    """A disk that takes a part of the file, then no more."""

    removable = True

    def _save(self, name, content):
        path = Path(self.path(name))
        path.parent.mkdir(parents=True)
        path.write_bytes(content.read()[:4])
        raise OSError(errno.ENOSPC, "No space left on device")

    def delete(self, name):
        if not self.removable:
            raise OSError(errno.EROFS, "Read-only file system")
        super().delete(name)


class StuckDisk(FullDisk):
    removable = False


def use_storage(settings, storage):
    options = settings.STORAGES["default"]["OPTIONS"]
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"tests.test_documents.{storage.__name__}", "OPTIONS": options}
    }


class TestWhenItFails:
    def test_a_full_disk_leaves_neither_row_nor_file(self, settings, person):
        use_storage(settings, FullDisk)
        with pytest.raises(StorageFull) as caught:
            store_document(content=CONTENT, title="Protokoll", kind="protokoll", by=person)
        assert caught.value.errno == errno.ENOSPC
        assert not StoredDocument.objects.exists()
        assert stored_files() == []

    def test_a_part_that_cannot_be_removed_is_logged_and_still_has_no_row(self, settings, person, caplog):
        use_storage(settings, StuckDisk)
        with pytest.raises(StorageFull):
            store_document(content=CONTENT, title="Protokoll", kind="protokoll", by=person)
        assert not StoredDocument.objects.exists()
        assert "without a row" in caplog.text

    def test_is_told_as_507_in_swedish(self, settings):
        try:
            raise StorageFull(errno.ENOSPC, "full")
        except StorageFull:
            assert sys.exc_info()[1] is not None
            response = server_error(RequestFactory().get("/"))
        assert response.status_code == 507
        assert "Filen kunde inte sparas" in response.content.decode()

    def test_an_outer_action_that_fails_takes_the_file_along(self, person):
        @action
        def release(*, by):
            store_document(content=CONTENT, title="Protokoll", kind="protokoll", by=by)
            raise RuntimeError

        with pytest.raises(RuntimeError):
            release(by=person)
        assert stored_files() == []
        assert not StoredDocument.objects.exists()

    def test_an_inner_failure_that_is_caught_takes_only_its_own_file(self, person):
        @action
        def attempt(*, by):
            store_document(content=b"inner", title="Protokoll", kind="protokoll", by=by)
            raise RuntimeError

        @action
        def release(*, by):
            document = store_document(content=CONTENT, title="Protokoll", kind="protokoll", by=by)
            with pytest.raises(RuntimeError):
                attempt(by=by)
            return document

        document = release(by=person)
        assert StoredDocument.objects.get() == document
        assert [path.name for path in stored_files()] == [str(document.pk)]

    def test_a_later_failure_leaves_earlier_documents_alone(self, document, person):
        with pytest.raises(ValidationError):
            store_document(content=b"x", title="19121212-1212", kind="protokoll", by=person)
        assert [path.name for path in stored_files()] == [str(document.pk)]


class TestNothingChangesIt:
    def test_not_save(self, document, person):
        document.title = "Annat"
        with pytest.raises(ImmutableDocument):
            save_record(record=document, by=person)

    def test_not_delete(self, document):
        with pytest.raises(ImmutableDocument):
            document.delete()

    @pytest.mark.parametrize(
        "write",
        [
            lambda rows: rows.update(title="Annat"),
            lambda rows: rows.delete(),
            lambda rows: rows.bulk_update(rows, ["title"]),
        ],
        ids=["update", "delete", "bulk_update"],
    )
    def test_not_in_bulk_even_in_an_action(self, document, person, write):
        @action
        def tamper(*, by):
            write(StoredDocument.objects.all())

        with pytest.raises(ImmutableDocument):
            tamper(by=person)

    def test_a_changed_file_is_not_served(self, document):
        Path(document.file.path).write_bytes(b"%PDF-1.7 something else")
        with pytest.raises(ChecksumMismatch):
            document_response(document)

    @pytest.mark.parametrize(
        "fields",
        [{"version": 2}, {"sha256": "short"}, {"size": 0}, {"file": ""}, {"kind": ""}],
        ids=lambda fields: next(iter(fields)),
    )
    def test_the_database_refuses_a_row_that_does_not_add_up(self, fields):
        row = StoredDocument(
            **{"title": "T", "kind": "protokoll", "file": "ab/x", "size": 1, "sha256": "0" * 64} | fields
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()


class TestAnswers:
    def test_a_document_comes_as_a_file_that_is_not_sniffed_nor_kept(self, document):
        response = document_response(document)
        assert response.content == CONTENT
        assert response["Content-Type"] == "application/pdf"
        assert response["Content-Disposition"] == 'attachment; filename="Protokoll 3.pdf"'
        assert response["X-Content-Type-Options"] == "nosniff"
        assert response["Cache-Control"] == "private, no-store"

    def test_a_pdf_may_be_shown_in_the_browser(self):
        assert pdf_response(CONTENT, "x.pdf", disposition="inline")["Content-Disposition"].startswith("inline")

    def test_what_could_run_is_never_shown_in_the_browser(self, person):
        page = store_document(content=b"<script>", title="x.html", kind="bild", by=person, content_type="text/html")
        assert document_response(page, disposition="inline")["Content-Disposition"].startswith("attachment")

    def test_swedish_letters_survive(self):
        header = pdf_response(CONTENT, "Kontaktlista Ängön.pdf")["Content-Disposition"]
        assert header == "attachment; filename*=utf-8''Kontaktlista%20%C3%84ng%C3%B6n.pdf"

    @pytest.mark.parametrize(
        ("typed", "made"),
        [
            ("../../etc/passwd", "etc-passwd"),
            ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie- x.pdf"),
            ("faktura\u202efdp.exe", "fakturafdp.exe"),
            ("nul\0.pdf", "nul.pdf"),
            ("C:\\x|y?.pdf", "C-x-y-.pdf"),
            ("", "dokument"),
            ("...", "dokument"),
            ("Möte nr. tjugo", "Möte nr. tjugo"),
        ],
    )
    def test_a_file_name_is_harmless(self, typed, made):
        assert safe_filename(typed) == made
        assert "\n" not in pdf_response(CONTENT, typed)["Content-Disposition"]

    def test_a_long_name_keeps_its_extension(self):
        name = safe_filename("x" * 500 + ".pdf")
        assert len(name) <= 120
        assert name.endswith(".pdf")

    @pytest.mark.parametrize("letter", ["å", "😀", "中"])
    def test_a_long_name_is_short_in_bytes_too(self, letter):
        name = safe_filename(f"Lägesbild {letter * 300}.xlsx")
        assert name.startswith("Lägesbild ") and name.endswith(".xlsx")
        assert len(name) <= 120 and len(name.encode()) <= 255
