# SPDX-License-Identifier: EUPL-1.2
"""Figures of a period: händelser, synpunkter, answers in time, meetings."""

from collections.abc import Callable
from typing import Any

from django.db.models import Case, Exists, OuterRef, Q, Value, When
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from forum.kinds import INTERNAL_KINDS
from forum.models import Forum, Meeting
from incidents.models import Incident, Synpunkt
from incidents.synpunkt_picture import with_state
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import midnight_after
from platssamverkan.reports.figures.addresses import list_url
from platssamverkan.reports.figures.indicators import Group, Indicator, Span, among
from platssamverkan.reports.figures.sources import Heads, Line, Source, at, ids_of
from platssamverkan.start.picture import Scope

NEIGHBOURHOOD, CHILDREN = "grannskap", "barn"
HELD = Meeting.Status.HELD.value


def incidents(scope: Scope) -> Any:
    """Those that happened in the period."""
    return Incident.objects.active().filter(at(scope), scope.within("happened_at")).select_related("boende")


def incident_line(row: Incident) -> Line:
    """The neutral headline: no internal text stands in a list."""
    day = timezone.localdate(row.happened_at)
    return Line(str(row), row.get_absolute_url(), row.boende, day, row.get_status_display())


def synpunkter(scope: Scope) -> Any:
    """Those that came in during the period, each with whether it was answered by its day."""
    rows = Synpunkt.objects.active().filter(at(scope), scope.within("received_at")).select_related("boende")
    return with_state(rows)


def synpunkt_line(row: Any) -> Line:
    """Its kind, and how far it has come."""
    late = {"good": _("besvarad i tid"), "late": _("försenad")}
    about = late.get(getattr(row, "kind_and_state", "").partition(":")[2], row.get_status_display())
    return Line(
        capfirst(row.get_kind_display()), row.get_absolute_url(), row.boende, timezone.localdate(row.received_at), about
    )


def of_forums(scope: Scope, forum: str = "forum") -> Exists:
    """The condition that a row's forum is of one of the boenden."""
    return Exists(Forum.boenden.through.objects.filter(forum=OuterRef(forum), boende__in=ids_of(scope)))


INTERNAL = Q(forum__kind__in=INTERNAL_KINDS)


def begun(scope: Scope) -> Any:
    """Every meeting of the boenden's forums that should have begun by now."""
    rows = Meeting.objects.active().filter(scope.within("starts_at"), of_forums(scope), starts_at__lte=timezone.now())
    return rows.filter(forum__archived_at=None).select_related("forum")


def meetings(scope: Scope) -> Any:
    """Those of forums with people from outside."""
    return begun(scope).exclude(INTERNAL)


def internal_meetings(scope: Scope) -> Any:
    """Husmöten, verksamhetsråd and the ombud's meetings."""
    return begun(scope).filter(INTERNAL)


def met_before(kind: Q) -> Callable[[Scope], Exists]:
    """The condition on a boende that a forum of it of a kind had met, or should have, before the end of the scope."""

    def condition(scope: Scope) -> Exists:
        rows = Meeting.objects.active().filter(kind, forum__boenden=OuterRef("pk"))
        return Exists(rows.filter(starts_at__lt=midnight_after(scope.last)))

    return condition


def meeting_line(row: Meeting) -> Line:
    """The forum, the day, and whether it was held."""
    return Line(
        row.forum, row.get_absolute_url(), day=timezone.localdate(row.starts_at), about=row.get_status_display()
    )


MEETING_HEADS = Heads(_("Forum"), where="", day=_("Mötesdag"))
SOURCES = [
    Source(
        key="handelser",
        rows=incidents,
        line=incident_line,
        heads=Heads(_("Händelse"), day=_("Inträffade")),
        part=Case(
            When(affected_neighbourhood=True, children=True, then=Value(f"{NEIGHBOURHOOD}:{CHILDREN}")),
            When(affected_neighbourhood=True, then=Value(NEIGHBOURHOOD)),
            When(children=True, then=Value(CHILDREN)),
            default=Value(""),
        ),
        is_kept=True,
        when="happened_at",
    ),
    Source(
        key="synpunkter",
        rows=synpunkter,
        line=synpunkt_line,
        heads=Heads(_("Synpunkt"), day=_("Kom in")),
        part="kind_and_state",
        is_kept=True,
        when="received_at",
    ),
    Source(
        key="moten",
        rows=meetings,
        line=meeting_line,
        heads=MEETING_HEADS,
        part="status",
        is_kept=True,
        began=met_before(~INTERNAL),
        when="starts_at",
    ),
    Source(
        key="interna_moten",
        rows=internal_meetings,
        line=meeting_line,
        heads=MEETING_HEADS,
        part="status",
        is_kept=True,
        began=met_before(INTERNAL),
        when="starts_at",
    ),
]

LOG = _("boendenas händelselogg")
INBOX = _("boendenas synpunkter")
MEETINGS = _("forumens möten")
INDICATORS = [
    Indicator(
        key="handelser",
        name=_("Händelser"),
        unit=_("händelse"),
        definition=_("Händelser som boendets personal har antecknat, vid boendet eller på en annan plats."),
        source=LOG,
        formula=_("Antalet händelser som inträffade under perioden. Arkiverade räknas inte."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="handelser",
        listed=lambda scope: list_url("incidents:incident_list", scope, Right.READ_INCIDENTS, in_period=True),
    ),
    Indicator(
        key="handelser_grannskap",
        name=_("Händelser som påverkade grannskapet"),
        unit=_("händelse"),
        definition=_("De händelser där personalen har svarat ja på frågan om grannskapet påverkades."),
        source=LOG,
        formula=_("Antalet händelser under perioden med svaret ja."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="handelser",
        matches=lambda part: NEIGHBOURHOOD in part,
        listed=lambda scope: list_url(
            "incidents:incident_list", scope, Right.READ_INCIDENTS, in_period=True, grannskap="on"
        ),
    ),
    Indicator(
        key="handelser_barn",
        name=_("Händelser som rörde barn"),
        unit=_("händelse"),
        definition=_("De händelser där personalen har kryssat för att barn berördes."),
        source=LOG,
        formula=_("Antalet händelser under perioden som rörde barn."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="handelser",
        matches=lambda part: CHILDREN in part,
    ),
    Indicator(
        key="synpunkter",
        name=_("Synpunkter"),
        unit=_("synpunkt"),
        definition=_("Oro, klagomål, frågor och beröm som har kommit till boendet, på alla sätt och från husmöten."),
        source=INBOX,
        formula=_("Antalet synpunkter som kom in under perioden. Antalet följer också hur känd den publika sidan är."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="synpunkter",
        listed=lambda scope: list_url("incidents:synpunkt_list", scope, Right.READ_SYNPUNKTER, in_period=True),
    ),
    Indicator(
        key="svar_i_tid",
        name=_("Synpunkter besvarade i tid"),
        unit=_("procent av synpunkterna"),
        definition=_("Hur stor del av synpunkterna som fick svar senast den dag då de skulle besvaras."),
        source=INBOX,
        formula=_(
            "De som besvarades senast sin dag, delat med alla som är besvarade eller vars dag har passerat. "
            "De som ännu har tid kvar räknas inte."
        ),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="synpunkter",
        matches=lambda part: part.endswith(":good"),
        of=lambda part: part.endswith((":good", ":late")),
    ),
    Indicator(
        key="moten_hallna",
        name=_("Möten hållna av planerade"),
        unit=_("procent av mötena"),
        definition=_(
            "Hur stor del av forumens planerade möten som blev av. Husmöten och andra interna möten ingår inte."
        ),
        source=MEETINGS,
        formula=_(
            "Hållna möten, delat med alla möten som skulle ha börjat under perioden. Inställda räknas som planerade."
        ),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="moten",
        matches=among(HELD),
        of=lambda _part: True,
    ),
    Indicator(
        key="moten",
        name=_("Hållna möten med grannskapet"),
        unit=_("möte"),
        definition=_("Möten som boendets forum har hållit. Husmöten och andra interna möten ingår inte."),
        source=MEETINGS,
        formula=_("Antalet hållna möten som började under perioden. Ett möte för flera boenden räknas en gång."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="moten",
        matches=among(HELD),
    ),
    Indicator(
        key="husmoten",
        name=_("Hållna husmöten och interna möten"),
        unit=_("möte"),
        definition=_("Husmöten, verksamhetsråd och boendeombudens möten som har hållits."),
        source=MEETINGS,
        formula=_("Antalet hållna interna möten som började under perioden."),
        group=Group.HAPPENED,
        span=Span.PERIOD,
        source_key="interna_moten",
        matches=among(HELD),
    ),
]
