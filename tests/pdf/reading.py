# SPDX-License-Identifier: EUPL-1.2
"""Looks into a PDF, past what its pages show."""

import io
from collections.abc import Iterator
from typing import Any

import pypdf


def objects_of(content: bytes) -> Iterator[Any]:
    """Every object of the file, those packed together too."""
    reader = pypdf.PdfReader(io.BytesIO(content))
    for number in range(1, int(reader.trailer["/Size"])):
        yield reader.get_object(number)


def streams_of(content: bytes) -> bytes:
    """Every stream of the file, unpacked: an attachment would be among them."""
    return b"".join(thing.get_data() for thing in objects_of(content) if hasattr(thing, "get_data"))
