# SPDX-License-Identifier: EUPL-1.2
"""With whom a contact list is shared: who reads it, who has opened it and taken it out."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import FormView, ListView

from boenden.actions.contact_lists import end_reader, share_list
from boenden.forms.contact_lists import ContactListReaderForm
from boenden.models import ContactListReader, Invite
from boenden.views.contact_lists import list_with_right
from boenden.views.contact_lists_edit import OfList
from boenden.views.list_files import HasFile
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.readings import last_readings
from platssamverkan.export.models import Export

EXPORTS_SHOWN = 50


class ContactListReaderListView(HasFile, OfList, ListView):
    """Everyone with whom the list is shared, those who are invited, and the files that were made."""

    file_view = "boenden:contactlistreader_export"
    right = Right.SHARE_LIST

    def get_queryset(self) -> Any:
        readers = ContactListReader.objects.filter(contact_list=self.contact_list)
        return readers.for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        opened = last_readings(self.contact_list)
        for reader in context["object_list"]:
            reader.opened_at = opened.get(reader.user_id)
        invites = Invite.objects.waiting().filter(boende=self.contact_list.boende, role="")
        exports = Export.objects.filter(scope_id=self.contact_list.boende_id, what=_("kontaktlista"))
        return context | {
            "invites": invites.select_related("person__actor", "created_by").order_by("name", "pk"),
            "exports": exports.select_related("created_by").order_by("-created_at", "-pk")[:EXPORTS_SHOWN],
        }


class ContactListReaderCreateView(OfList, FormView):
    """Share the list with one more."""

    right = Right.SHARE_LIST
    form_class = ContactListReaderForm
    template_name = "boenden/contactlistreader_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"contact_list": self.contact_list}

    def get_success_url(self) -> str:
        return reverse("boenden:contactlistreader_list", args=[self.contact_list.boende.slug])

    def form_valid(self, form: Any) -> HttpResponse:
        """Share, and say what happens next."""
        try:
            made = share_list(contact_list=self.contact_list, by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error("person" if form.cleaned_data["person"] else "email", refusal.messages)
            return self.form_invalid(form)
        if isinstance(made, ContactListReader):
            text = _("%(name)s kan läsa listan nu.") % {"name": made.user}
        else:
            text = _("En inbjudan är på väg till %(email)s.") % {"email": made.email}
        messages.success(self.request, text)
        return super().form_valid(form)

    def form_invalid(self, form: Any) -> HttpResponse:
        """Bad input: the page again with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def contactlistreader_end(request: HttpRequest, slug: str, pk: Any) -> HttpResponse:
    """Stop sharing with someone. It works at once."""
    contact_list = list_with_right(request.user, slug, Right.SHARE_LIST)
    reader = get_object_or_404(ContactListReader.objects.active(), contact_list=contact_list, pk=pk)
    end_reader(reader=reader, by=request.user)
    messages.success(request, _("%(name)s kan inte längre läsa listan.") % {"name": reader.user})
    return HttpResponseRedirect(reverse("boenden:contactlistreader_list", args=[slug]))
