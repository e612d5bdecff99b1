# SPDX-License-Identifier: EUPL-1.2
"""Forms of a plan, its insatser and their evaluations."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from boenden.rights import people_with
from incidents.models import Incident
from kartlaggning.models import Insats, InsatsEvaluation, Observation, Plan
from kartlaggning.principles import Principle
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.look.words import day_year

NEEDED = _("behövs innan planen godkänns")  # beside the names of fields that a draft does without
LATEST = 50  # incidents and observations to choose from
YEAR = timedelta(days=365)
WORDS = 8  # of an observation's text, in a choice


class PlanForm(RecordForm):
    """What the analysis has made clear, and when the plan is reviewed."""

    asks_about = ("insights",)

    class Meta:
        model = Plan
        fields = ["insights", "review_on"]
        help_texts = {
            "insights": _("Det viktigaste ur kartläggningen och analysen, i några meningar."),
            "review_on": _("Planen ses över minst en gång om året."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say_needed(self.fields["review_on"])
        if self.instance.review_on is None:
            self.initial["review_on"] = timezone.localdate() + YEAR

    def clean_review_on(self) -> date | None:
        """Refuse a day that is not to come, unless it was stored already: the page says that it is left."""
        day: date | None = self.cleaned_data["review_on"]
        if day and day != self.instance.review_on and day <= timezone.localdate():
            raise forms.ValidationError(_("Välj en dag framåt i tiden för planens översyn."), code="past")
        return day


class InsatsForm(RecordForm):
    """An insats. Only its name has to be there to begin; what the plan needs before it is approved, the page says."""

    asks_about = (
        "title", "problem", "cause", "value_brukare", "value_surroundings", "responsible_other", "effect_short",
        "effect_long",
    )  # fmt: skip
    principles = forms.TypedMultipleChoiceField(
        label=_("Vilka principer hör den till?"),
        choices=Principle.choices,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    sections = [
        ("", ["title", "problem", "cause", "principles"]),
        (_("Dubbel funktion"), ["value_brukare", "value_surroundings"]),
        (_("Vem och när?"), ["responsible", "responsible_other", "term", "start_on", "due_on", "follow_up_on", "cost"]),
        (_("Vad väntar ni er?"), ["effect_short", "effect_long"]),
        (_("Svarar på"), ["incident", "observation"]),
    ]

    class Meta:
        model = Insats
        fields = [
            "title", "problem", "cause", "principles", "value_brukare", "value_surroundings", "responsible",
            "responsible_other", "term", "start_on", "due_on", "follow_up_on", "cost", "effect_short", "effect_long",
            "incident", "observation",
        ]  # fmt: skip
        widgets = {
            "term": forms.RadioSelect,
            **{
                name: forms.Textarea(attrs={"rows": 3})
                for name in (
                    "problem",
                    "cause",
                    "value_brukare",
                    "value_surroundings",
                    "effect_short",
                    "effect_long",
                )
            },
        }
        help_texts = {
            "title": _("Till exempel: två bänkar mellan hållplatsen och boendet."),
            "cause": _("Bra att skriva, men behövs inte."),
            "value_surroundings": _("Trygghet och trivsel för grannar och andra."),
            "responsible_other": _("Till exempel en fastighetsägare. Antingen den eller någon på boendet behövs."),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boende, fields = self.instance.plan.boende, self.fields
        say_needed(fields["problem"], fields["responsible"], fields["follow_up_on"])
        fields["responsible_other"].hide_optional = True  # type: ignore[attr-defined]
        responsible: Any = fields["responsible"]
        staff = people_with(Right.EDIT_KARTLAGGNING, boende)
        stays = User.objects.filter(Q(pk__in=staff.values("pk")) | Q(pk=self.instance.responsible_id))
        responsible.queryset = stays.order_by("name", "pk")
        responsible.empty_label = _("Ingen på boendet")
        fields["term"].choices = Insats.Term.choices  # type: ignore[attr-defined]
        incident: Any = fields["incident"]
        incidents = Incident.objects.visible_to(by).active().filter(boende=boende)
        asked = self.data or self.initial
        incident.queryset = latest(incidents, "-happened_at", self.instance.incident_id, asked.get("incident"))
        incident.empty_label = _("Ingen händelse")
        incident.label_from_instance = incident_words
        observation: Any = fields["observation"]
        observations = Observation.objects.visible_to(by).filter(kartlaggning__boende=boende)
        chosen = self.instance.observation_id
        observation.queryset = latest(observations, "-seen_on", chosen, asked.get("observation"))
        observation.empty_label = _("Ingen observation")
        observation.label_from_instance = observation_words

    def clean_due_on(self) -> date | None:
        """Refuse a new day that has been."""
        return not_past(self.cleaned_data["due_on"], stored=self.instance.due_on)

    def clean_follow_up_on(self) -> date | None:
        """Refuse a new day that has been."""
        return not_past(self.cleaned_data["follow_up_on"], stored=self.instance.follow_up_on)


def say_needed(*fields: Any) -> None:
    """Say at the fields that they are needed later: "valfritt" would promise too much."""
    for field in fields:
        field.needed_words = NEEDED


def incident_words(incident: Incident) -> str:
    """What tells one incident from another of the same headline: its day and its place first."""
    return f"{day_year(timezone.localdate(incident.happened_at))}, {incident.place_name}: {incident}"


def observation_words(observation: Observation) -> str:
    """What tells one observation from another of the same kind: its day, its place, and how its text begins."""
    return f"{day_year(observation.seen_on)}: {observation}. {Truncator(observation.text).words(WORDS)}"


def latest(rows: Any, order: str, chosen: Any, asked: Any) -> Any:
    """The latest few, the one that is chosen already, and the one that is `asked` for, if the person reaches it."""
    newest = list(rows.order_by(order, "pk").values_list("pk", flat=True)[:LATEST])
    wanted = rows.filter(pk=asked).values_list("pk", flat=True) if is_uuid(asked) else []
    return rows.model.objects.filter(pk__in=[*newest, *wanted, *([chosen] if chosen else [])]).order_by(order, "pk")


def is_uuid(text: Any) -> bool:
    """Whether what an address asks for can be an id at all."""
    try:
        UUID(str(text))
    except ValueError:
        return False
    return True


class EvaluationForm(RecordForm):
    """What came of it."""

    asks_about = ("effect",)

    class Meta:
        model = InsatsEvaluation
        fields = ["evaluated_on", "effect", "verdict"]
        widgets = {"verdict": forms.RadioSelect}
        help_texts = {"effect": _("För brukarna och för omgivningen. Skriv om grupper, aldrig om en person.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["verdict"].choices = InsatsEvaluation.Verdict.choices  # type: ignore[attr-defined]


class StatusForm(GuardedForm):
    """How an insats goes. A follow-up day that is emptied is taken away, where the plan is a draft."""

    opened_version = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=2**31)
    status = forms.ChoiceField(label=_("Läge"), choices=Insats.Status.choices)
    follow_up_on = forms.DateField(
        label=_("Följs upp"), required=False, help_text=_("Behövs om insatsen fortsätter i det vanliga arbetet.")
    )

    def __init__(self, *args: Any, insats: Insats, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.insats = insats
        promised = not insats.plan.is_draft and insats.followed_up_next is not None
        self.fields["follow_up_on"].hide_optional = promised  # type: ignore[attr-defined]

    def clean_follow_up_on(self) -> date | None:
        """Refuse a new day that has been; for what goes on in ordinary work, the stored one too."""
        day, stored = self.cleaned_data["follow_up_on"], self.insats.followed_up_next
        begins = self.cleaned_data.get("status") == Insats.Status.CONTINUED != self.insats.status
        return not_past(day, stored=None if begins else stored)
