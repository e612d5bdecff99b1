# SPDX-License-Identifier: EUPL-1.2
"""Forms of a meeting: when and where, calling off, who came, an answer to the call."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.forms.moments import PeriodForm
from forum.models import Attendance, Invitation, Meeting, Member
from incidents.forms.moments import DayField
from platssamverkan.ground.forms import SUBMISSION_FIELD, GuardedForm, RecordForm

GUESTS = 4  # lines for those who are no members


class MeetingForm(RecordForm, PeriodForm):
    """When, where, and what the call says."""

    questions_until = DayField(
        label=_("Medlemmarna kan ta upp frågor till och med"), required=False, help_text=_("Tomt: ända till mötet.")
    )

    link = forms.URLField(
        label=_("Länk till videomöte"),
        required=False,
        assume_scheme="https",
        help_text=_("Om någon kan vara med på distans."),
    )

    class Meta:
        model = Meeting
        fields = ["place", "link", "questions_until", "message"]
        help_texts = {
            "message": _("Ett par ord i kallelsen, om du vill."),
        }
        widgets = {"message": forms.Textarea(attrs={"rows": 3})}

    field_order = ["day", "start", "end", "place", "link", "questions_until", "message"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.questions_moved_to: date | None = None
        if not self.instance.is_new:
            self.show_period(self.instance.starts_at, self.instance.ends_at)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        starts_at, ends_at = self.period(cleaned)
        if starts_at is None or ends_at is None:
            return cleaned
        same_time = Meeting.objects.active().filter(forum=self.instance.forum, starts_at=starts_at)
        own = [self.instance.pk, cleaned.get(SUBMISSION_FIELD)]  # sent twice it is no other meeting
        if same_time.exclude(status=Meeting.Status.CANCELLED).exclude(pk__in=own).exists():
            self.add_error("start", _("Forumet har redan ett möte då."))
        self.instance.starts_at, self.instance.ends_at = starts_at, ends_at
        self.move_questions(cleaned)
        if (last := cleaned.get("questions_until")) and last > cleaned["day"]:
            self.add_error("questions_until", _("Välj en dag före mötet."))
        return cleaned

    def move_questions(self, cleaned: dict[str, Any]) -> None:
        """Of a meeting that is moved, the last day for questions moves as far, unless it was written anew."""
        was, last = self.initial.get("day"), cleaned.get("questions_until")
        if not (was and last) or "day" not in self.changed_data or "questions_until" in self.changed_data:
            return
        moved = max(last + (cleaned["day"] - was), timezone.localdate())
        cleaned["questions_until"] = self.questions_moved_to = min(moved, cleaned["day"])


class CancelForm(RecordForm):
    """Why it is called off; the members read it."""

    class Meta:
        model = Meeting
        fields = ["cancel_reason"]
        labels = {"cancel_reason": _("Varför ställs mötet in?")}
        help_texts = {"cancel_reason": _("Medlemmarna läser det. Till exempel: Vi återkommer med ny tid.")}


class AnswerForm(GuardedForm):
    """Yes, no or maybe."""

    answer = forms.ChoiceField(
        label=_("Kommer du?"),
        choices=[(key, label) for key, label in Invitation.Answer.choices if key],
        widget=forms.RadioSelect,
        error_messages={"required": _("Välj om du kommer.")},
    )
    word = forms.CharField(
        label=_("Något du vill säga"), max_length=300, required=False, help_text=_("Sammankallande läser det.")
    )


class AttendanceForm(RecordForm):
    """Who came: a row for each member, some for guests; brukare as one number and nothing else."""

    class Meta:
        model = Meeting
        fields = ["brukare_count"]
        labels = {"brukare_count": _("Hur många som bor här var med?")}
        help_texts = {"brukare_count": _("Bara antalet. Inga namn.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        meeting = self.instance
        stored = list(Attendance.objects.for_list().filter(meeting=meeting))
        self.by_member = {row.member_id: row for row in stored if row.member_id}
        self.guests = [row for row in stored if row.guest]
        self.members = self.members_of(meeting)
        if not meeting.forum.counts_brukare:
            del self.fields["brukare_count"]
        for member in self.members:
            self.add_member_fields(member)
        if not meeting.forum.is_internal:
            self.add_guest_fields()
        for field in self.fields.values():
            field.hide_optional = True  # type: ignore[attr-defined]

    def members_of(self, meeting: Meeting) -> list[Member]:
        """Those who could have come: members on the day or since, and those whose attendance is noted already."""
        day, members = meeting.day, meeting.forum.members
        on_the_day = members.filter(starts_on__lte=day).exclude(ends_on__lt=day)
        there = (on_the_day | members.current()).exclude(kind=Member.Kind.KORRESPONDERANDE)
        there |= members.filter(pk__in=list(self.by_member))
        places = Member.Kind.values
        return sorted(there.with_names().distinct(), key=lambda member: (places.index(member.kind), str(member)))

    def add_member_fields(self, member: Member) -> None:
        """Presence, which part, and for whom she was deputy."""
        stored, key = self.by_member.get(member.pk), member.pk.hex
        choices = [("", _("Inte antecknat")), *Attendance.Presence.choices]
        others = [(str(other.pk), str(other)) for other in self.members if other.pk != member.pk]
        self.fields[f"presence_{key}"] = forms.ChoiceField(
            label=_("Närvaro"), choices=choices, required=False, initial=stored.presence if stored else ""
        )
        self.fields[f"deputy_{key}"] = forms.ChoiceField(
            label=_("Ersatte"),
            choices=[("", _("Ingen")), *others],
            required=False,
            initial=str(stored.deputy_for_id or "") if stored else "",
        )
        self.fields[f"part_{key}"] = forms.CharField(
            label=_("Vilken del"), max_length=80, required=False, initial=stored.part if stored else ""
        )

    def add_guest_fields(self) -> None:
        """Lines for guests, those there are and some empty ones."""
        for number in range(max(GUESTS, len(self.guests) + 1)):
            name = self.guests[number].guest if number < len(self.guests) else ""
            self.fields[f"guest_{number}"] = forms.CharField(
                label=_("Gäst"), max_length=160, required=False, initial=name
            )

    @property
    def rows(self) -> list[tuple[Member, Any, list[Any], bool]]:
        """Each member with her presence, the fields that few need, and whether those stand open."""
        rows = []
        for member in self.members:
            more = [self[f"deputy_{member.pk.hex}"], self[f"part_{member.pk.hex}"]]
            rows.append((member, self[f"presence_{member.pk.hex}"], more, any(f.value() or f.errors for f in more)))
        return rows

    @property
    def guest_fields(self) -> list[Any]:
        """The guests' lines."""
        return [self[name] for name in self.fields if name.startswith("guest_")]

    def clean(self) -> dict[str, Any]:
        """A deputy says for whom; who was there in part says which part."""
        cleaned = super().clean()
        for member in self.members:
            key = member.pk.hex
            presence = cleaned.get(f"presence_{key}")
            if presence == Attendance.Presence.DEPUTY and not cleaned.get(f"deputy_{key}"):
                self.add_error(f"deputy_{key}", ValidationError(_("Välj vem som ersattes.")))
            if presence == Attendance.Presence.PART and not cleaned.get(f"part_{key}"):
                self.add_error(f"part_{key}", ValidationError(_("Skriv vilken del, till exempel: till kl. 14.30.")))
        return cleaned

    def attendances(self) -> list[Attendance]:
        """The rows to write."""
        rows = []
        for member in self.members:
            key, row = member.pk.hex, self.by_member.get(member.pk)
            presence = self.cleaned_data[f"presence_{key}"]
            if not presence and row is None:
                continue
            row = row or Attendance(meeting=self.instance, member=member)
            row.presence = presence
            is_deputy, is_part = presence == Attendance.Presence.DEPUTY, presence == Attendance.Presence.PART
            row.deputy_for_id = self.cleaned_data[f"deputy_{key}"] if is_deputy else None
            row.part = self.cleaned_data[f"part_{key}"] if is_part else ""
            rows.append(row)
        for number, name in enumerate(name for name in self.fields if name.startswith("guest_")):
            row = self.guests[number] if number < len(self.guests) else Attendance(meeting=self.instance)
            row.guest, row.presence = self.cleaned_data[name].strip(), Attendance.Presence.PRESENT
            if row.guest or not row.is_new:
                rows.append(row)
        return rows
