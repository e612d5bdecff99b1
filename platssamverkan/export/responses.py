# SPDX-License-Identifier: EUPL-1.2
"""The one way out for rows: `export_response`. See the example at the top of platssamverkan/export/__init__.py."""

import hashlib
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from xlsxwriter.exceptions import FileCreateError

from platssamverkan.documents.actions import StorageFull
from platssamverkan.documents.responses import as_file
from platssamverkan.export.actions import begin_export, end_export, record_export
from platssamverkan.export.columns import Column
from platssamverkan.export.copying import copied_chunks, statement
from platssamverkan.export.csv_writer import EXCEL, RFC4180, RowCounter, csv_chunks
from platssamverkan.export.models import PAPERS, Export
from platssamverkan.export.vcard_writer import vcards
from platssamverkan.export.xlsx_writer import write_xlsx

Format, State = Export.Format, Export.State
ROWS_AT_A_TIME = 2000
FLAVOURS = {Format.CSV: EXCEL, Format.RFC4180: RFC4180}
FILES = {
    Format.CSV: (".csv", "text/csv; charset=utf-8"),
    Format.RFC4180: (".csv", "text/csv; charset=utf-8; header=present"),
    Format.XLSX: (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format.VCARD: (".vcf", "text/vcard; charset=utf-8"),
    Format.PDF: (".pdf", "application/pdf"),
    Format.DOCX: (".docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
}


class Delivery:
    """Passes a streamed file on, and ends its row when it is through or when the receiver is gone."""

    def __init__(self, chunks: Iterable[bytes], rows: RowCounter, export: Export, by: Any) -> None:
        self.chunks = chunks
        self.rows = rows
        self.export = export
        self.by = by
        self.checksum = hashlib.sha256()

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.chunks:
            self.checksum.update(chunk)
            yield chunk
        self.end(State.WHOLE, self.checksum.hexdigest())

    def close(self) -> None:
        """Called by the server in every case: what is not through by now was cut."""
        if close := getattr(self.chunks, "close", None):
            close()
        self.rows.close()  # the database stops reading at once: on SQLite nothing could be noted before it has
        if self.export.state == State.BEGUN:
            self.end(State.CUT)

    def end(self, state: str, sha256: str = "") -> None:
        """End the row."""
        end_export(export=self.export, state=state, row_count=self.rows.count, sha256=sha256, by=self.by)


def export_response(*, filename: str, fmt: str, **kwargs: Any) -> HttpResponseBase:
    """Rows as a file, logged: what `taken_out` gives, as an answer. `filename` has no extension."""
    return content_response(taken_out(fmt=fmt, **kwargs)[0], filename=filename, fmt=fmt)


def content_response(content: Any, *, filename: str, fmt: str, disposition: str = "attachment") -> HttpResponseBase:
    """What a file holds as an answer: bytes, an open file, or a Delivery."""
    extension, content_type = FILES[Format(fmt)]
    response: HttpResponseBase
    if isinstance(content, bytes):
        response = HttpResponse(content)
    elif isinstance(content, Delivery):
        response = StreamingHttpResponse(content)
    else:
        response = FileResponse(content)
    return as_file(response, filename=filename + extension, content_type=content_type, disposition=disposition)


def taken_out(
    *,
    by: Any,
    rows: Iterable[Any],
    columns: Sequence[Column],
    fmt: str,
    watch: Callable[[int], None] | None = None,
    **about: Any,
) -> tuple[Any, Export]:
    """What a file of the rows holds (as `content_response` takes it), and its row in the log.

    The caller has fetched `rows` through their gate; `columns` are all that leaves. A QuerySet is read as it is
    written, on PostgreSQL by COPY where its columns can be said in SQL.

    `about` is what, purpose, scope, scope_id and reach, as for begin_export; `watch` is told
    how many rows are through. Raises Http404 for a format there is not, StorageFull if an XLSX file could not be made.
    """
    if fmt not in FILES or fmt in PAPERS:
        raise Http404("no such format")
    in_turn = rows.iterator(chunk_size=ROWS_AT_A_TIME) if isinstance(rows, QuerySet) else rows
    counted = RowCounter(in_turn, watch)
    about |= {"fmt": fmt}
    if fmt == Format.VCARD:
        content = vcards(counted, columns)
        return content, record_export(content=content, row_count=counted.count, by=by, **about)
    export = begin_export(by=by, **about)
    if fmt == Format.XLSX:
        return xlsx_file(counted, columns, export, by), export
    flavour = FLAVOURS[Format(fmt)]
    copy = statement(rows, columns, flavour)
    chunks = copied_chunks(copy, columns, counted, flavour) if copy else csv_chunks(counted, columns, flavour)
    return Delivery(chunks, counted, export, by), export


def xlsx_file(rows: RowCounter, columns: Sequence[Column], export: Export, by: Any) -> BinaryIO:
    """The whole file, open for reading and gone when closed; its row is ended."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.xlsx"
            write_xlsx(path, rows, columns, export.what)
            file = path.open("rb")  # an open file outlives its name
    except BaseException as error:
        rows.close()
        end_export(export=export, state=State.CUT, row_count=rows.count, by=by)
        if isinstance(error, (OSError, FileCreateError)):
            raise StorageFull("the file could not be made") from error
        raise
    checksum = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    end_export(export=export, state=State.WHOLE, row_count=rows.count, sha256=checksum, by=by)
    return file
