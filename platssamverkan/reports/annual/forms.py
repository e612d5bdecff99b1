# SPDX-License-Identifier: EUPL-1.2
"""Forms of the årsrapport and of its template."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incidents.forms.moments import DayField
from kartlaggning.forms.once import OnceForm
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.look.money import SPACED, WholeField
from platssamverkan.reports.annual.filling import COVERED
from platssamverkan.reports.annual.outline import ASSESSMENTS, PROPOSED, proposals_in
from platssamverkan.reports.models import (
    AnnualBudget,
    AnnualComment,
    AnnualCover,
    AnnualEconomy,
    AnnualReport,
    AnnualSection,
    AnnualShare,
    AnnualStaffing,
    OutlineSection,
)

YEARS_SHOWN = 5


class PartField(forms.DecimalField):
    """A part of a whole as people write it: "37,9", "37,9 %", "4,25"."""

    widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"min_value": 0, "decimal_places": 2, "max_digits": 6, **kwargs})

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = SPACED.sub("", value).removesuffix("%").replace(",", ".")
        return super().to_python(value)

    def prepare_value(self, value: Any) -> Any:
        return value if value is None or isinstance(value, str) else f"{value:.2f}".replace(".", ",")


class YearsMixin:
    """Labels that name the report's year, and the one before: a report is often written the year after."""

    fields: dict[str, forms.Field]
    instance: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        year = self.instance.report.year
        for field in self.fields.values():
            field.label = str(field.label or "") % {"year": year, "before": year - 1}


class StartForm(forms.Form):
    """The year to write about."""

    year = forms.TypedChoiceField(label=_("År"), coerce=int)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = timezone.localdate().year
        years = [(year, str(year)) for year in range(this, this - YEARS_SHOWN, -1)]
        self.fields["year"].choices = years  # type: ignore[attr-defined]


class OutlineForm(OnceForm):
    """A section of the template."""

    class Meta:
        model = OutlineSection
        fields = ["title", "part", "position", "kind", "guidance", "is_required", "is_carried"]
        widgets = {"part": forms.RadioSelect, "kind": forms.RadioSelect}
        help_texts = {
            "position": _("Lägre tal står först."),
            "guidance": _("Den som skriver ser det vid avsnittet."),
        }


class SectionForm(RecordForm):
    """The text of a section. It saves itself as it is written, where the browser can."""

    asks_about = ("text",)

    class Meta:
        model = AnnualSection
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 16})}

    class Media:
        js = ["js/autosave.js"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].hide_optional = True  # type: ignore[attr-defined]  # saved half written, approved whole


class CommentForm(RecordForm):
    """What should be changed."""

    asks_about = ("text",)

    class Meta:
        model = AnnualComment
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class FreezeForm(GuardedForm):
    """Through which day the figures are counted."""

    through = DayField(label=_("Räkna till och med"), help_text=_("Från 1 januari rapportens år."))


class CorrectionForm(RecordForm):
    """What a new edition corrects."""

    asks_about = ("correction",)
    correction = forms.CharField(
        label=_("Vad som rättas"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Det står först i den nya versionen, så att den som läser ser vad som är ändrat."),
    )

    class Meta:
        model = AnnualReport
        fields = ["correction"]


class StaffingForm(YearsMixin, OnceForm):
    """A role and its årsarbetare."""

    now = PartField(label=_("Årsarbetare %(year)s"))
    before = PartField(label=_("Årsarbetare %(before)s"), required=False)

    class Meta:
        model = AnnualStaffing
        fields = ["role", "now", "before"]


class BudgetForm(YearsMixin, RecordForm):
    """Budget and outcome in tkr. The differences are worked out."""

    budget = WholeField(label=_("Budget %(year)s, tkr"), is_tkr=True, required=False)
    outcome = WholeField(label=_("Utfall %(year)s, tkr"), is_tkr=True, required=False)
    budget_before = WholeField(label=_("Budget %(before)s, tkr"), is_tkr=True, required=False)
    outcome_before = WholeField(label=_("Utfall %(before)s, tkr"), is_tkr=True, required=False)

    class Meta:
        model = AnnualBudget
        fields = ["budget", "outcome", "budget_before", "outcome_before"]


class EconomyForm(YearsMixin, RecordForm):
    """What is shared and what is forecast to be paid back."""

    total = WholeField(label=_("Att fördela %(year)s, kronor"), required=False)
    total_before = WholeField(label=_("Fördelat %(before)s, kronor"), required=False)
    repayment = WholeField(label=_("Prognos för återbetalning, kronor"), required=False)

    class Meta:
        model = AnnualEconomy
        fields = ["total", "total_before", "repayment", "forecast_on"]

    def clean_forecast_on(self) -> Any:
        """The day the forecast was made: one that has been."""
        day = self.cleaned_data["forecast_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("Skriv dagen då prognosen gjordes. Den kan inte ligga framåt i tiden."))
        return day


class ShareForm(YearsMixin, OnceForm):
    """A part's share, as it was decided."""

    percent = PartField(label=_("Andel %(year)s, %%"), max_value=100, required=False)
    kronor = WholeField(label=_("Kronor %(year)s"), required=False)
    percent_before = PartField(label=_("Andel %(before)s, %%"), max_value=100, required=False)
    kronor_before = WholeField(label=_("Kronor %(before)s"), required=False)

    class Meta:
        model = AnnualShare
        fields = ["name", "percent", "kronor", "percent_before", "kronor_before"]


class CoverForm(RecordForm):
    """The tjänsteutlåtande."""

    asks_about = tuple(name for name in COVERED if name not in (
        "dated", "diarienummer", "handlaggare", "first_signature", "second_signature", "recipients", "attachments",
    ))  # fmt: skip
    sections = [
        ("", ["dated", "diarienummer", "handlaggare"]),
        (_("Beslut"), ["proposal", "summary"]),
        (_("Bedömning ur fyra perspektiv"), [*ASSESSMENTS, "is_gone_through"]),
        (_("Ärendet"), ["attachments", "matter", "description", "assessment", "recipients"]),
        (_("Underskrifter"), ["first_signature", "second_signature"]),
    ]

    class Meta:
        model = AnnualCover
        fields = [*COVERED, "is_gone_through"]
        labels = {"is_gone_through": _("Jag har gått igenom de fyra bedömningarna")}
        help_texts = {
            "is_gone_through": _("Tjänsteutlåtandets PDF är märkt Utkast tills du har gjort det och inget är tomt.")
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in proposals_in(self.instance):
            self.fields[name].help_text = PROPOSED

    def clean_dated(self) -> date | None:
        """A day that the nämnd can have it: not before the report's year, not more than a year ahead."""
        dated: date | None = self.cleaned_data["dated"]
        year = self.instance.report.year
        if dated and dated.year < year:
            raise ValidationError(_("Årsrapporten är för %(year)s. Välj en senare dag."), params={"year": year})
        if dated and dated > timezone.localdate() + timedelta(days=366):
            raise ValidationError(_("Dagen ligger mer än ett år bort. Välj en tidigare dag."))
        return dated

    def clean(self) -> dict[str, Any]:
        """An assessment that is not there cannot have been gone through."""
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("is_gone_through"):
            for name in ASSESSMENTS:
                if name in cleaned and not cleaned[name]:
                    self.add_error(name, _("Skriv bedömningen: nämnden ska läsa alla fyra."))
        return cleaned
