# SPDX-License-Identifier: EUPL-1.2
"""Min sida: the corner of someone who reads what a boende shares with her. The contact list first."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView

from boenden.actions.contact_lists import end_reader
from boenden.models import ContactListReader, ContactPerson
from platssamverkan.start import corner


class CornerView(TemplateView):
    """Whom to call, the other rooms' pages, her own data, and what she is told and why."""

    template_name = "boenden/corner.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        readerships = ContactListReader.objects.current().filter(user=user.pk, contact_list__archived_at__isnull=True)
        return super().get_context_data(
            readerships=readerships.select_related("contact_list__boende", "shared_by").order_by(
                "contact_list__boende__name", "pk"
            ),
            pages=corner.pages_for(user),
            persons=ContactPerson.objects.own(user).select_related("actor").order_by("name", "pk"),
            told=corner.told_for(user),
            **kwargs,
        )


@require_POST
def readership_leave(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A reader no longer wants the list: from now on it is not hers."""
    own = ContactListReader.objects.current().filter(user=request.user.pk)
    reader = get_object_or_404(own.select_related("contact_list__boende"), pk=pk)
    end_reader(reader=reader, by=request.user)
    messages.success(
        request, _("Du läser inte längre kontaktlistan för %(boende)s.") % {"boende": reader.contact_list.boende}
    )
    return redirect("boenden:corner")
