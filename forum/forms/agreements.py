# SPDX-License-Identifier: EUPL-1.2
"""Forms of agreements: facts, texts, parties, amounts, signatures, follow-up."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.models.actors import past_day_please
from boenden.rights import boenden_where
from forum.agreement_kinds import DAYS, TEXTS
from forum.forms.parties import PartyChoices
from forum.models import Agreement, AgreementFollowUp, AgreementParty, AgreementPost, AgreementVersion, Signature
from incidents.forms.moments import DayField
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import FIRST_DAY, LAST_DAY
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.look.words import day_year

LARGEST = 20 * 1024 * 1024
# what a file begins with says what it is; its name and what the browser calls it do not
KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class AgreedDay(DayField):
    """A day that an agreement can name: within our calendar, so that reminders can be counted from it."""

    default_error_messages = {"out_of_reach": _("Skriv ett datum, till exempel %(today)s.")}

    def validate(self, value: date | None) -> None:
        """Refuse a day that is out of reach."""
        super().validate(value)
        if value and not FIRST_DAY <= value < LAST_DAY:
            message = self.error_messages["out_of_reach"] % {"today": timezone.localdate()}
            raise ValidationError(message, code="out_of_reach")


class AgreementForm(RecordForm):
    """What sort of agreement, what it is called, which boenden it is about."""

    class Meta:
        model = Agreement
        fields = ["kind", "title", "boenden", "diarienummer"]
        labels = {"boenden": _("Vilka boenden gäller det?")}
        help_texts = {
            "title": _("Till exempel: Avsiktsförklaring för Kallebäcks platssamverkansråd."),
            "diarienummer": _("Kan fyllas i när avtalet är registrerat."),
        }
        widgets = {"kind": forms.RadioSelect, "boenden": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agreement: Agreement = self.instance
        if agreement.forum:
            choices = Q(forums=agreement.forum)
        else:
            choices = Q(pk__in=[boende.pk for boende in boenden_where(by, Right.EDIT_AGREEMENTS)])
            self.fields["boenden"].required = True
        if not agreement.is_new:
            choices |= Q(agreements=agreement)
        self.fields["boenden"].queryset = Boende.objects.active().filter(choices).distinct().order_by("name")  # type: ignore[attr-defined]
        self.fields["kind"].choices = Agreement.Kind.choices  # type: ignore[attr-defined]
        if not agreement.is_new and agreement.versions.exclude(state=AgreementVersion.State.UTKAST).exists():
            del self.fields["kind"], self.fields["title"]  # they stand in what was signed


class TextForm(RecordForm):
    """What the parties agree on, from when until when."""

    asks_about = TEXTS

    class Meta:
        model = AgreementVersion
        fields = [*TEXTS, "starts_on", "ends_on", "review_on", "change_note"]
        field_classes = {"starts_on": AgreedDay, "ends_on": AgreedDay, "review_on": AgreedDay}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        version: AgreementVersion = self.instance
        parts = {part.field: part for part in version.agreement.terms.parts}
        for name in TEXTS:
            if name not in parts:
                del self.fields[name]
            else:
                self.fields[name].label = str(parts[name].heading)
                if parts[name].is_required:
                    self.needed_before_signing(name)
        if version.previous_id is None:
            del self.fields["change_note"]
        self.sections = [
            ("", ["change_note", *TEXTS]),
            (_("Tid"), DAYS),
        ]
        for name in DAYS:
            self.needed_before_signing(name)

    def needed_before_signing(self, name: str) -> None:
        """Say of a field that a draft is saved without it, and nothing more than a draft."""
        field: Any = self.fields[name]
        field.hide_optional = True
        field.help_text = _("Behövs innan avtalet kan undertecknas.")


class PartyForm(PartyChoices, RecordForm):
    """A party, and what it contributes."""

    asks_about = ("contributes",)

    class Meta:
        model = AgreementParty
        fields = ["actor", "forvaltning", "contributes"]
        labels = {"contributes": _("Vad bidrar parten med?")}
        help_texts = {"contributes": _("Till exempel: arbetstid, lokal, fika, belysning på den egna fastigheten.")}


class SupplementForm(PartyForm):
    """A party that joins an agreement in force."""

    class Meta(PartyForm.Meta):
        fields = ["actor", "forvaltning", "contributes", "joined_on"]
        field_classes = {"joined_on": AgreedDay}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["joined_on"].required = True


class PostForm(RecordForm):
    """An amount a year, and what it is for."""

    class Meta:
        model = AgreementPost
        fields = ["name", "amount"]
        help_texts = {"name": _("Till exempel: två boendeombud."), "amount": _("Hela kronor.")}


class PaperForm(RecordForm):
    """A signature on paper: who, and the paper itself."""

    file = forms.FileField(label=_("Det undertecknade papperet"), help_text=_("PDF, JPEG eller PNG, högst 20 MB."))

    class Meta:
        model = Signature
        fields = ["name", "role", "organisation", "signed_on"]
        help_texts = {"role": _("Till exempel: ordförande, avdelningschef.")}

    def clean_signed_on(self) -> Any:
        """A day that has been."""
        day = self.cleaned_data["signed_on"]
        if day > timezone.localdate():
            raise ValidationError(past_day_please())
        fixed_on = self.text_fixed_on()
        if fixed_on and day < fixed_on:
            raise ValidationError(
                _("Skriv en dag från och med %(day)s, då texten bestämdes.") % {"day": day_year(fixed_on)}
            )
        return day

    def text_fixed_on(self) -> Any:
        """The day on which the text was frozen that is being signed: nothing is written in the version after that."""
        version = self.instance.party.agreement_version
        return timezone.localdate(version.changed_at) if version.is_being_signed else None

    def clean_file(self) -> UploadedFile:
        """One of the kinds that every reader can open, and not too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("Filen är större än 20 MB. Välj en mindre."))
        start = file.read(16)
        file.seek(0)
        self.content_type = next((kind for sign, kind in KINDS.items() if start.startswith(sign)), "")
        if not self.content_type:
            raise ValidationError(_("Välj en PDF, JPEG eller PNG."))
        return file


class SignForm(GuardedForm):
    """One's own signature, under what was on the page: `read_sum` says what that was."""

    # no text: in a checksum some digits in a row are no personnummer
    read_sum = forms.Field(widget=forms.HiddenInput, required=False)
    role = forms.CharField(
        label=_("I vilken roll skriver du under?"),
        max_length=120,
        help_text=_("Till exempel: ordförande, enhetschef."),
    )
    agrees = forms.BooleanField(
        label=_("Jag har läst texten och skriver under."),
        error_messages={"required": _("Kryssa i att du har läst texten och skriver under.")},
    )

    def read_again(self, read_sum: str) -> None:
        """The text is another than the one that was read: keep the role, and ask her to read and tick once more."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data["read_sum"] = read_sum
        data.pop("agrees", None)
        self.data = data
        self.add_error("agrees", _("Texten har ändrats sedan du öppnade sidan. Läs den igen och kryssa i på nytt."))


class FollowUpForm(RecordForm):
    """What a period gave, in counts."""

    asks_about = ("text",)
    sections = [
        (_("Period"), ["starts_on", "ends_on"]),
        (_("Antal"), ["people", "outside"]),
        (_("Resultat"), ["medling", "forhindrad", "kvarboende"]),
        ("", ["text"]),
    ]

    class Meta:
        model = AgreementFollowUp
        fields = ["starts_on", "ends_on", "people", "outside", "medling", "forhindrad", "kvarboende", "text"]
        help_texts = {"text": _("Läses av personal och sammankallande. Skriv om gruppen, aldrig om en person.")}
