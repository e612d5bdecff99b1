# SPDX-License-Identifier: EUPL-1.2
"""The guard at the door: characters that no database, mail or PDF can hold stop here (faults.md, case 19)."""

import re
from collections.abc import Callable
from urllib.parse import unquote

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render

Handler = Callable[[HttpRequest], HttpResponse]
# NUL and other controls, lone surrogates, and the two that are no characters: XML, and so Word, refuses them
UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

# What Word, the web and old systems put between lines, as one line end each; and what Word makes of fonts made of signs
LINE_ENDS, BULLETS = "\u2028\u2029\x85", "\uf0b7\uf0a7\uf0d8\uf0a8\uf076\uf02d\uf09f"
SIGNS = {"\uf0e0": "→", "\uf0e8": "→", "\uf0df": "←", "\uf0f0": "⇒", "\uf0fc": "✓", "\uf04a": "☺"}
# Nobody sees them, or a box that means something in one font alone: no document can show them
UNSEEN = re.compile("[\x7f-\x9f\ue000-\uf8ff\U000f0000-\U0010fffd]")
SHOWN_AS = str.maketrans(dict.fromkeys(LINE_ENDS, "\n") | dict.fromkeys(BULLETS, "•") | SIGNS)


def is_storable(character: str) -> bool:
    """Whether a character can be kept: no NUL or other control but tab and line ends, no lone surrogate, no U+FFFE."""
    return not UNSTORABLE.match(character)


def without_unstorable(text: str) -> str:
    """The text less the characters that cannot be kept or shown.

    Line ends of other systems become ours; bullets, arrows and ticks that only one font has become signs that all have.
    """
    return UNSEEN.sub("", UNSTORABLE.sub("", text).translate(SHOWN_AS))


class InputGuardMiddleware:
    """A NUL in an address is refused with 400; in a form such characters are left out before anything reads them."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        address = request.path + unquote(request.META.get("QUERY_STRING", ""), errors="replace")
        if not all(map(is_storable, address)):
            return render(request, "400.html", status=400)
        if request.method == "POST" and request.content_type in (
            "application/x-www-form-urlencoded",
            "multipart/form-data",
        ):
            request.POST = self.cleaned(request.POST)  # type: ignore[assignment]
        return self.get_response(request)

    @staticmethod
    def cleaned(posted: QueryDict) -> QueryDict:
        """The posted fields with unstorable characters left out of names and values."""
        if all(without_unstorable(text) == text for key, values in posted.lists() for text in (key, *values)):
            return posted
        cleaned = QueryDict(mutable=True, encoding=posted.encoding)
        for key, values in posted.lists():
            cleaned.setlist(without_unstorable(key), [without_unstorable(value) for value in values])
        cleaned._mutable = False
        return cleaned


class PrivatePagesMiddleware:
    """Pages for someone signed in stay out of every cache: a shared computer must not show them after sign-out."""

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if "Cache-Control" not in response and request.user.is_authenticated:
            response["Cache-Control"] = "private, no-store"
        return response
