# SPDX-License-Identifier: EUPL-1.2
"""Forms of the årshjul: done, later, not for us; an activity of one's own; the template's entries."""

from typing import Any

import django_filters
from django import forms
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import past_day_please
from boenden.rights import boenden_where
from incidents.filters import forvaltning_filter, offer_boenden, offer_forvaltningar
from kartlaggning.arshjul.rules import Rule
from kartlaggning.arshjul.wheel import SOON
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import RecordForm

LEADS = ["lead_first", "lead_second", "lead_last"]
LEADS_HELP = {"lead_first": _("Lämna tomt om det räcker med färre påminnelser.")}


class ActivityDoneForm(RecordForm):
    """When it was done, and how it went."""

    asks_about = ("note",)

    class Meta:
        model = ArshjulActivity
        fields = ["done_on", "note"]
        help_texts = {"note": _("En rad räcker. Inga namn på dem som bor här.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].required = True
        if not self.instance.done_on:
            self.initial["done_on"] = timezone.localdate()

    def clean_done_on(self) -> Any:
        """Refuse a day that has not been."""
        day = self.cleaned_data["done_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(past_day_please())
        return day

    def _check_what_the_form_does_not_show(self) -> None:
        """The verb sets the state that the constraints speak of."""


class ActivityPostponeForm(RecordForm):
    """The new day, and why."""

    asks_about = ("reason",)

    class Meta:
        model = ArshjulActivity
        fields = ["due_on", "reason"]
        labels = {"due_on": _("Ny dag")}
        help_texts = {"due_on": _("Infaller den på en helg eller röd dag flyttas den till vardagen före.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_due_on = self.instance.due_on
        self.fields["reason"].required = True

    def clean_due_on(self) -> Any:
        """A day to come, later than the one it had."""
        day = self.cleaned_data["due_on"]
        if day <= self.was_due_on:
            raise forms.ValidationError(_("Välj en dag efter den som gällde."), code="earlier")
        return not_past(day, stored=None)


class ActivitySkipForm(RecordForm):
    """Why it is not for this boende this time."""

    asks_about = ("reason",)

    class Meta:
        model = ArshjulActivity
        fields = ["reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = True


class OwnActivityForm(RecordForm):
    """Something the boende thought of by itself."""

    asks_about = ("title", "about")

    class Meta:
        model = ArshjulActivity
        fields = ["title", "about", "due_on", "role", *LEADS]
        help_texts = {
            "due_on": _("Infaller den på en helg eller röd dag flyttas den till vardagen före."),
            **LEADS_HELP,
        }
        widgets = {"role": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.was_due_on = None if self.instance.is_new else self.instance.due_on

    def clean_due_on(self) -> Any:
        """A day to come, or the one that stood there."""
        return not_past(self.cleaned_data["due_on"], stored=self.was_due_on)


class TemplateForm(RecordForm):
    """When those above hear of what is late."""

    class Meta:
        model = ArshjulTemplate
        fields = ["chief_after", "forvaltning_after"]


class EntryForm(RecordForm):
    """An entry of the template. What follows the data has no rule to choose."""

    asks_about = ("title", "about")

    class Meta:
        model = ArshjulEntry
        fields = ["title", "about", "rule", "month", "day", "weeks", "is_odd", "role", *LEADS]
        help_texts = {
            "month": _("För varje kvartal: välj en månad i första kvartalet."),
            "day": _("Lämna tomt om det räcker att det blir gjort någon gång i månaden."),
            "weeks": _("Bara för ”veckor före ett datum”."),
            "is_odd": _("Bara för ”vartannat år”. Lämna tomt för jämna år."),
            **LEADS_HELP,
        }
        widgets = {"rule": forms.RadioSelect, "role": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.rule == Rule.DATA:
            for name in ("rule", "month", "day", "weeks", "is_odd"):
                del self.fields[name]
        else:
            chosen = [(rule.value, rule.label) for rule in Rule if rule != Rule.DATA]
            self.fields["rule"].choices = chosen  # type: ignore[attr-defined]
            self.fields["month"].required = True  # every rule that one can choose needs it
            months = [("", _("Välj en månad")), *((number, capfirst(name)) for number, name in MONTHS.items())]
            self.fields["month"].choices = months  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Weeks belong to a date only."""
        cleaned = super().clean()
        if cleaned.get("rule") and cleaned["rule"] != Rule.BEFORE:
            cleaned["weeks"] = None
        return cleaned


class ArshjulFilter(django_filters.FilterSet):
    """The activities of all boenden that one reads: what is left to do, unless something else is asked for."""

    forvaltning = forvaltning_filter(field_name="boende__forvaltning")
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), field_name="boende__slug")
    lage = django_filters.ChoiceFilter(
        label=_("Läge"),
        choices=[
            ("forsenat", _("försenat")),
            ("snart", _("snart dags")),
            ("senare", _("längre fram")),
            ("klart", _("klart")),
            ("installt", _("gäller inte")),
        ],
        method="stands",
    )

    class Meta:
        model = ArshjulActivity
        fields: list[str] = []

    def __init__(self, data: Any = None, *args: Any, **kwargs: Any) -> None:
        super().__init__(data or {}, *args, **kwargs)  # bound also where nothing is asked: that means what is left
        boenden = boenden_where(self.request.user, Right.READ_KARTLAGGNING)
        offer_forvaltningar(self, boenden)
        offer_boenden(self, boenden)

    def filter_queryset(self, queryset: Any) -> Any:
        """What is done or set aside only when it is asked for."""
        found = super().filter_queryset(queryset)
        is_closed = self.form.cleaned_data.get("lage") in ("klart", "installt")
        return found if is_closed else found.filter(state=ArshjulActivity.State.OPEN)

    def stands(self, rows: Any, name: str, asked: str) -> Any:
        """Those that stand so today."""
        today, state = timezone.localdate(), ArshjulActivity.State
        stands: dict[str, dict[str, Any]] = {
            "forsenat": {"due_on__lt": today},
            "snart": {"due_on__range": (today, today + SOON)},
            "senare": {"due_on__gt": today + SOON},
            "klart": {"state": state.DONE},
            "installt": {"state": state.SKIPPED},
        }
        return rows.filter(**stands[asked])
