# SPDX-License-Identifier: EUPL-1.2
"""A boende's actors, persons and contacts as files; every one is noted in the log with its purpose."""

from copy import copy
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
from platssamverkan.export.asking import Asking
from platssamverkan.export.columns import shown_getters
from platssamverkan.export.csv_writer import cell, original
from platssamverkan.export.responses import export_response
from platssamverkan.export.taking_out import TakeOut, filter_words, handed_over, offered, wrong_in

LIST = "vad"  # in the address: the list that the reader comes from


class TakeOutView(AtBoende, FormView):
    """Choose what, as what and why; the answer is the file."""

    reads = Right.READ_ACTORS
    writes = Right.EXPORT
    form_class = TakeOutForm
    template_name = "boenden/files.html"
    gives_file = True  # platssamverkan/export/asking.py

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

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """What is asked for; asked again with nobody waiting, the address says what (export/asking.py)."""
        if not isinstance(request, Asking):
            return super().post(request, *args, **kwargs)
        key = request.GET.get(LIST, "")
        if key not in CONTENTS or CONTENTS[key].reads not in rights_at(request.user, self.boende):
            raise PermissionDenied
        return offered(request, self.offer(key))

    def offer(self, key: str) -> TakeOut:
        """One content with the list's filter, if she comes from that list."""
        content, asked = CONTENTS[key], self.asked(key)
        narrowed = content.filtered(self.boende, self.request.user, asked).form if content.filtered and asked else None
        filename = f"{str(content.label).split(' ')[0].capitalize()} {self.boende}"
        return TakeOut(
            rows=content.rows(self.boende, self.request.user, asked),
            columns=content.columns,
            cards=CARDS if content.has_cards else (),
            paper=lambda rows: paper(self.boende, content, rows, self.request.user),
            filename=filename,
            back=self.boende.get_absolute_url(),
            list_name=content.label,
            reach=[str(self.boende.pk)],
            filter_words=filter_words(narrowed) if narrowed else "",
            wrong=wrong_in(narrowed) if narrowed else (),
            **about_file(self.boende, content),
        )

    def form_valid(self, form: TakeOutForm) -> Any:
        key = form.cleaned_data["what"]
        offer = self.offer(key)
        if offer.wrong:
            unread = _("Urvalet går inte att läsa, så ingen fil är gjord. %(wrong)s") % {"wrong": " ".join(offer.wrong)}
            form.add_error(None, unread)
            return self.form_invalid(form)
        request: Any = copy(self.request)
        request.GET = self.asked(key).copy()
        request.GET[LIST] = key  # a worker that makes the file has nothing but the address
        answer = handed_over(request, offer, form)
        return self.form_invalid(form) if answer is None else answer

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


def about_file(boende: Boende, content: Content) -> dict[str, Any]:
    """What is noted of a file."""
    return {"what": str(content.label), "scope": str(boende), "scope_id": boende.pk}


def paper(boende: Boende, content: Content, rows: list[FileRow], user: Any) -> bytes:
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
    return render_pdf(template="documents/rows.html", context=context, title=title)


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
        purpose=_("kontaktkort i telefonen"),
        **about_file(boende, CONTENTS["personer"]),
    )
