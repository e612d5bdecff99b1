# SPDX-License-Identifier: EUPL-1.2
"""Users: the list, one person with her roles, and what may be done about them."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from boenden.actions.people import assign, change_assignment, deactivate, end_assignment, reactivate
from boenden.forms.people import AssignmentDaysForm, AssignmentForm, UserFilter
from boenden.grants import boenden_to_share_at, people_visible_to
from boenden.models import Assignment, ContactListReader, Invite
from boenden.rights import has_right
from boenden.views.list_files import HasFile
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.views import RecordFormMixin

PAGE_SIZE = 50
INVITES_SHOWN = 10


def refuse_without(user: Any, right: Right) -> None:
    """403 for who does not hold the right anywhere."""
    if not has_right(user, right):
        raise PermissionDenied


def roles_shown_to(user: Any) -> list[Prefetch]:
    """Today's roles of the people in a list, those that the user may know of."""
    assignments = Assignment.objects.visible_to(user).current().select_related("boende", "forvaltning")
    readerships = ContactListReader.objects.current().select_related("contact_list__boende")
    if not has_right(user, Right.MANAGE_USERS):
        readerships = readerships.filter(pk__in=ContactListReader.objects.visible_to(user).values("pk"))
    return [
        Prefetch("assignments", assignments.order_by("role"), to_attr="roles_today"),
        Prefetch("list_readerships", readerships.order_by("starts_on"), to_attr="lists_today"),
    ]


def shareable_by(user: Any) -> set[UUID]:
    """The boenden whose list the user may share: who may not, may not send such an invitation again either."""
    return set(boenden_to_share_at(user).values_list("pk", flat=True))


class UserListView(HasFile, ListView):
    """The people the user looks after, and the invitations that wait."""

    file_view = "people:user_export"
    takes_out = Right.INVITE
    template_name = "people/user_list.html"
    paginate_by = PAGE_SIZE
    context_object_name = "people"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        refuse_without(request.user, Right.INVITE)
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet[User]:
        people = people_visible_to(self.request.user).prefetch_related(*roles_shown_to(self.request.user))
        self.filter = UserFilter(self.request.GET, people.order_by("name", "email"), request=self.request)
        return self.filter.qs

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        invites = list(Invite.objects.visible_to(self.request.user).for_list()[: INVITES_SHOWN + 1])
        return super().get_context_data(
            filter_form=self.filter.form,
            invites=invites[:INVITES_SHOWN],
            has_more_invites=len(invites) > INVITES_SHOWN,
            shareable=shareable_by(self.request.user),
            **kwargs,
        )


class UserDetailView(DetailView):
    """A person with the roles she has, had and will have."""

    template_name = "people/user_detail.html"
    context_object_name = "person"

    def get_queryset(self) -> QuerySet[User]:
        return people_visible_to(self.request.user).prefetch_related(*roles_shown_to(self.request.user))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user: Any = self.request.user
        held = Assignment.objects.visible_to(user).filter(user=self.object).select_related("boende", "forvaltning")
        assignments = list(held.order_by("-starts_on", "role", "pk"))
        editable = set(Assignment.objects.editable_by(user).filter(user=self.object).values_list("pk", flat=True))
        return super().get_context_data(
            assignments=[a for a in assignments if not a.has_ended],
            ended=[a for a in assignments if a.has_ended],
            editable=editable,
            may_manage=has_right(user, Right.MANAGE_USERS),
            is_self=self.object == user,
            **kwargs,
        )


class AssignmentCreateView(RecordFormMixin, CreateView):
    """Give someone who has an account a role."""

    form_class = AssignmentForm
    template_name = "people/assignment_form.html"

    @cached_property
    def person(self) -> User:
        """Who gets the role: someone whom the user looks after, and not herself."""
        person = get_object_or_404(people_visible_to(self.request.user), pk=self.kwargs["pk"], is_active=True)
        if person == self.request.user:
            raise PermissionDenied
        return person

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"by": self.request.user, "instance": Assignment(user=self.person)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.person, **kwargs)

    def save(self, form: Any) -> Assignment:
        return assign(assignment=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        messages.success(self.request, _("%(name)s är nu %(role)s.") % {"name": self.person, "role": self.object})
        return reverse("people:user_detail", args=[self.person.pk])


class AssignmentUpdateView(RecordFormMixin, UpdateView):
    """From when and until when."""

    form_class = AssignmentDaysForm
    template_name = "people/assignment_form.html"
    success_message = _("Uppdraget är ändrat.")

    def get_object(self, queryset: Any = None) -> Assignment:
        return assignment_to_change(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(person=self.object.user, **kwargs)

    def save(self, form: Any) -> Assignment:
        return change_assignment(
            assignment=form.instance, by=self.request.user, opened_version=form.cleaned_data["opened_version"]
        )

    def form_valid(self, form: Any) -> HttpResponse:
        """A refusal of the verb is told above the form."""
        try:
            return super().form_valid(form)
        except ValidationError as refusal:
            form.add_error("ends_on", refusal)
            return self.form_invalid(form)

    def get_success_url(self) -> str:
        return reverse("people:user_detail", args=[self.object.user_id])


def assignment_to_change(user: Any, pk: UUID) -> Assignment:
    """The assignment, for who may change it; who only sees it is refused, for others it does not exist."""
    seen = Assignment.objects.visible_to(user).active().select_related("user", "boende", "forvaltning")
    assignment = get_object_or_404(seen, pk=pk)
    if not Assignment.objects.editable_by(user).filter(pk=pk).exists():
        raise PermissionDenied
    return assignment


@require_POST
def assignment_end(request: HttpRequest, pk: UUID) -> HttpResponse:
    """End a role, at once."""
    assignment = assignment_to_change(request.user, pk)
    try:
        end_assignment(assignment=assignment, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Uppdraget är avslutat. Det gäller inte längre."))
    if people_visible_to(request.user).filter(pk=assignment.user_id).exists():
        return redirect("people:user_detail", pk=assignment.user_id)
    return redirect("start")


def account_to_change(request: HttpRequest, pk: UUID) -> User:
    """Someone's account, for who may shut and open accounts; an enhetschef sees the person and may not."""
    person = get_object_or_404(people_visible_to(request.user), pk=pk)
    refuse_without(request.user, Right.MANAGE_USERS)
    return person


@require_POST
def user_deactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Shut an account."""
    person = account_to_change(request, pk)
    try:
        deactivate(user=person, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Kontot är avstängt. %(name)s är utloggad överallt.") % {"name": person})
    return redirect("people:user_detail", pk=pk)


@require_POST
def user_reactivate(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open a shut account."""
    person = account_to_change(request, pk)
    reactivate(user=person, by=request.user)
    messages.success(request, _("Kontot är öppet igen. %(name)s kan logga in.") % {"name": person})
    return redirect("people:user_detail", pk=pk)
