# SPDX-License-Identifier: EUPL-1.2
"""Imports at a boende, and the files made of what is there."""

from django.urls import path

from boenden.views import boende_files, files
from boenden.views import imports as views

IMPORTS = "boenden/<slug:slug>/importer/"

urlpatterns = [
    path("boenden/<slug:slug>/filer/", files.TakeOutView.as_view(), name="files"),
    path("boenden/<slug:slug>/personer/<uuid:pk>/kontaktkort/", files.person_vcard, name="person_vcard"),
    path(IMPORTS, views.ImportListView.as_view(), name="actorimport_list"),
    path(f"{IMPORTS}fil/", boende_files.ImportListFileView.as_view(), name="actorimport_export"),
    path(f"{IMPORTS}ny/", views.ImportCreateView.as_view(), name="actorimport_create"),
    path(f"{IMPORTS}<uuid:pk>/", views.ImportDetailView.as_view(), name="actorimport_detail"),
    path(f"{IMPORTS}<uuid:pk>/kolumner/", views.ImportColumnsView.as_view(), name="actorimport_columns"),
    path(f"{IMPORTS}<uuid:pk>/bekrafta/", views.actorimport_confirm, name="actorimport_confirm"),
    path(f"{IMPORTS}<uuid:pk>/avbryt/", views.actorimport_cancel, name="actorimport_cancel"),
    path(f"{IMPORTS}<uuid:pk>/felaktiga/<slug:fmt>/", views.actorimport_faulty, name="actorimport_faulty"),
]
