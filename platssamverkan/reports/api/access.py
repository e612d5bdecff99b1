# SPDX-License-Identifier: EUPL-1.2
"""How a key opens: the header, how often, and what is said when it does not."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError
from ninja.security import HttpBearer

from platssamverkan.ground.rate_limits import is_over, is_too_often
from platssamverkan.reports.api.models import ApiKey

SECONDS = 60
MOST_CALLS = 300  # a minute, of a key
MOST_MISSES = 30  # a minute, of an address that has no key that opens


class KeyAuth(HttpBearer):
    """`Authorization: Bearer psv_…`. Nothing else opens the API: no session, no cookie, no key in an address."""

    def __call__(self, request: HttpRequest) -> Any:
        opened = super().__call__(request)
        if opened is None:
            raise AuthenticationError(message=missed(request))
        return opened

    def authenticate(self, request: HttpRequest, token: str) -> ApiKey | None:
        """The key that a secret opens; None for one that is forged, ended or revoked. Raises HttpError 429."""
        key = ApiKey.objects.with_secret(token).first()
        if key and is_over(f"rate:api:{key.pk}", most=MOST_CALLS, seconds=SECONDS):
            raise HttpError(429, _("För många anrop. Vänta en minut och försök igen."))
        return key


def missed(request: HttpRequest) -> str:
    """What is said to a call without a key that opens. Raises HttpError 429 for an address that goes on trying."""
    if is_too_often(request, what="api", most=MOST_MISSES, seconds=SECONDS):
        raise HttpError(429, _("För många anrop utan giltig nyckel. Vänta en minut och försök igen."))
    if "Authorization" in request.headers:
        return _("Nyckeln gäller inte. Den kan vara felskriven, återkallad eller ha gått ut.")
    return _("Skicka nyckeln i huvudet Authorization: Bearer, följt av nyckeln.")
