# SPDX-License-Identifier: EUPL-1.2
"""How sign-in is fitted to the house: nobody signs herself up, its letters go at once, what fails is noted."""

from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context as request_context
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage, get_connection
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from platssamverkan.audit.digests import digest

logger = structlog.get_logger(__name__)

MAIL_SECONDS = 5  # someone is waiting for the page
TOO_MANY = {"too_many_login_attempts", "rate_limited"}
WAIT = _("Det blev för många försök. Vänta fem minuter och försök igen.")


def address_digest(address: str) -> str:
    """What the log says instead of an address: the same for the same address, and nothing to read back."""
    return digest(address.strip().casefold())


class AccountAdapter(DefaultAccountAdapter):
    """The library's sign-in in the house's words, closed for sign-up.

    Sign-in codes don't wait in the outbox: someone is looking at the page, and they must work without a worker.
    """

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": _(
            "E-postadressen och lösenordet hör inte ihop. Försök igen, eller logga in med en engångskod."
        ),
        "incorrect_password": _("Lösenordet stämmer inte. Försök igen."),
        "enter_current_password": _("Lösenordet du har nu stämmer inte. Försök igen."),
        "incorrect_code": _("Koden stämmer inte. Skriv den som den står i mailet."),
        "too_many_login_attempts": WAIT,
        "rate_limited": WAIT,
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never: people come by invitation."""
        return False

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Note a wrong password, or an unknown address: the log does not tell them apart either."""
        logger.warning("sign_in_failed", who=address_digest(credentials.get("email", "")))

    def validation_error(self, code: str, *args: Any) -> ValidationError:
        """As the library's; one who is held back is noted."""
        if code in TOO_MANY:
            posted = request_context.request.POST
            logger.warning("sign_in_limited", who=address_digest(posted.get("login") or posted.get("email", "")))
        return super().validation_error(code, *args)

    def reauthenticate(self, user: Any, password: str) -> bool:
        """Whether the password is hers. The address is the user's own; the library's table of addresses is not used."""
        found = self.authenticate(request_context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        """Back to the page about sign-in, with the message that it is done."""
        return reverse("mfa_index")

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
            logger.error("sign-in mail not sent", error=type(error).__name__)


class MfaAdapter(DefaultMFAAdapter):
    """The second step, in the house's words."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": _("Koden stämmer inte. Skriv den som appen visar just nu, eller en reservkod."),
    }
