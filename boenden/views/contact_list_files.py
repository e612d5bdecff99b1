# SPDX-License-Identifier: EUPL-1.2
"""Who reads a contact list, and the numbers that all lists share, as files. The list itself has files of its own."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from boenden.views.common_entries import CommonEntryListView
from boenden.views.contact_lists_readers import ContactListReaderListView
from boenden.views.list_files import WholeListFile
from platssamverkan.audit.readings import last_readings
from platssamverkan.export.columns import Column
from platssamverkan.ground.fields import show_telephone


class ContactListReaderFileView(WholeListFile, ContactListReaderListView):
    """Everyone with whom a boende's list is shared, and when each last opened it."""

    what = _("läsare av kontaktlistan")
    list_view = "boenden:contactlistreader_list"
    columns = [
        Column(_("Namn"), "user.name"),
        Column(_("Aktör"), lambda row: str(row.person.actor) if row.person else row.user.email),
        Column(_("Från"), "starts_on"),
        Column(_("Till och med"), "ends_on"),
        Column(_("Delad av"), "shared_by.name"),
        Column(_("Öppnade senast"), "opened_at"),
    ]

    def file_rows(self, rows: Any) -> Iterable[Any]:
        return self.with_readings(super().file_rows(rows))

    def with_readings(self, rows: Iterable[Any]) -> Iterator[Any]:
        """The rows with when each has read, of the log."""
        opened = last_readings(self.contact_list)
        for reader in rows:
            reader.opened_at = opened.get(reader.user_id)
            yield reader


class CommonEntryFileView(WholeListFile, CommonEntryListView):
    """The common numbers."""

    what = _("gemensamma nummer")
    list_view = "boenden:commonentry_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Telefon"), "phone", show=show_telephone),
        Column(_("När ska jag ringa?"), "when_to_use"),
        Column(_("Svarar"), "hours"),
        Column(_("Gäller"), lambda row: str(row.forvaltning or __("Alla förvaltningar"))),
    ]
