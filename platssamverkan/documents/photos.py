# SPDX-License-Identifier: EUPL-1.2
"""Photos without what a camera adds to them: place, device, time. Only the picture itself is kept (GDPR art. 25)."""

import io
import warnings
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from PIL import Image

LARGEST = 15 * 1024 * 1024
LONGEST_SIDE = 2000  # pixels; enough to see what it shows
MOST_PIXELS = {"JPEG": 60_000_000}  # read in parts, and made small at once
MOST_PIXELS_ELSE = 25_000_000
FORMATS = ["JPEG", "PNG", "WEBP"]
ORIENTATION = 0x0112  # in EXIF: how the camera was held
TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}


def bare_photo(file: Any) -> bytes:
    """The picture of an uploaded file as a new JPEG, turned the right way, with nothing but its pixels.

    Raises ValidationError for what is no JPEG, PNG or WebP, and for what is too large.
    """
    if (file.size or 0) > LARGEST:
        raise ValidationError(_("Fotot är större än 15 MB. Välj ett mindre."))
    file.seek(0)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(file, formats=FORMATS) as opened:
                if opened.width * opened.height > MOST_PIXELS.get(str(opened.format), MOST_PIXELS_ELSE):
                    raise ValidationError(_("Fotot har för många bildpunkter. Välj ett mindre."))
                turn = TURNS.get(opened.getexif().get(ORIENTATION, 1))  # of all that a camera says, this alone is read
                opened.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
                picture = opened.convert("RGB")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise ValidationError(_("Välj ett foto som är JPEG, PNG eller WebP.")) from error
    picture = picture.transpose(turn) if turn is not None else picture
    bare = Image.new("RGB", picture.size)  # a new picture: comments, XMP and profiles hang on the old one
    bare.paste(picture)
    written = io.BytesIO()
    bare.save(written, "JPEG", quality=85, optimize=True)
    return written.getvalue()
