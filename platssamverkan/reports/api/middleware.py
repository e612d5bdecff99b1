# SPDX-License-Identifier: EUPL-1.2
"""What goes wrong outside the API's own views is told in JSON too: an address that cannot be read, a fault of ours."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from platssamverkan.reports.api.service import problem

JSON = "application/json"


def told(status: int) -> str:
    """What is said of a status that the house answers with a page. Needs nothing that can be broken."""
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        return _("Databasen svarar inte just nu. Försök igen om en stund.")
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return _("Något gick fel hos oss. Försök igen senare.")
    return _("Adressen eller huvudena i anropet går inte att läsa.")


class JsonErrorsMiddleware:
    """Outermost: a page that tells of an error becomes JSON for a program. Nothing else is touched."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        is_page = response.status_code >= HTTPStatus.BAD_REQUEST and response.get("Content-Type") != JSON
        if not is_page or not request.path_info.startswith("/api/"):
            return response
        answer = problem(response.status_code, told(response.status_code))
        answer["Cache-Control"] = "no-store"
        if "Retry-After" in response:
            answer["Retry-After"] = response["Retry-After"]
        return answer
