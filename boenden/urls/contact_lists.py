# SPDX-License-Identifier: EUPL-1.2
"""Addresses of the contact list, of one's own data and of the common numbers."""

from django.urls import path

from boenden.views import (
    common_entries,
    contact_list_files,
    contact_lists,
    contact_lists_edit,
    contact_lists_readers,
    own_data,
)

LIST = "boenden/<slug:slug>/kontaktlista/"

urlpatterns = [
    path(LIST, contact_lists.ContactListView.as_view(), name="contactlist_detail"),
    path(f"{LIST}starta/", contact_lists.contactlist_start, name="contactlist_start"),
    path(f"{LIST}fil/<slug:fmt>/", contact_list_files.contactlist_export, name="contactlist_export"),
    path(f"{LIST}fil/", contact_list_files.contactlist_table, name="contactlist_table"),
    path(f"{LIST}andra/", contact_lists_edit.ContactListUpdateView.as_view(), name="contactlist_update"),
    # groups
    path(
        f"{LIST}grupper/ny/",
        contact_lists_edit.ContactListGroupCreateView.as_view(),
        name="contactlistgroup_create",
    ),
    path(
        f"{LIST}grupper/<uuid:pk>/",
        contact_lists_edit.ContactListGroupUpdateView.as_view(),
        name="contactlistgroup_update",
    ),
    path(
        f"{LIST}grupper/<uuid:pk>/flytta/",
        contact_lists_edit.contactlistgroup_move,
        name="contactlistgroup_move",
    ),
    path(
        f"{LIST}grupper/<uuid:pk>/ta-bort/",
        contact_lists_edit.contactlistgroup_archive,
        name="contactlistgroup_archive",
    ),
    # lines
    path(f"{LIST}rader/ny/", contact_lists_edit.ContactListEntryCreateView.as_view(), name="contactlistentry_create"),
    path(
        f"{LIST}rader/<uuid:pk>/",
        contact_lists_edit.ContactListEntryUpdateView.as_view(),
        name="contactlistentry_update",
    ),
    path(f"{LIST}rader/<uuid:pk>/flytta/", contact_lists_edit.contactlistentry_move, name="contactlistentry_move"),
    path(
        f"{LIST}rader/<uuid:pk>/ta-bort/",
        contact_lists_edit.contactlistentry_archive,
        name="contactlistentry_archive",
    ),
    path(f"{LIST}rader/<uuid:pk>/dela/", contact_lists_edit.contactlistentry_share, name="contactlistentry_share"),
    path(
        f"{LIST}rader/<uuid:pk>/kontaktkort/", contact_list_files.contactlistentry_vcard, name="contactlistentry_vcard"
    ),
    # readers
    path(f"{LIST}lasare/", contact_lists_readers.ContactListReaderListView.as_view(), name="contactlistreader_list"),
    path(
        f"{LIST}lasare/fil/",
        contact_list_files.ContactListReaderFileView.as_view(),
        name="contactlistreader_export",
    ),
    path(
        f"{LIST}lasare/ny/",
        contact_lists_readers.ContactListReaderCreateView.as_view(),
        name="contactlistreader_create",
    ),
    path(
        f"{LIST}lasare/<uuid:pk>/avsluta/",
        contact_lists_readers.contactlistreader_end,
        name="contactlistreader_end",
    ),
    # what belongs to no boende
    path("konto/kontaktlistor/", contact_lists.ContactListListView.as_view(), name="contactlist_list"),
    path("konto/mina-uppgifter/", own_data.OwnDataView.as_view(), name="own_data"),
    path("konto/mina-uppgifter/<uuid:pk>/", own_data.OwnDataUpdateView.as_view(), name="own_data_update"),
    path("konto/gemensamma-nummer/", common_entries.CommonEntryListView.as_view(), name="commonentry_list"),
    path("konto/gemensamma-nummer/fil/", contact_list_files.CommonEntryFileView.as_view(), name="commonentry_export"),
    path("konto/gemensamma-nummer/nytt/", common_entries.CommonEntryCreateView.as_view(), name="commonentry_create"),
    path(
        "konto/gemensamma-nummer/<uuid:pk>/",
        common_entries.CommonEntryUpdateView.as_view(),
        name="commonentry_update",
    ),
    path("konto/gemensamma-nummer/<uuid:pk>/arkivera/", common_entries.commonentry_archive, name="commonentry_archive"),
    path(
        "konto/gemensamma-nummer/<uuid:pk>/ta-tillbaka/",
        common_entries.commonentry_restore,
        name="commonentry_restore",
    ),
]
