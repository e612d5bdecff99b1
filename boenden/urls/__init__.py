# SPDX-License-Identifier: EUPL-1.2
"""Everything under /boenden/, a module a noun: each has `urlpatterns`, with paths from /boenden/ on."""

from importlib import import_module
from pkgutil import iter_modules

from django.urls import URLPattern, URLResolver

app_name = "boenden"

# the paths with a fixed first segment stand in boende.py, before <slug>/; people.py has its own namespace
OWN_NAMESPACE = {"people"}

urlpatterns: list[URLPattern | URLResolver] = []
for module in iter_modules(__path__):
    if module.name not in OWN_NAMESPACE:
        urlpatterns += import_module(f"{__name__}.{module.name}").urlpatterns
