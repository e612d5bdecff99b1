# SPDX-License-Identifier: EUPL-1.2
"""A step of a boende as a shape and words, with the page it speaks of (LOOK.md: shape and word carry status)."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Boende
from kartlaggning.levels import STEPS, Level, Standing
from kartlaggning.models import Kartlaggning
from platssamverkan.look.words import day_short, day_year
from platssamverkan.reports.matrix.reading import ForumSeen, Known, RoundSeen

DONE, ONGOING, TO_COME, SOON, LATE, ENDED = "klart", "pagar", "planerat", "snart", "forsenat", "installt"
REVIEW_SOON = timedelta(days=30)
SILENT = timedelta(days=365)  # a forum that has not met for so long no longer goes on
NOT_BEGUN = gettext_lazy("Inte påbörjad")

NEEDS = {
    Boende.Need.CHANGING_AREA: gettext_lazy("Området förändras"),
    Boende.Need.MOVING_IN: gettext_lazy("Flyttar in"),
    Boende.Need.CONFLICT: gettext_lazy("Konflikter"),
}


@dataclass(frozen=True)
class Cell:
    """How far a boende has come with a step: the shape, the word beside it, a line below, and where it stands."""

    kind: str
    word: str
    detail: str = ""
    url: str = ""

    @property
    def is_done(self) -> bool:
        """Whether the step is taken."""
        return self.kind == DONE

    @property
    def text(self) -> str:
        """The same where there is no shape: in a file."""
        return f"{self.word}, {self.detail}" if self.detail else self.word


@dataclass(frozen=True)
class Column:
    """A step that all boenden take: its name, and how a boende stands with it."""

    key: str
    label: Any
    cell: Callable[[Boende, Known], Cell]


def need(boende: Boende, known: Known) -> Cell:
    """Why platssamverkan is needed here, if somebody has said so."""
    if not boende.need:
        return Cell(TO_COME, _("Inte angivet"), url=boende.get_absolute_url())
    # the tick is for having said it; it says nothing good of the need
    return Cell(DONE, _("Angivet"), str(NEEDS[Boende.Need(boende.need)]), boende.get_absolute_url())


ORDER = list(Kartlaggning.Step.values)


def has_passed(seen: RoundSeen, step: str) -> bool:
    """Whether a round has come beyond a step."""
    return ORDER.index(seen.step) > ORDER.index(step)


def of_round(known: Known, step: str, url: Callable[[RoundSeen], str]) -> Cell:
    """A step of the rounds: taken in the latest, going on in it, or taken in an earlier one."""
    latest = known.latest_round
    if latest is None:
        return Cell(TO_COME, str(NOT_BEGUN))
    done = next((seen for seen in known.rounds if has_passed(seen, step)), None)
    if latest.step == step:
        detail = _("%(year)s års är klar") % {"year": done.year} if done else ""
        return Cell(ONGOING, _("Pågår %(year)s") % {"year": latest.year}, detail, url(latest))
    if done:
        return Cell(DONE, _("Klar %(year)s") % {"year": done.year}, url=url(done))
    return Cell(TO_COME, str(NOT_BEGUN), url=url(latest))


def mapping(boende: Boende, known: Known) -> Cell:
    """The kartläggning."""
    cell = of_round(
        known, Kartlaggning.Step.KARTLAGGNING, lambda seen: reverse("kartlaggning:kartlaggning_detail", args=[seen.pk])
    )
    return cell if cell.url else replace(cell, url=reverse("kartlaggning:kartlaggning_list", args=[boende.slug]))


def analysis(boende: Boende, known: Known) -> Cell:
    """The analysis of a round."""
    list_url = reverse("kartlaggning:kartlaggning_list", args=[boende.slug])

    def url(seen: RoundSeen) -> str:
        return reverse("kartlaggning:analys_detail", args=[seen.analys]) if seen.analys else list_url

    cell = of_round(known, Kartlaggning.Step.ANALYS, url)
    return cell if cell.url else replace(cell, url=list_url)


def plan(boende: Boende, known: Known) -> Cell:
    """The plan: in force, being written, or none."""
    if known.plan:
        url = reverse("kartlaggning:plan_detail", args=[known.plan.pk])
        detail = _("version %(edition)s skrivs") % {"edition": known.draft.edition} if known.draft else ""
        return Cell(DONE, _("Gäller, version %(edition)s") % {"edition": known.plan.edition}, detail, url)
    if known.draft:
        return Cell(ONGOING, _("Utkast"), url=reverse("kartlaggning:plan_detail", args=[known.draft.pk]))
    return Cell(TO_COME, _("Ingen plan"), url=reverse("kartlaggning:plan_list", args=[boende.slug]))


def review(boende: Boende, known: Known) -> Cell:
    """When the plan was last looked over, and whether it is time again."""
    found, today = known.plan, timezone.localdate()
    if found is None or found.approved_on is None:
        return Cell(TO_COME, _("Inget att se över"), url=reverse("kartlaggning:plan_list", args=[boende.slug]))
    url = reverse("kartlaggning:plan_detail", args=[found.pk])
    words = _("senast sedd över %(day)s") if found.edition > 1 else _("godkänd %(day)s, inte sedd över än")
    last = words % {"day": day_year(found.approved_on)}
    if found.review_on is None:
        return Cell(TO_COME, _("Ingen dag bestämd"), last, url)
    if found.review_on < today:
        return Cell(LATE, _("Försenad sedan %(day)s") % {"day": day_short(found.review_on)}, last, url)
    is_soon = found.review_on - today <= REVIEW_SOON
    return Cell(
        SOON if is_soon else DONE, _("Ses över senast %(day)s") % {"day": day_short(found.review_on)}, last, url
    )


def standing(known: Known, level: Level) -> Standing:
    """How many of a level's steps are taken."""
    return Standing(sum(step in known.steps for step in STEPS[level]), len(STEPS[level]))


def of_level(level: Level) -> Callable[[Boende, Known], Cell]:
    """How far a boende has come on a level."""

    def cell(boende: Boende, known: Known) -> Cell:
        found = standing(known, level)
        url = reverse("kartlaggning:level_list", args=[boende.slug])
        if not found.done:
            return Cell(TO_COME, str(NOT_BEGUN), url=url)
        return Cell(found.kind, _("%(done)s av %(of)s steg") % {"done": found.done, "of": found.of}, url=url)

    return cell


def year(boende: Boende, known: Known) -> Cell:
    """The årshjul of this year; what is late from earlier years is late still."""
    seen, url = known.year, reverse("kartlaggning:arshjul", args=[boende.slug])
    of = seen.done + seen.coming + seen.late
    if not of:
        return Cell(TO_COME, _("Tomt i år"), url=url)
    done = _("%(done)s av %(of)s gjorda") % {"done": seen.done, "of": of}
    if seen.late:
        words = _("1 försenad") if seen.late == 1 else _("%(count)s försenade") % {"count": seen.late}
        return Cell(LATE, words, done, url)
    if not seen.coming:
        return Cell(DONE, done, url=url)
    return Cell(ONGOING if seen.done else TO_COME, done, _("inget försenat"), url)


def meets(seen: ForumSeen, today: date) -> bool:
    """Whether a forum goes on in fact: it meets, or it has met during the year."""
    return seen.meets_on is not None or (seen.met_on is not None and today - seen.met_on <= SILENT)


def forum(boende: Boende, known: Known) -> Cell:
    """The forum with the surroundings: whether there is one that meets."""
    today = timezone.localdate()
    if not known.forums:
        return Cell(TO_COME, _("Inget forum"), url=reverse("forum:forum_list"))
    living = [seen for seen in known.forums if meets(seen, today)]
    seen = next((found for found in living if found.met_on), (living or known.forums)[0])
    url = reverse("forum:forum_detail", args=[seen.pk])
    if seen.met_on is None:
        coming = _("första mötet %(day)s") % {"day": day_short(seen.meets_on)} if seen.meets_on else ""
        return Cell(ONGOING, _("Startat"), coming or _("inget möte än"), url)
    met = _("möttes %(day)s") % {"day": day_short(seen.met_on)}
    if not living:
        return Cell(SOON, _("Vilar"), met, url)
    if seen.meets_on:
        met = _("%(met)s, nästa %(day)s") % {"met": met, "day": day_short(seen.meets_on)}
    words = _("Möts") if len(known.forums) == 1 else _("%(count)s forum") % {"count": len(known.forums)}
    return Cell(DONE, words, met, url)


COLUMNS = [
    Column("behov", gettext_lazy("Behov"), need),
    Column("kartlaggning", gettext_lazy("Kartläggning"), mapping),
    Column("analys", gettext_lazy("Analys"), analysis),
    Column("plan", gettext_lazy("Plan"), plan),
    Column("oversyn", gettext_lazy("Översyn"), review),
    Column("kontakter", gettext_lazy("Nivå: goda kontakter"), of_level(Level.CONTACTS)),
    Column("trygghetsforum", gettext_lazy("Nivå: trygghetsforum"), of_level(Level.TRYGGHETSFORUM)),
    Column("rad", gettext_lazy("Nivå: råd"), of_level(Level.RAD)),
    Column("arshjul", gettext_lazy("Årshjul"), year),
    Column("forum", gettext_lazy("Forum"), forum),
]


def cells_of(boende: Boende, known: Known) -> list[Cell]:
    """A boende's line. Nothing more is done at one that has closed: what was not done there has ended with it."""
    cells = [column.cell(boende, known) for column in COLUMNS]
    if not boende.is_closed:
        return cells
    ended = [cell if cell.is_done else Cell(ENDED, _("Avslutat"), url=cell.url) for cell in cells]
    # a need is not a step that was taken: what somebody said of it is still read, under the shape of what has ended
    return [replace(ended[0], kind=ENDED), *ended[1:]]
