# SPDX-License-Identifier: EUPL-1.2
"""Forms of surveys: a round, its questions, an answer, a pile of paper, a figure to compare with."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from boenden.models import Forvaltning
from forum.actions.surveys import USUAL_DAYS
from forum.models import Survey, SurveyAnswer, SurveyBaseline, SurveyQuestion, SurveyTemplate
from forum.models.survey_templates import MOST_QUESTIONS, forvaltningar_where
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import GuardedForm, RecordForm

MOST_IN_A_PILE = 999
PARTS = ("text", "kind", "low_words", "high_words")


class SurveyForm(RecordForm):
    """A round: which questions, from when until when. `of_circle` are the förvaltningar whose own questions fit."""

    asks_about = ("greeting",)

    class Meta:
        model = Survey
        fields = ["template", "opens_on", "closes_on", "greeting"]
        help_texts = {
            "template": _("Samma frågor varje gång gör att ni kan se hur det ändras."),
            "greeting": _("Frivilligt. Står först i brevet och ovanför frågorna."),
        }

    def __init__(self, *args: Any, by: Any, of_circle: set[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        templates = SurveyTemplate.objects.visible_to(by) | SurveyTemplate.objects.active().filter(
            forvaltning__in=of_circle
        )
        fitting = templates.distinct().for_circle(is_of_brukare=self.instance.is_of_brukare)
        self.fields["template"].queryset = fitting.order_by("title")  # type: ignore[attr-defined]
        today = timezone.localdate()
        self.fields["opens_on"].initial = today
        self.fields["closes_on"].initial = today + timedelta(days=USUAL_DAYS)

    def clean_closes_on(self) -> Any:
        """A day to come: else nobody could answer."""
        day = self.cleaned_data["closes_on"]
        if day < timezone.localdate():
            raise ValidationError(_("Välj en sista dag som inte har varit, så att någon hinner svara."))
        return day


class SurveyDaysForm(RecordForm):
    """The days of a round that is not over, and its greeting until the letters have gone. Its questions stand."""

    asks_about = ("greeting",)

    class Meta:
        model = Survey
        fields = ["opens_on", "closes_on", "greeting"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.opens_on <= timezone.localdate():
            del self.fields["opens_on"]
            if self.instance.sent_on:
                del self.fields["greeting"]

    clean_closes_on = SurveyForm.clean_closes_on


class SurveyTemplateForm(RecordForm):
    """A template with up to six questions; a line without text is none."""

    class Meta:
        model = SurveyTemplate
        fields = ["title", "forvaltning", "circle"]
        help_texts = {"circle": _("De väljs bara i mätningar bland dem.")}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Forvaltning.objects.filter(pk__in=forvaltningar_where(by, Right.SEND_SURVEYS)).order_by("name")
        self.fields["forvaltning"].queryset = own  # type: ignore[attr-defined]
        self.fields["forvaltning"].required = True
        if self.instance.is_new and len(own) == 1:
            self.fields["forvaltning"].initial = own[0]
        stored = [] if self.instance.is_new else list(self.instance.questions.order_by("position"))
        self.sections = [("", ["title", "forvaltning", "circle"])]
        for place in range(MOST_QUESTIONS):
            self.sections.append((_("Fråga %(number)s") % {"number": place + 1}, self.add_question(place, stored)))

    def add_question(self, place: int, stored: list[SurveyQuestion]) -> list[str]:
        """The fields of one question; tells their names."""
        for part in PARTS:
            model_field: Any = SurveyQuestion._meta.get_field(part)
            made: Any = model_field.formfield(required=False)
            if part == "kind":
                made = forms.ChoiceField(
                    label=_("Hur svarar man?"), choices=SurveyQuestion.Kind.choices, required=False
                )
                made.initial = SurveyQuestion.Kind.SCALE
            if place < len(stored):
                made.initial = getattr(stored[place], part)
            self.fields[f"{part}_{place}"] = made
        self.fields[f"text_{place}"].label = _("Fråga")
        self.fields[f"low_words_{place}"].label = _("1 betyder")
        self.fields[f"high_words_{place}"].label = _("5 betyder")
        self.fields[f"low_words_{place}"].help_text = _(
            "Bara för skala. Till exempel: mycket otryggt. Lämnas orden tomma står det lägst vid 1 och högst vid 5."
        )
        return [f"{part}_{place}" for part in PARTS]

    @property
    def questions(self) -> list[dict[str, Any]]:
        """What was written, in order."""
        rows = [{part: self.cleaned_data.get(f"{part}_{n}") or "" for part in PARTS} for n in range(MOST_QUESTIONS)]
        return [{**row, "kind": row["kind"] or SurveyQuestion.Kind.SCALE} for row in rows if row["text"].strip()]

    def clean(self) -> dict[str, Any]:
        """At least one question."""
        cleaned = super().clean()
        names = [f"text_{place}" for place in range(MOST_QUESTIONS)]
        if not any(str(cleaned.get(name) or "").strip() or name in self.errors for name in names):
            self.add_error("text_0", _("Skriv minst en fråga."))
        return cleaned


class AnswerForm(GuardedForm):
    """The questions of a round. None must be answered, but one of them."""

    def __init__(self, *args: Any, questions: list[SurveyQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions = {f"fraga_{question.position}": question for question in questions}
        for name, question in self.questions.items():
            self.fields[name] = self.field_of(question)
            self.fields[name].hide_optional = True  # type: ignore[attr-defined]  # the page says so once
        self.asks_about = tuple(name for name, question in self.questions.items() if question.is_text)

    @staticmethod
    def field_of(question: SurveyQuestion) -> forms.Field:
        """A row of alternatives, or a box for own words."""
        if question.is_text:
            return forms.CharField(
                label=question.text,
                required=False,
                max_length=500,
                widget=forms.Textarea(attrs={"rows": 3}),
                help_text=_("Skriv inga namn, varken ditt eget eller någon annans."),
            )
        choices = [(str(value), capfirst(words)) for value, words in question.choices]
        made = forms.ChoiceField(label=question.text, required=False, choices=choices, widget=forms.RadioSelect)
        made.one_column = question.is_scale  # type: ignore[attr-defined]  # read by look/fields.py
        return made

    def clean(self) -> dict[str, Any]:
        """Something must be answered."""
        cleaned = super().clean()
        if not self.errors and not (self.chosen or self.words):
            raise ValidationError(_("Svara på minst en fråga."))
        return cleaned

    @property
    def chosen(self) -> dict[UUID, int]:
        """The alternatives, by question."""
        given = self.cleaned_data
        return {q.pk: int(given[name]) for name, q in self.questions.items() if not q.is_text and given.get(name)}

    @property
    def words(self) -> dict[UUID, str]:
        """The own words, by question."""
        given = self.cleaned_data
        texts = {q.pk: str(given.get(name) or "").strip() for name, q in self.questions.items() if q.is_text}
        return {pk: text for pk, text in texts.items() if text}


class PaperForm(RecordForm):
    """How many of the pile gave each alternative. What was written by hand is not typed off: it could be recognised."""

    class Meta:
        model = Survey
        fields: list[str] = []

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        counts = self.instance.answers.filter(source=SurveyAnswer.Source.PAPER, value__isnull=False)
        stored = {(row.question_id, row.value): row.number for row in counts}
        self.sections = []
        self.places: dict[str, tuple[UUID, int]] = {}
        for question in self.instance.template.questions.order_by("position"):
            names = []
            for value, words in question.choices:
                name = f"antal_{question.position}_{value}"
                self.places[name] = (question.pk, value)
                self.fields[name] = forms.IntegerField(
                    label=capfirst(words),
                    required=False,
                    min_value=0,
                    max_value=MOST_IN_A_PILE,
                    initial=stored.get((question.pk, value), 0),
                )
                self.fields[name].hide_optional = True  # type: ignore[attr-defined]  # empty is nought
                names.append(name)
            if names:
                self.sections.append((question.text, names))

    @property
    def counts(self) -> dict[tuple[UUID, int], int]:
        """The number of each alternative; an empty field is nought."""
        return {place: self.cleaned_data.get(name) or 0 for name, place in self.places.items()}


class BaselineForm(RecordForm):
    """A figure from elsewhere beside a question."""

    class Meta:
        model = SurveyBaseline
        fields = ["question", "source", "year", "figure"]
        help_texts = {
            "source": _("Till exempel: SOM-institutet, Göteborg."),
            "figure": _("Ett medelvärde från 1 till 5 för en skala, annars procent ja."),
        }

    def __init__(self, *args: Any, survey: Survey, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = SurveyQuestion.objects.filter(template=survey.template_id)
        self.fields["question"].queryset = asked.exclude(  # type: ignore[attr-defined]
            kind=SurveyQuestion.Kind.TEXT
        ).order_by("position")

    def clean(self) -> dict[str, Any]:
        """A mean lies on its scale."""
        cleaned = super().clean()
        question, figure = cleaned.get("question"), cleaned.get("figure")
        if question and figure is not None and question.is_scale and not 1 <= figure <= 5:
            self.add_error("figure", __("Frågan har en skala: skriv ett medelvärde från 1 till 5."))
        return cleaned
