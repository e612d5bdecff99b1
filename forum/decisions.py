# SPDX-License-Identifier: EUPL-1.2
"""All decisions and åtgärder of a forum, over the years, in one list."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django import forms
from django.db.models import CharField, DateField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast, Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import ActionItem, Forum, Protokoll, ProtokollItem
from incidents.forms.moments import DayField
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.ground.forms import GuardedForm
from platssamverkan.ground.search import matching

DECISION, ACTION = "beslut", "atgard"
KINDS = [(DECISION, _("Beslut")), (ACTION, _("Åtgärder"))]
STATES = [("oppna", _("Inte klara")), ("avslutade", _("Avslutade"))]


class DecisionFilterForm(GuardedForm):
    """What the list is narrowed to."""

    q = forms.CharField(label=_("Sök"), required=False, max_length=200)
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alla")), *KINDS])
    lage = forms.ChoiceField(label=_("Åtgärdens läge"), required=False, choices=[("", _("Alla")), *STATES])
    fran = DayField(label=_("Från och med"), required=False)
    till = DayField(label=_("Till och med"), required=False)


@dataclass(frozen=True)
class Line:
    """A decision or an åtgärd, with the meeting it was made at."""

    starts_at: datetime
    kind: str
    what: str
    about: str
    person: str
    organisation: str
    due_on: date | None
    status: str
    finished_at: datetime | None
    link: UUID
    id: UUID

    @property
    def is_decision(self) -> bool:
        """Whether it is a decision; else an åtgärd."""
        return self.kind == DECISION

    @property
    def kind_label(self) -> str:
        """In words."""
        return str(_("Beslut") if self.is_decision else _("Åtgärd"))

    @property
    def day(self) -> date:
        """The meeting's day, here."""
        return timezone.localdate(self.starts_at)

    @property
    def responsible(self) -> str:
        """Who has taken it on."""
        return ", ".join(filter(None, (self.organisation, self.person)))

    @property
    def status_label(self) -> str:
        """How far an åtgärd has come."""
        return str(ActionItem.Status(self.status).label) if self.status else ""

    @property
    def is_late(self) -> bool:
        """Whether an åtgärd's day has passed and it is not finished."""
        is_open = bool(self.status) and self.status not in ActionItem.FINISHED
        return is_open and self.due_on is not None and self.due_on < timezone.localdate()

    @property
    def url(self) -> str:
        """Where it stands: the protokoll of a decision, the meeting of an åtgärd."""
        return reverse("forum:protokoll_detail" if self.is_decision else "forum:meeting_detail", args=[self.link])


def text(value: str) -> Value:
    """A text for a column that only the other kind has."""
    return Value(value, output_field=TextField())


def decision_rows(user: Any, forum: Forum) -> QuerySet:
    """Decisions of protokoll in force that the user reads."""
    counted = Protokoll.objects.visible_to(user).in_force().filter(meeting__forum=forum)
    return ProtokollItem.objects.active().filter(protokoll__in=counted).exclude(decision="")


def action_rows(user: Any, forum: Forum) -> QuerySet:
    """The forum's åtgärder."""
    return ActionItem.objects.visible_to(user).filter(forum=forum)


def lines(user: Any, forum: Forum, asked: dict[str, Any]) -> QuerySet:
    """Rows of Line's fields, the latest meeting first, in one query. `asked` is the filter's cleaned data."""
    decisions, actions = decision_rows(user, forum), action_rows(user, forum)
    if words := asked.get("q"):
        decisions = matching(decisions, words, "decision", "title")
        actions = matching(actions, words, "title", "note", "user__name", "person__name", "person__actor__name")
    if since := asked.get("fran"):
        decisions = decisions.filter(protokoll__meeting__starts_at__gte=midnight(since))
        actions = actions.filter(meeting__starts_at__gte=midnight(since))
    if until := asked.get("till"):
        decisions = decisions.filter(protokoll__meeting__starts_at__lt=midnight_after(until))
        actions = actions.filter(meeting__starts_at__lt=midnight_after(until))
    if state := asked.get("lage"):
        actions = actions.filter(finished_at__isnull=state == "oppna")
        decisions = decisions.none()
    if asked.get("slag") == DECISION:
        actions = actions.none()
    if asked.get("slag") == ACTION:
        decisions = decisions.none()
    return as_lines(decisions, actions)


COLUMNS = ("starts_at", "kind", "what", "about", "name", "organisation", "due", "state_now", "ended", "link", "pk")


def as_lines(decisions: QuerySet, actions: QuerySet) -> QuerySet:
    """Both kinds with the same columns, those of Line."""
    made = decisions.order_by().annotate(
        starts_at=F("protokoll__meeting__starts_at"),
        kind=text(DECISION),
        what=Cast("decision", TextField()),
        about=Cast("title", TextField()),
        name=text(""),
        organisation=text(""),
        due=Cast(Value(None), DateField()),
        state_now=text(""),
        ended=Cast(Value(None), DateTimeField()),
        link=F("protokoll_id"),
    )
    nothing = Value("", output_field=CharField())
    taken = actions.order_by().annotate(
        starts_at=F("meeting__starts_at"),
        kind=text(ACTION),
        what=Cast("title", TextField()),
        about=Cast(Coalesce("item__title", nothing), TextField()),
        name=Cast(Coalesce("person__name", "user__name"), TextField()),
        organisation=Cast(Coalesce("person__actor__name", nothing), TextField()),
        due=F("due_on"),
        state_now=Cast("status", TextField()),
        ended=F("finished_at"),
        link=F("meeting_id"),
    )
    both = made.values_list(*COLUMNS).union(taken.values_list(*COLUMNS), all=True)
    return both.order_by("-starts_at", "kind", "pk")
