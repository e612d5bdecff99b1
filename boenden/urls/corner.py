# SPDX-License-Identifier: EUPL-1.2
"""The neighbour's corner."""

from django.urls import path

from boenden.views import corner

urlpatterns = [
    path("konto/min-sida/", corner.CornerView.as_view(), name="corner"),
    path("konto/kontaktlistor/<uuid:pk>/sluta-lasa/", corner.readership_leave, name="readership_leave"),
]
