# SPDX-License-Identifier: EUPL-1.2
"""The API and the pages about it. What the API does not have is answered by it too, in JSON."""

from django.urls import URLPattern, path, re_path

from platssamverkan.reports.api import operations, views
from platssamverkan.reports.api.service import PREFIX, for_programs, missing

KEYS = "rapporter/api/nycklar"

urlpatterns = [
    path("rapporter/api/", views.api_about, name="api_about"),
    path(f"{KEYS}/", views.ApiKeyListView.as_view(), name="apikey_list"),
    path(f"{KEYS}/fil/", views.ApiKeyFileView.as_view(), name="apikey_export"),
    path(f"{KEYS}/ny/", views.ApiKeyCreateView.as_view(), name="apikey_create"),
    path(f"{KEYS}/<uuid:pk>/", views.apikey_detail, name="apikey_detail"),
    path(f"{KEYS}/<uuid:pk>/fornya/", views.apikey_renew, name="apikey_renew"),
    path(f"{KEYS}/<uuid:pk>/aterkalla/", views.apikey_revoke, name="apikey_revoke"),
    path(f"{PREFIX}openapi.json", views.openapi, name="api_openapi"),
    *(
        path(f"{PREFIX}{found.pattern}", for_programs(found.callback), name=f"api_{found.name}")
        for found in operations.api.urls[0]
        if isinstance(found, URLPattern) and found.name != "api-root"
    ),
    re_path("^api/", for_programs(missing), name="api_missing"),
]
