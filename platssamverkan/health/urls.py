# SPDX-License-Identifier: EUPL-1.2
"""Alive and ready."""

from django.urls import path

from platssamverkan.health import views

app_name = "health"

urlpatterns = [
    path("halsa/live", views.live, name="live"),
    path("halsa/redo", views.ready, name="ready"),
]
