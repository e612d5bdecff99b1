# SPDX-License-Identifier: EUPL-1.2
"""The contact list as it is read: the page, and the files made of it."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST
from django.views.generic import DetailView, ListView

from boenden.actions.contact_lists import start_list
from boenden.models import Boende, ContactList, ContactListEntry
from boenden.rights import rights_at
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_reading
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.documents.responses import pdf_response
from platssamverkan.export.actions import record_export
from platssamverkan.export.columns import Column
from platssamverkan.export.responses import export_response
from platssamverkan.ground.fields import show_telephone

ENTRIES_AT_EASE = 9  # lines that fit on one A4 in full size


def visible_list(user: Any, slug: str) -> ContactList:
    """The list, if it exists for the user, whole or in its shared part; else 404."""
    lists = ContactList.objects.visible_to(user).select_related("boende__forvaltning")
    return get_object_or_404(lists, boende__slug=slug)


def list_with_right(user: Any, slug: str, right: Right) -> ContactList:
    """The list for someone who holds a right at its boende; who only reads it is refused."""
    contact_list = visible_list(user, slug)
    if right not in rights_at(user, contact_list.boende):
        raise PermissionDenied
    return contact_list


class Reading:
    """A list as one user may read it: page, print and files all take their lines from here and nowhere else."""

    def __init__(self, contact_list: ContactList, user: Any) -> None:
        self.contact_list = contact_list
        self.boende = contact_list.boende
        self.rights = rights_at(user, self.boende)
        self.is_whole = Right.READ_LIST in self.rights
        entries = ContactListEntry.objects.visible_to(user).filter(group__contact_list=contact_list)
        self.entries = list(entries.for_list())

    @property
    def emergency(self) -> ContactListEntry | None:
        """112, which stands above the groups."""
        return next((entry for entry in self.entries if entry.is_emergency), None)

    @property
    def groups(self) -> list[tuple[Any, list[ContactListEntry]]]:
        """The groups with their lines, in order."""
        rest = (entry for entry in self.entries if not entry.is_emergency)
        return [(group, list(lines)) for group, lines in groupby(rest, key=lambda entry: entry.group)]

    @property
    def updated_on(self) -> date:
        """The day something that the user sees here was last changed."""
        sources = [source for e in self.entries for source in (e, e.person, e.actor, e.common) if source]
        return timezone.localdate(max([self.contact_list.changed_at, *(source.changed_at for source in sources)]))

    @property
    def is_long(self) -> bool:
        """Whether it must be set closer to fit on one A4."""
        return len(self.entries) > ENTRIES_AT_EASE

    @property
    def answers(self) -> str:
        """When the akutnummer is answered, as the beginning of a sentence."""
        hours = self.boende.akutnummer_hours.strip().rstrip(".")
        return hours[:1].upper() + hours[1:]


class ContactListView(DetailView):
    """The list. A reader's opening it is logged, staff's is not (the one write a GET makes)."""

    object: ContactList

    def get_object(self, queryset: Any = None) -> ContactList:
        return visible_list(self.request.user, self.kwargs["slug"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        reading = Reading(self.object, self.request.user)
        if not reading.is_whole:
            log_reading(record=self.object, by=self.request.user)
        rights = reading.rights
        return super().get_context_data(
            reading=reading,
            boende=self.object.boende,
            may_edit=Right.EDIT_LIST in rights,
            may_share=Right.SHARE_LIST in rights,
            may_read_boende=Right.READ_BOENDE in rights,
            **kwargs,
        )

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """The page; where a boende has no list yet, the offer to make one."""
        if ContactList.objects.filter(boende__slug=kwargs["slug"]).exists():
            return super().get(request, *args, **kwargs)
        return ContactListMissingView.as_view()(request, *args, **kwargs)


class ContactListMissingView(DetailView):
    """A boende without a list, for those who would read it."""

    template_name = "boenden/contactlist_missing.html"
    context_object_name = "boende"

    def get_queryset(self) -> Any:
        return Boende.objects.active().with_right(self.request.user, Right.READ_LIST)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_edit = Right.EDIT_LIST in rights_at(self.request.user, self.object)
        return super().get_context_data(may_edit=may_edit, **kwargs)


@require_POST
def contactlist_start(request: HttpRequest, slug: str) -> HttpResponse:
    """Make the list of a boende that has none."""
    boende = get_object_or_404(Boende.objects.active().with_right(request.user, Right.READ_LIST), slug=slug)
    if Right.EDIT_LIST not in rights_at(request.user, boende):
        raise PermissionDenied
    return HttpResponseRedirect(start_list(boende=boende, by=request.user).get_absolute_url())


class ContactListListView(ListView):
    """The lists someone reads, where they are several."""

    def get_queryset(self) -> Any:
        return ContactList.objects.visible_to(self.request.user).select_related("boende").order_by("boende__name")


# ---------- files ----------


class Line(NamedTuple):
    """A line of a file: what leaves the system, and nothing besides."""

    group: str
    name: str
    about: str
    phone: str
    email: str
    when: str
    is_checked: bool
    is_shared: bool
    person: str = ""
    organisation: str = ""
    role: str = ""


def line_for(entry: ContactListEntry, *, is_whole: bool) -> Line:
    """A line of a file; a reader's holds what she sees on the page: the mail where there is no phone."""
    person = entry.person
    return Line(
        group=str(entry.group),
        name=entry.name,
        about=entry.about,
        phone=entry.phone,
        email=entry.email if is_whole or not entry.phone else "",
        when=entry.when,
        is_checked=not entry.needs_check,
        is_shared=entry.is_out,
        person=entry.name if person else "",
        organisation=str(person.actor) if person else entry.name,
        role=person.role if person else "",
    )


def lines(reading: Reading) -> Iterator[Line]:
    """The boende's akutnummer first, then the list in order."""
    boende = reading.boende
    if boende.akutnummer:
        yield Line(
            group=_("Ring boendet först"),
            name=str(boende),
            about=reading.answers,
            phone=boende.akutnummer,
            email="",
            when=_("Det händer något vid boendet, eller du undrar något."),
            is_checked=True,
            is_shared=True,
            organisation=str(boende),
        )
    yield from (line_for(entry, is_whole=reading.is_whole) for entry in reading.entries)


COLUMNS = [
    Column(gettext_lazy("Grupp"), "group"),
    Column(gettext_lazy("Namn"), "name"),
    Column(gettext_lazy("Roll eller svarstid"), "about"),
    Column(gettext_lazy("Telefon"), "phone", show=show_telephone),
    Column(gettext_lazy("E-post"), "email"),
    Column(gettext_lazy("När ska jag ringa?"), "when"),
    Column(gettext_lazy("Verifierad"), "is_checked"),
]
STAFF_COLUMNS = [*COLUMNS, Column(gettext_lazy("Delas"), "is_shared")]
CARD_COLUMNS = [
    Column(gettext_lazy("Namn"), "person", vcard="name"),
    Column(gettext_lazy("Organisation"), "organisation", vcard="org"),
    Column(gettext_lazy("Roll"), "role", vcard="role"),
    Column(gettext_lazy("Telefon"), "phone", vcard="phone"),
    Column(gettext_lazy("E-post"), "email", vcard="email"),
    Column(gettext_lazy("När ska jag ringa?"), "when", vcard="note"),
]


@require_POST
def contactlist_export(request: HttpRequest, slug: str, fmt: str) -> HttpResponseBase:
    """The list as a file: PDF, kontaktkort, CSV or Excel. Who reads it may take along the lines she reads.

    Logged, since data leave the system.
    """
    reading = Reading(visible_list(request.user, slug), request.user)
    if fmt == "pdf":
        return contactlist_pdf(reading, request.user)
    staff_or_reader = STAFF_COLUMNS if reading.is_whole else COLUMNS
    return export_response(
        rows=lines(reading),
        columns=CARD_COLUMNS if fmt == "vcf" else staff_or_reader,
        fmt=fmt,
        filename=file_name(reading),
        by=request.user,
        **about(reading),
    )


def contactlist_pdf(reading: Reading, user: Any) -> HttpResponseBase:
    """The list on paper, tagged (UA-1)."""
    context = {"reading": reading, "boende": reading.boende, "printed_by": user, "printed_on": timezone.localdate()}
    title = _("Kontaktlista för %(boende)s") % {"boende": reading.boende}
    content = render_pdf(template="documents/contact_list.html", context=context, title=title)
    record_export(content=content, row_count=len(reading.entries), fmt="pdf", by=user, **about(reading))
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
        by=request.user,
        **about(reading),
    )


def file_name(reading: Reading) -> str:
    """What a file of the list is called, without extension."""
    return _("Kontaktlista %(boende)s") % {"boende": reading.boende}


def about(reading: Reading) -> dict[str, Any]:
    """What is noted of every file: for the list one works by, the purpose is the list itself."""
    return {
        "what": _("kontaktlista"),
        "purpose": _("kontaktlista"),
        "scope": str(reading.boende),
        "scope_id": reading.boende.pk,
    }
