# SPDX-License-Identifier: EUPL-1.2
"""The one way out for rows: `export_response`. See the example at the top of platssamverkan/export/__init__.py."""

import hashlib
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO

from django.http import FileResponse, Http404, HttpResponse, HttpResponseBase, StreamingHttpResponse
from xlsxwriter.exceptions import FileCreateError

from platssamverkan.documents.actions import StorageFull
from platssamverkan.documents.responses import as_file
from platssamverkan.export.actions import begin_export, end_export, record_export
from platssamverkan.export.columns import Column
from platssamverkan.export.csv_writer import EXCEL, RFC4180, RowCounter, csv_chunks
from platssamverkan.export.models import Export
from platssamverkan.export.vcard_writer import vcards
from platssamverkan.export.xlsx_writer import write_xlsx

Format, State = Export.Format, Export.State
FLAVOURS = {Format.CSV: EXCEL, Format.RFC4180: RFC4180}
FILES = {
    Format.CSV: (".csv", "text/csv; charset=utf-8"),
    Format.RFC4180: (".csv", "text/csv; charset=utf-8; header=present"),
    Format.XLSX: (".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    Format.VCARD: (".vcf", "text/vcard; charset=utf-8"),
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
        if self.export.state == State.BEGUN:
            self.end(State.CUT)

    def end(self, state: str, sha256: str = "") -> None:
        """End the row."""
        end_export(export=self.export, state=state, row_count=self.rows.count, sha256=sha256, by=self.by)


def export_response(
    *, by: Any, rows: Iterable[Any], columns: Sequence[Column], filename: str, fmt: str, **about: Any
) -> HttpResponseBase:
    """Rows as a file, logged. The caller has fetched `rows` through their gate; `columns` are all that leaves.

    `filename` has no extension. `about` is what, purpose, scope and scope_id, as for begin_export.
    Raises Http404 for a format there is not, StorageFull if an XLSX file could not be made.
    """
    if fmt not in FILES:
        raise Http404("no such format")
    extension, content_type = FILES[Format(fmt)]
    counted = RowCounter(rows)
    about |= {"fmt": fmt}
    if fmt == Format.VCARD:
        content = vcards(counted, columns)
        record_export(content=content, row_count=counted.count, by=by, **about)
        response: HttpResponseBase = HttpResponse(content)
    elif fmt == Format.XLSX:
        response = FileResponse(xlsx_file(counted, columns, begin_export(by=by, **about), by))
    else:
        chunks = csv_chunks(counted, columns, FLAVOURS[Format(fmt)])
        response = StreamingHttpResponse(Delivery(chunks, counted, begin_export(by=by, **about), by))
    return as_file(response, filename=filename + extension, content_type=content_type)


def xlsx_file(rows: RowCounter, columns: Sequence[Column], export: Export, by: Any) -> BinaryIO:
    """The whole file, open for reading and gone when closed; its row is ended."""
    try:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "export.xlsx"
            write_xlsx(path, rows, columns)
            file = path.open("rb")  # an open file outlives its name
    except BaseException as error:
        end_export(export=export, state=State.CUT, row_count=rows.count, by=by)
        if isinstance(error, (OSError, FileCreateError)):
            raise StorageFull("the file could not be made") from error
        raise
    checksum = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    end_export(export=export, state=State.WHOLE, row_count=rows.count, sha256=checksum, by=by)
    return file
