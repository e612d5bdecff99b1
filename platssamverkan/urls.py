# SPDX-License-Identifier: EUPL-1.2
"""The front door: every room's addresses. Rooms write theirs in full, from the root."""

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    "platssamverkan.health.urls",
    "platssamverkan.look.urls",
    "platssamverkan.start.urls",
    "platssamverkan.ground.urls",
    "platssamverkan.notices.urls",
    "platssamverkan.demo.urls",
    "platssamverkan.documents.urls",
    "platssamverkan.accounts.urls",
    "boenden.urls.people",
    "boenden.urls",
    "incidents.urls",
]


def is_built(module: str) -> bool:
    """Whether the room is there yet."""
    try:
        return find_spec(module) is not None
    except ModuleNotFoundError:
        return False


urlpatterns: list[URLPattern | URLResolver] = [path("", include(room)) for room in ROOMS if is_built(room)]

handler400 = "platssamverkan.look.error_pages.bad_request"
handler403 = "platssamverkan.look.error_pages.forbidden"
handler404 = "platssamverkan.look.error_pages.not_found"
handler500 = "platssamverkan.look.error_pages.server_error"
