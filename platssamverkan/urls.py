# SPDX-License-Identifier: EUPL-1.2
"""The front door."""

from django.urls import URLPattern, URLResolver, path  # noqa: F401

urlpatterns: list[URLPattern | URLResolver] = []
