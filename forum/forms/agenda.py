# SPDX-License-Identifier: EUPL-1.2
"""Forms of the agenda: an item, what was said, a file, a question and its answer, a sekretessprövning."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from forum.models import AgendaItem, Attachment, PresentedIncident, Question
from platssamverkan.ground.forms import GuardedForm, RecordForm

LARGEST = 20 * 1024 * 1024
# what a file begins with says what it is; its name and what the browser calls it do not
KINDS = {b"%PDF-": "application/pdf", b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg"}


class ItemForm(RecordForm):
    """What an item is about, how long it takes, who presents it."""

    class Meta:
        model = AgendaItem
        fields = ["title", "text", "minutes", "rapporteur", "section"]
        help_texts = {
            "text": _("Det som är bra att ha läst före mötet."),
            "rapporteur": _("Den som tar upp punkten, till exempel Brf Utsikten."),
        }


class NotesForm(RecordForm):
    """What came of an item."""

    asks_about = ("outcome", "decision")

    class Meta:
        model = AgendaItem
        fields = ["outcome", "decision", "state"]
        widgets = {"state": forms.RadioSelect, "outcome": forms.Textarea(attrs={"rows": 6})}
        help_texts = {
            "outcome": _("Det viktigaste, inte vem som sade vad."),
            "decision": _("Syns i protokollet och i listan över alla beslut."),
        }
        labels = {"state": _("Är punkten klar?")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        state: Any = self.fields["state"]
        state.one_column = True


class AttachmentForm(RecordForm):
    """A file to go with an item."""

    file = forms.FileField(label=_("Fil"), help_text=_("PDF, JPEG eller PNG, högst 20 MB."))

    class Meta:
        model = Attachment
        fields = ["title"]
        labels = {"title": _("Vad är det för fil?")}

    def says_the_same_as(self, saved: Attachment) -> bool:
        """The same title and the very same file: another file is never taken for the one that was sent before."""
        file: UploadedFile = self.cleaned_data["file"]
        file.seek(0)
        is_same = saved.document.sha256 == hashlib.sha256(file.read()).hexdigest()
        return is_same and super().says_the_same_as(saved)

    def clean_file(self) -> UploadedFile:
        """One of the kinds that every member can open, and not too large."""
        file: UploadedFile = self.cleaned_data["file"]
        if (file.size or 0) > LARGEST:
            raise ValidationError(_("Filen är större än 20 MB. Välj en mindre."))
        start = file.read(16)
        file.seek(0)
        self.content_type = next((kind for sign, kind in KINDS.items() if start.startswith(sign)), "")
        if not self.content_type:
            raise ValidationError(_("Välj en PDF, JPEG eller PNG."))
        return file


class QuestionForm(RecordForm):
    """What a member wants to take up."""

    asks_about = ("title", "text")

    class Meta:
        model = Question
        fields = ["title", "text"]
        widgets = {"text": forms.Textarea(attrs={"rows": 4})}
        help_texts = {"title": _("Till exempel: Snöröjning på gångvägen.")}


class QuestionAnswerForm(RecordForm):
    """Yes or no, with a word back."""

    accepts = forms.ChoiceField(
        label=_("Tas frågan upp?"),
        choices=[("ja", _("Ja, ta med den på dagordningen")), ("nej", _("Nej, inte på det här mötet"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om frågan tas upp.")},
    )

    class Meta:
        model = Question
        fields = ["answer"]
        help_texts = {"answer": _("Skickas till den som frågade.")}
        widgets = {"answer": forms.Textarea(attrs={"rows": 3})}

    field_order = ["accepts", "answer"]


class ExaminationForm(GuardedForm):
    """Sekretessprövning of one forum text, as it stood when it was read."""

    incident = forms.UUIDField(widget=forms.HiddenInput)
    released_text = forms.UUIDField(widget=forms.HiddenInput)
    is_shown = forms.ChoiceField(
        label=_("Kan texten visas för forumet utan att någon kan pekas ut?"),
        choices=[("ja", _("Ja, den kan visas")), ("nej", _("Nej, visa den inte"))],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om texten kan visas.")},
    )
    ground = forms.ChoiceField(
        label=_("Grund för beslutet"),
        choices=[("", _("Välj grund")), *PresentedIncident.Ground.choices],
        error_messages={"required": _("Välj grunden för beslutet.")},
    )

    def clean(self) -> dict[str, Any]:
        """The ground speaks for the answer, not against it."""
        cleaned = super().clean()
        ground, is_shown = cleaned.get("ground"), cleaned.get("is_shown")
        if ground and is_shown and (ground in PresentedIncident.FOR_SHOWING) != (is_shown == "ja"):
            self.add_error("ground", _("Grunden talar emot ditt svar. Välj en annan grund, eller ändra svaret."))
        return cleaned
