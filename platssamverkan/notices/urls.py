# SPDX-License-Identifier: EUPL-1.2
"""The person's notices."""

from django.urls import path

from platssamverkan.notices import views

app_name = "notices"
urlpatterns = [
    path("konto/meddelanden/", views.NoticeListView.as_view(), name="notice_list"),
    path("konto/meddelanden/ej-skickade/fil/", views.failed_export, name="failed_export"),
    path("konto/meddelanden/<uuid:pk>/last/", views.notice_read, name="notice_read"),
    path("konto/meddelanden/<uuid:pk>/skicka-igen/", views.notice_retry, name="notice_retry"),
]
