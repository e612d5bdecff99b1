# SPDX-License-Identifier: EUPL-1.2
"""The inbox of synpunkter, one synpunkt, and the steps that staff take with it."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, DetailView, UpdateView
from django_filters.views import FilterView

from boenden.models import Boende
from boenden.rights import rights_at
from boenden.views.at_boende import AtBoende, boende_for
from boenden.views.list_files import HasFile
from incidents import synpunkt_actions as actions
from incidents.access import boenden_with
from incidents.forms.incident import IncidentForm
from incidents.forms.synpunkter import CloseForm, ReplyForm, SynpunktFelanmalanForm, TakenDownForm, TriageForm
from incidents.models import Felanmalan, Incident, Synpunkt, SynpunktReply
from incidents.synpunkt_filters import SynpunktFilter
from incidents.synpunkt_outcomes import meetings_for, outcomes_of
from incidents.synpunkt_rules import alike
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.gates import writable
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.ground.plain_forms import PlainFormMixin

LIST_HERE = "incidents:synpunkt_list_boende"


class SynpunktListView(HasFile, FilterView):
    """The inbox of all the user's boenden, or with a slug of one of them: the most urgent first."""

    filterset_class = SynpunktFilter
    template_name = "incidents/synpunkt_list.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"
    strict = False

    def get_file_view(self) -> str:
        """Where its file is: of one boende, or of all."""
        return "incidents:synpunkt_export_boende" if self.boende else "incidents:synpunkt_export"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if request.user.is_authenticated:
            self.boenden  # noqa: B018  raises Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def boende(self) -> Boende | None:
        """The one boende that the list is about."""
        if "slug" not in self.kwargs:
            return None
        return boende_for(self.request.user, self.kwargs["slug"], reads=Right.READ_SYNPUNKTER)

    @cached_property
    def boenden(self) -> list[Boende]:
        """Those that the list is about. Raises Http404 for someone who reads none."""
        return [self.boende] if self.boende else boenden_with(self.request.user, Right.READ_SYNPUNKTER)

    def get_filterset_kwargs(self, filterset_class: Any) -> dict[str, Any]:
        return {**super().get_filterset_kwargs(filterset_class), "boenden": self.boenden}

    def get_queryset(self) -> Any:
        rows = Synpunkt.objects.visible_to(self.request.user).for_list()
        return rows.filter(boende=self.boende) if self.boende else rows

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user = self.request.user
        writes = [boende for boende in self.boenden if Right.EDIT_SYNPUNKTER in rights_at(user, boende)]
        here = {"boende": self.boende} if self.boende else {}
        return super().get_context_data(
            own_boenden=writes if len(writes) <= 3 else [], is_across=not self.boende, **here, **kwargs
        )


class SynpunktDetailView(DetailView):
    """What was said, what was answered, and what it became. The address of the sender is for staff."""

    template_name = "incidents/synpunkt_detail.html"
    object: Synpunkt

    def get_queryset(self) -> Any:
        rows = Synpunkt.objects.visible_to(self.request.user)
        return rows.select_related(
            "boende__forvaltning", "responsible", "sender", "incident", "felanmalan", "created_by"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        synpunkt, user = self.object, self.request.user
        rights = rights_at(user, synpunkt.boende)
        may_edit = Right.EDIT_SYNPUNKTER in rights
        same = [row for row in alike(synpunkt) if row.pk != synpunkt.pk] if synpunkt.is_recurring else []
        return super().get_context_data(
            synpunkt=synpunkt,
            boende=synpunkt.boende,
            replies=synpunkt.replies.active().select_related("created_by").order_by("created_at", "pk"),
            may_edit=may_edit,
            may_note=may_edit and Right.EDIT_INCIDENTS in rights,
            may_report=may_edit and Right.EDIT_FELANMALNINGAR in rights,
            same=same,
            meetings=meetings_for(user, synpunkt) if synpunkt.is_recurring and may_edit else [],
            outcomes=outcomes_of(user, synpunkt),
            **kwargs,
        )


class SynpunktCreateView(AtBoende, PlainFormMixin, CreateView):
    """One that staff take down after a call."""

    reads = Right.READ_SYNPUNKTER
    writes = Right.EDIT_SYNPUNKTER
    form_class = TakenDownForm
    heading = _("Ny synpunkt")
    submit = _("Spara synpunkten")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Synpunkt(boende=self.boende)}

    def get_sub(self) -> Any:
        return _("Det någon har sagt i telefon eller på plats. Läs upp det du skrivit.")

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse(LIST_HERE, args=[self.boende.slug])
        return [(self.boende.get_absolute_url(), self.boende), (back, _("Synpunkter"))]

    def save(self, form: Any) -> Synpunkt:
        return actions.receive(synpunkt=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        told = __("Synpunkten är sparad. Referensen är %(reference)s.") % {"reference": self.object.reference}
        messages.success(self.request, told)
        return self.object.get_absolute_url()


def synpunkt_to_write(user: Any, pk: UUID) -> Synpunkt:
    """The synpunkt, for those who handle it. Raises Http404 or PermissionDenied."""
    rows = Synpunkt.objects.visible_to(user).select_related("boende__forvaltning", "sender")
    found: Synpunkt = writable(rows, Synpunkt.objects.editable_by(user), pk)
    return found


class SynpunktStep(PlainFormMixin):
    """A form page of one synpunkt."""

    request: Any
    kwargs: Any

    @cached_property
    def synpunkt(self) -> Synpunkt:
        """The one that the address names. Raises Http404 or PermissionDenied."""
        return synpunkt_to_write(self.request.user, self.kwargs["pk"])

    def get_sub(self) -> Any:
        return f"{self.synpunkt.boende} · {self.synpunkt}"

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse(LIST_HERE, args=[self.synpunkt.boende.slug])
        return [(back, _("Synpunkter")), (self.synpunkt.get_absolute_url(), self.synpunkt)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), "boende": self.synpunkt.boende}

    def get_success_url(self) -> str:
        return self.synpunkt.get_absolute_url()


class TriageView(SynpunktStep, UpdateView):
    """Who answers by when."""

    form_class = TriageForm
    heading = _("Ta hand om synpunkten")
    submit = _("Spara")
    success_message = _("Sparat.")

    def get_object(self, queryset: Any = None) -> Synpunkt:
        return self.synpunkt

    def save(self, form: Any) -> Synpunkt:
        return actions.take_care(synpunkt=form.instance, by=self.request.user, opened_version=self.opened(form))


class ReplyView(SynpunktStep, CreateView):
    """The answer."""

    form_class = ReplyForm
    heading = _("Svara")
    submit = _("Skicka svaret")
    success_message = _("Svaret är skickat.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": SynpunktReply(synpunkt=self.synpunkt)}

    def get_sub(self) -> Any:
        if self.synpunkt.has_sender:
            return _("Svaret skickas till den som skrev, med boendets namn under.")
        return _("Den som skrev har inte lämnat någon adress. Svaret syns för den som har referensen.")

    def save(self, form: Any) -> SynpunktReply:
        return actions.reply(reply=form.instance, seen=form.cleaned_data["seen"], by=self.request.user)


class CloseView(SynpunktStep, UpdateView):
    """What came of it."""

    form_class = CloseForm
    heading = _("Avsluta synpunkten")
    submit = _("Avsluta synpunkten")
    success_message = _("Synpunkten är avslutad.")

    def get_object(self, queryset: Any = None) -> Synpunkt:
        return self.synpunkt

    def save(self, form: Any) -> Synpunkt:
        return actions.close(synpunkt=form.instance, by=self.request.user, opened_version=self.opened(form))


class SynpunktFelanmalanView(SynpunktStep, CreateView):
    """What is to be mended."""

    form_class = SynpunktFelanmalanForm
    heading = _("Gör en felanmälan")
    submit = _("Spara felanmälan")
    success_message = _("Felanmälan är sparad och hör ihop med synpunkten.")

    def get_form_kwargs(self) -> dict[str, Any]:
        at = self.synpunkt
        felanmalan = Felanmalan(boende=at.boende, latitude=at.latitude, longitude=at.longitude)
        return {**super().get_form_kwargs(), "instance": felanmalan, "boende": at.boende}

    def get_initial(self) -> dict[str, Any]:
        return {"place_text": self.synpunkt.place_text}

    def save(self, form: Any) -> Felanmalan:
        return actions.become_felanmalan(synpunkt=self.synpunkt, felanmalan=form.instance, by=self.request.user)


class SynpunktIncidentView(SynpunktStep, CreateView):
    """What happened, when, and what was done: the quick entry with the synpunkt's words in it."""

    form_class = IncidentForm
    template_name = "incidents/incident_form.html"
    success_message = _("Händelsen är sparad och hör ihop med synpunkten.")

    def get_form_kwargs(self) -> dict[str, Any]:
        if Right.EDIT_INCIDENTS not in rights_at(self.request.user, self.synpunkt.boende):
            raise PermissionDenied
        return {**super().get_form_kwargs(), "boenden": [self.synpunkt.boende]}

    def get_initial(self) -> dict[str, Any]:
        return actions.as_incident(self.synpunkt)

    def save(self, form: Any) -> Incident:
        incident = actions.become_incident(synpunkt=self.synpunkt, incident=form.instance, by=self.request.user)
        form.save_m2m()
        return incident


@require_POST
def synpunkt_reopen(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Open it again."""
    synpunkt = synpunkt_to_write(request.user, pk)
    actions.reopen(synpunkt=synpunkt, by=request.user)
    messages.success(request, __("Synpunkten är öppen igen."))
    return redirect(synpunkt)


@require_POST
def synpunkt_forget_sender(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Forget who sent it, because she has asked for it."""
    synpunkt = synpunkt_to_write(request.user, pk)
    actions.forget_sender(synpunkt=synpunkt, by=request.user)
    messages.success(request, __("Avsändarens uppgifter är borttagna."))
    return redirect(synpunkt)
