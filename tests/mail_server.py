# SPDX-License-Identifier: EUPL-1.2
"""A real mail server in the test's own process, that can reject, and be looked into."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller

from scripts.services import free_port


class MailServer:
    """Keeps what it takes. `rejects` are addresses it refuses; `before_yes` is called before it says 250."""

    def __init__(self) -> None:
        self.letters: list[EmailMessage] = []
        self.rejects: dict[str, str] = {}
        self.before_yes: Callable[[], None] | None = None
        self.answer_to_text = "250 OK"
        self.port = free_port()
        self.controller: Controller | None = None

    def start(self) -> None:
        self.controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self.controller.start()

    def stop(self) -> None:
        if self.controller:
            self.controller.stop()
        self.controller = None

    @property
    def message_ids(self) -> list[str]:
        return [letter["Message-ID"] for letter in self.letters]

    @property
    def recipients(self) -> list[str]:
        return [letter["To"] for letter in self.letters]

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if address in self.rejects:
            return self.rejects[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        answer = self.answer_to_text  # as it stood when the letter came: a test may change it while this one waits
        if self.before_yes:
            self.before_yes()
        if answer.startswith("250"):
            self.letters.append(message_from_bytes(envelope.content, _class=EmailMessage, policy=policy.default))
        return answer


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """A mail server that answers on `port` until the block ends."""
    server = MailServer()
    server.start()
    try:
        yield server
    finally:
        server.stop()
