# SPDX-License-Identifier: EUPL-1.2
"""What the data say to the five questions: ways and whom they pass, and who is most affected, each number explained."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.geometry import distance_m
from boenden.models import Contact, Neighbour
from incidents.models import Incident
from kartlaggning.models import Adjustment, Analys, Function, Observation, Route, Walk
from kartlaggning.passages import counted_near, passed

NEAR_M = 100  # an incident as near as this is counted to an actor
PERIOD = timedelta(days=365)
# what each thing weighs in the proposal of who is most affected; worry that somebody has told us weighs most
WEIGHTS = {"ways": 2, "leads": 2, "functions": 1, "use": 1, "judged": 2, "incidents": 2, "worry": 3, "contacts": 1}
AT_ITS_END_M = 5  # an actor as near the last point of a way as this is where the way leads


@dataclass
class Affected:
    """An actor and what speaks for its being affected."""

    neighbour: Neighbour
    ways: int = 0
    leads: int = 0
    functions: int = 0
    use: int = 0  # of the function that is used most, as Function.Use counts
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
    def judged(self) -> int:
        """How many steps above "inte alls" staff have put how affected the actor is."""
        return (self.neighbour.affected or 1) - 1

    @property
    def explained(self) -> str:
        """Each number in words, with what it weighs."""
        near = {"near": NEAR_M}
        parts = [
            (self.ways, ngettext("%(n)s väg passerar", "%(n)s vägar passerar", self.ways), "ways"),
            (self.leads, ngettext("%(n)s väg leder dit", "%(n)s vägar leder dit", self.leads), "leads"),
            (self.functions, ngettext("%(n)s funktion", "%(n)s funktioner", self.functions), "functions"),
            (self.use, _("används %(often)s: %(n)s") % {"often": Function.Use(self.use).label, "n": self.use}, "use"),
            (self.judged, self.judged_words, "judged"),
            (
                self.incidents,
                ngettext("%(n)s händelse inom %(near)s m", "%(n)s händelser inom %(near)s m", self.incidents),
                "incidents",
            ),
            (self.worry, ngettext("%(n)s gång oro", "%(n)s gånger oro", self.worry), "worry"),
            (self.contacts, ngettext("%(n)s kontakt", "%(n)s kontakter", self.contacts), "contacts"),
        ]
        said = [f"{words % {'n': number, **near}} × {WEIGHTS[name]}" for number, words, name in parts if number]
        if self.neighbour.affected and not self.judged:
            said.append(self.judged_words)
        return ", ".join(said) if said else _("Inget är antecknat om aktören ännu.")

    @property
    def judged_words(self) -> str:
        """What staff have written of how affected the actor is, and how many steps above "inte alls" it is."""
        words = _("berörs %(much)s") % {"much": self.neighbour.affected_word.lower()}
        steps = ngettext("%(n)s steg över ”inte alls”", "%(n)s steg över ”inte alls”", self.judged)
        return f"{words}: {steps % {'n': self.judged}}" if self.judged else words


@dataclass(frozen=True)
class Way:
    """A route, the actors it passes, nearest first, and those it leads to."""

    route: Route
    passes: list[tuple[Neighbour, int]] = field(default_factory=list)
    leads_to: list[Neighbour] = field(default_factory=list)


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
        """Brukarnas ways, whom they pass and whom they lead to: everybody near a way is one or the other."""
        found = []
        for route in Route.objects.filter(kartlaggning=self.kartlaggning).for_list():
            near = passed(route.line, self.places, self.analys.distance_m)
            asked = dict.fromkeys([route.function.actor_id, *near])
            goals = [key for key in asked if key in self.neighbours and self.ends_at(route, key)]
            passes = [(self.neighbours[key], metres) for key, metres in near.items() if key not in goals]
            found.append(Way(route, passes, [self.neighbours[key] for key in goals]))
        return found

    def ends_at(self, route: Route, actor: Any) -> bool:
        """Whether the actor is where a way leads: its function's actor, or the one at its last point."""
        if actor == route.function.actor_id:
            return True
        ends = (route.line[-1], self.places[actor])
        apart = distance_m(*(SimpleNamespace(latitude=point[0], longitude=point[1]) for point in ends))
        return apart is not None and apart <= AT_ITS_END_M

    @cached_property
    def passed(self) -> list[tuple[Neighbour, int]]:
        """The actors that some way passes, with how many do; most first."""
        counts = Counter(neighbour.actor_id for way in self.ways for neighbour, _metres in way.passes)
        return [(self.neighbours[key], number) for key, number in counts.most_common()]

    @cached_property
    def reached(self) -> Counter:
        """How many ways lead to each actor, by its id."""
        return Counter(neighbour.actor_id for way in self.ways for neighbour in way.leads_to)

    @property
    def has_passages(self) -> bool:
        """Whether some way passes or leads to somebody."""
        return bool(self.passed or self.reached)

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
        for key, number in self.reached.items():
            rows[key].leads = number
        for function in self.functions:
            if row := rows.get(function.actor_id):
                row.functions, row.use = row.functions + 1, max(row.use, function.use)
        for key, number in self.incidents_near().items():
            rows[key].incidents = number
        for told in self.contacts_by_actor():
            if row := rows.get(told["actor"]):
                row.contacts, row.worry = told["number"], told["worry"]
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
