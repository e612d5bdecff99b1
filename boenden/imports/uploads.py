# SPDX-License-Identifier: EUPL-1.2
"""Which files are let in. What a file is, its content says, not its name; who is refused is told what to do."""

import codecs
import re
import zipfile
from io import BytesIO
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boenden.models import ActorImport
from platssamverkan.documents.responses import safe_filename
from platssamverkan.ground import identity_guard

Format = ActorImport.Format
MEGABYTE = 1024 * 1024
LARGEST = 20 * MEGABYTE
LARGEST_UNPACKED = 200 * MEGABYTE
MOST_ENTRIES = 2000  # of a spreadsheet's archive; a workbook has tens
EXTENSIONS = {"csv", "txt", "tsv", "xlsx", "xlsm", "json", "geojson", "vcf"}
PROGRAMS = (b"MZ", b"\x7fELF", b"\xca\xfe\xba\xbe", b"\xcf\xfa\xed\xfe", b"#!")
OLD_EXCEL = b"\xd0\xcf\x11\xe0"
BOMS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}
CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f]")

NO_SUCH_FILE = _("Filen är ingen CSV-, Excel-, GeoJSON- eller vCard-fil. Spara om den som CSV eller Excel (.xlsx).")
TOO_LARGE = _("Filen är större än 20 MB. Dela upp den i flera.")
UNFOLDS = _("Filen växer till mer än 200 MB när den packas upp. Spara bara tabellen i en ny Excelfil och försök igen.")


def refused(message: Any, code: str) -> ValidationError:
    """A refusal to raise."""
    return ValidationError(message, code=code)


def shown_name(name: str) -> str:
    """The file's name to show: no path, nothing unseen, and no personnummer."""
    clean = safe_filename(name.replace("\\", "/").rpartition("/")[2])
    return "fil" if identity_guard.personal_numbers(clean) else clean[-120:]


def check_upload(upload: Any) -> tuple[str, bytes]:
    """The format and the content of an uploaded file; raises ValidationError with what to do instead."""
    if upload.size > LARGEST:
        raise refused(TOO_LARGE, "too_large")
    if upload.size == 0:
        raise refused(_("Filen är tom. Välj en fil med minst en rad."), "empty")
    if upload.name.rpartition(".")[2].casefold() not in EXTENSIONS:
        raise refused(NO_SUCH_FILE, "no_such_file")
    content: bytes = upload.read()
    return format_of(content), content


def format_of(content: bytes) -> str:
    """What the content is; raises ValidationError for what cannot be brought in."""
    if content.startswith(OLD_EXCEL):
        raise refused(_("Filen är i det gamla Excelformatet (.xls). Öppna den och spara som .xlsx."), "old_excel")
    if content.startswith(PROGRAMS):
        raise refused(_("Filen är ett program, ingen tabell. Välj en CSV- eller Excelfil."), "program")
    if content.startswith(b"PK"):
        check_archive(content)
        return Format.XLSX
    start = decoded(content).lstrip()[:64].casefold()
    if start.startswith("{"):
        return Format.GEOJSON
    if start.startswith("begin:vcard"):
        return Format.VCARD
    if start.startswith(("<", "%pdf", "{\\rtf", "[")):
        raise refused(NO_SUCH_FILE, "no_such_file")
    return Format.CSV


def check_archive(content: bytes) -> None:
    """Refuse a spreadsheet by what it says of itself, before anything is unpacked (faults.md, "XLSX")."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise refused(NO_SUCH_FILE, "no_such_file") from error
    if len(entries) > MOST_ENTRIES or sum(entry.file_size for entry in entries) > LARGEST_UNPACKED:
        raise refused(UNFOLDS, "unfolds")
    if not {"[Content_Types].xml", "xl/workbook.xml"} <= {entry.filename for entry in entries}:
        raise refused(NO_SUCH_FILE, "no_such_file")
    if any(entry.flag_bits & 1 for entry in entries):
        raise refused(_("Filen har ett lösenord. Spara den utan och försök igen."), "encrypted")


def decoded(content: bytes) -> str:
    """The text of a file in UTF-8 with or without BOM, UTF-16 with BOM, or Windows-1252; raises ValidationError."""
    encodings = [encoding for bom, encoding in BOMS.items() if content.startswith(bom)] or ["utf-8", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if CONTROLS.search(text[:100_000]):
            break
        return text
    raise refused(NO_SUCH_FILE, "no_such_file")
