# SPDX-License-Identifier: EUPL-1.2
"""Forms of the contact list: groups, lines, readers and the common numbers."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import (
    Actor,
    CommonEntry,
    ContactList,
    ContactListEntry,
    ContactListGroup,
    ContactListReader,
    ContactPerson,
    Forvaltning,
)
from boenden.rights import rights_at
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import GuardedForm, RecordForm


class ContactListGroupForm(RecordForm):
    """A group's name."""

    class Meta:
        model = ContactListGroup
        fields = ["name"]

    def _get_validation_exclusions(self) -> set[str]:
        # the list is set by the view: with it in, a name that is taken is told at once
        return super()._get_validation_exclusions() - {"contact_list", "archived_at"}  # type: ignore[misc]


class MoveEntriesForm(forms.Form):
    """Where the lines of a group that is taken away go."""

    move_to = forms.ModelChoiceField(
        ContactListGroup.objects.none(), label=_("Flytta raderna till"), empty_label=None, required=False
    )

    def __init__(self, *args: Any, group: ContactListGroup, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = ContactListGroup.objects.active().filter(contact_list=group.contact_list_id).exclude(pk=group.pk)
        self.fields["move_to"].queryset = others.order_by("position", "name")  # type: ignore[attr-defined]


def persons_around(contact_list: ContactList) -> Any:
    """The contact persons of the boende's neighbouring actors."""
    around = ContactPerson.objects.around(contact_list.boende)
    return around.select_related("actor", "user").order_by("name", "pk")


def source_choices(contact_list: ContactList) -> list[tuple[Any, Any]]:
    """What a line can point at, grouped: three queries however many there are."""
    persons = persons_around(contact_list)
    actors = (
        Actor.objects.filter(pk__in=contact_list.boende.neighbours.in_use().values("actor"))
        .exclude(phone="", email="")
        .order_by("name", "pk")
    )
    common = CommonEntry.objects.for_boende(contact_list.boende).order_by("name", "pk")
    grouped = [
        (_("Kontaktpersoner"), [(f"person:{p.pk}", f"{p.name}, {p.actor}") for p in persons]),
        (_("Aktörers egna nummer"), [(f"actor:{a.pk}", a.name) for a in actors]),
        (_("Gemensamma nummer"), [(f"common:{c.pk}", c.name) for c in common]),
    ]
    return [("", _("Eget namn och nummer")), *(group for group in grouped if group[1])]


def with_present(choices: list[tuple[Any, Any]], entry: ContactListEntry) -> list[tuple[Any, Any]]:
    """The choices and what the line points at now, should its actor no longer be a neighbour."""
    present = entry.points_at
    if not present or any(present == key for _label, group in choices[1:] for key, _name in group):
        return choices
    return [*choices, (present, str(entry.person or entry.actor or entry.common))]


class ContactListEntryForm(RecordForm):
    """A line: whom to call, when, and where it stands."""

    source = forms.ChoiceField(
        label=_("Vem ska man ringa?"),
        required=False,
        help_text=_("Välj någon som redan finns, eller skriv ett eget namn och nummer."),
    )
    sections = [
        ("", ["source", "label", "own_phone"]),
        ("", ["when_to_use", "hours"]),
        ("", ["group", "is_shared"]),
    ]

    class Meta:
        model = ContactListEntry
        fields = ["label", "own_phone", "when_to_use", "hours", "group", "is_shared"]
        labels = {"is_shared": _("Läsarna får se raden")}
        help_texts = {
            "label": _("Behövs för ett eget nummer. Annars visas namnet du har valt."),
            "own_phone": _("Behövs för ett eget nummer. Annars visas numret som redan finns."),
            "when_to_use": _("Skriv så att en granne förstår. Till exempel: Trasig belysning på gården."),
            "is_shared": _("Annars ser bara boendet den."),
        }

    def __init__(
        self, *args: Any, contact_list: ContactList | None = None, may_share: bool = True, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        entry = self.instance
        contact_list = contact_list or entry.group.contact_list
        self.fields["source"].choices = with_present(source_choices(contact_list), entry)  # type: ignore[attr-defined]
        groups = ContactListGroup.objects.active().filter(contact_list=contact_list)
        group_field: Any = self.fields["group"]
        group_field.queryset, group_field.empty_label = groups.order_by("position", "name"), None
        self.fields["when_to_use"].required = False
        for name in ("source", "when_to_use"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        self.initial.setdefault("source", entry.points_at)
        if not entry.is_new:
            self.initial["is_shared"] = entry.is_out
        if not may_share:
            del self.fields["is_shared"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        kind, _colon, pk = cleaned.get("source", "").partition(":")
        for name in ("person", "actor", "common"):
            setattr(self.instance, f"{name}_id", pk if name == kind else None)
        if "source" in cleaned and not kind:
            self.require("label", _("Skriv vad raden ska heta, eller välj någon ovanför."))
            self.require("own_phone", _("Skriv ett telefonnummer, eller välj någon ovanför."))
        if kind != "common":
            self.require("when_to_use", _("Skriv när man ska ringa."))
        self.refuse_sharing()
        return cleaned

    def refuse_sharing(self) -> None:
        """The person's own wish is the ceiling: the refusal says how to change it."""
        if self.cleaned_data.get("is_shared") and self.instance.person_id:
            self.instance.person = ContactPerson.objects.select_related("actor").get(pk=self.instance.person_id)
            if refusal := self.instance.sharing_refusal:
                self.add_error("is_shared", refusal)

    def require(self, name: str, message: Any) -> None:
        """Ask for a field that only some lines need."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, message)


class ContactListReaderForm(GuardedForm):
    """With whom to share: someone in the register, or someone else by name and e-mail."""

    person = forms.ModelChoiceField(
        ContactPerson.objects.none(),
        label=_("Vem ska få läsa listan?"),
        required=False,
        empty_label=_("Någon annan: skriv namn och e-post"),
    )
    name = forms.CharField(label=_("Namn"), max_length=120, required=False)
    email = forms.EmailField(
        label=_("E-post"), required=False, help_text=_("Dit skickas en inbjudan. Den gäller i 14 dagar.")
    )
    ends_on = forms.DateField(
        label=_("Till och med"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Lämna tomt om det inte finns något slutdatum. Du kan sluta dela när du vill."),
    )

    def __init__(self, *args: Any, contact_list: ContactList, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.contact_list = contact_list
        for name in ("person", "name", "email"):
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]
        persons: Any = self.fields["person"]
        persons.queryset = persons_around(contact_list).exclude(email="", user__isnull=True)
        persons.label_from_instance = lambda person: f"{person.name}, {person.actor}"

    def clean_ends_on(self) -> Any:
        """A last day that has been would share nothing."""
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < timezone.localdate():
            raise ValidationError(_("Skriv ett datum som kommer, eller lämna tomt."))
        return ends_on

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        person = cleaned.get("person")
        if not person:
            if not cleaned.get("name"):
                self.add_error("name", _("Skriv namnet, eller välj någon ovanför."))
            if not cleaned.get("email") and "email" not in self.errors:
                self.add_error("email", _("Skriv e-postadressen, eller välj någon ovanför."))
        field = "person" if person else "email"
        email = (person.user.email if person.user else person.email) if person else cleaned.get("email")
        user = User.objects.filter(email=email.casefold()).first() if email else None
        if user and (refusal := self.reads_already(user)):
            self.add_error(field, refusal)
        return cleaned

    def reads_already(self, user: User) -> Any:
        """Why there is nothing to share with this user, or nothing."""
        if Right.READ_LIST in rights_at(user, self.contact_list.boende):
            return _("%(name)s arbetar här och läser redan hela listan.") % {"name": user}
        if ContactListReader.objects.current().filter(contact_list=self.contact_list, user=user).exists():
            return _("%(name)s läser redan listan.") % {"name": user}
        return ""


class CommonEntryForm(RecordForm):
    """A number that many lists show."""

    class Meta:
        model = CommonEntry
        fields = ["name", "phone", "hours", "when_to_use", "place", "position", "forvaltning"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        forvaltning: Any = self.fields["forvaltning"]
        forvaltning.queryset, forvaltning.empty_label = Forvaltning.objects.active(), _("Alla förvaltningar")
        forvaltning.hide_optional, forvaltning.help_text = True, ""
