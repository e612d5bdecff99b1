# SPDX-License-Identifier: EUPL-1.2
"""The rows that the API gives: those that the key figures count, from the very same sources, in codes and days.

`fields` are all that is read from the database: texts and names stay there. A row that has gone is told of by its id
alone, to whoever asks what has changed.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Prefetch, Q
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext as _
from ninja import Schema

from boenden.models import Boende
from forum.models import Cost, Meeting
from incidents.models import Incident, Synpunkt
from kartlaggning.models import Insats, Plan
from platssamverkan.ground.keyset import Order, page_of
from platssamverkan.reports.api import schemas
from platssamverkan.reports.api.asked import Rows, bad, since_asked
from platssamverkan.reports.figures.dictionary import COUNTED
from platssamverkan.reports.figures.happened import INTERNAL, of_forums
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.plans import BOTH, BRUKARE, SURROUNDINGS
from platssamverkan.reports.figures.sources import at, ids_of
from platssamverkan.start.picture import Scope

# what changes while somebody pages is met again at the end: nothing is missed
BY_CHANGE = Order((("changed_at", datetime), ("id", UUID)), is_descending=False)
BY_ANY_CHANGE = Order((("told_at", datetime), ("id", UUID)), is_descending=False)


@dataclass(frozen=True)
class RowKind:
    """A kind of row: its address, what it is, where it comes from, and what of it leaves.

    `rows` gives those of a scope, `gone` those of its boenden that have been among them and no longer are. `owner` is
    what a row stands in: when that changes, so has the row.
    """

    path: str
    name: str
    about: str
    rows: Callable[[Scope], Any]
    gone: Callable[[Scope], Any]
    schema: type[Schema]
    fields: tuple[str, ...]
    more: Callable[[Any], dict[str, Any]]
    owner: str = ""
    beside: Callable[[Scope], Iterable[Any]] | None = None

    @property
    def order(self) -> Order:
        """The order they changed in."""
        return BY_ANY_CHANGE if self.owner else BY_CHANGE

    def timed(self, rows: Any) -> Any:
        """With when they changed last, themselves or what they stand in."""
        if not self.owner:
            return rows
        return rows.annotate(told_at=Greatest("changed_at", F(f"{self.owner}__changed_at")))

    def shown_rows(self, scope: Scope) -> Any:
        """Those of the scope, with no more of them than leaves."""
        rows = self.timed(self.rows(scope)).select_related(None)
        rows = rows.select_related(self.owner) if self.owner else rows
        rows = rows.only("id", "changed_at", *self.fields)
        return rows.prefetch_related(*self.beside(scope)) if self.beside else rows

    def page(self, scope: Scope, asked: Rows) -> dict[str, Any]:
        """A page of them, and of those that are gone for whoever asks what has changed. Raises ValidationError."""
        since = since_asked(asked.updated_since)
        if asked.cursor and self.order.values(asked.cursor) is None:
            raise bad("cursor", _("Skicka next precis som det står i föregående svar."))
        changed = {f"{self.order.names[0]}__gte": since} if since else {}
        rows = self.shown_rows(scope).filter(**changed)
        found = [(row, self.shown(row)) for row in self.begun(rows, asked)]
        if since:
            gone = self.timed(self.gone(scope)).select_related(None).only("id", "changed_at").filter(**changed)
            found += [(row, {"id": row.pk, "archived": True}) for row in self.begun(gone, asked)]
            found.sort(key=lambda pair: [getattr(pair[0], name) for name in self.order.names])
        page, has_more = found[: asked.limit], len(found) > asked.limit
        return {"rows": [shown for _row, shown in page], "next": self.order.place(page[-1][0]) if has_more else None}

    def begun(self, rows: Any, asked: Rows) -> Iterable[Any]:
        """Those of the page, and one more if there is one."""
        return page_of(rows, self.order, after=asked.cursor or "", size=asked.limit + 1).rows

    def shown(self, row: Any) -> dict[str, Any]:
        """What leaves of a row."""
        plain = {name: getattr(row, name) for name in self.schema.model_fields if name in self.fields}
        changed = {"changed_at": getattr(row, self.order.names[0])}
        return {"id": row.pk, **changed, **plain, **self.more(row)}


def clock(name: str) -> Callable[[Any], dict[str, Any]]:
    """The day and the hour of a moment, here."""

    def shown(row: Any) -> dict[str, Any]:
        here = timezone.localtime(getattr(row, name))
        return {"day": here.date(), "hour": here.hour}

    return shown


def of_incident(row: Any) -> dict[str, Any]:
    """When, and whether outsiders may read of it elsewhere."""
    return {**clock("happened_at")(row), "is_released": row.released_at is not None}


def of_synpunkt(row: Any) -> dict[str, Any]:
    """Days, and whether it was answered in time as the key figure says."""
    state = row.kind_and_state.partition(":")[2]
    return {
        "received_on": timezone.localdate(row.received_at),
        "answered_on": timezone.localdate(row.answered_at) if row.answered_at else None,
        "answered_in_time": {"good": True, "late": False}.get(state),
        "outcome": row.code,
    }


def of_meeting(row: Any) -> dict[str, Any]:
    """When, and of which forum."""
    forum = row.forum
    boende_ids = [boende.pk for boende in forum.boenden.all()]
    return {**clock("starts_at")(row), "forum_kind": forum.kind, "boende_ids": boende_ids}


def boenden_reached(scope: Scope) -> list[Any]:
    """Of a forum that others share, only the scope's boenden."""
    mine = Boende.objects.filter(pk__in=ids_of(scope)).only("id").order_by("pk")
    return [Prefetch("forum__boenden", queryset=mine)]


def of_insats(row: Any) -> dict[str, Any]:
    """Whose it is and who gains, as the key figure tells it."""
    gains = row.insats_state.split(":", 2)[1]
    return {
        "boende_id": row.plan.boende_id,
        "plan_edition": row.plan.edition,
        "gains_brukare": gains in (BOTH, BRUKARE),
        "gains_surroundings": gains in (BOTH, SURROUNDINGS),
        "follow_up_on": row.followed_up_next,
    }


def counted(source_key: str) -> Callable[[Scope], Any]:
    """The rows that the key figures count."""
    return COUNTED[source_key].rows


def archived(model: Any) -> Callable[[Scope], Any]:
    """Those of the boenden that have been archived, whenever they were from: a day can have been changed before."""
    return lambda scope: model.objects.archived().filter(at(scope))


def outside_meetings(scope: Scope) -> Any:
    """The meetings of the boenden's forums with the surroundings, those to come too."""
    return Meeting.objects.exclude(INTERNAL).filter(of_forums(scope))


def meetings(scope: Scope) -> Any:
    """Those of the period, whether they have begun or not."""
    return outside_meetings(scope).active().filter(scope.within("starts_at"), forum__archived_at=None)


def meetings_gone(scope: Scope) -> Any:
    """Those that are archived, or whose forum is."""
    return outside_meetings(scope).exclude(archived_at=None, forum__archived_at=None)


def insatser_gone(scope: Scope) -> Any:
    """Those of editions that have been in force and no longer are."""
    left = Q(plan__status=Plan.Status.REPLACED) | ~Q(archived_at=None, plan__archived_at=None)
    been = Insats.objects.exclude(plan__status=Plan.Status.DRAFT)
    return been.filter(left, plan__boende__in=ids_of(scope))


def costs_gone(scope: Scope) -> Any:
    """Those that are archived, or whose outcome is not known any more."""
    return Cost.objects.filter(~Q(archived_at=None) | Q(outcome=None), at(scope))


def nothing_more(_row: Any) -> dict[str, Any]:
    """All of it stands in its fields."""
    return {}


KINDS = [
    RowKind(
        path="handelser",
        name=_("Händelser"),
        about=_("Händelser som inträffade under perioden, i koder. Inga texter, platser eller namn."),
        rows=counted("handelser"),
        gone=archived(Incident),
        schema=schemas.HandelseOut,
        fields=(
            "boende_id",
            "happened_at",
            "category",
            "severity",
            "place",
            "affected_neighbourhood",
            "done_by",
            "status",
            "released_at",
        ),
        more=of_incident,
    ),
    RowKind(
        path="synpunkter",
        name=_("Synpunkter"),
        about=_("Synpunkter som kom in under perioden. Inte vad som stod i dem, och inte vem som skrev."),
        rows=counted("synpunkter"),
        gone=archived(Synpunkt),
        schema=schemas.SynpunktOut,
        fields=(
            "boende_id",
            "received_at",
            "kind",
            "channel",
            "status",
            "answer_by",
            "answered_at",
            "code",
            "is_recurring",
        ),
        more=of_synpunkt,
    ),
    RowKind(
        path="moten",
        name=_("Möten"),
        about=_("Forumens möten under perioden, de kommande också, med läge. Interna möten ingår inte."),
        rows=meetings,
        gone=meetings_gone,
        schema=schemas.MoteOut,
        fields=("forum_id", "forum__kind", "forum__changed_at", "starts_at", "status"),
        more=of_meeting,
        owner="forum",
        beside=boenden_reached,
    ),
    RowKind(
        path="insatser",
        name=_("Insatser"),
        about=_("Insatserna i de planer som gäller i dag. Perioden påverkar inte vilka de är."),
        rows=counted("insatser"),
        gone=insatser_gone,
        schema=schemas.InsatsOut,
        fields=(
            "plan__boende_id",
            "plan__edition",
            "plan__changed_at",
            "status",
            "term",
            "principles",
            "cost",
            "start_on",
            "due_on",
            "follow_up_on",
            "follow_up_again_on",
        ),
        more=of_insats,
        owner="plan",
    ),
    RowKind(
        path="bevakningskostnader",
        name=_("Kostnader för bevakning"),
        about=_("Vad bevakning kostade per boende, för de kalenderår som perioden ligger i."),
        rows=counted("bevakning"),
        gone=archived(Bevakningskostnad),
        schema=schemas.BevakningOut,
        fields=("boende_id", "year", "kronor"),
        more=nothing_more,
    ),
    RowKind(
        path="kostnader",
        name=_("Kostnader för det förebyggande"),
        about=_("Forumens och boendenas kostnader och arbetstid med känt utfall, för periodens kalenderår."),
        rows=counted("kostnader"),
        gone=costs_gone,
        schema=schemas.KostnadOut,
        fields=("boende_id", "day", "unit", "budget", "outcome"),
        more=nothing_more,
    ),
]
