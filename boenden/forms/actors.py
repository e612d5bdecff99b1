# SPDX-License-Identifier: EUPL-1.2
"""Forms about actors, how they stand to a boende, and their contact persons; and the filter of their list."""

from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.forms.models import fields_for_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.actions.actors import TIE_FIELDS
from boenden.models import Actor, ActorCategory, Boende, ContactPerson, Neighbour
from boenden.models.actors import past_day_please
from platssamverkan.ground.fields import clean_organisation_number
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.geo_forms import PointInput
from platssamverkan.ground.search import matching

NEW = "ny"  # the answer "none of those: it is a new actor"
SHOWN = 6  # how many that may be the same are shown
CATEGORIES_SHOWN = ActorCategory.objects.filter(archived_at__isnull=True)


class ActorForm(RecordForm):
    """An actor's own facts, the same for every boende it neighbours."""

    asks_about = ("note",)
    sections = [
        ("", ["name", "existing", "category"]),
        (_("Hur den berörs"), list(TIE_FIELDS)),
        (_("Adress och kontakt"), ["address", "phone", "email", "website", "organisation_number"]),
        (_("Plats på kartan"), ["latitude", "longitude"]),
        (_("Enskild granne"), ["is_person", "consent_on"]),
        ("", ["note"]),
    ]

    website = forms.URLField(label=_("Webbplats"), required=False, assume_scheme="https")

    class Meta:
        model = Actor
        fields = [
            "name", "category", "address", "phone", "email", "website", "organisation_number", "latitude", "longitude",
            "is_person", "consent_on", "note",
        ]  # fmt: skip
        localized_fields = ["latitude", "longitude"]
        widgets = {"longitude": PointInput}
        labels = {"category": _("Slag"), "is_person": _("Det är en enskild granne, inte en organisation")}
        help_texts = {
            "organisation_number": _("Tio siffror. En enskild firmas nummer är ett personnummer: lämna då tomt."),
            "latitude": _("Behövs för avståndet till boendet. Till exempel 57,6809."),
            "consent_on": _("Dagen då grannen sa ja till att vi sparar uppgifterna."),
            "note": _("Skriv om organisationen. Peka inte ut någon som bor på boendet."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["category"].queryset = CATEGORIES_SHOWN.all()  # type: ignore[attr-defined]

    def clean_consent_on(self) -> Any:
        """Refuse a day that has not been."""
        consent = self.cleaned_data["consent_on"]
        if consent and consent > timezone.localdate():
            raise ValidationError(past_day_please())
        return consent


class NeighbourForm(RecordForm):
    """How an actor stands to the boende."""

    class Meta:
        model = Neighbour
        fields = list(TIE_FIELDS)
        help_texts = {"next_step": _("Till exempel: ring och berätta om husmötet.")}


class NewNeighbourForm(ActorForm):
    """Actor and tie in one. What may be there already is offered first, so that an actor is written down once."""

    existing = forms.ChoiceField(
        label=_("Finns redan i förvaltningen"),
        widget=forms.RadioSelect,
        required=False,
        help_text=_("Välj aktören om den står här. Då skrivs den inte upp två gånger."),
    )

    def __init__(self, *args: Any, boende: Boende, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.boende = boende
        self.instance.forvaltning = boende.forvaltning
        self.neighbour = Neighbour(boende=boende, actor=self.instance)
        self.fields["longitude"].widget.centre = (boende.latitude, boende.longitude)
        self.fields.update(fields_for_model(Neighbour, fields=TIE_FIELDS))
        self.offered: dict[str, Actor] = {}
        self.fields["name"].widget.attrs |= {"list": "aktorer-som-finns", "autocomplete": "off"}
        self.fields["existing"].hide_optional = True  # type: ignore[attr-defined]
        if self.is_bound:
            self.offer()
        if not self.offered:
            del self.fields["existing"]

    def offer(self) -> None:
        """Look up what the typed name or number may already stand for, and make it a question."""
        try:
            number = clean_organisation_number(str(self["organisation_number"].value() or ""))
        except ValidationError:
            number = ""  # told at its field
        alike = Actor.objects.filter(forvaltning=self.boende.forvaltning).like(str(self["name"].value() or ""), number)
        tied = self.boende.neighbours.in_use().filter(actor=OuterRef("pk"))
        candidates = alike.select_related("category").annotate(is_tied=Exists(tied))[:SHOWN]
        self.offered = {str(actor.pk): actor for actor in candidates}
        answers = [(key, offer_text(actor)) for key, actor in self.offered.items()]
        self.fields["existing"].choices = [*answers, (NEW, _("Ingen av dem: det är en ny aktör"))]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Actor | None:
        """The actor that was there already, if it has been chosen."""
        return self.offered.get(self.cleaned_data.get("existing", ""))

    def _post_clean(self) -> None:
        """Until the question is answered it is the only one asked; a chosen actor's own facts are not asked for."""
        if self.offered and not self.cleaned_data.get("existing"):
            self.errors.clear()
            self.add_error("existing", _("Välj aktören om den finns i listan, annars att den är ny."))
            return
        if self.chosen:
            for name in set(self.errors) - set(TIE_FIELDS):
                del self.errors[name]
        else:
            super()._post_clean()
        self.check_tie()

    def check_tie(self) -> None:
        """Fill in how the actor stands to the boende, and let the model judge it."""
        for name in TIE_FIELDS:
            if name in self.cleaned_data:
                setattr(self.neighbour, name, self.cleaned_data[name])
        self.neighbour.actor = self.chosen or self.instance
        others = {field.name for field in Neighbour._meta.fields} - set(TIE_FIELDS)
        try:
            self.neighbour.full_clean(exclude=others)
        except ValidationError as errors:
            self._update_errors(errors)


def offer_text(actor: Actor) -> str:
    """One line that tells an actor from others of the same name."""
    parts = [actor.name, str(actor.category), actor.address]
    if actor.is_tied:  # type: ignore[attr-defined]
        parts.append(str(_("redan knuten till boendet")))
    return ", ".join(part for part in parts if part)


class ContactPersonForm(RecordForm):
    """A named person, why she may be kept, and who may see her."""

    sections = [
        ("", ["name", "role", "phone", "email"]),
        (_("Varför vi sparar uppgiften"), ["lawful_ground", "source"]),
        (_("Vem som får se den"), ["visibility"]),
        (_("Senast kontrollerad"), ["verified_on", "verified_how"]),
    ]

    class Meta:
        model = ContactPerson
        fields = [
            "name", "role", "phone", "email", "lawful_ground", "source", "visibility", "verified_on", "verified_how",
        ]  # fmt: skip
        labels = {"verified_on": _("När"), "verified_how": _("Hur")}
        help_texts = {
            "name": _("I sin roll i organisationen. Aldrig någon som bor på boendet."),
            "source": _("Till exempel: gav sitt kort på grannmötet."),
            "visibility": _("Bara den som får delas kan stå på den lista som grannar läser."),
        }
        widgets = {"visibility": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["visibility"].choices = ContactPerson.Visibility.choices  # type: ignore[attr-defined]


class NeighbourFilter(django_filters.FilterSet):
    """The list of actors, narrowed; the choices live in the address."""

    q = django_filters.CharFilter(label=_("Sök"), method="search")
    category = django_filters.ModelChoiceFilter(
        field_name="actor__category", label=_("Slag"), queryset=lambda request: CATEGORIES_SHOWN.all()
    )
    affected = django_filters.ChoiceFilter(
        label=_("Berörs minst"), choices=Neighbour.AFFECTED, lookup_expr="gte", empty_label=_("Alla")
    )
    contacted = django_filters.ChoiceFilter(
        label=_("Kontakt"), choices=[("ja", _("kontaktad")), ("nej", _("inte kontaktad än"))], method="narrow_contacted"
    )
    can = django_filters.ChoiceFilter(
        label=_("Kan vara"),
        choices=[("is_bridge", _("en bro till andra")), ("is_resource", _("en resurs för brukarna"))],
        method="narrow_can",
    )
    due = django_filters.ChoiceFilter(
        label=_("Nästa steg"), choices=[("nu", _("i dag eller försenat")), ("finns", _("finns"))], method="narrow_due"
    )
    unverified = django_filters.ChoiceFilter(
        label=_("Kontaktpersoner"), choices=[("ja", _("någon är ej verifierad"))], method="narrow_unverified"
    )

    class Meta:
        model = Neighbour
        fields: list[str] = []

    def search(self, rows: Any, name: str, words: str) -> QuerySet:
        """Every word in the actor's name, address or kind, or in the name of a person there."""
        person = ContactPerson.objects.active().filter(actor=OuterRef("actor"))
        by_person = rows.filter(Exists(matching(person, words, "name", "role")))
        by_actor = matching(rows, words, "actor__name", "actor__address", "actor__category__name", "next_step")
        return rows.filter(Q(pk__in=by_person.values("pk")) | Q(pk__in=by_actor.values("pk")))

    def narrow_contacted(self, rows: Any, name: str, value: str) -> QuerySet:
        """Whether any contact with the actor stands in the log."""
        return rows.filter(last_contact_on__isnull=value == "nej")

    def narrow_can(self, rows: Any, name: str, value: str) -> QuerySet:
        """A bridge to others, or a resource."""
        return rows.filter(**{value: True})

    def narrow_due(self, rows: Any, name: str, value: str) -> QuerySet:
        """A next step, at all or by today."""
        return rows.due() if value == "nu" else rows.exclude(next_step="")

    def narrow_unverified(self, rows: Any, name: str, value: str) -> QuerySet:
        """Actors with a person whose data have not been checked for a year."""
        return rows.filter(Exists(ContactPerson.objects.unverified().filter(actor=OuterRef("actor"))))
