# SPDX-License-Identifier: EUPL-1.2
"""What a boende hangs up and hands out: the poster for stairwells, and the information material."""

import base64

import qrcode
from django.conf import settings
from django.utils.translation import gettext as _
from qrcode.constants import ERROR_CORRECT_Q
from qrcode.image.svg import SvgPathImage

from incidents.models import PublicRelease
from platssamverkan.documents.renderer import render_pdf


def full_url(release: PublicRelease) -> str:
    """The address that others are given."""
    return settings.SITE_URL + release.get_absolute_url()


def short_url(release: PublicRelease) -> str:
    """The same as it is read aloud and typed."""
    return full_url(release).removeprefix("https://").removeprefix("http://").rstrip("/")


def qr_code(url: str) -> str:
    """A QR code of an address as a data: picture; a quarter of it may be torn or dirty (level Q)."""
    code = qrcode.QRCode(error_correction=ERROR_CORRECT_Q, border=4, image_factory=SvgPathImage)
    code.add_data(url)
    code.make(fit=True)
    drawing: bytes = code.make_image().to_string()
    return "data:image/svg+xml;base64," + base64.b64encode(drawing).decode()


def poster_paper(release: PublicRelease) -> bytes:
    """One A4 for the stairwell: the number to call, and the way to the page."""
    boende = release.boende
    context = {
        "boende": boende,
        "release": release,
        "qr": qr_code(full_url(release)),
        "address": short_url(release),
    }
    return render_pdf(
        template="documents/poster.html", context=context, title=_("Granne med %(boende)s") % {"boende": boende}
    )


def material_paper(release: PublicRelease) -> bytes:
    """Released material, to hand out."""
    page = PublicRelease.objects.in_force().filter(boende=release.boende, kind="sida").first()
    address = ""
    if page:
        page.boende = release.boende
        address = short_url(page)
    context = {"release": release, "boende_facts": release.boende, "address": address}
    return render_pdf(template="documents/public_material.html", context=context, title=release.title)
