# SPDX-License-Identifier: EUPL-1.2
"""The map of a boende."""

from django.urls import path

from boenden.views import maps

urlpatterns = [
    path("boenden/<slug:slug>/karta/", maps.BoendeMapView.as_view(), name="boende_map"),
]
