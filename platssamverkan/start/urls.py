# SPDX-License-Identifier: EUPL-1.2
"""Min dag and the page "Mer"."""

from django.urls import path

from platssamverkan.start import views
from platssamverkan.start.search import SearchView

urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("sok/", SearchView.as_view(), name="search"),
    path("mer/", views.MoreView.as_view(), name="more"),
]
