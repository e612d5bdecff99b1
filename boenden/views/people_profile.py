# SPDX-License-Identifier: EUPL-1.2
"""A person's own account: her name, her roles, how she signs in."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import UpdateView

from boenden.forms.people import ProfileForm
from boenden.models import ContactListReader
from boenden.rights import assignments_of
from platssamverkan.accounts.actions import end_sign_ins, save_own_settings
from platssamverkan.accounts.models import User


class ProfileView(UpdateView):
    """Everyone's own page."""

    form_class = ProfileForm
    template_name = "people/profile.html"
    context_object_name = "person"
    success_url = reverse_lazy("people:profile")

    def get_object(self, queryset: Any = None) -> User:
        return get_object_or_404(
            User, pk=self.request.user.pk
        )  # not request.user: a refused name must not show in the frame

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        lists = ContactListReader.objects.current().filter(user=self.object).select_related("contact_list__boende")
        return super().get_context_data(
            assignments=assignments_of(self.request.user), lists=lists.order_by("starts_on"), **kwargs
        )

    def form_valid(self, form: Any) -> HttpResponse:
        save_own_settings(user=self.object, by=self.request.user, **form.cleaned_data)
        messages.success(self.request, _("Dina inställningar är sparade."))
        return HttpResponseRedirect(self.get_success_url())

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_POST
def sign_ins_end(request: HttpRequest) -> HttpResponse:
    """Sign out everywhere but here."""
    user = end_sign_ins(user=get_object_or_404(User, pk=request.user.pk), by=request.user)
    update_session_auth_hash(request, user)
    messages.success(request, _("Du är utloggad på alla andra ställen."))
    return redirect("people:profile")
