# SPDX-License-Identifier: EUPL-1.2
"""The contact log's form, made to be filled in on a phone, and the filter of its list."""

from typing import Any

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende, Contact, ContactPerson
from boenden.rights import people_with
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.search import matching


class PersonChoice(forms.ModelChoiceField):
    """A person with the actor she belongs to."""

    def label_from_instance(self, obj: Any) -> str:
        """ "Lena Wikström, Brf Utsikten" """
        return f"{obj}, {obj.actor}"


class ContactForm(RecordForm):
    """Who, how, about what; and what was promised, by when and by whom."""

    asks_about = ("text", "follow_up")
    sections = [
        ("", ["channel", "went_out", "tone", "text"]),
        (_("Vem och när"), ["actor", "person", "happened_on"]),
        (_("Lovade ni något?"), ["follow_up", "follow_up_on", "follow_up_by"]),
    ]

    person = PersonChoice(ContactPerson.objects.none(), label=_("Kontaktperson"), required=False)

    class Meta:
        model = Contact
        fields = [
            "channel", "went_out", "tone", "text", "actor", "person", "happened_on", "follow_up", "follow_up_on",
            "follow_up_by",
        ]  # fmt: skip
        widgets = {"channel": forms.RadioSelect, "tone": forms.RadioSelect}
        help_texts = {
            "text": _("Skriv vad det handlade om. Inga namn på dem som bor här, inga lägenheter eller personnummer."),
            "follow_up": _("Till exempel: ringa tillbaka om belysningen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boende: Boende = self.instance.boende
        neighbours = boende.neighbours.in_use().values("actor")
        self.limit("actor", Actor.objects.filter(Q(pk__in=neighbours) | Q(pk=self.instance.actor_id)))
        around = ContactPerson.objects.filter(
            Q(pk__in=ContactPerson.objects.around(boende).values("pk")) | Q(pk=self.instance.person_id)
        )
        self.limit("person", around.select_related("actor").order_by("actor__name", "name"))
        staff = people_with(Right.EDIT_CONTACTS, boende)
        if self.instance.follow_up_by_id:
            staff = type(self.instance.follow_up_by).objects.filter(
                Q(pk__in=staff.values("pk")) | Q(pk=self.instance.follow_up_by_id)
            )
        self.limit("follow_up_by", staff)
        self.fields["actor"].empty_label = _("Ingen särskild")  # type: ignore[attr-defined]
        self.fields["person"].empty_label = _("Ingen särskild")  # type: ignore[attr-defined]
        for name in ("channel", "tone"):
            self.fields[name].choices = self.fields[name].choices[1:]  # type: ignore[attr-defined]

    def limit(self, name: str, rows: QuerySet) -> None:
        """Let a field choose among these rows only."""
        self.fields[name].queryset = rows  # type: ignore[attr-defined]

    def clean_follow_up_on(self) -> Any:
        """Nothing is promised for a day that has been."""
        return not_past(self.cleaned_data["follow_up_on"], stored=self.initial.get("follow_up_on"))

    def clean(self) -> dict[str, Any]:
        """A person alone says which actor it was."""
        cleaned = super().clean()
        if cleaned.get("person") and not cleaned.get("actor") and "actor" not in self.errors:
            cleaned["actor"] = cleaned["person"].actor
        return cleaned


class ContactFilter(django_filters.FilterSet):
    """The contact log, narrowed; the choices live in the address."""

    q = django_filters.CharFilter(label=_("Sök"), method="search")
    since = django_filters.DateFilter(
        field_name="happened_on", lookup_expr="gte", label=_("Från"), widget=forms.DateInput
    )
    until = django_filters.DateFilter(
        field_name="happened_on", lookup_expr="lte", label=_("Till och med"), widget=forms.DateInput
    )
    channel = django_filters.ChoiceFilter(label=_("Hur"), choices=Contact.Channel.choices)
    tone = django_filters.ChoiceFilter(label=_("Vad det gällde"), choices=Contact.Tone.choices)
    actor = django_filters.ModelChoiceFilter(label=_("Aktör"), queryset=Actor.objects.none())
    promises = django_filters.ChoiceFilter(
        label=_("Löften"),
        choices=[("oppna", _("inte uppföljda")), ("sena", _("försenade eller i dag"))],
        method="narrow_promises",
    )

    class Meta:
        model = Contact
        fields: list[str] = []

    def __init__(self, *args: Any, boende: Boende, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        talked_with = boende.contacts.active().exclude(actor=None).values("actor")
        self.filters["actor"].queryset = Actor.objects.filter(pk__in=talked_with)

    def search(self, rows: Any, name: str, words: str) -> QuerySet:
        """Every word in the text, the promise, or the names."""
        return matching(rows, words, "text", "follow_up", "actor__name", "person__name")

    def narrow_promises(self, rows: Any, name: str, value: str) -> QuerySet:
        """Promises not yet followed up, all or those due."""
        return rows.due() if value == "sena" else rows.follow_up_open()
