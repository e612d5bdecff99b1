# SPDX-License-Identifier: EUPL-1.2
"""One incident: its page, whose every opening is logged, and the pages it is written on."""

from typing import Any

from django.contrib import messages
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, DetailView, UpdateView

from boenden.rights import rights_at
from incidents.access import boenden_with, incident_for
from incidents.actions import plan_follow_up, save_incident
from incidents.beside import incident_panels
from incidents.forms.incident import IncidentForm
from incidents.forms.steps import FollowUpForm, ForumTextForm
from incidents.models import Incident, Synpunkt
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_reading
from platssamverkan.ground.forms import VERSION_FIELD
from platssamverkan.ground.views import RecordFormMixin
from platssamverkan.look.words import clock


class IncidentDetailView(DetailView):
    """Both texts, for the boende's staff and its förvaltningschef. Each opening leaves one row in the log."""

    object: Incident

    def get_object(self, queryset: Any = None) -> Incident:
        return incident_for(self.request.user, self.kwargs["pk"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        log_reading(record=self.object, by=self.request.user)
        rights = rights_at(self.request.user, self.object.boende)
        return super().get_context_data(
            boende=self.object.boende,
            may_edit=Right.EDIT_INCIDENTS in rights,
            may_release=Right.RELEASE_FORUM_TEXT in rights,
            actors=self.object.affected_actors.order_by("name"),
            synpunkter=Synpunkt.objects.visible_to(self.request.user)
            .filter(incident=self.object)
            .order_by("received_at"),
            text_versions=self.object.text_versions.select_related("created_by"),
            withdrawn_texts=self.object.released_texts.filter(withdrawn_at__isnull=False).select_related(
                "created_by", "withdrawn_by"
            ),
            panels=incident_panels(self.request.user, self.object),
            **kwargs,
        )


class IncidentCreateView(RecordFormMixin, CreateView):
    """The quick entry: one screen on a phone."""

    model = Incident
    form_class = IncidentForm

    def get_form_kwargs(self) -> dict[str, Any]:
        boenden = boenden_with(self.request.user, Right.EDIT_INCIDENTS)
        return {**super().get_form_kwargs(), "boenden": boenden}

    def get_initial(self) -> dict[str, Any]:
        """The boende that the button stood at."""
        boenden = boenden_with(self.request.user, Right.EDIT_INCIDENTS)
        return {"boende": next((b.pk for b in boenden if b.slug == self.request.GET.get("boende")), None)}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(cancel_url=reverse("incidents:incident_list"), **kwargs)

    def save(self, form: IncidentForm) -> Incident:
        incident = save_incident(incident=form.instance, by=self.request.user)
        form.save_m2m()
        return incident

    def get_success_url(self) -> str:
        messages.success(self.request, _("Händelsen är sparad %(clock)s.") % {"clock": clock(timezone.now())})
        return self.object.get_absolute_url()


class IncidentStepView(RecordFormMixin, UpdateView):
    """A page where an incident is written on; what is saved, and by which verb, its children say."""

    verb: Any = staticmethod(save_incident)
    object: Incident

    def get_object(self, queryset: Any = None) -> Incident:
        return incident_for(self.request.user, self.kwargs["pk"], Right.EDIT_INCIDENTS)

    def save(self, form: Any) -> Incident:
        incident = self.verb(
            incident=form.instance, by=self.request.user, opened_version=form.cleaned_data.get(VERSION_FIELD)
        )
        form.save_m2m()
        return incident

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(boende=self.object.boende, **kwargs)

    def get_success_url(self) -> str:
        return self.object.get_absolute_url()


class IncidentUpdateView(IncidentStepView):
    """Everything about it, to be changed."""

    form_class = IncidentForm
    success_message = gettext_lazy("Händelsen är ändrad.")


class FollowUpView(IncidentStepView):
    """By when it is followed up, and how that went."""

    form_class = FollowUpForm
    template_name = "incidents/incident_follow_up.html"
    verb = staticmethod(plan_follow_up)
    success_message = gettext_lazy("Uppföljningen är sparad.")


class ForumTextView(IncidentStepView):
    """The text that outsiders may read once it is released."""

    form_class = ForumTextForm
    template_name = "incidents/incident_forum_text.html"

    def get_success_url(self) -> str:
        """Say what happens next."""
        next_step = _("Enhetschefen läser igenom den och släpper den.") if not self.object.is_released else ""
        messages.success(self.request, " ".join([_("Forumtexten är sparad."), next_step]).strip())
        return super().get_success_url()
