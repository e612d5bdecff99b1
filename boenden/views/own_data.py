# SPDX-License-Identifier: EUPL-1.2
"""What is kept about the person who is signed in as somebody's contact, and her way to correct it."""

from typing import Any

from django.db.models import Prefetch
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView, UpdateView

from boenden.actions.own_data import correct_own_data
from boenden.forms.own_data import OwnDataForm
from boenden.models import ContactListEntry, ContactListReader, ContactPerson
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin


class OwnDataView(ListView):
    """Every row about the user: what is kept, why, where it came from, and who can see it."""

    template_name = "boenden/own_data.html"

    def get_queryset(self) -> Any:
        lines = ContactListEntry.objects.active().select_related("group__contact_list__boende")
        return (
            ContactPerson.objects.own(self.request.user)
            .select_related("actor")
            .prefetch_related(Prefetch("entries", lines, to_attr="lines"))
            .order_by("name", "pk")
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        readerships = ContactListReader.objects.current().filter(user=self.request.user.pk)
        readerships = readerships.select_related("contact_list__boende", "shared_by").order_by("starts_on", "pk")
        return super().get_context_data(readerships=readerships, **kwargs)


class OwnDataUpdateView(RecordFormMixin, UpdateView):
    """Correct one row."""

    form_class = OwnDataForm
    template_name = "boenden/own_data_form.html"
    success_url = reverse_lazy("boenden:own_data")
    success_message = _("Dina uppgifter är sparade. Boendet ser att du har gått igenom dem.")

    def get_queryset(self) -> Any:
        return ContactPerson.objects.own(self.request.user).select_related("actor")

    def save(self, form: Any) -> ContactPerson:
        version = form.cleaned_data.get(VERSION_FIELD)
        return correct_own_data(person=form.instance, by=self.request.user, opened_version=version)
