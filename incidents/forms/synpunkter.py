# SPDX-License-Identifier: EUPL-1.2
"""Forms of a synpunkt: a neighbour's own, and those of the staff who handle it."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.signing import BadSignature, SignatureExpired, TimestampSigner
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.maps import show_surroundings
from boenden.rights import people_with
from incidents.forms.felanmalan import offer_recipients
from incidents.models import Felanmalan, Synpunkt, SynpunktReply
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import not_past
from platssamverkan.ground.forms import GuardedForm, RecordForm
from platssamverkan.ground.geo_forms import PointInput

LEAST_SECONDS = 3  # nobody writes, reads through and sends faster
MOST_SECONDS = 24 * 3600
SIGNER = TimestampSigner(salt="incidents.synpunkt.opened")
OPENED, TRAP = "opened", "webbplats"
MOST_LINKS = 2

LABELS = {
    "kind": gettext_lazy("Vad vill du lämna?"),
    "text": gettext_lazy("Vad vill du säga?"),
    "place_text": gettext_lazy("Var gäller det?"),
    "children": gettext_lazy("Det rör barn"),
}
KIND_WORDS = {
    Synpunkt.Kind.ORO: gettext_lazy("Något oroar mig"),
    Synpunkt.Kind.KLAGOMAL: gettext_lazy("Något har inte varit bra"),
    Synpunkt.Kind.FRAGA: gettext_lazy("Jag har en fråga"),
    Synpunkt.Kind.BEROM: gettext_lazy("Beröm"),
}


class OpenSynpunktForm(RecordForm):
    """A neighbour's own: short, and without a word about who she is unless she wants an answer by mail."""

    asks_about = ("text", "place_text")
    as_me = forms.BooleanField(label="", required=False, initial=True)
    webbplats = forms.CharField(
        label=gettext_lazy("Lämna det här fältet tomt"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )
    opened = forms.CharField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Synpunkt
        fields = ["kind", "text", "place_text", "children", "sender_email"]
        widgets = {"kind": forms.RadioSelect, "text": forms.Textarea(attrs={"rows": 6})}
        labels = {**LABELS, "sender_email": gettext_lazy("Din e-postadress")}
        help_texts = {
            "text": gettext_lazy("Skriv vad, inte vem. Nämn ingen vid namn: grannar, personal eller de som bor här."),
            "place_text": gettext_lazy("Till exempel: hållplatsen, gångvägen till förskolan."),
            "children": gettext_lazy("Kryssa i om det rör barn. Då svarar vi redan nästa vardag."),
            "sender_email": gettext_lazy("Bara om du vill ha svaret som mail. Du kan ta bort adressen när du vill."),
        }
        error_messages = {
            "kind": {"required": gettext_lazy("Välj vad du vill lämna.")},
            "text": {"required": gettext_lazy("Skriv vad du vill säga.")},
        }

    field_order = ["kind", "text", "place_text", "children", "as_me", "sender_email", TRAP]

    def __init__(self, *args: Any, user: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user if user.is_authenticated else None
        kind: Any = self.fields["kind"]
        kind.choices, kind.one_column = list(KIND_WORDS.items()), True
        self.fields["sender_email"].widget.attrs["autocomplete"] = "email"
        if self.user:
            self.fields["as_me"].label = _("Boendet får veta att det är jag, %(name)s") % {"name": self.user}
            self.fields["as_me"].help_text = _("Då kommer svaret till dig i Platssamverkan. Annars är du anonym.")
        else:
            del self.fields["as_me"]
        self.initial[OPENED] = SIGNER.sign("")

    def clean_webbplats(self) -> str:
        """A field that people do not see and machines fill in."""
        if self.cleaned_data[TRAP]:
            raise ValidationError(_("Töm fältet ”Lämna det här fältet tomt” och skicka igen."))
        return ""

    def clean_text(self) -> str:
        """Somebody who advertises writes addresses."""
        text: str = self.cleaned_data["text"]
        if text.casefold().count("http") > MOST_LINKS:
            raise ValidationError(_("Ta bort länkarna. Högst två går bra."))
        return text

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        try:
            self.check_opened(str(cleaned.get(OPENED) or ""))
        except ValidationError as error:
            self.add_error(None, error)
        if self.user and cleaned.get("as_me"):
            cleaned["sender_email"] = ""
        return cleaned

    def check_opened(self, opened: str) -> None:
        """Raise ValidationError for a form that nobody has had time to read, or that has lain open for a day."""
        try:
            SIGNER.unsign(opened, max_age=MOST_SECONDS)
        except SignatureExpired:
            self.stamp_anew()
            raise ValidationError(_("Sidan har legat öppen länge. Läs igenom och skicka igen.")) from None
        except BadSignature:
            self.stamp_anew()
            raise ValidationError(_("Läs igenom och skicka igen.")) from None
        try:
            SIGNER.unsign(opened, max_age=LEAST_SECONDS)
        except SignatureExpired:
            return
        raise ValidationError(_("Det gick mycket fort. Läs igenom det du skrivit och skicka igen."))

    def stamp_anew(self) -> None:
        """What was typed is kept, with a stamp of now."""
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix(OPENED)] = SIGNER.sign("")
        self.data = data


def refuse_staff(text: str, boende: Any) -> str:
    """The text. Raises ValidationError where somebody who works at the boende is named: the public is told no names."""
    written = " ".join(text.casefold().split())
    people = people_with(Right.READ_SYNPUNKTER, boende)
    # whole words: nobody called Bo Ek is in "bo ekologiskt"
    named = [p.name for p in people if p.name and re.search(rf"(?<!\w){re.escape(p.name.casefold())}(?!\w)", written)]
    if named:
        told = _("Ta bort ”%(name)s”. Namn på personal visas inte för allmänheten, boendets namn står under svaret.")
        raise ValidationError(told % {"name": named[0]})
    return text


class LookupForm(GuardedForm):
    """The reference that somebody has."""

    referens = forms.CharField(
        label=gettext_lazy("Din referens"),
        max_length=40,
        help_text=gettext_lazy("Tolv bokstäver, till exempel BKRT-MNPX-DFGH."),
        error_messages={"required": gettext_lazy("Skriv din referens.")},
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class TakenDownForm(RecordForm):
    """One that staff take down after a call or a talk."""

    asks_about = ("text", "place_text")
    sections = [
        (gettext_lazy("Vad någon har sagt"), ["channel", "kind", "text", "place_text", "children"]),
        (gettext_lazy("Hur når vi den som sa det?"), ["sender_email", "sender_phone"]),
    ]

    class Meta:
        model = Synpunkt
        fields = ["channel", "kind", "text", "place_text", "children", "sender_email", "sender_phone"]
        widgets = {
            "channel": forms.RadioSelect,
            "kind": forms.RadioSelect,
            "text": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {
            **LABELS,
            "channel": gettext_lazy("Hur kom den in?"),
            "kind": gettext_lazy("Vad är det?"),
            "text": gettext_lazy("Vad sa den som hörde av sig?"),
            "sender_email": gettext_lazy("E-post"),
            "sender_phone": gettext_lazy("Telefon"),
        }
        help_texts = {
            "text": gettext_lazy("Skriv vad, inte vem. Inga namn, lägenheter eller personnummer."),
            "children": gettext_lazy("Då besvaras den redan nästa vardag."),
            "sender_email": gettext_lazy(
                "Bara om den som hörde av sig vill ha svar. Syns bara för boendets personal. Aldrig från ett husmöte."
            ),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        channel, kind = self.fields["channel"], self.fields["kind"]
        offered = [choice for choice in Synpunkt.Channel.choices if choice[0] != Synpunkt.Channel.WEB]
        channel.choices = offered  # type: ignore[attr-defined]
        kind.choices = Synpunkt.Kind.choices  # type: ignore[attr-defined]
        if self.instance.channel == Synpunkt.Channel.WEB:
            self.initial["channel"] = Synpunkt.Channel.PHONE

    def clean(self) -> dict[str, Any]:
        """A wish of a husmöte is the group's: nobody who lives there can be pointed out by an address."""
        cleaned = super().clean()
        if cleaned.get("channel") == Synpunkt.Channel.HUSMOTE:
            for name in ("sender_email", "sender_phone"):
                if cleaned.get(name):
                    self.add_error(name, _("Lämna tomt. Det som sägs på husmötet är gruppens, ingen pekas ut."))
        return cleaned


class TriageForm(RecordForm):
    """Who answers by when, and where it was."""

    asks_about = ("place_text", "note")

    class Meta:
        model = Synpunkt
        fields = ["responsible", "answer_by", "children", "place_text", "latitude", "longitude", "note"]
        localized_fields = ["latitude", "longitude"]
        widgets = {"note": forms.Textarea(attrs={"rows": 4}), "longitude": PointInput}
        labels = {
            "responsible": gettext_lazy("Vem svarar?"),
            "answer_by": gettext_lazy("Besvaras senast"),
            "children": LABELS["children"],
            "note": gettext_lazy("Intern anteckning"),
        }
        help_texts = {
            "children": gettext_lazy("Då besvaras den senast nästa vardag."),
            "place_text": gettext_lazy("Skriv platsen som ni brukar kalla den, så märks det om fler säger samma sak."),
            "note": gettext_lazy("Läses bara av boendets personal och förvaltningschefen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["responsible"].queryset = people_with(  # type: ignore[attr-defined]
            Right.EDIT_SYNPUNKTER, self.instance.boende
        )
        show_surroundings(self.fields["longitude"].widget, self.instance.boende)

    def clean_answer_by(self) -> Any:
        """Nothing is promised for a day that has been; one that was late already may stay."""
        return not_past(self.cleaned_data["answer_by"], stored=self.initial.get("answer_by"))


class ReplyForm(RecordForm):
    """The answer to the sender. `seen` is how many answers stood on the person's page."""

    asks_about = ("text",)
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=10_000)

    class Meta:
        model = SynpunktReply
        fields = ["text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 8})}
        labels = {"text": gettext_lazy("Svar")}
        help_texts = {
            "text": gettext_lazy(
                "Boendets namn står under svaret. Skriv inte ditt eget, och ingenting om någon enskild."
            )
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = self.instance.synpunkt.replies.active().count()

    def clean_text(self) -> str:
        """It goes out of the house: the boende answers, not a person."""
        text: str = self.cleaned_data["text"]
        return refuse_staff(text, self.instance.synpunkt.boende)


class CloseForm(RecordForm):
    """What came of it, and what was learnt."""

    asks_about = ("lesson",)

    class Meta:
        model = Synpunkt
        fields = ["code", "lesson"]
        widgets = {"code": forms.RadioSelect, "lesson": forms.Textarea(attrs={"rows": 4})}
        labels = {"code": gettext_lazy("Vad blev det av den?"), "lesson": gettext_lazy("Vad lärde ni er?")}
        help_texts = {"lesson": gettext_lazy("En mening räcker. Gå igenom dem när ni ser över planen.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code: Any = self.fields["code"]
        code.choices, code.one_column, code.required = Synpunkt.Code.choices, True, True


class SynpunktFelanmalanForm(RecordForm):
    """What is to be mended, by whom."""

    asks_about = ("what", "text", "place_text")

    class Meta:
        model = Felanmalan
        fields = ["what", "place_text", "text", "recipient"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {
            "what": gettext_lazy("Till exempel: Lampan över gångvägen är trasig."),
            "recipient": gettext_lazy("Den som ska laga det, om det är en aktör i området."),
        }

    def __init__(self, *args: Any, boende: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_recipients(self.fields["recipient"], boende)
        self.fields["place_text"].required = True
