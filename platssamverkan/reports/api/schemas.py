# SPDX-License-Identifier: EUPL-1.2
"""What the answers hold. Each field says in Swedish what it is; a field that is not here never leaves.

No text that people have written and no name of a person stands in any of them (design.md, rules 1 and 2).
"""

from datetime import date, datetime
from typing import Annotated, Any, Generic, Literal, TypeVar
from uuid import UUID

from django.utils.translation import gettext as _
from ninja import Field, Schema

from boenden.models import Boende
from forum.kinds import INTERNAL_KINDS, Kind
from forum.models import Cost, Meeting
from incidents.models import Incident, Synpunkt
from kartlaggning.levels import Level, Step
from kartlaggning.models import Insats
from kartlaggning.principles import Principle

Item = TypeVar("Item")


def coded(description: str, choices: Any) -> Any:
    """A field of codes: each of them is told in words. An empty code is one that nobody has chosen."""
    told = "; ".join(f"{value} = {label}" for value, label in choices)
    return Field(
        description=f"{description}. {told}.", json_schema_extra={"enum": [value for value, _label in choices]}
    )


def ids(description: str) -> Any:
    """A field with an id that another answer has too."""
    return Field(description=description)


RowId = Annotated[UUID, ids(_("Radens id. Det ändras aldrig"))]
BoendeId = Annotated[UUID, ids(_("Boendets id, se /boenden"))]
Changed = Annotated[datetime, ids(_("När raden ändrades senast"))]
OUTSIDE_KINDS = [(value, label) for value, label in Kind.choices if value not in INTERNAL_KINDS]
LEFT_OPEN = [("", _("inte angivet"))]


class Page(Schema, Generic[Item]):
    """Some rows, and where to go on."""

    rows: list[Item] = Field(description=_("Raderna, den som ändrades för längst sedan först"))
    next: str | None = Field(description=_("Skicka som cursor för nästa sida. Tomt (null) när det inte finns fler"))


class GoneOut(Schema):
    """A row that has gone. Nothing of it is told but its id."""

    id: RowId
    archived: Literal[True] = Field(description=_("Alltid ja: raden finns inte längre. Ta bort den hos er"))


class ChangingPage(Page[Item | GoneOut], Generic[Item]):
    """Some rows, among them those that have gone."""


class Problem(Schema):
    """What went wrong."""

    detail: str = Field(description=_("Vad som är fel, i ord"))
    fields: dict[str, str] = Field({}, description=_("Vad som är fel, fält för fält"))


class ForvaltningOut(Schema):
    """A förvaltning."""

    id: RowId
    name: str = Field(description=_("Förvaltningens namn"))
    short_name: str = Field(description=_("Kortnamn, tomt om det inte finns"))


class BoendeOut(Schema):
    """The facts of a boende that its public page and the city's own lists have."""

    id: RowId
    slug: str = Field(description=_("Boendets adress på webben. Används i parametern boende"))
    name: str = Field(description=_("Boendets namn"))
    forvaltning_id: UUID = Field(description=_("Förvaltningen som har boendet"))
    stadsomrade_id: UUID | None = Field(description=_("Stadsområdets förvaltning, om det är en annan"))
    omrade: str = Field(description=_("Området det ligger i"))
    type: str = coded(_("Boendetyp"), Boende.Type.choices)
    regiform: str = coded(_("Regiform"), Boende.Regiform.choices)
    status: str = coded(_("Status"), Boende.Status.choices)
    places: int | None = Field(description=_("Antal platser"))
    opened_on: date | None = Field(description=_("Dagen det öppnade"))
    need: str = coded(_("Varför platssamverkan behövs"), LEFT_OPEN + Boende.Need.choices)
    changed_at: Changed


class HandelseOut(Schema):
    """An incident, in codes alone."""

    id: RowId
    boende_id: BoendeId
    day: date = Field(description=_("Dagen det hände"))
    hour: int = Field(description=_("Timmen det började, 0–23, svensk tid"))
    category: str = coded(_("Vad det gällde"), Incident.Category.choices)
    severity: int = coded(_("Hur allvarligt det var"), Incident.Severity.choices)
    place: str = coded(_("Var det hände"), Incident.Place.choices)
    affected_neighbourhood: bool | None = Field(description=_("Om grannskapet påverkades. null = inte besvarat"))
    done_by: str = coded(_("Vem som gjorde något, som roll"), Incident.DoneBy.choices)
    status: str = coded(_("Läge"), Incident.Status.choices)
    is_released: bool = Field(description=_("Om det finns en forumtext som är släppt. Texten lämnas inte ut här"))
    changed_at: Changed


class SynpunktOut(Schema):
    """A synpunkt, without what it said and who said it."""

    id: RowId
    boende_id: BoendeId
    received_on: date = Field(description=_("Dagen den kom in"))
    kind: str = coded(_("Slag"), Synpunkt.Kind.choices)
    channel: str = coded(_("Hur den kom"), Synpunkt.Channel.choices)
    status: str = coded(_("Läge"), Synpunkt.Status.choices)
    answer_by: date = Field(description=_("Dagen då den skulle besvaras"))
    answered_on: date | None = Field(description=_("Dagen den besvarades"))
    answered_in_time: bool | None = Field(description=_("Om den besvarades i tid. null = dagen har inte varit än"))
    outcome: str = coded(_("Vad det blev av den"), LEFT_OPEN + Synpunkt.Code.choices)
    is_recurring: bool = Field(description=_("Om flera har sagt samma sak om samma plats"))
    changed_at: Changed


class MoteOut(Schema):
    """A meeting of a forum with the surroundings. Internal ones (husmöten …) are not here."""

    id: RowId
    forum_id: UUID = Field(description=_("Forumets id. Samma id för alla möten i ett forum"))
    forum_kind: str = coded(_("Slag av forum"), OUTSIDE_KINDS)
    boende_ids: list[UUID] = Field(description=_("De av forumets boenden som nyckeln når"))
    day: date = Field(description=_("Dagen det börjar"))
    hour: int = Field(description=_("Timmen det börjar, 0–23, svensk tid"))
    status: str = coded(_("Läge"), Meeting.Status.choices)
    changed_at: Changed


class InsatsOut(Schema):
    """An insats in a plan that is in force."""

    id: RowId
    boende_id: BoendeId
    plan_edition: int = Field(description=_("Planens version"))
    status: str = coded(_("Läge"), Insats.Status.choices)
    term: str = coded(_("Sikt"), Insats.Term.choices)
    principles: list[int] = Field(
        description=_("Principerna den hör till: ") + "; ".join(f"{n} = {label}" for n, label in Principle.choices)
    )
    gains_brukare: bool = Field(description=_("Om ett värde för brukarna är skrivet"))
    gains_surroundings: bool = Field(description=_("Om ett värde för omgivningen är skrivet"))
    cost: int | None = Field(description=_("Beräknad kostnad i kronor"))
    start_on: date | None = Field(description=_("Dagen den börjar"))
    due_on: date | None = Field(description=_("Dagen den ska vara klar"))
    follow_up_on: date | None = Field(description=_("Dagen den följs upp"))
    changed_at: Changed


class BevakningOut(Schema):
    """What bevakning of a boende cost in a year."""

    id: RowId
    boende_id: BoendeId
    year: int = Field(description=_("Kalenderåret"))
    kronor: int = Field(description=_("Kostnaden i kronor, utan moms"))
    changed_at: Changed


class KostnadOut(Schema):
    """What was paid, or worked, to prevent."""

    id: RowId
    boende_id: BoendeId
    day: date = Field(description=_("Dagen den hör till"))
    unit: str = coded(_("Vad den räknas i"), Cost.Unit.choices)
    budget: int = Field(description=_("Budget, i kronor eller timmar"))
    outcome: int = Field(description=_("Utfall, i kronor eller timmar"))
    changed_at: Changed


class StegOut(Schema):
    """A step of the implementation report."""

    step: str = Field(description=_("Steget, som kod"))
    name: str = Field(description=_("Steget i ord"))
    state: str = Field(
        description=_("Hur det står till"),
        json_schema_extra={"enum": ["klart", "pagar", "planerat", "snart", "forsenat", "installt"]},
    )
    words: str = Field(description=_("Detsamma i ord, som i rapporten Genomförande"))


class GenomforandeOut(Schema):
    """A boende's line in the implementation report, as it stands today."""

    boende_id: BoendeId
    day: date = Field(description=_("Dagen raden gäller"))
    left: int = Field(description=_("Hur mycket som återstår"))
    is_late: bool = Field(description=_("Om något är försenat"))
    steps: list[StegOut] = Field(description=_("Stegen i ordning"))


class NivaStegOut(Schema):
    """A step of a level."""

    step: str = coded(_("Steget"), Step.choices)
    done: bool = Field(description=_("Om det är gjort"))


class NivaOut(Schema):
    """How far a boende has come on a level."""

    boende_id: BoendeId
    level: str = coded(_("Nivån"), Level.choices)
    done: int = Field(description=_("Hur många steg som är gjorda"))
    of: int = Field(description=_("Hur många steg nivån har"))
    steps: list[NivaStegOut] = Field(description=_("Stegen i ordning"))


class DelOut(Schema):
    """A part of a figure that is divided."""

    key: str = Field(description=_("Delens kod"))
    name: str = Field(description=_("Delen i ord"))


class NyckeltalOut(Schema):
    """A key figure as the dictionary has it."""

    key: str = Field(description=_("Nyckeltalets kod"))
    name: str = Field(description=_("Namn"))
    unit: str = Field(description=_("Enhet"))
    definition: str = Field(description=_("Vad det betyder"))
    source: str = Field(description=_("Var siffran kommer ifrån"))
    formula: str = Field(description=_("Hur den räknas"))
    span: str = Field(description=_("Vilken tid den gäller"))
    group: str = Field(description=_("Var i översikten den står"))
    is_share: bool = Field(description=_("Om den är en andel i procent"))
    parts: list[DelOut] = Field(description=_("Delarna, om den är delad"))


class VardeOut(Schema):
    """A figure, read."""

    key: str = Field(description=_("Nyckeltalets kod, se /nyckeltal"))
    part: str = Field(description=_("Delens kod, tomt om nyckeltalet inte är delat"))
    name: str = Field(description=_("Nyckeltalet eller delen i ord"))
    unit: str = Field(description=_("Enhet"))
    period: str = Field(description=_("Tiden som värdet gäller, i ord"))
    value: float | None = Field(description=_("Värdet. null = det fanns inget att räkna"))
    count: int = Field(description=_("Antalet, eller summan, som värdet räknas av"))
    of: int | None = Field(description=_("Det som en andel är en andel av"))
    before: float | None = Field(description=_("Värdet samma tid året före. null = kan inte jämföras"))
    difference: float | None = Field(description=_("Skillnaden, för en andel i procentenheter"))
    percent: float | None = Field(description=_("Skillnaden i procent"))
    why_not: str = Field(description=_("Varför värdet inte kan jämföras, tomt om det kan"))
    note: str = Field(description=_("Vad som saknas i värdet, tomt om inget gör det"))


class VardenOut(Schema):
    """The figures of some boenden and a period."""

    first: date = Field(description=_("Periodens första dag"))
    last: date = Field(description=_("Periodens sista dag"))
    taken_on: date = Field(description=_("Dagen siffrorna räknades"))
    boende_ids: list[UUID] = Field(description=_("Boendena som siffrorna gäller"))
    note: str = Field(description=_("Det som påverkar jämförelsen, tomt om inget gör det"))
    values: list[VardeOut] = Field(description=_("Värdena, i ordlistans ordning"))
