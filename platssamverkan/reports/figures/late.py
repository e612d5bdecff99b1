# SPDX-License-Identifier: EUPL-1.2
"""Figures of today: what should have been done and is not."""

from dataclasses import replace
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.models import ActionItem
from incidents.models import Felanmalan, Synpunkt
from kartlaggning.models import ArshjulActivity
from platssamverkan.accounts.roles import Right
from platssamverkan.reports.figures.addresses import list_url
from platssamverkan.reports.figures.happened import INBOX, of_forums, synpunkt_line
from platssamverkan.reports.figures.indicators import Group, Indicator, Span
from platssamverkan.reports.figures.plans import IN_PLANS, insats_line, insatser_today
from platssamverkan.reports.figures.sources import Heads, Line, Source, at
from platssamverkan.start.picture import Scope


def synpunkter_late(scope: Scope) -> Any:
    """Those that still wait for an answer after their day."""
    rows = Synpunkt.objects.waiting().filter(at(scope), answer_by__lt=timezone.localdate())
    return rows.select_related("boende")


def felanmalningar_late(scope: Scope) -> Any:
    """Those that were sent a fortnight ago or more, without having been mended."""
    return Felanmalan.objects.late().filter(at(scope)).select_related("boende")


def late_synpunkt_line(row: Any) -> Line:
    """As others, with the day it should have been answered."""
    return replace(synpunkt_line(row), day=row.answer_by)


def felanmalan_line(row: Felanmalan, day: str = "sent_on") -> Line:
    """What is to be mended, and when it was sent, or mended."""
    return Line(row.what, row.get_absolute_url(), row.boende, getattr(row, day))


def arshjul_late(scope: Scope) -> Any:
    """What should have been done in the year."""
    rows = ArshjulActivity.objects.open().filter(at(scope), due_on__lt=timezone.localdate())
    return rows.select_related("boende")


def arshjul_line(row: ArshjulActivity) -> Line:
    """The activity and its day."""
    return Line(row.title, row.get_absolute_url(), row.boende, row.due_on)


def actions_late(scope: Scope) -> Any:
    """Åtgärder of the boenden's forums that are not finished after their day."""
    rows = ActionItem.objects.open().filter(of_forums(scope), due_on__lt=timezone.localdate())
    return rows.filter(forum__archived_at=None).select_related("forum")


def action_line(row: ActionItem) -> Line:
    """What was to be done, at which forum; the forum's own list of åtgärder shows it."""
    return Line(
        row.title,
        reverse("forum:actionitem_list", args=[row.forum_id]),
        row.forum,
        row.due_on,
        row.get_status_display(),
    )


def insatser_late(scope: Scope) -> Any:
    """Those of the plans in force that should have been done."""
    return insatser_today(scope).late()


def follow_ups_late(scope: Scope) -> Any:
    """Those of the plans in force whose day of follow-up has passed without one."""
    return insatser_today(scope).follow_up_late()


def follow_up_line(row: Any) -> Line:
    """The insats, with the day it should have been followed up."""
    return replace(insats_line(row), day=row.next_follow_up)


SOURCES = [
    Source(
        key="synpunkter_sena",
        rows=synpunkter_late,
        line=late_synpunkt_line,
        heads=Heads(_("Synpunkt"), day=_("Skulle besvaras")),
        order=("answer_by",),
    ),
    Source(
        key="felanmalningar_sena",
        rows=felanmalningar_late,
        line=felanmalan_line,
        heads=Heads(_("Felanmälan"), day=_("Skickad"), about=""),
        order=("sent_on", "what"),
    ),
    Source(
        key="arshjul_sena",
        rows=arshjul_late,
        line=arshjul_line,
        heads=Heads(_("Aktivitet"), day=_("Skulle vara gjord"), about=""),
        order=("due_on", "title"),
    ),
    Source(
        key="atgarder_sena",
        rows=actions_late,
        line=action_line,
        heads=Heads(_("Åtgärd"), where=_("Forum"), day=_("Skulle vara klar")),
        order=("due_on", "title"),
    ),
    Source(
        key="insatser_sena",
        rows=insatser_late,
        line=insats_line,
        heads=Heads(_("Insats"), day=_("Skulle vara klar")),
        order=("due_on", "title"),
    ),
    Source(
        key="uppfoljningar_sena",
        rows=follow_ups_late,
        line=follow_up_line,
        heads=Heads(_("Insats"), day=_("Skulle följas upp")),
        order=("next_follow_up", "title"),
    ),
]

INDICATORS = [
    Indicator(
        key="synpunkter_sena",
        name=_("Synpunkter som väntar på svar efter sin dag"),
        unit=_("synpunkt"),
        definition=_("Synpunkter som inte är besvarade, fast dagen då de skulle besvaras har passerat."),
        source=INBOX,
        formula=_("Antalet obesvarade synpunkter vars sista dag för svar är före i dag."),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="synpunkter_sena",
        listed=lambda scope: list_url("incidents:synpunkt_list", scope, Right.READ_SYNPUNKTER, lage="sena"),
    ),
    Indicator(
        key="felanmalningar_sena",
        name=_("Felanmälningar utan åtgärd efter två veckor"),
        unit=_("felanmälan"),
        definition=_("Felanmälningar som är skickade till den som ska laga, utan att det är åtgärdat."),
        source=_("boendenas felanmälningar"),
        formula=_("Antalet felanmälningar som anmäldes för minst två veckor sedan och inte är åtgärdade."),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="felanmalningar_sena",
        listed=lambda scope: list_url("incidents:felanmalan_list", scope, Right.READ_FELANMALNINGAR, sena="on"),
    ),
    Indicator(
        key="arshjul_sena",
        name=_("Försenat i årshjulet"),
        unit=_("aktivitet i årshjulet"),
        definition=_("Det som boendet skulle ha gjort enligt sitt årshjul och inte har gjort."),
        source=_("boendenas årshjul"),
        formula=_("Antalet aktiviteter som är kvar att göra och vars dag är före i dag."),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="arshjul_sena",
        listed=lambda scope: list_url("kartlaggning:arshjul_list", scope, Right.READ_KARTLAGGNING, lage="forsenat"),
    ),
    Indicator(
        key="atgarder_sena",
        name=_("Försenade åtgärder från forumen"),
        unit=_("åtgärd"),
        definition=_("Det som någon har tagit på sig på ett möte och som inte är klart i tid."),
        source=_("forumens åtgärder"),
        formula=_("Antalet åtgärder som inte är avslutade och vars dag är före i dag."),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="atgarder_sena",
        listed=lambda scope: list_url("forum:atgarder", scope, Right.READ_FORUMS, lage="forsenat"),
    ),
    Indicator(
        key="insatser_sena",
        name=_("Försenade insatser"),
        unit=_("insats"),
        definition=_("Insatser i de planer som gäller, som inte är klara fast deras dag har passerat."),
        source=IN_PLANS,
        formula=_("Antalet insatser som är planerade eller pågår och som skulle vara klara senast en dag före i dag."),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="insatser_sena",
    ),
    Indicator(
        key="uppfoljningar_sena",
        name=_("Insatser som skulle ha följts upp"),
        unit=_("insats"),
        definition=_(
            "Insatser i de planer som gäller, som ingen har utvärderat fast dagen för uppföljning har passerat."
        ),
        source=IN_PLANS,
        formula=_(
            "Antalet insatser vars dag för uppföljning är före i dag, utan utvärdering från den dagen eller senare, "
            "i den här versionen av planen eller den förra. Insatser som inte blev av räknas inte, inte heller de "
            "som är genomförda eller de som enligt sin senaste utvärdering ska sluta."
        ),
        group=Group.LATE,
        span=Span.TODAY,
        source_key="uppfoljningar_sena",
    ),
]
