# SPDX-License-Identifier: EUPL-1.2
"""The implementation report."""

from django.urls import path

from platssamverkan.reports.matrix import views

urlpatterns = [
    path("rapporter/genomforande/", views.implementation, name="implementation"),
    path("rapporter/genomforande/fil/", views.implementation_export, name="implementation_export"),
]
