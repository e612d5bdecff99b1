# SPDX-License-Identifier: EUPL-1.2
"""What is left at a boende, as sentences that say what to do (style.md, 5): what is late first."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from boenden.models import Boende
from forum.kinds import Kind
from kartlaggning.levels import STEPS, Level
from kartlaggning.models import Kartlaggning
from platssamverkan.look.shapes import WORDS
from platssamverkan.look.words import day_year
from platssamverkan.reports.matrix.cells import REVIEW_SOON, has_passed, meets
from platssamverkan.reports.matrix.reading import Known, RoundSeen

FORUM_OF = {Level.TRYGGHETSFORUM: Kind.TRYGGHETSFORUM, Level.RAD: Kind.RAD}


@dataclass(frozen=True)
class Left:
    """A sentence, and the page where it is done. `parts` are what it is made up of, for a list beneath it."""

    text: str
    url: str
    is_late: bool = False
    is_soon: bool = False
    parts: tuple[str, ...] = ()

    @property
    def whole(self) -> str:
        """With its parts, where there is no list."""
        return f"{self.text.rstrip('.')}: {in_a_row(self.parts)}." if self.parts else self.text

    @property
    def standing(self) -> str:
        """What the page says with a shape before it, as the shapes' own words: "Försenat", "Snart dags", or nothing."""
        shape = "forsenat" if self.is_late else "snart" if self.is_soon else ""
        return str(WORDS[shape]) if shape else ""

    @property
    def told(self) -> str:
        """Whole, after how it stands: for a file, where there is no shape."""
        return f"{self.standing}: {self.whole}" if self.standing else self.whole


def left_at(boende: Boende, known: Known) -> list[Left]:
    """All that is left. At a planned boende what comes before the opening; at a closed one nothing."""
    if boende.is_closed:
        return []
    late = [*late_in_the_year(boende, known), *late_review(known)]
    if boende.is_planned:
        url = reverse("boenden:opening", args=[boende.slug])
        return [*late, *(Left(text, url) for text in boende.missing_for_opening())]
    steps = (*in_the_need(boende), *in_the_round(boende, known), *in_the_plan(boende, known))
    year = in_the_year(boende, known)
    return [*late, *soon_review(known), *steps, *on_the_levels(boende, known), *year, *in_the_forums(known)]


def late_in_the_year(boende: Boende, known: Known) -> Iterator[Left]:
    """Activities of the årshjul whose day has passed."""
    if count := known.year.late:
        text = ngettext(
            "Gör den försenade aktiviteten i årshjulet.",
            "Gör de %(count)s försenade aktiviteterna i årshjulet.",
            count,
        )
        yield Left(text % {"count": count}, reverse("kartlaggning:arshjul", args=[boende.slug]), is_late=True)


def late_review(known: Known) -> Iterator[Left]:
    """A plan that should have been looked over."""
    plan = known.plan
    if plan and plan.review_on and plan.review_on < timezone.localdate():
        text = _("Se över planen. Det skulle ha varit gjort senast %(day)s.") % {"day": day_year(plan.review_on)}
        yield Left(text, reverse("kartlaggning:plan_detail", args=[plan.pk]), is_late=True)


def soon_review(known: Known) -> Iterator[Left]:
    """A plan that is to be looked over within the month, as its cell says."""
    plan, today = known.plan, timezone.localdate()
    if plan and plan.review_on and today <= plan.review_on <= today + REVIEW_SOON:
        text = _("Se över planen senast %(day)s.") % {"day": day_year(plan.review_on)}
        yield Left(text, reverse("kartlaggning:plan_detail", args=[plan.pk]), is_soon=True)


def in_the_year(boende: Boende, known: Known) -> Iterator[Left]:
    """A year with nothing in it. What is to come has its own day, and is left when that has passed."""
    seen = known.year
    if not seen.done + seen.coming + seen.late:
        yield Left(_("Fyll årets årshjul."), reverse("kartlaggning:arshjul", args=[boende.slug]))


def in_the_need(boende: Boende) -> Iterator[Left]:
    """Nobody has said why platssamverkan is needed."""
    if not boende.need:
        yield Left(_("Ange varför platssamverkan behövs här."), boende.get_absolute_url())


def in_the_round(boende: Boende, known: Known) -> Iterator[Left]:
    """What is left in the step of the latest round."""
    latest = known.latest_round
    if latest is None:
        list_url = reverse("kartlaggning:kartlaggning_list", args=[boende.slug])
        yield Left(_("Börja kartläggningen."), list_url)
        yield Left(_("Gör analysen när kartläggningen är klar."), list_url)
        return
    url = reverse("kartlaggning:kartlaggning_detail", args=[latest.pk])
    for text in LEFT_IN.get(latest.step, lambda seen: [])(latest):
        yield Left(text, url)
    if latest.step == Kartlaggning.Step.KARTLAGGNING and not any(
        has_passed(seen, Kartlaggning.Step.ANALYS) for seen in known.rounds
    ):
        yield Left(_("Gör analysen när kartläggningen är klar."), url)


def left_in_mapping(seen: RoundSeen) -> list[str]:
    """What kartlaggning.steps says of one round, in numbers; to go on where nothing is missing."""
    missing = []
    if seen.tools_left:
        words = ngettext(
            "Gör klart %(count)s verktyg i kartläggningen %(year)s.",
            "Gör klart %(count)s verktyg i kartläggningen %(year)s.",
            seen.tools_left,
        )
        missing.append(words % {"count": seen.tools_left, "year": seen.year})
    if not seen.is_walked:
        missing.append(_("Gå minst en promenad och anteckna att den är gången."))
    if not seen.has_actors:
        missing.append(_("Knyt minst en aktör till boendet."))
    return missing or [_("Gå vidare till analysen: kartläggningen %(year)s är klar.") % {"year": seen.year}]


def left_in_analysis(seen: RoundSeen) -> list[str]:
    """The questions without an answer, in number; to go on where there is none."""
    if not seen.unanswered:
        return [_("Gå vidare till planen: analysen %(year)s är klar.") % {"year": seen.year}]
    words = ngettext(
        "Svara på %(count)s fråga i analysen %(year)s.",
        "Svara på %(count)s frågor i analysen %(year)s.",
        seen.unanswered,
    )
    return [words % {"count": seen.unanswered, "year": seen.year}]


LEFT_IN: dict[str, Callable[[RoundSeen], list[str]]] = {
    Kartlaggning.Step.KARTLAGGNING: left_in_mapping,
    Kartlaggning.Step.ANALYS: left_in_analysis,
}


def in_the_plan(boende: Boende, known: Known) -> Iterator[Left]:
    """A plan to write, to approve, or to give a day."""
    if known.plan is None and known.draft is None:
        yield Left(_("Skriv planen."), reverse("kartlaggning:plan_list", args=[boende.slug]))
    elif known.draft:
        words = _("Gör klart och godkänn version %(edition)s av planen.") if known.plan else _("Godkänn planen.")
        url = reverse("kartlaggning:plan_detail", args=[known.draft.pk])
        yield Left(words % {"edition": known.draft.edition}, url)
    elif known.plan and known.plan.review_on is None:
        url = reverse("kartlaggning:plan_detail", args=[known.plan.pk])
        yield Left(_("Bestäm vilken dag planen ska ses över."), url)


def on_the_levels(boende: Boende, known: Known) -> Iterator[Left]:
    """The steps of the base, and of the levels whose forum the boende has."""
    kinds = {seen.kind for seen in known.forums}
    for level, steps in STEPS.items():
        if level in FORUM_OF and FORUM_OF[level] not in kinds:
            continue
        if missing := [str(step.label) for step in steps if step not in known.steps]:
            words = ngettext(
                "%(count)s steg kvar på nivån %(level)s.",
                "%(count)s steg kvar på nivån %(level)s.",
                len(missing),
            )
            said = {"count": len(missing), "level": level.label}
            url = reverse("kartlaggning:level_list", args=[boende.slug])
            yield Left(words % said, url, parts=tuple(missing))


def in_a_row(names: Iterable[str]) -> str:
    """Names of steps in a sentence."""
    return "; ".join(name[:1].lower() + name[1:] for name in names)


def in_the_forums(known: Known) -> Iterator[Left]:
    """Forums that do not meet."""
    today = timezone.localdate()
    for seen in known.forums:
        if not meets(seen, today):
            words = _("Kalla till möte i %(forum)s: det har inte mötts på ett år.")
            text = (words if seen.met_on else _("Kalla till första mötet i %(forum)s.")) % {"forum": seen.name}
            yield Left(text, reverse("forum:forum_detail", args=[seen.pk]))


def in_words(lefts: list[Left]) -> str:
    """All of them as one text, for a cell of a file."""
    return " ".join(left.told for left in lefts)
