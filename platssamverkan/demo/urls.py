# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's letter box."""

from django.urls import path

from platssamverkan.demo import views

app_name = "demo"
urlpatterns = [
    path("demo/brev/", views.LetterListView.as_view(), name="letter_list"),
]
