# SPDX-License-Identifier: EUPL-1.2
"""The contact log."""

from django.urls import path

from boenden.views import contacts as views

urlpatterns = [
    path("boenden/ny-kontakt/", views.ContactStartView.as_view(), name="contact_start"),
    path("boenden/<slug:slug>/kontakter/", views.ContactListView.as_view(), name="contact_list"),
    path("boenden/<slug:slug>/kontakter/ny/", views.ContactCreateView.as_view(), name="contact_create"),
    path("boenden/<slug:slug>/kontakter/<uuid:pk>/", views.ContactDetailView.as_view(), name="contact_detail"),
    path("boenden/<slug:slug>/kontakter/<uuid:pk>/andra/", views.ContactUpdateView.as_view(), name="contact_update"),
    path("boenden/<slug:slug>/kontakter/<uuid:pk>/uppfoljd/", views.contact_followed_up, name="contact_followed_up"),
    path("boenden/<slug:slug>/kontakter/<uuid:pk>/arkivera/", views.contact_archive, name="contact_archive"),
]
