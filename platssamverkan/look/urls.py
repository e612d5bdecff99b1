# SPDX-License-Identifier: EUPL-1.2
"""The choice of light or dark."""

from django.urls import path

from platssamverkan.look import views

urlpatterns = [
    path("utseende/", views.theme_choose, name="theme_choose"),
]
