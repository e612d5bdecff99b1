# SPDX-License-Identifier: EUPL-1.2
"""The secret in a letter's link. It follows from our key, so every letter about a thing to one address has the same.

It has two parts: which thing, and to whom. The database holds a digest of the first: who reads it can't use the link,
and nobody can make one. The second follows from the person and her address of today, so a link dies with the address it
was sent to, whoever changed it and wherever, and the next letter carries one that works.
"""

import hashlib
import hmac
from string import ascii_letters
from uuid import UUID

from django.conf import settings

SEAL_LETTERS = 23  # 130 bits


def signed(text: str) -> int:
    """A number that only we can make of a text."""
    return int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), f"forum:{text}".encode(), "sha256"))


def in_letters(number: int) -> str:
    """A number in letters only: digits could by chance look like a personnummer."""
    letters = []
    while number:
        number, place = divmod(number, len(ascii_letters))
        letters.append(ascii_letters[place])
    return "".join(letters)


def row_token(kind: str, pk: UUID) -> str:
    """The first part: which thing it is."""
    return in_letters(signed(f"{kind}:{pk}"))


def link_token(kind: str, pk: UUID, *, to: str) -> str:
    """The whole token for a thing, in a letter `to` somebody: who she is and her address."""
    seal = in_letters(signed(f"{kind}:{pk}:{to.casefold()}"))
    return row_token(kind, pk) + seal[:SEAL_LETTERS]


def row_part(token: str) -> str:
    """The first part of a link's token."""
    return token[:-SEAL_LETTERS]


def is_same(token: str, other: str) -> bool:
    """Whether two tokens are one, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def token_digest(token: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
