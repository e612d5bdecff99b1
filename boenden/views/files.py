# SPDX-License-Identifier: EUPL-1.2
"""A boende's actors, persons and contacts as files; every one is noted in the log with its purpose."""

from itertools import islice
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from boenden.files import CARDS, CONTENTS, Content, FileRow
from boenden.forms.files import TakeOutForm
from boenden.models import Boende, ContactPerson
from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.documents.responses import pdf_response
from platssamverkan.export.actions import record_export
from platssamverkan.export.columns import shown_getters
from platssamverkan.export.csv_writer import cell, original
from platssamverkan.export.responses import export_response
from platssamverkan.export.taking_out import filter_words, wrong_in

LIST = "vad"  # in the address: the list that the reader comes from
PAPER_ROWS = 200  # about ten pages; more takes too long to wait for, and nobody reads it on paper


class TakeOutView(AtBoende, FormView):
    """Choose what, as what and why; the answer is the file."""

    reads = Right.READ_ACTORS
    writes = Right.EXPORT
    form_class = TakeOutForm
    template_name = "boenden/files.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "rights": rights_at(self.request.user, self.boende)}

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get(LIST, "")
        return {"what": asked if asked in CONTENTS else "aktorer"}

    def asked(self, what: str) -> QueryDict:
        """The filter of the list that the reader came from, if it is that list she takes out."""
        asked = self.request.GET.copy()
        return asked if "".join(asked.pop(LIST, ["aktorer"])[-1:]) == what else QueryDict()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get(LIST, "aktorer")
        is_narrowed = any(value for name, value in self.request.GET.items() if name != LIST)
        narrowed = CONTENTS[asked].label if is_narrowed and asked in CONTENTS else ""
        return super().get_context_data(narrowed=narrowed, **kwargs)

    def form_valid(self, form: TakeOutForm) -> Any:
        content, fmt = CONTENTS[form.cleaned_data["what"]], form.cleaned_data["format"]
        asked = self.asked(form.cleaned_data["what"])
        about = about_file(self.boende, content, form.cleaned_data["purpose"])
        if content.filtered and asked:
            narrowed = content.filtered(self.boende, self.request.user, asked).form
            if wrong := wrong_in(narrowed):
                unread = _("Urvalet går inte att läsa, så ingen fil är gjord. %(wrong)s") % {"wrong": " ".join(wrong)}
                form.add_error(None, unread)
                return self.form_invalid(form)
            about["filter_words"] = filter_words(narrowed)
        rows = content.rows(self.boende, self.request.user, asked)
        filename = f"{str(content.label).split(' ')[0].capitalize()} {self.boende}"
        if fmt == "pdf":
            first = list(islice(rows, PAPER_ROWS + 1))
            if len(first) > PAPER_ROWS:
                form.add_error("format", _("Det är fler än 200 rader. Välj Excel eller CSV."))
                return self.form_invalid(form)
            return paper(self.boende, content, first, self.request.user, filename, about)
        columns = CARDS if fmt == "vcf" else content.columns
        return export_response(by=self.request.user, rows=rows, columns=columns, fmt=fmt, filename=filename, **about)

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def about_file(boende: Boende, content: Content, purpose: str) -> dict[str, Any]:
    """What is noted of a file."""
    return {"what": str(content.label), "purpose": purpose, "scope": str(boende), "scope_id": boende.pk}


def paper(
    boende: Boende, content: Content, rows: list[FileRow], user: Any, filename: str, about: dict[str, Any]
) -> HttpResponseBase:
    """The rows on A4, tagged (UA-1), by the one renderer."""
    getters = shown_getters(content.paper)
    context = {
        "headers": [column.header for column in content.paper],
        "rows": [[original(str(cell(get(row)))) for get in getters] for row in rows],
        "boende": boende,
        "printed_by": user,
        "printed_on": timezone.localdate(),
    }
    title = f"{str(content.label).capitalize()}, {boende}"
    pdf = render_pdf(template="documents/rows.html", context=context, title=title)
    record_export(content=pdf, row_count=len(rows), fmt="pdf", by=user, **about)
    return pdf_response(pdf, f"{filename}.pdf")


@require_POST
def person_vcard(request: HttpRequest, slug: str, pk: UUID) -> HttpResponseBase:
    """One contact person as a card for the telephone."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS)
    persons = ContactPerson.objects.visible_to(request.user).around(boende).select_related("actor")
    person = get_object_or_404(persons, pk=pk)
    if Right.EXPORT not in rights_at(request.user, boende):
        raise PermissionDenied
    return export_response(
        rows=[FileRow(actor=person.actor, person=person)],
        columns=CARDS,
        fmt="vcf",
        filename=person.name,
        by=request.user,
        **about_file(boende, CONTENTS["personer"], _("kontaktkort i telefonen")),
    )
