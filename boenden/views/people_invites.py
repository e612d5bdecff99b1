# SPDX-License-Identifier: EUPL-1.2
"""Invitations: send, send again, withdraw; and the page that the link in the letter leads to."""

from typing import Any
from uuid import UUID

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, FormView, ListView

from boenden.actions.invites import InviteGone, accept_invite, resend_invite, send_invite, withdraw_invite
from boenden.forms.people import READER_CHOICE, AcceptForm, InviteForm, boende_named
from boenden.models import ContactPerson, Invite
from boenden.views.list_files import HasFile
from boenden.views.people import PAGE_SIZE, refuse_without, shareable_by
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import ROLES, Right, Role
from platssamverkan.ground.forms import GuardedForm
from platssamverkan.ground.views import RecordFormMixin


class InviteListView(HasFile, ListView):
    """The invitations that wait for an answer."""

    file_view = "people:invite_export"
    takes_out = Right.INVITE
    template_name = "people/invite_list.html"
    paginate_by = PAGE_SIZE
    context_object_name = "invites"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[Invite]:
        return Invite.objects.visible_to(self.request.user).for_list()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(shareable=shareable_by(self.request.user), **kwargs)


class InviteCreateView(RecordFormMixin, CreateView):
    """Invite someone. A link can name the boende, the role (`lasare`, `personal` …) and whom of the contact persons."""

    form_class = InviteForm
    template_name = "people/invite_form.html"
    success_url = reverse_lazy("people:user_list")
    success_message = gettext_lazy("Inbjudan är på väg.")

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user}

    def get_initial(self) -> dict[str, Any]:
        initial: dict[str, Any] = {"role": self.request.GET.get("roll")}
        if slug := self.request.GET.get("boende"):
            initial["boende"] = boende_named(slug, self.request.user)
            if initial["boende"] is None:
                raise Http404
        if person := self.person:
            initial |= {"person": person, "name": person.name, "email": person.email, "role": READER_CHOICE}
        return initial

    @property
    def person(self) -> ContactPerson | None:
        """The contact person that the link names."""
        named = self.request.GET.get("person")
        if not named:
            return None
        try:
            return get_object_or_404(ContactPerson.objects.visible_to(self.request.user).active(), pk=UUID(named))
        except ValueError as error:
            raise Http404 from error

    def save(self, form: Any) -> Invite:
        return send_invite(invite=form.instance, by=self.request.user)


@require_POST
def invite_resend(request: HttpRequest, pk: UUID) -> HttpResponse:
    """A new link, by a new letter."""
    invite = get_object_or_404(Invite.objects.editable_by(request.user), pk=pk)
    try:
        resend_invite(invite=invite, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Inbjudan till %(name)s är på väg igen, med en ny länk.") % {"name": invite.name})
    return redirect("people:user_list")


@require_POST
def invite_withdraw(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The link stops working."""
    invite = get_object_or_404(Invite.objects.editable_by(request.user), pk=pk)
    try:
        withdraw_invite(invite=invite, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Inbjudan till %(name)s är återkallad.") % {"name": invite.name})
    return redirect("people:user_list")


def invite_gone(request: HttpRequest) -> HttpResponse:
    """The same words whether the link is expired, used, withdrawn or made up."""
    return render(request, "people/invite_gone.html", status=404)


@method_decorator([login_not_required, never_cache, sensitive_post_parameters("password")], name="dispatch")
class InviteAcceptView(FormView):
    """Where the letter's link leads: a new person makes her account, one who has an account signs in first."""

    template_name = "people/invite_accept.html"
    invite: Invite
    account: User | None

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        open_invites = Invite.objects.with_token(kwargs["token"])
        invite = open_invites.select_related("boende", "forvaltning", "created_by").first()
        if invite is None:
            return invite_gone(request)
        account = User.objects.filter(email=invite.email).first()
        if account and not account.is_active:
            return invite_gone(request)
        self.invite, self.account = invite, account
        return super().dispatch(request, *args, **kwargs)

    @property
    def step(self) -> str:
        """What is to be done: `new` account, `accept`, `sign_in`, or `sign_out` where another person is signed in."""
        user = self.request.user
        if not user.is_authenticated:
            return "sign_in" if self.account else "new"
        return "accept" if user == self.account else "sign_out"

    def get_form_class(self) -> type[GuardedForm]:
        return AcceptForm if self.step == "new" else GuardedForm

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"invite": self.invite, "initial": {"name": self.invite.name}} if self.step == "new" else kwargs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        terms = ROLES[Role(self.invite.role)] if self.invite.role else None
        return super().get_context_data(invite=self.invite, step=self.step, terms=terms, **kwargs)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.step not in ("new", "accept"):
            raise PermissionDenied
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        signed_in = self.request.user if self.request.user.is_authenticated else None
        said = {name: form.cleaned_data[name] for name in ("name", "password") if name in form.cleaned_data}
        try:
            user = accept_invite(token=self.kwargs["token"], by=signed_in, **said)
        except InviteGone:
            return invite_gone(self.request)
        if signed_in is None:
            get_adapter(self.request).login(self.request, user)
        messages.success(self.request, _("Välkommen. Du är nu %(role)s.") % {"role": self.invite})
        return HttpResponseRedirect("/")

    def form_invalid(self, form: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form), status=422)
