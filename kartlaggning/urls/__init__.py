# SPDX-License-Identifier: EUPL-1.2
"""Everything under /kartlaggning/, a module a noun, each with `urlpatterns` written in full."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver

app_name = "kartlaggning"

LAST = "rounds"  # kartlaggning/<uuid>/ comes after what other modules name

names = sorted((module.name for module in iter_modules(__path__)), key=lambda name: (name == LAST, name))
urlpatterns: list[URLPattern | URLResolver] = [
    pattern for name in names for pattern in import_module(f"{__name__}.{name}").urlpatterns
]
