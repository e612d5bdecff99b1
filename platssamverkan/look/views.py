# SPDX-License-Identifier: EUPL-1.2
"""The choice of light or dark, kept in the browser."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from platssamverkan.look.context import THEME_COOKIE, Theme

A_YEAR = 365 * 24 * 60 * 60


@login_not_required
@require_POST
def theme_choose(request: HttpRequest) -> HttpResponse:
    """Keep the choice in a cookie and go back to the page it was made on."""
    back = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure()):
        back = reverse("more")
    response = HttpResponseRedirect(back)
    theme = request.POST.get("theme", "")
    if theme in (Theme.LIGHT, Theme.DARK):
        response.set_cookie(
            THEME_COOKIE, theme, max_age=A_YEAR, samesite="Lax", httponly=True, secure=settings.IS_PRODUCTION
        )
    else:
        response.delete_cookie(THEME_COOKIE, samesite="Lax")
    return response
