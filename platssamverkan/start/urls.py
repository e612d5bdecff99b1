# SPDX-License-Identifier: EUPL-1.2
"""Min dag and the page "Mer"."""

from django.urls import path

from platssamverkan.start import views
from platssamverkan.start.handbook import HandbookView
from platssamverkan.start.search import SearchView

urlpatterns = [
    path("", views.StartView.as_view(), name="start"),
    path("sok/", SearchView.as_view(), name="search"),
    path("hjalp/", HandbookView.as_view(), name="handbook"),
    path("hjalp/<slug:sida>/", HandbookView.as_view(), name="handbook_page"),
    path("mer/", views.MoreView.as_view(), name="more"),
]
