# SPDX-License-Identifier: EUPL-1.2
"""The secret in a letter's link. It follows from our key: nobody who reads the database can make or use one.

It has two parts: which thing, and a seal that follows from the thing, the person and her address of today. So a link
dies with the address it was sent to, whoever changed it and wherever, and the next letter carries one that works.
"""

import hashlib
import hmac
from string import ascii_letters
from uuid import UUID

from django.conf import settings

SEAL_LETTERS = 23  # 130 bits


def in_letters(number: int) -> str:
    """A number in letters only: digits could by chance look like a personnummer."""
    letters = []
    while number:
        number, place = divmod(number, len(ascii_letters))
        letters.append(ascii_letters[place])
    return "".join(letters)


def link_token(kind: str, pk: UUID, *, to: str) -> str:
    """The token for a thing, in a letter `to` somebody: who she is and her address."""
    text = f"forum:{kind}:{pk}:{to.casefold()}"
    seal = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), text.encode(), "sha256"))
    return in_letters(pk.int) + in_letters(seal)[:SEAL_LETTERS]


def row_of(token: str) -> UUID | None:
    """The id of the thing that a token names; None for what is no token. Whether it holds is for `is_same` to say."""
    number = 0
    for letter in reversed(token[:-SEAL_LETTERS]):
        place = ascii_letters.find(letter)
        number = number * len(ascii_letters) + place
        if place < 0 or number.bit_length() > 128:
            return None
    return UUID(int=number)


def is_same(token: str, other: str) -> bool:
    """Whether two tokens are one, in a time that tells nothing of where they differ."""
    return hmac.compare_digest(token.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def token_digest(token: str) -> str:
    """What is kept of a secret that does not follow from anything."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
