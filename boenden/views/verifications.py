# SPDX-License-Identifier: EUPL-1.2
"""Verification as the boende sees it: who has been asked, what was answered, who should be removed."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django.views.generic import TemplateView, UpdateView

from boenden.actions.removals import keep_person, propose_removal, remove_person
from boenden.actions.verifications import ask_person, ask_unverified, mark_read
from boenden.forms.verifications import KeepForm
from boenden.models import Boende, ContactPerson, RemovalProposal, Verification
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from boenden.views.persons import person_to_write
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin

MOST = 100  # of each kind on the page; what is decided makes room for the next
STAFF_REASONS = {RemovalProposal.Reason.ENDED, RemovalProposal.Reason.CONSENT}


def letters() -> Prefetch:
    """Each person's letters, the latest first."""
    sent = Verification.objects.exclude(reason=Verification.Reason.OWN).order_by("-created_at", "-pk")
    return Prefetch("verifications", sent, to_attr="letters")


def unverified_at(user: Any, boende: Boende) -> Any:
    """The persons around the boende whose data nobody has confirmed for a year, with their letters."""
    rows = ContactPerson.objects.visible_to(user).around(boende).unverified()
    rows = rows.exclude(pk__in=RemovalProposal.objects.said().values("person"))
    return rows.select_related("actor").prefetch_related(letters()).order_by("name", "pk")


class VerificationListView(HasFile, AtBoende, TemplateView):
    """What waits for the enhetschef first, then those whose data nobody has confirmed for a year."""

    file_view = "boenden:verification_export"
    reads = Right.READ_ACTORS
    template_name = "boenden/verification_list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, boende = self.request.user, self.boende
        proposals = RemovalProposal.objects.visible_to(user).around(boende).open()
        corrections = Verification.objects.visible_to(user).around(boende).unread()
        return super().get_context_data(
            proposals=proposals.select_related("person__actor", "verification").order_by("created_at", "pk")[:MOST],
            corrections=corrections.select_related("person__actor").order_by("answered_at", "pk")[:MOST],
            unverified=unverified_at(user, boende)[:MOST],
            queued=Verification.objects.visible_to(user).around(boende).queued().count(),
            **kwargs,
        )


def page_of(boende: Boende) -> str:
    """The boende's page of verification."""
    return reverse("boenden:verification_list", args=[boende.slug])


@require_POST
def person_ask(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Mail one person the link to her own data."""
    person, neighbour = person_to_write(request, slug, pk)
    try:
        ask_person(person=person, boende=neighbour.boende, by=request.user)
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, __("Ett brev är på väg till %(person)s.") % {"person": person})
    return redirect(page_of(neighbour.boende) if "bekraftelser" in request.POST else neighbour)


@require_POST
def verification_ask_all(request: HttpRequest, slug: str) -> HttpResponse:
    """Mail everyone who is unverified and has no letter to answer."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.EDIT_ACTORS)
    number = ask_unverified(boende=boende, by=request.user)
    if number:
        text = ngettext("Ett brev är på väg.", "%(number)s brev är på väg.", number) % {"number": number}
        messages.success(request, text)
    else:
        messages.info(request, __("Alla med e-post har redan ett brev att svara på."))
    return redirect(page_of(boende))


@require_POST
def verification_read(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The enhetschef has read a correction."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.REMOVE_PERSONS)
    corrections = Verification.objects.visible_to(request.user).around(boende)
    verification = get_object_or_404(corrections.filter(answer=Verification.Answer.CORRECTED), pk=pk)
    if verification.read_at is None:
        mark_read(verification=verification, by=request.user)
    return redirect(page_of(boende))


@require_POST
def person_propose(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Someone of the staff knows that the ground has ended."""
    person, neighbour = person_to_write(request, slug, pk)
    reason = request.POST.get("reason", "")
    if reason in STAFF_REASONS:
        propose_removal(person=person, reason=reason, by=request.user)
        messages.success(request, __("Enhetschefen ser att uppgifterna om %(person)s ska prövas.") % {"person": person})
    else:
        messages.error(request, __("Välj varför uppgifterna ska prövas."))
    return redirect(neighbour)


def proposal_to_settle(user: Any, boende: Boende) -> Any:
    """The open proposals around the boende that the user decides about."""
    proposals = RemovalProposal.objects.editable_by(user).around(boende).open()
    return proposals.select_related("person__actor", "verification")


@require_POST
def removal_remove(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Remove the person for good."""
    boende = boende_for(request.user, slug, reads=Right.READ_ACTORS, writes=Right.REMOVE_PERSONS)
    proposal = get_object_or_404(proposal_to_settle(request.user, boende), pk=pk)
    remove_person(person=proposal.person, by=request.user)
    messages.success(request, __("Uppgifterna är borttagna och står inte längre på någon lista."))
    return redirect(page_of(boende))


class RemovalKeepView(AtBoende, RecordFormMixin, UpdateView):
    """Keep the person: why, and until when."""

    reads = Right.READ_ACTORS
    writes = Right.REMOVE_PERSONS
    form_class = KeepForm
    template_name = "boenden/removal_keep.html"
    success_message = _("Uppgifterna är kvar. Den dag du skrev föreslår vi igen att de tas bort.")

    def get_queryset(self) -> Any:
        return proposal_to_settle(self.request.user, self.boende)

    def save(self, form: Any) -> RemovalProposal:
        opened = form.cleaned_data.get(VERSION_FIELD)
        return keep_person(proposal=form.instance, by=self.request.user, opened_version=opened)

    def get_success_url(self) -> str:
        return page_of(self.boende)
