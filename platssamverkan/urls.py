# SPDX-License-Identifier: EUPL-1.2
"""The front door: every room's addresses. Rooms write theirs in full, from the root."""

from django.urls import URLPattern, URLResolver, include, path

ROOMS = [
    "platssamverkan.health.urls",
    "platssamverkan.look.urls",
    "platssamverkan.start.urls",
    "platssamverkan.notices.urls",
    "platssamverkan.export.urls",
    "platssamverkan.demo.urls",
    "platssamverkan.accounts.urls",
    "boenden.urls.people",
    "boenden.urls",
    "incidents.urls",
    "kartlaggning.urls",
    "forum.urls",
    "platssamverkan.reports.urls",
]

urlpatterns: list[URLPattern | URLResolver] = [path("", include(room)) for room in ROOMS]

handler400 = "platssamverkan.look.error_pages.bad_request"
handler403 = "platssamverkan.look.error_pages.forbidden"
handler404 = "platssamverkan.look.error_pages.not_found"
handler500 = "platssamverkan.look.error_pages.server_error"
