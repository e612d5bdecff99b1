# SPDX-License-Identifier: EUPL-1.2
"""The secret in a letter's link. It follows from our key, so every letter about a thing carries the same one.

The database holds a digest: who reads it can't use the link, and nobody can make one.
"""

import hashlib
import hmac
from string import ascii_letters
from uuid import UUID

from django.conf import settings


def link_token(kind: str, pk: UUID) -> str:
    """The token for a thing, in letters only: digits could by chance look like a personnummer."""
    number = int.from_bytes(hmac.digest(settings.SECRET_KEY.encode(), f"forum:{kind}:{pk}".encode(), "sha256"))
    letters = []
    while number:
        number, place = divmod(number, len(ascii_letters))
        letters.append(ascii_letters[place])
    return "".join(letters)


def token_digest(token: str) -> str:
    """What is kept of it."""
    return hashlib.sha256(token.encode()).hexdigest()
