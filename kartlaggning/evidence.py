# SPDX-License-Identifier: EUPL-1.2
"""What the data say to the five questions: ways and whom they pass, and who is most affected, each number explained."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Contact, Neighbour
from incidents.models import Incident
from kartlaggning.models import Adjustment, Analys, Function, Observation, Route, Walk
from kartlaggning.passages import counted_near, passed

NEAR_M = 100  # an incident as near as this is counted to an actor
PERIOD = timedelta(days=365)
# what each thing weighs in the proposal of who is most affected; worry that somebody has told us weighs most
WEIGHTS = {"ways": 2, "incidents": 2, "worry": 3, "contacts": 1}


@dataclass
class Affected:
    """An actor and what speaks for its being affected."""

    neighbour: Neighbour
    ways: int = 0
    incidents: int = 0
    contacts: int = 0
    worry: int = 0
    adjustment: Adjustment | None = None
    place: int = 0

    @property
    def points(self) -> int:
        """The sum that the proposal is ranked by."""
        return sum(getattr(self, name) * weight for name, weight in WEIGHTS.items())

    @property
    def explained(self) -> str:
        """Each number in words, with what it weighs."""
        near = {"near": NEAR_M}
        parts = [
            (self.ways, ngettext("%(n)s väg passerar", "%(n)s vägar passerar", self.ways), "ways"),
            (
                self.incidents,
                ngettext("%(n)s händelse inom %(near)s m", "%(n)s händelser inom %(near)s m", self.incidents),
                "incidents",
            ),
            (self.worry, ngettext("%(n)s gång oro", "%(n)s gånger oro", self.worry), "worry"),
            (self.contacts, ngettext("%(n)s kontakt", "%(n)s kontakter", self.contacts), "contacts"),
        ]
        said = [f"{words % {'n': number, **near}} × {WEIGHTS[name]}" for number, words, name in parts if number]
        return ", ".join(said) if said else _("Inget är antecknat om aktören ännu.")


@dataclass(frozen=True)
class Way:
    """A route and the actors it passes, nearest first."""

    route: Route
    passes: list[tuple[Neighbour, int]] = field(default_factory=list)


class Evidence:
    """Everything the analysis page shows beside the five answers. A fixed number of queries, however much there is."""

    def __init__(self, analys: Analys, user: Any) -> None:
        self.analys, self.user = analys, user
        self.kartlaggning = analys.kartlaggning
        self.boende = self.kartlaggning.boende
        self.since = timezone.localdate() - PERIOD

    @cached_property
    def functions(self) -> list[Function]:
        """Those that matter most first."""
        return list(Function.objects.filter(kartlaggning=self.kartlaggning).ranked())

    @cached_property
    def neighbours(self) -> dict[Any, Neighbour]:
        """The actors around the boende, by the actor's id."""
        rows = Neighbour.objects.filter(boende=self.boende).in_use().select_related("actor__category", "boende")
        return {neighbour.actor_id: neighbour for neighbour in rows.order_by("actor__name", "pk")}

    @cached_property
    def places(self) -> dict[Any, tuple[float, float]]:
        """Where the actors are, as far as it is known."""
        return {
            key: (neighbour.actor.latitude, neighbour.actor.longitude)
            for key, neighbour in self.neighbours.items()
            if neighbour.actor.latitude is not None and neighbour.actor.longitude is not None
        }

    @property
    def unplaced(self) -> int:
        """How many actors have no place, and so cannot be passed."""
        return len(self.neighbours) - len(self.places)

    @cached_property
    def ways(self) -> list[Way]:
        """Brukarnas ways and whom they pass."""
        found = []
        for route in Route.objects.filter(kartlaggning=self.kartlaggning).for_list():
            near = passed(route.line, self.places, self.analys.distance_m)
            near.pop(route.function.actor_id, None)  # where it leads is not passed
            found.append(Way(route, [(self.neighbours[key], metres) for key, metres in near.items()]))
        return found

    @cached_property
    def passed(self) -> list[tuple[Neighbour, int]]:
        """The actors that some way passes, with how many do; most first."""
        counts = Counter(neighbour.actor_id for way in self.ways for neighbour, _metres in way.passes)
        return [(self.neighbours[key], number) for key, number in counts.most_common()]

    @cached_property
    def moves(self) -> dict[str, Any]:
        """How the area is used, as walks and observations tell."""
        kinds = Observation.objects.active().filter(kartlaggning=self.kartlaggning)
        labels = dict(Observation.Kind.choices)
        counted = kinds.values("kind").annotate(number=Count("pk")).order_by("-number", "kind")
        walked = Walk.objects.active().filter(kartlaggning=self.kartlaggning, walked_on__isnull=False)
        return {
            "walked": walked.count(),
            "kinds": [(str(labels[row["kind"]]), row["number"]) for row in counted],
        }

    @cached_property
    def affected(self) -> list[Affected]:
        """All actors, most affected first, with those that people have moved where they put them."""
        rows = {key: Affected(neighbour) for key, neighbour in self.neighbours.items()}
        for neighbour, number in self.passed:
            rows[neighbour.actor_id].ways = number
        for key, number in self.incidents_near().items():
            rows[key].incidents = number
        for row in self.contacts_by_actor():
            if row["actor"] in rows:
                rows[row["actor"]].contacts, rows[row["actor"]].worry = row["number"], row["worry"]
        return self.placed(sorted(rows.values(), key=lambda each: -each.points))

    def incidents_near(self) -> dict[Any, int]:
        """Incidents of the last year near each actor, by place alone: no text is read."""
        incidents = Incident.objects.visible_to(self.user).active().filter(boende=self.boende)
        here = (self.boende.latitude, self.boende.longitude)
        points: list[Any] = []
        for latitude, longitude, place in incidents.filter(happened_at__date__gte=self.since).values_list(
            "latitude", "longitude", "place"
        ):
            if latitude is not None:
                points.append((latitude, longitude))
            elif place == Incident.Place.AT_BOENDE and None not in here:
                points.append(here)
        return counted_near(self.places, points, NEAR_M)

    def contacts_by_actor(self) -> Any:
        """How many contacts of the last year each actor has had with the boende, and how many were about worry."""
        contacts = Contact.objects.visible_to(self.user).active()
        since = contacts.filter(boende=self.boende, actor__isnull=False, happened_on__gte=self.since)
        worry = Count("pk", filter=Q(tone=Contact.Tone.WORRY))
        return since.values("actor").annotate(number=Count("pk"), worry=worry).order_by("actor")

    def placed(self, rows: list[Affected]) -> list[Affected]:
        """The ranking with the moved ones at their places, numbered."""
        moved = {
            adjustment.actor_id: adjustment
            for adjustment in Adjustment.objects.active().filter(analys=self.analys).order_by("place", "created_at")
        }
        ranking = [row for row in rows if row.neighbour.actor_id not in moved]
        by_actor = {row.neighbour.actor_id: row for row in rows}
        for key, adjustment in moved.items():
            if key in by_actor:
                by_actor[key].adjustment = adjustment
                ranking.insert(adjustment.place - 1, by_actor[key])
        for number, row in enumerate(ranking, start=1):
            row.place = number
        return ranking
