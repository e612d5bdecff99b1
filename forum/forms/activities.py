# SPDX-License-Identifier: EUPL-1.2
"""Forms of activities, costs and contributions."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from forum.forms.parties import PartyChoices
from forum.kinds import INTERNAL_KINDS
from forum.models import Activity, Contribution, Cost, Forum
from forum.sharing import is_small
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.search import matching
from platssamverkan.look.money import WholeField

# either of the two will do
PAIRS = {"brukare_count": "neighbour_count", "gave_brukare": "gave_neighbours"}


class ActivityForm(RecordForm):
    """What, when, where, and with which forum."""

    asks_about = ("title", "text")

    class Meta:
        model = Activity
        fields = ["title", "kind", "happens_on", "place", "forum", "text"]
        help_texts = {
            "title": _("Till exempel: Pop-up-café vid hållplatsen."),
            "forum": _("Om aktiviteten görs tillsammans med ett forum. Medlemmarna ser den då."),
            "text": _("Skriv vad ni ska göra. Inga namn på dem som bor här."),
        }

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        open_here = Forum.objects.visible_to(by).filter(boenden=self.instance.boende, ended_on__isnull=True)
        seen = open_here.exclude(kind__in=INTERNAL_KINDS).values("pk")
        rows = Forum.objects.active().filter(Q(pk__in=seen) | Q(pk=self.instance.forum_id))
        self.fields["forum"].queryset = rows.order_by("name")  # type: ignore[attr-defined]
        self.fields["forum"].empty_label = _("Inget forum")  # type: ignore[attr-defined]


class EvaluationForm(RecordForm):
    """How many came, and what it gave. An outsider is shown no small count here either, and need not know it."""

    asks_about = ("gave_brukare", "gave_neighbours")
    sections = [
        (_("Hur många var med?"), ["brukare_count", "neighbour_count"]),
        (_("Vad gav det?"), ["gave_brukare", "gave_neighbours", "again"]),
    ]

    class Meta:
        model = Activity
        fields = ["brukare_count", "neighbour_count", "gave_brukare", "gave_neighbours", "again"]
        labels = {"gave_brukare": _("Brukarna"), "gave_neighbours": _("Grannskapet"), "again": _("Gör ni om det?")}
        help_texts = {
            "brukare_count": _("Bara antalet, aldrig vem."),
            "gave_brukare": _("Skriv om gruppen, aldrig om en person."),
        }
        widgets = {"again": forms.RadioSelect}

    def __init__(self, *args: Any, is_outsider: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["again"].choices = Activity.Again.choices  # type: ignore[attr-defined]
        counts = {name: getattr(self.instance, name) for name in ("brukare_count", "neighbour_count")}
        self.hidden_counts = {name: count for name, count in counts.items() if is_outsider and is_small(count)}
        for name in self.hidden_counts:
            self.initial[name] = None
            self.fields[name].help_text = _("Färre än fem är antecknat. Lämna tomt om det ska stå kvar.")

    def clean(self) -> dict[str, Any]:
        """A count that she is not shown stands, unless she writes another."""
        cleaned = super().clean()
        for name, count in self.hidden_counts.items():
            if name not in self.errors and cleaned.get(name) is None:
                cleaned[name] = count
        return cleaned

    def _post_clean(self) -> None:
        """What the verb would refuse is told at its field, unless the field has something else to mend."""
        super()._post_clean()
        for name, sentence in self.instance.missing_for_evaluation().items():
            beside = PAIRS.get(name, name)
            if not self.has_error(name) and not self.has_error(beside):
                self.add_error(name, sentence)


class ActivityFilter(django_filters.FilterSet):
    """The activities, narrowed; the choices live in the address."""

    q = django_filters.CharFilter(label=_("Sök"), method="search")
    kind = django_filters.ChoiceFilter(label=_("Slag"), choices=Activity.Kind.choices)
    status = django_filters.ChoiceFilter(label=_("Läge"), choices=Activity.Status.choices)

    class Meta:
        model = Activity
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet:
        """Every word in the title, the place or the text."""
        return matching(rows, words, "title", "place", "text")


class CostForm(RecordForm):
    """What it is, what it is meant to cost and what it cost, and how it is shared."""

    sections = [
        ("", ["title", "day", "boende", "activity", "unit"]),
        (_("Budget och utfall"), ["budget", "outcome"]),
        (_("Hur delas den?"), ["sharing"]),
    ]

    class Meta:
        model = Cost
        fields = ["title", "day", "boende", "activity", "unit", "budget", "outcome", "sharing"]
        help_texts = {
            "title": _("Till exempel: kaffe och bullar."),
            "budget": _("Hela kronor eller hela timmar."),
            "outcome": _("Fylls i när det är klart."),
        }
        field_classes = {"budget": WholeField, "outcome": WholeField}
        widgets = {"unit": forms.RadioSelect, "sharing": forms.RadioSelect}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cost: Cost = self.instance
        where = Q(forum=cost.forum) if cost.forum else Q(boende=cost.boende, forum__isnull=True)
        rows = Activity.objects.visible_to(by).filter(where)
        rows = Activity.objects.filter(Q(pk__in=rows.values("pk")) | Q(pk=cost.activity_id))
        if cost.forum is None:
            del self.fields["boende"]
        else:
            self.fields["boende"].queryset = cost.forum.boenden.active().order_by("name")  # type: ignore[attr-defined]
        self.fields["activity"].queryset = rows.order_by("-happens_on", "title")  # type: ignore[attr-defined]
        self.fields["activity"].empty_label = _("Ingen särskild")  # type: ignore[attr-defined]
        for name, choices in (("unit", Cost.Unit.choices), ("sharing", Cost.Sharing.choices)):
            self.fields[name].choices = choices  # type: ignore[attr-defined]


class ContributionForm(PartyChoices, RecordForm):
    """A party's part of a cost."""

    class Meta:
        model = Contribution
        fields = ["actor", "forvaltning", "is_municipal", "percent", "pledged", "given"]
        field_classes = {"pledged": WholeField, "given": WholeField}
        help_texts = {"is_municipal": _("En kommunal part ger arbetstid, en privat externa kostnader.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not self.instance.cost.has_key:
            del self.fields["percent"]
