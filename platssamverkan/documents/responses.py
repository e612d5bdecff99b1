# SPDX-License-Identifier: EUPL-1.2
"""Files as answers: named for people, never sniffed, never cached, shown in the page only when that is safe."""

import re
import unicodedata
from typing import TYPE_CHECKING

from django.http import HttpResponse, HttpResponseBase
from django.utils.http import content_disposition_header

if TYPE_CHECKING:
    from platssamverkan.documents.models import StoredDocument

FORBIDDEN = re.compile(r'[\\/:*?"<>|]+')
SHOWN_INLINE = {"application/pdf", "image/jpeg", "image/png", "image/webp"}
EXTENSIONS = {"application/pdf": ".pdf", "image/jpeg": ".jpg", "image/png": ".png", "image/webp": ".webp"}
MAX_NAME = 120
MAX_BYTES = 255  # of a name, in most file systems; å has two and an emoji four


def extension_of(content_type: str) -> str:
    """What ends the name of a file of a type: ".pdf"; "" for one that is not kept here."""
    return EXTENSIONS.get(content_type, "")


def safe_filename(name: str) -> str:
    """A file name that every system takes: no path, no control or direction characters, 120 characters, 255 bytes.

    What is too long loses its end, not what says which kind of file it is.
    """
    visible = "".join(c for c in unicodedata.normalize("NFC", name) if unicodedata.category(c)[0] != "C")
    stem, dot, extension = FORBIDDEN.sub("-", visible).strip(" .-").rpartition(".")
    if not dot or len(extension) > 5:
        stem, dot, extension = stem + dot + extension, "", ""
    ending = dot + extension
    fitting = stem[: MAX_NAME - 6].encode()[: MAX_BYTES - len(ending.encode())].decode(errors="ignore")
    return (fitting.strip() or "dokument") + ending


def as_file(
    response: HttpResponseBase, *, filename: str, content_type: str, disposition: str = "attachment"
) -> HttpResponseBase:
    """Give a response the headers of a file. `inline` is obeyed for PDF and pictures only (RFC 6266, å ä ö kept)."""
    attachment = disposition != "inline" or content_type not in SHOWN_INLINE
    header = content_disposition_header(attachment, safe_filename(filename))
    response["Content-Type"] = content_type
    response["Content-Disposition"] = header or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def pdf_response(content: bytes, filename: str, *, disposition: str = "attachment") -> HttpResponseBase:
    """A rendered PDF as an answer; `disposition="inline"` opens it in the browser."""
    return as_file(HttpResponse(content), filename=filename, content_type="application/pdf", disposition=disposition)


def document_response(document: "StoredDocument", *, disposition: str = "attachment") -> HttpResponseBase:
    """A stored document as an answer, checked against its checksum first (raises ChecksumMismatch).

    Whoever calls this has fetched the document through its owner's gate: it has none of its own.
    """
    return as_file(
        HttpResponse(document.read_verified()),
        filename=document.title + extension_of(document.content_type),
        content_type=document.content_type,
        disposition=disposition,
    )
