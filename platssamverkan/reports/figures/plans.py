# SPDX-License-Identifier: EUPL-1.2
"""Figures of plans on a day, of contact lists today, and of the insatser in the plans that are in force."""

from datetime import date, timedelta
from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, Subquery, TextField, Value, When
from django.db.models.functions import Cast, Collate, Concat
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, ContactListEntry
from boenden.models.actors import VERIFIED_DAYS
from kartlaggning.models import Insats, Plan
from kartlaggning.principles import Principle
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.reports.figures.indicators import Group, Indicator, Matches, Part, Span, among
from platssamverkan.reports.figures.sources import (
    Heads,
    Line,
    Source,
    ids_of,
    in_use,
    in_use_on,
    last_day,
    plan_line,
    these,
)
from platssamverkan.start.picture import Scope, year_before

THIS_YEAR, LAST_YEAR, OLDER, NONE = "ett-ar", "tva-ar", "aldre", "ingen"
NEVER = "forsta"  # the first edition: approved, and not yet looked over
REVIEW_LATE, VERIFIED = "sen", "verifierad"
BOTH, BRUKARE, SURROUNDINGS, NOBODY = "bada", "brukare", "omgivning", "ingen"


def approved_by(day: date) -> Any:
    """The editions of a boende's plan (OuterRef) that had been approved on a day, the latest first."""
    rows = Plan.objects.active().exclude(status=Plan.Status.DRAFT).filter(boende=OuterRef("pk"))
    return rows.filter(approved_at__lt=midnight_after(day)).order_by("-edition")


def boenden_with_plan(scope: Scope) -> Any:
    """Every boende in use that day, with when its plan was approved last, whether that was after a review, and whether
    it should have been reviewed again: "ett-ar:forsta:sen".
    """
    day = last_day(scope)
    year_ago, two_ago = midnight(year_before(day)), midnight(year_before(year_before(day)))
    in_force = approved_by(day)
    rows = Boende.objects.filter(pk__in=these(in_use_on(scope, day))).annotate(
        approved_at=Subquery(in_force.values("approved_at")[:1]),
        review_on=Subquery(in_force.values("review_on")[:1]),
        plan_edition=Subquery(in_force.values("edition")[:1]),
    )
    age = Case(
        When(approved_at__gte=year_ago, then=Value(THIS_YEAR)),
        When(approved_at__gte=two_ago, then=Value(LAST_YEAR)),
        When(approved_at__isnull=False, then=Value(OLDER)),
        default=Value(NONE),
    )
    first = Case(When(plan_edition=1, then=Value(NEVER)), default=Value(""))
    review = Case(When(review_on__lt=day, then=Value(REVIEW_LATE)), default=Value(""))
    state = Concat(age, Value(":"), first, Value(":"), review, output_field=TextField())
    return rows.annotate(plan_state=state).order_by("name")


def planned_before(scope: Scope) -> Exists:
    """The condition on a boende that it had a plan before the end of the scope."""
    return Exists(approved_by(scope.last))


def entries(scope: Scope) -> Any:
    """The lines with a person on the contact lists of boenden in use."""
    rows = ContactListEntry.objects.active().filter(person__isnull=False)
    rows = rows.filter(group__contact_list__boende__in=these(in_use(scope)))
    limit = timezone.localdate() - timedelta(days=VERIFIED_DAYS)
    checked = Case(When(person__verified_on__gte=limit, then=Value(VERIFIED)), default=Value(""))
    name = Collate(Case(When(label="", then="person__name"), default="label"), SWEDISH)
    return rows.annotate(checked=checked, shown_name=name).select_related(
        "person__actor", "group__contact_list__boende"
    )


def entry_line(row: Any) -> Line:
    """Who, and when her data were checked last."""
    about = _("kontrollerad") if row.checked == VERIFIED else _("ej verifierad")
    contact_list = row.group.contact_list
    return Line(row.name, contact_list.get_absolute_url(), contact_list.boende, row.person.verified_on, about)


def insatser_today(scope: Scope) -> Any:
    """Those of the plans that are in force today."""
    rows = Insats.objects.active().filter(plan__status=Plan.Status.APPROVED, plan__archived_at=None)
    return rows.filter(plan__boende__in=these(in_use(scope))).select_related("plan__boende")


def insatser(scope: Scope) -> Any:
    """Those of the plans in force; what they are worth to whom as Insats.functions tells it."""
    has_brukare, has_surroundings = ~Q(value_brukare=""), ~Q(value_surroundings="")
    gains = Case(
        When(has_brukare & has_surroundings, then=Value(BOTH)),
        When(has_brukare, then=Value(BRUKARE)),
        When(has_surroundings, then=Value(SURROUNDINGS)),
        default=Value(NOBODY),
    )
    state = Concat(
        F("status"), Value(":"), gains, Value(":"), Cast("principles", TextField()), output_field=TextField()
    )
    return insatser_today(scope).annotate(insats_state=state)


def insatser_in_force(scope: Scope) -> Any:
    """Those of the edition that was in force on the last day: an approved edition stands still."""
    in_force = Boende.objects.filter(pk__in=ids_of(scope))
    plans = in_force.annotate(plan_then=Subquery(approved_by(last_day(scope)).values("pk")[:1])).values("plan_then")
    return Insats.objects.active().filter(plan__in=plans).select_related("plan__boende")


def insats_line(row: Insats) -> Line:
    """The insats, how it goes, and by when."""
    return Line(row.title, row.get_absolute_url(), row.plan.boende, row.due_on, row.get_status_display())


def starting(age: str) -> Matches:
    """Whether a plan's state begins with an age."""
    return lambda part: part.startswith(f"{age}:")


def reviewed(age: str) -> Matches:
    """Whether a plan was approved anew, after a review, so long ago; or stands as it was first approved."""
    if age == NEVER:
        return lambda part: part.split(":")[1] == NEVER
    return lambda part: part.startswith(f"{age}::")


def section(place: int, wanted: str) -> Matches:
    """Whether one section of an insats's state is, or for the principles has in it, what is wanted."""
    if place == 2:
        return lambda part: wanted in part.split(":", 2)[2]
    return lambda part: part.split(":", 2)[place] == wanted


OF_INSATSER: dict[str, Any] = {
    "line": insats_line,
    "heads": Heads(_("Insats"), day=_("Klar senast")),
    "order": ("plan__boende__name", "due_on", "title"),
}
SOURCES = [
    Source(
        key="planer",
        rows=boenden_with_plan,
        line=plan_line,
        heads=Heads(_("Boende"), where=_("Område"), day=_("Senast godkänd"), about=_("Översyn")),
        order=("name",),
        part="plan_state",
        is_kept=True,
        began=planned_before,
    ),
    Source(
        key="kontakter",
        rows=entries,
        line=entry_line,
        heads=Heads(_("Kontakt"), day=_("Senast kontrollerad"), about=_("Uppgifterna")),
        order=("group__contact_list__boende__name", "shown_name"),
        part="checked",
    ),
    Source(key="insatser", rows=insatser, part="insats_state", **OF_INSATSER),
    Source(key="insatser_dag", rows=insatser_in_force, is_kept=True, began=planned_before, **OF_INSATSER),
]

PLANS = _("boendenas godkända planer")
IN_PLANS = _("insatserna i de planer som gäller")
AGES = [
    (THIS_YEAR, _("Det senaste året")),
    (LAST_YEAR, _("För ett till två år sedan")),
    (OLDER, _("För mer än två år sedan")),
    (NEVER, _("Godkänd, inte sedd över än")),
    (NONE, _("Ingen godkänd plan")),
]
GAINS = [
    (BOTH, _("Både brukarna och omgivningen")),
    (BRUKARE, _("Brukarna")),
    (SURROUNDINGS, _("Omgivningen")),
    (NOBODY, _("Inget är skrivet")),
]


def divided(key: str, name: Any, definition: Any, parts: tuple[Part, ...]) -> Indicator:
    """A figure of the insatser in the plans."""
    return Indicator(
        key=key,
        name=name,
        unit=_("insats"),
        definition=definition,
        source=IN_PLANS,
        formula=_("Antalet insatser av varje slag i de planer som gäller i dag."),
        group=Group.INSATSER,
        span=Span.TODAY,
        source_key="insatser",
        parts=parts,
    )


INDICATORS = [
    Indicator(
        key="planer",
        name=_("När planen sågs över"),
        unit=_("boende"),
        definition=_(
            "När planen senast sågs över. Varje översyn slutar med att planen godkänns på nytt. Att den godkänns "
            "första gången är ingen översyn."
        ),
        source=PLANS,
        formula=_(
            "Antalet boenden efter hur länge sedan den version som gällde den dagen godkändes. Är det den första "
            "versionen är planen inte sedd över än. Boenden som öppnade senare "
            "räknas inte, och inte heller avslutade: dagen då de avslutades är inte sparad."
        ),
        group=Group.PLANS,
        span=Span.DAY,
        source_key="planer",
        parts=tuple(Part(key, label, reviewed(key)) for key, label in AGES),
    ),
    Indicator(
        key="planer_oversyn",
        name=_("Planer som skulle ha setts över"),
        unit=_("plan"),
        definition=_("Planer vars egen dag för översyn har passerat."),
        source=PLANS,
        formula=_("Antalet planer som gällde den dagen och vars dag för översyn var tidigare."),
        group=Group.PLANS,
        span=Span.DAY,
        source_key="planer",
        matches=lambda part: part.endswith(f":{REVIEW_LATE}"),
    ),
    Indicator(
        key="planer_tva_ar",
        name=_("Planer som inte är godkända eller sedda över på två år"),
        unit=_("plan"),
        definition=_(
            "Lagen (2023:196) om kommuners ansvar för brottsförebyggande arbete säger att planen ska följas upp "
            "minst vartannat år."
        ),
        source=PLANS,
        formula=_("Antalet planer som gällde den dagen och som godkändes mer än två år tidigare."),
        group=Group.PLANS,
        span=Span.DAY,
        source_key="planer",
        matches=starting(OLDER),
    ),
    Indicator(
        key="kontakter_verifierade",
        name=_("Kontakter på kontaktlistan som är kontrollerade"),
        unit=_("procent av raderna med en person"),
        definition=_(
            "Hur stor del av personerna på kontaktlistorna vars uppgifter har kontrollerats det senaste året."
        ),
        source=_("boendenas kontaktlistor"),
        formula=_("Rader vars person är kontrollerad inom 365 dagar, delat med alla rader med en person."),
        group=Group.PLANS,
        span=Span.TODAY,
        source_key="kontakter",
        matches=among(VERIFIED),
        of=lambda _part: True,
    ),
    Indicator(
        key="insatser_planen",
        name=_("Insatser i gällande plan"),
        unit=_("insats"),
        definition=_("Insatserna i den version av planen som gällde den dagen."),
        source=PLANS,
        formula=_("Antalet insatser i den version som var senast godkänd den dagen. Arkiverade räknas inte."),
        group=Group.PLANS,
        span=Span.DAY,
        source_key="insatser_dag",
    ),
    divided(
        "insatser_princip",
        _("Insatser efter princip"),
        _("Vilka av modellens fem principer insatserna hör till. En insats kan höra till flera."),
        tuple(Part(str(n), f"{n}. {label}", section(2, str(n))) for n, label in Principle.choices),
    ),
    divided(
        "insatser_lage",
        _("Insatser efter läge"),
        _("Hur långt insatserna har kommit."),
        tuple(Part(key, capfirst(label), section(0, key)) for key, label in Insats.Status.choices),
    ),
    divided(
        "insatser_varde",
        _("Insatser efter vem de ger värde"),
        _("Provet på den första principen: en insats har helst ett värde både för brukarna och för omgivningen."),
        tuple(Part(key, label, section(1, key)) for key, label in GAINS),
    ),
]
