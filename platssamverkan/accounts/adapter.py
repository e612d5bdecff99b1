# SPDX-License-Identifier: EUPL-1.2
"""How sign-in is fitted to the house: nobody signs herself up, and its letters go at once."""

import logging
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest

logger = logging.getLogger(__name__)

MAIL_SECONDS = 5  # someone is waiting for the page


class AccountAdapter(DefaultAccountAdapter):
    """Sign-in codes don't wait in the outbox: someone is looking at the page, and they must work without a worker."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts come from invitations only."""
        return False

    def render_mail(self, *args: Any, **kwargs: Any) -> EmailMessage:
        """As the library's, told to be automatic, so that no out-of-office reply comes back (RFC 3834)."""
        message: EmailMessage = super().render_mail(*args, **kwargs)
        message.extra_headers["Auto-Submitted"] = "auto-generated"
        message.connection = get_connection(timeout=MAIL_SECONDS)
        return message

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send now. A mail server that is away is logged and not told: the page is the same for unknown addresses."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as error:
            logger.error("sign-in mail not sent", extra={"error": type(error).__name__})
