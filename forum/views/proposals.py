# SPDX-License-Identifier: EUPL-1.2
"""From a synpunkt or a husmöte to an agenda, and from a husmöte to the inbox of synpunkter."""

from functools import cached_property
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, UpdateView

from boenden.models import Boende
from forum.access import Place
from forum.actions import proposals as actions
from forum.forms.proposals import ProposalAnswerForm, ProposalForm, WishForm
from forum.kinds import INTERNAL_KINDS
from forum.models import AgendaItem, Meeting, Proposal
from incidents.models import Synpunkt
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.plain_forms import PlainFormMixin


def open_meetings(user: Any, boenden: list[Boende]) -> Any:
    """The meetings to come of the boenden's forums, the next first; none of internal ones."""
    rows = Meeting.objects.visible_to(user).filter(pk__in=Meeting.objects.coming().values("pk"))
    at = rows.filter(forum__boenden__in=boenden).exclude(forum__kind__in=INTERNAL_KINDS)
    return at.select_related("forum").order_by("starts_at", "pk").distinct()


class ProposalFormView(PlainFormMixin, CreateView):
    """A proposal to a meeting."""

    form_class: Any = ProposalForm
    heading = _("Ta upp i ett forum")
    submit = _("Föreslå punkten")
    success_message = _("Förslaget är skickat till sammankallande.")

    def save(self, form: Any) -> Proposal:
        return actions.propose(proposal=form.instance, by=self.request.user)


class SynpunktProposalView(ProposalFormView):
    """A synpunkt becomes a question for the agenda."""

    @cached_property
    def synpunkt(self) -> Synpunkt:
        """The one that the address names. Raises Http404 or PermissionDenied."""
        rows = Synpunkt.objects.visible_to(self.request.user).select_related("boende")
        found: Synpunkt = writable(rows, Synpunkt.objects.editable_by(self.request.user), self.kwargs["pk"])
        return found

    def get_form_kwargs(self) -> dict[str, Any]:
        meetings = open_meetings(self.request.user, [self.synpunkt.boende])
        return {**super().get_form_kwargs(), "instance": Proposal(synpunkt=self.synpunkt), "meetings": meetings}

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.synpunkt.place_text}

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.synpunkt.get_absolute_url(), self.synpunkt)]

    def get_success_url(self) -> str:
        return self.synpunkt.get_absolute_url()


class OfWish:
    """For a view of a husmöte's item, by those who handle synpunkter there."""

    request: Any
    kwargs: Any

    @cached_property
    def item(self) -> AgendaItem:
        """The item of the internal forum. Raises Http404, or PermissionDenied for its other readers."""
        items = AgendaItem.objects.visible_to(self.request.user).select_related("meeting__forum")
        item = get_object_or_404(items.prefetch_related("meeting__forum__boenden"), pk=self.kwargs["pk"])
        if not item.meeting.forum.is_internal:
            raise Http404
        return item

    @cached_property
    def boenden(self) -> list[Boende]:
        """The forum's boenden where the user handles synpunkter. Raises PermissionDenied where there is none."""
        boenden = Place(self.request.user, self.item.meeting.forum).boenden_where(Right.EDIT_SYNPUNKTER)
        if not boenden:
            raise PermissionDenied
        return boenden

    @property
    def words(self) -> str:
        """What was said at the meeting."""
        return self.item.outcome or self.item.decision or self.item.text

    def get_crumbs(self) -> list[tuple[str, Any]]:
        """The meeting."""
        return [(self.item.get_absolute_url(), self.item.meeting)]

    def get_success_url(self) -> str:
        """Back to the item."""
        return self.item.get_absolute_url()


class ItemProposalView(OfWish, ProposalFormView):
    """A wish becomes a question for the agenda of a forum."""

    def get_form_kwargs(self) -> dict[str, Any]:
        meetings = open_meetings(self.request.user, self.boenden)
        return {**super().get_form_kwargs(), "instance": Proposal(wish=self.item), "meetings": meetings}

    def get_initial(self) -> dict[str, Any]:
        return {"title": self.item.title[:160], "text": self.words[:4000]}


class ItemSynpunktView(OfWish, PlainFormMixin, CreateView):
    """A wish becomes a synpunkt."""

    form_class = WishForm
    heading = _("Gör en synpunkt av önskemålet")
    submit = _("Spara synpunkten")
    success_message = _("Önskemålet är sparat bland synpunkterna.")

    def get_form_kwargs(self) -> dict[str, Any]:
        synpunkt = Synpunkt(boende=self.boenden[0], channel=Synpunkt.Channel.HUSMOTE)
        return {**super().get_form_kwargs(), "instance": synpunkt}

    def get_initial(self) -> dict[str, Any]:
        return {"text": self.words[:4000]}

    def get_sub(self) -> Any:
        return self.item.title

    def save(self, form: Any) -> Synpunkt:
        return actions.hear_wish(item=self.item, synpunkt=form.instance, by=self.request.user)


class ProposalAnswerView(PlainFormMixin, UpdateView):
    """The sammankallande takes a proposal up, or says why not."""

    form_class = ProposalAnswerForm
    template_name = "forum/proposal_answer.html"
    submit = _("Skicka svaret")
    success_message = _("Svaret är skickat.")
    object: Proposal

    def get_object(self, queryset: Any = None) -> Proposal:
        rows = Proposal.objects.visible_to(self.request.user).select_related("meeting__forum", "created_by", "item")
        if self.request.method in ("GET", "HEAD"):
            return get_object_or_404(rows, pk=self.kwargs["pk"])
        found: Proposal = writable(rows, Proposal.objects.editable_by(self.request.user), self.kwargs["pk"])
        return found

    def get_heading(self) -> Any:
        return self.object.title

    def get_sub(self) -> Any:
        return self.object.get_state_display().capitalize() + "."

    def get_crumbs(self) -> list[tuple[str, Any]]:
        return [(self.object.meeting.get_absolute_url(), self.object.meeting)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        proposal, user = self.object, self.request.user
        kwargs = super().get_context_data(**kwargs)
        return {
            **kwargs,
            "proposal": proposal,
            "synpunkt": Synpunkt.objects.visible_to(user).filter(proposals=proposal).first(),
            "may_answer": proposal.is_waiting and Proposal.objects.editable_by(user).filter(pk=proposal.pk).exists(),
        }

    def save(self, form: Any) -> Proposal:
        return actions.answer_proposal(
            proposal=form.instance,
            accepts=form.cleaned_data["accepts"] == "ja",
            answer=form.cleaned_data["answer"],
            by=self.request.user,
            opened_version=self.opened(form),
        )

    def get_success_url(self) -> str:
        return self.object.meeting.get_absolute_url()
