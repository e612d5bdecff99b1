# SPDX-License-Identifier: EUPL-1.2
"""Reading back the letters that the demonstration writes to a folder instead of sending."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

BETWEEN = b"\n" + b"-" * 79 + b"\n"  # what Django's file backend writes after each letter
LINK = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)]")


@dataclass(frozen=True)
class Piece:
    """A piece of a letter's text; `is_link` says that it is an address to open."""

    text: str
    is_link: bool


@dataclass(frozen=True)
class Letter:
    """A letter as the recipient would read it."""

    subject: str
    recipient: str
    sent_at: datetime | None
    text: str
    files: tuple[str, ...] = ()  # the names of those that came with it

    @property
    def pieces(self) -> list[Piece]:
        """The text with its links apart, for a template to escape and link."""
        pieces, end = [], 0
        for match in LINK.finditer(self.text):
            pieces += [Piece(self.text[end : match.start()], False), Piece(match.group(), True)]
            end = match.end()
        return [piece for piece in [*pieces, Piece(self.text[end:], False)] if piece.text]


def letter_of(raw: bytes) -> Letter:
    """Read one letter."""
    message = message_from_bytes(raw, _class=EmailMessage, policy=policy.default)
    body = message.get_body(("plain",))
    sent_at = message["Date"].datetime if message["Date"] else None
    if sent_at and sent_at.tzinfo is None:  # "-0000": UTC, from nowhere in particular
        sent_at = sent_at.replace(tzinfo=UTC)
    return Letter(
        subject=str(message["Subject"] or ""),
        recipient=str(message["To"] or ""),
        sent_at=sent_at,
        text=str(body.get_content()).strip() if body else "",
        files=tuple(part.get_filename() or "" for part in message.iter_attachments()),
    )


def newest_letters(folder: Path, count: int) -> list[Letter]:
    """The newest `count` letters. What is being written just now has no end yet, and is left for the next look."""
    letters: list[Letter] = []
    files = sorted(folder.glob("*.log"), key=lambda path: path.stat().st_mtime, reverse=True) if folder.is_dir() else []
    for file in files:
        finished = file.read_bytes().replace(b"\r\n", b"\n").split(BETWEEN)[:-1]
        letters += [letter_of(raw) for raw in reversed(finished)]
        if len(letters) >= count:
            break
    return letters[:count]
