# SPDX-License-Identifier: EUPL-1.2
"""A protokoll on paper: one template for the draft, the archive file and the public variant."""

from typing import Any

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _

from forum.models import Protokoll, PublicProtokoll
from forum.protokoll_text import Content, checksum, compose, thaw
from platssamverkan.documents.renderer import render_pdf

LONG_PAGES = 10  # a longer one is made in the background (performance.md)
TITLE_LENGTH = 190


def protokoll_title(content: Content) -> str:
    """What the document is called."""
    read = thaw(content)
    words = {"forum": read["forum"], "day": format_date(timezone.localtime(read["starts_at"]), "j F Y")}
    title = _("Protokoll %(forum)s %(day)s") % words
    if read["edition"] > 1:
        title = _("%(title)s, rättad utgåva %(edition)s") % {"title": title, "edition": read["edition"]}
    return title[:TITLE_LENGTH]


def in_groups(sha256: str) -> str:
    """A checksum as it can be compared by eye, eight letters at a time."""
    return " ".join(sha256[start : start + 8] for start in range(0, len(sha256), 8))


def render_protokoll(content: Content, *, signatures: Any = (), archive: bool = False, **marks: Any) -> bytes:
    """The PDF of a composed text. `marks` are what the template says of it: `is_draft`, `is_public`, `original`."""
    read = thaw(content)
    context: dict[str, Any] = {
        "text": read,
        "signatures": thaw(list(signatures)),
        "sha256": in_groups(checksum(content)),
        "forvaltning": ", ".join(read["forvaltningar"]),
        "boende": ", ".join(read["boenden"]),
        "diarienummer": read["diarienummer"],
        "is_draft": False,
        "is_public": False,
        "original": "",
        **marks,
    }
    context["original"] = in_groups(context["original"])
    title = protokoll_title(content)
    if context["is_public"]:
        title = _("%(title)s, offentlig variant") % {"title": title}
    return render_pdf(template="documents/protokoll.html", context=context, title=title, archive=archive)


def draft_paper(protokoll: Protokoll) -> bytes:
    """A protokoll that is not justerat yet, marked as such."""
    return render_protokoll(compose(protokoll), is_draft=True)


def archive_paper(protokoll: Protokoll) -> bytes:
    """The justerade protokoll for the archive: PDF/A-3a and PDF/UA-1, with who justerade what and when."""
    return render_protokoll(compose(protokoll), signatures=protokoll.signatures, archive=True)


def public_paper(variant: PublicProtokoll) -> bytes:
    """The public variant, as the archive's file but for what is left out."""
    protokoll = variant.protokoll
    signatures = [] if variant.content["attendance_left_out"] else protokoll.signatures
    return render_protokoll(
        variant.content, signatures=signatures, archive=True, is_public=True, original=protokoll.sha256
    )
