# SPDX-License-Identifier: EUPL-1.2
"""The contact list as files, and who reads it, and the numbers that all lists share."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from boenden.list_lines import CARD_COLUMNS, COLUMNS, STAFF_COLUMNS, Line, akutnummer_line, line_for
from boenden.views.common_entries import CommonEntryListView
from boenden.views.contact_lists import Reading, visible_list
from boenden.views.contact_lists_readers import ContactListReaderListView
from boenden.views.list_files import WholeListFile
from platssamverkan.audit.readings import last_readings
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.documents.responses import pdf_response
from platssamverkan.export.actions import record_export
from platssamverkan.export.asking import gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.models import Export
from platssamverkan.export.responses import export_response
from platssamverkan.export.taking_out import Lazily, TakeOut, take_out
from platssamverkan.ground.fields import show_telephone

TO_CARRY = _("kontaktlista")  # on paper and in the telephone the list is its own purpose (decision 0036)


def lines(reading: Reading) -> Iterator[Line]:
    """The boende's akutnummer first, then the list in order."""
    if reading.boende.akutnummer:
        yield akutnummer_line(reading.boende)
    yield from (line_for(entry, is_whole=reading.is_whole) for entry in reading.entries)


@require_POST
def contactlist_export(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """The list as one carries it: on paper or in the telephone. Who reads it may take along the lines she reads.

    Logged, since data leave the system. Raises Http404 for a format there is not.
    """
    reading = Reading(visible_list(request.user, slug), request.user)
    if fmt == Export.Format.PDF:
        return contactlist_pdf(reading, request.user)
    if fmt != Export.Format.VCARD:
        raise Http404
    return export_response(
        rows=lines(reading),
        columns=CARD_COLUMNS,
        fmt=fmt,
        filename=file_name(reading),
        purpose=str(TO_CARRY),
        by=request.user,
        **about(reading),
    )


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def contactlist_table(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The list as a table for other work: then it is asked for what (law 2001:454, 10 §: a stated purpose)."""
    reading = Reading(visible_list(request.user, slug), request.user)
    return take_out(
        request,
        TakeOut(
            rows=Lazily(lambda: lines(reading), of=reading.entries),
            columns=STAFF_COLUMNS if reading.is_whole else COLUMNS,
            filename=file_name(reading),
            list_name=__("Kontaktlista"),
            back=reading.contact_list.get_absolute_url(),
            crumbs=[(reading.boende.get_absolute_url(), reading.boende)] if reading.reads_boende else [],
            note=__("Filen har hela listan, också det som bara är för boendet.") if reading.is_whole else "",
            reach=[str(reading.boende.pk), *(["whole"] if reading.is_whole else [])],
            **about(reading),
        ),
    )


def contactlist_pdf(reading: Reading, user: Any) -> HttpResponseBase:
    """The list on paper, tagged (UA-1)."""
    context = {"reading": reading, "boende": reading.boende, "printed_by": user, "printed_on": timezone.localdate()}
    title = __("Kontaktlista för %(boende)s") % {"boende": reading.boende}
    content = render_pdf(template="documents/contact_list.html", context=context, title=title)
    record_export(
        content=content, row_count=len(reading.entries), fmt="pdf", purpose=str(TO_CARRY), by=user, **about(reading)
    )
    return pdf_response(content, f"{file_name(reading)}.pdf")


@require_POST
def contactlistentry_vcard(request: HttpRequest, slug: str, pk: Any) -> HttpResponseBase:
    """One line as a kontaktkort for the telephone."""
    reading = Reading(visible_list(request.user, slug), request.user)
    entry = next((entry for entry in reading.entries if entry.pk == pk), None)
    if entry is None:
        raise Http404
    return export_response(
        rows=[line_for(entry, is_whole=reading.is_whole)],
        columns=CARD_COLUMNS,
        fmt="vcf",
        filename=entry.name,
        purpose=str(TO_CARRY),
        by=request.user,
        **about(reading),
    )


def file_name(reading: Reading) -> str:
    """What a file of the list is called, without extension."""
    return __("Kontaktlista %(boende)s") % {"boende": reading.boende}


def about(reading: Reading) -> dict[str, Any]:
    """What is noted of every file."""
    return {
        "what": __("kontaktlista"),
        "scope": str(reading.boende),
        "scope_id": reading.boende.pk,
    }


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
    of_boenden = False
    list_view = "boenden:commonentry_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Telefon"), "phone", show=show_telephone),
        Column(_("När ska jag ringa?"), "when_to_use"),
        Column(_("Svarar"), "hours"),
        Column(_("Gäller"), lambda row: str(row.forvaltning or __("Alla förvaltningar"))),
    ]
