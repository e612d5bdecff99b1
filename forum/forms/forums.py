# SPDX-License-Identifier: EUPL-1.2
"""Forms of a forum and its members."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import boenden_where
from forum.cadence import WEEKDAYS, WEEKS, Rhythm, chosen_in, rule_of
from forum.forms.people import can_be_members, point, staff_of
from forum.kinds import INTERNAL_KINDS
from forum.models import Forum, Member
from incidents.forms.moments import ClockField, DayField
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.forms import SUBMISSION_FIELD, RecordForm

MONTH_CHOICES = [("", _("Inget uppehåll")), *((number, name) for number, name in MONTHS.items())]


class ForumForm(RecordForm):
    """What a forum is for and how it usually meets."""

    rhythm = forms.ChoiceField(
        label=_("Hur ofta?"), choices=[("", _("Ingen fast rytm")), *Rhythm.choices], required=False
    )
    weekday = forms.ChoiceField(label=_("Vilken veckodag?"), choices=WEEKDAYS, initial="TU")
    week = forms.ChoiceField(
        label=_("Vilken vecka i månaden?"),
        choices=WEEKS,
        initial="1",
        help_text=_("Gäller när ni ses varje månad eller mer sällan."),
    )
    usual_start = ClockField(label=_("Vanlig starttid"), required=False)
    gap_from_month = forms.TypedChoiceField(
        label=_("Uppehåll från och med"), choices=MONTH_CHOICES, coerce=int, empty_value=None, required=False
    )
    gap_to_month = forms.TypedChoiceField(
        label=_("Uppehåll till och med"), choices=MONTH_CHOICES, coerce=int, empty_value=None, required=False
    )

    class Meta:
        model = Forum
        fields = [
            "name",
            "purpose",
            "place",
            "usual_start",
            "usual_minutes",
            "gap_from_month",
            "gap_to_month",
            "question_days",
            "comment_days",
            "house_rules",
        ]
        widgets = {"purpose": forms.Textarea(attrs={"rows": 3})}
        labels = {"question_days": _("Frågor senast så många dagar före mötet")}
        help_texts = {
            "name": _("Till exempel: Kallebäcks platssamverkansråd."),
            "house_rules": _("Hur ni vill ha det på mötena. Visas för medlemmarna."),
            "comment_days": _("Så länge kan deltagarna lämna synpunkter innan protokollet justeras."),
        }

    sections = [
        ("", ["kind", "name", "boenden", "convener", "purpose", "added"]),
        (_("När och var"), ["rhythm", "weekday", "week", "usual_start", "usual_minutes", "place"]),
        (_("Uppehåll, till exempel på sommaren"), ["gap_from_month", "gap_to_month"]),
        (_("Regler"), ["question_days", "comment_days", "house_rules"]),
    ]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rhythm, weekday, week = chosen_in(self.instance.rrule)
        if rhythm:
            self.initial.update(rhythm=rhythm, weekday=weekday, week=week or "1")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if not {"rhythm", "weekday", "week"} & set(self.errors):
            self.instance.rrule = rule_of(cleaned["rhythm"], cleaned["weekday"], cleaned["week"])
        return cleaned


class ChangedForumForm(ForumForm):
    """A forum that is there; `by` lets in more boenden, of those where she starts forums."""

    added = forms.ModelMultipleChoiceField(
        Boende.objects.none(),
        label=_("Fler boenden i forumet"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Boendets personal läser då forumet, och medlemmarna boendets delade kontaktlista."),
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = [boende.pk for boende in boenden_where(by, Right.START_FORUMS)]
        free = Boende.objects.active().filter(pk__in=own).exclude(forums=self.instance).order_by("name")
        if free.exists():
            self.fields["added"].queryset = free  # type: ignore[attr-defined]
        else:
            del self.fields["added"]


class NewForumForm(ForumForm):
    """A new forum at boenden where `by` starts forums, with its first sammankallande."""

    boenden = forms.ModelMultipleChoiceField(
        Boende.objects.none(), label=_("Boenden"), widget=forms.CheckboxSelectMultiple
    )
    convener = forms.ModelChoiceField(
        User.objects.none(),
        label=_("Sammankallande"),
        empty_label=_("Välj vem som kallar"),
        help_text=_("Någon annan, till exempel hos en aktör, kan du utse på medlemssidan sedan."),
    )

    class Meta(ForumForm.Meta):
        fields = ["kind", *ForumForm.Meta.fields]
        widgets: dict[str, Any] = {**ForumForm.Meta.widgets, "kind": forms.RadioSelect}

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        boenden = boenden_where(by, Right.START_FORUMS)
        chosen: Any = self.fields["boenden"]
        chosen.queryset = Boende.objects.filter(pk__in=[boende.pk for boende in boenden]).order_by("name")
        if len(boenden) == 1:
            chosen.initial = [boenden[0].pk]
        people = {user.pk for user in staff_of(boenden, Right.READ_INTERNAL_FORUMS)}
        convener: Any = self.fields["convener"]
        convener.queryset, convener.initial = User.objects.filter(pk__in=people).order_by("name", "pk"), by.pk
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0]]

    def clean(self) -> dict[str, Any]:
        """The sammankallande reads what she convenes."""
        cleaned = super().clean()
        convener, boenden = cleaned.get("convener"), cleaned.get("boenden")
        right = Right.READ_INTERNAL_FORUMS if cleaned.get("kind") in INTERNAL_KINDS else Right.READ_FORUMS
        if convener and boenden and convener not in staff_of(boenden, right):
            self.add_error("convener", _("Välj någon som arbetar vid boendet."))
        same = Forum.objects.active().filter(name__iexact=cleaned.get("name", ""), ended_on__isnull=True)
        if sent := cleaned.get(SUBMISSION_FIELD):
            same = same.exclude(pk=sent)  # the same form sent twice is met when saving
        if boenden and same.filter(boenden__in=boenden).exists():
            self.add_error(
                "name", _("Boendet har redan ett forum som heter så. Lägg till platsen eller vad det gäller.")
            )
        return cleaned


def not_past(day: Any) -> Any:
    """A last day that is still to come; raises ValidationError."""
    if day and day < timezone.localdate():
        raise ValidationError(_("Skriv en dag som inte har varit, eller lämna tomt."))
    return day


class MemberForm(RecordForm):
    """Her capacity, and until when."""

    ends_on = DayField(label=_("Till och med"), required=False, help_text=_("Tomt: tills vidare."))

    class Meta:
        model = Member
        fields = ["kind", "ends_on"]
        widgets = {"kind": forms.RadioSelect}

    def __init__(self, *args: Any, may_appoint: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.one_column = True
        kind.choices = [
            (key, label) for key, label in Member.Kind.choices if may_appoint or key != Member.Kind.SAMMANKALLANDE
        ]

    def clean_ends_on(self) -> Any:
        """Not past."""
        return not_past(self.cleaned_data["ends_on"])


class NewMemberForm(MemberForm):
    """Whom to let in, and as what."""

    who = forms.ChoiceField(label=_("Vem?"))

    field_order = ["who", "kind", "ends_on"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        who: Any = self.fields["who"]
        who.choices = [("", _("Välj person")), *can_be_members(self.instance.forum, by)]
        who.help_text = _("Kontaktpersoner hos aktörer runt boendet, och medarbetare vid det.")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if who := cleaned.get("who"):
            point(self.instance, who)
        return cleaned
