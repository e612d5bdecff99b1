# SPDX-License-Identifier: EUPL-1.2
"""The one renderer: a Django template becomes a tagged PDF, and on demand one for the archive."""

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from django.template.loader import render_to_string
from django.utils import translation

from platssamverkan.ground.middleware import without_unstorable

UA_DESCRIPTION = (Path(__file__).parent / "pdfua_extension.xml").read_bytes()
LOOK, EMOJI_LOOK = "static:css/document.css", "static:css/document_emoji.css"
END_OF_RDF = b"</rdf:RDF>"
EMOJI = re.compile("[\u203c\u2049\u20e3\u2139\u2194-\u21aa\u231a-\u2bff\u3030-\u3299\ufe0f\U0001f000-\U0001faff]")
# A run without space or ASCII punctuation. Hyphenating one tries every letter of it: a thousand took over a minute.
LONG_WORD = re.compile(r"[^\s!-/:-@\[-`{-~]{61,}")
SOFT_HYPHEN = "\u00ad"


def render_pdf(
    *, template: str, context: Mapping[str, Any], title: str, archive: bool = False, language: str = "sv"
) -> bytes:
    """A PDF/UA-1 file; with `archive`, one that is both PDF/A-3a and PDF/UA-1.

    `template` extends documents/base_document.html. `title` becomes the document's title and its heading,
    `language` (BCP 47) is what it is written in. Nothing is fetched but our own static files, nothing is attached.
    A document that can pass ten pages belongs in a background job: time grows faster than pages.
    """
    from weasyprint import HTML  # here, for it takes half a second and 40 MB that most processes never need

    from platssamverkan.documents.fetcher import OwnFilesFetcher

    with translation.override(language):
        markup = render_to_string(template, {**context, "document_title": title, "language": language})
    # With no base at all a relative address in a stylesheet stops the rendering; with this one it is merely refused.
    html = HTML(string=without_unstorable(markup), base_url="static:", url_fetcher=OwnFilesFetcher())
    refuse_attachments(html.etree_element)
    break_long_words(html.etree_element)
    document = html.render(stylesheets=[LOOK, EMOJI_LOOK] if EMOJI.search(markup) else [LOOK])
    if archive:
        metadata = document.metadata
        metadata.generate_rdf_metadata = partial(rdf_with_pdfua, metadata.generate_rdf_metadata)
    content: bytes = document.write_pdf(pdf_variant="pdf/a-3a" if archive else "pdf/ua-1")
    return content


def refuse_attachments(root: Any) -> None:
    """Make links that would put a file inside the PDF ordinary ones."""
    for element in [*root.iter("a"), *root.iter("link")]:
        if "attachment" in element.get("rel", "").lower():
            del element.attrib["rel"]


def break_long_words(root: Any) -> None:
    """Give words that no language has a place to break every thirty letters, lest one stalls the server."""

    def in_pieces(match: re.Match[str]) -> str:
        return SOFT_HYPHEN.join(re.findall(".{1,30}", match[0]))

    for element in root.iter():
        if element.text:
            element.text = LONG_WORD.sub(in_pieces, element.text)
        if element.tail:
            element.tail = LONG_WORD.sub(in_pieces, element.tail)


def rdf_with_pdfua(generate: Callable[..., bytes], *args: Any, **kwargs: Any) -> bytes:
    """WeasyPrint's metadata of a PDF/A with the claim to be PDF/UA-1 too, and the schema that PDF/A asks for it."""
    return generate(*args, **kwargs).replace(END_OF_RDF, UA_DESCRIPTION + END_OF_RDF)
