# SPDX-License-Identifier: EUPL-1.2
"""Forms of people: invite, give a role, change its days; and the filters of their lists."""

from typing import Any

import django_filters
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.grants import (
    READER,
    boenden_to_give_at,
    boenden_to_share_at,
    forvaltningar_to_give_at,
    roles_to_give,
)
from boenden.models import Assignment, Boende, ContactPerson, Forvaltning, Invite
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import ROLES, Role, Scope, roles_of_people
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.ground.search import matching

READER_CHOICE = "lasare"  # what the form calls READER, for an empty choice is no choice


def role_choices(user: Any) -> list[tuple[str, str]]:
    """The roles the user may give, each with what it may do."""
    return [(role, f"{str(role.label).capitalize()}. {ROLES[role].description}") for role in roles_to_give(user)]


class GrantForm(RecordForm):
    """A role in a scope, of those that `by` may give."""

    role = forms.ChoiceField(label=_("Roll"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.by = by
        boenden = boenden_to_give_at(by)
        self.choose("role", choices=role_choices(by), one_column=True)
        self.choose("boende", queryset=boenden, empty_label=_("Välj boende"))
        if any(ROLES[role].scope == Scope.FORVALTNING for role in roles_to_give(by)):
            self.choose("forvaltning", queryset=forvaltningar_to_give_at(by), hide_optional=True)
            self.choose("boende", hide_optional=True, help_text=_("För roller som gäller ett boende."))
            self.choose("forvaltning", help_text=_("För förvaltningschefer."), empty_label=_("Välj förvaltning"))
            return
        self.fields.pop("forvaltning")
        self.fields["boende"].required = True
        if len(few := boenden[:2]) == 1:
            self.choose("boende", initial=few[0].pk, empty_label=None)

    def choose(self, name: str, **settings: Any) -> None:
        """Set what a field may choose among, and how it says so."""
        for key, value in settings.items():
            setattr(self.fields[name], key, value)

    def scope(self) -> Scope:
        """What the chosen role is held in; a contact list belongs to a boende."""
        role = self.cleaned_data["role"]
        return ROLES[Role(role)].scope if role else Scope.BOENDE

    def clean(self) -> dict[str, Any]:
        """A role has its place, no more and no less: who gives a wider one than she meant should see it."""
        cleaned = super().clean()
        if "role" not in cleaned:
            return cleaned
        scope = self.scope()
        for name, of, missing in [
            ("boende", Scope.BOENDE, _("Välj vilket boende det gäller.")),
            ("forvaltning", Scope.FORVALTNING, _("Välj vilken förvaltning det gäller.")),
        ]:
            if name not in self.fields or name in self.errors:
                continue
            if scope == of and not cleaned.get(name):
                self.add_error(name, missing)
            elif scope != of and cleaned.get(name):
                self.add_error(name, _("Rollen gäller %(scope)s. Ta bort valet här.") % {"scope": scope.label})
        return cleaned

    def clean_ends_on(self) -> Any:
        """A last day that has been gives nothing."""
        ends_on = self.cleaned_data["ends_on"]
        if ends_on and ends_on < timezone.localdate():
            raise ValidationError(_("Skriv en dag som inte har varit, eller lämna tomt."))
        return ends_on


class InviteForm(GrantForm):
    """An invitation by e-mail to a role, or to read a contact list."""

    person = forms.ModelChoiceField(ContactPerson.objects.none(), required=False, widget=forms.HiddenInput)

    class Meta:
        model = Invite
        fields = ["name", "email", "role", "boende", "forvaltning", "ends_on", "person"]
        labels = {"name": _("Namn"), "email": _("E-post"), "ends_on": _("Till och med")}
        help_texts = {"email": _("Dit skickar vi en länk som gäller i 14 dagar."), "ends_on": _("Tomt: tills vidare.")}

    def __init__(self, *args: Any, by: User, **kwargs: Any) -> None:
        super().__init__(*args, by=by, **kwargs)
        self.shareable = boenden_to_share_at(by)
        self.choose("person", queryset=ContactPerson.objects.visible_to(by).active())
        if self.shareable.exists():
            reader = (
                f"{str(Invite(role=READER).role_name).capitalize()}. {_('Ser de delade raderna på kontaktlistan.')}"
            )
            self.choose("role", choices=[*role_choices(by), (READER_CHOICE, reader)])

    @staticmethod
    def is_of(person: ContactPerson, boende: Boende | None, email: str | None) -> bool:
        """Whether the account may be tied to a contact person: she is around the boende, and it is her address."""
        around = boende is not None and ContactPerson.objects.around(boende).filter(pk=person.pk).exists()
        return around and person.email.casefold() == email

    def clean_role(self) -> str:
        """The model's word for it."""
        role = self.cleaned_data["role"]
        return READER if role == READER_CHOICE else role

    def clean_email(self) -> str:
        """Casefolded; and nobody gives herself a role."""
        email = self.cleaned_data["email"].casefold()
        if email == self.by.email:
            raise ValidationError(_("Det är din egen adress. Be en annan chef eller systemförvaltare."))
        return email

    def clean(self) -> dict[str, Any]:
        """A list is shared where the user may share it, and only its readers are tied to a contact person."""
        cleaned = super().clean()
        if cleaned.get("role", READER) != READER:
            cleaned["person"] = None
        elif (boende := cleaned.get("boende")) and boende not in self.shareable:
            self.add_error("boende", _("Kontaktlistan delas av boendets enhetschef."))
        elif (person := cleaned.get("person")) and not self.is_of(person, boende, cleaned.get("email")):
            cleaned["person"] = None
        return cleaned


class AssignmentForm(GrantForm):
    """A role for someone who has an account."""

    class Meta:
        model = Assignment
        fields = ["role", "boende", "forvaltning", "starts_on", "ends_on"]
        labels = {"starts_on": _("Från"), "ends_on": _("Till och med")}
        help_texts = {"ends_on": _("Tomt: tills vidare.")}


class AssignmentDaysForm(RecordForm):
    """From when and until when a role is held."""

    class Meta:
        model = Assignment
        fields = ["starts_on", "ends_on"]
        labels = {"starts_on": _("Från"), "ends_on": _("Till och med")}
        help_texts = {"ends_on": _("Den dagen gäller uppdraget fortfarande. Tomt: tills vidare.")}


class AcceptForm(GuardedForm):
    """What a new person says about herself when she accepts."""

    name = forms.CharField(label=_("Ditt namn"), max_length=120, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    password = forms.CharField(
        label=_("Lösenord"),
        required=False,
        strip=False,
        max_length=128,
        help_text=_("Minst 12 tecken. Utan lösenord får du en engångskod på mail när du loggar in."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, invite: Invite, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invite = invite

    def clean(self) -> dict[str, Any]:
        """The password by the house's rules, which look at name and address too."""
        cleaned = super().clean()
        if password := cleaned.get("password"):
            try:
                validate_password(password, User(email=self.invite.email, name=cleaned.get("name", "")))
            except ValidationError as weak:
                self.add_error("password", weak)
        return cleaned


class ForvaltningForm(RecordForm):
    """A förvaltning's names, and where its dataskyddsombud is reached."""

    class Meta:
        model = Forvaltning
        fields = ["name", "short_name", "dpo_email"]
        labels = {"name": _("Namn"), "short_name": _("Kortnamn"), "dpo_email": _("Dataskyddsombudets e-post")}
        help_texts = {
            "short_name": _("Används där det är ont om plats, till exempel: Sydväst."),
            "dpo_email": _("Står i brevet till varje kontaktperson. Skriv ombudets adress, inte en persons egen."),
        }


class ProfileForm(GuardedForm, forms.ModelForm):
    """What a person says about herself."""

    class Meta:
        model = User
        fields = ["name", "gets_digest"]
        labels = {"name": _("Så heter du för dem du arbetar med")}
        widgets = {"name": forms.TextInput(attrs={"autocomplete": "name"})}


class UserFilter(django_filters.FilterSet):
    """The list of users, narrowed; the choices live in the address."""

    q = django_filters.CharFilter(label=_("Namn eller e-post"), method="search")
    role = django_filters.ChoiceFilter(
        label=_("Roll"), choices=[(role.value, role.label) for role in roles_of_people()], method="narrow_role"
    )
    is_active = django_filters.ChoiceFilter(
        label=_("Konto"), choices=[("True", _("öppet")), ("False", _("avstängt"))], field_name="is_active"
    )

    class Meta:
        model = User
        fields: list[str] = []

    def search(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        """Every word in the name or the address."""
        return matching(rows, words, "name", "email")

    def narrow_role(self, rows: QuerySet, name: str, role: str) -> QuerySet:
        """Those who hold the role today, as far as the asking user may know."""
        held = Assignment.objects.visible_to(self.request.user).current().filter(role=role)
        return rows.filter(Exists(held.filter(user=OuterRef("pk"))))


def boende_named(slug: str, user: User) -> Boende | None:
    """The boende that a link preselects, if the user may give roles or share there."""
    return (boenden_to_give_at(user) | boenden_to_share_at(user)).filter(slug=slug).first()
