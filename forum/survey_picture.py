# SPDX-License-Identifier: EUPL-1.2
"""What surveys add to the lägesbild: the neighbours' trygghet, and apart from it brukarnas röst. Never mixed.

Each is the latest round that ended in the period, beside the latest with the same questions in the same period a year
earlier. A round with fewer than five answers to a question says nothing of it here either.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from boenden.rights import rights_at
from forum.models import Survey, SurveyAnswer
from forum.models.joining import forums_at
from forum.survey_plots import PERCENT_AXIS, SCALE_AXIS, MeasureRows
from forum.survey_results import counted
from platssamverkan.accounts.roles import Right
from platssamverkan.look.plots import Series
from platssamverkan.start import picture
from platssamverkan.start.picture import PicturePanel, Scope


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.append(panels)


def panels(scope: Scope) -> Iterator[PicturePanel]:
    """First the neighbours', then brukarnas, a panel a circle and set of questions."""
    boenden = [boende for boende in scope.boenden if Right.READ_SURVEYS in rights_at(scope.user, boende)]
    if not boenden:
        return
    of_circles = Q(forum__in=forums_at(boenden)) | Q(boende__in=boenden)
    rounds = Survey.objects.shown().filter(of_circles, scope.now_or_before("closes_on", is_day=True))
    surveys, results = counted(SurveyAnswer.objects.active().filter(survey__in=rounds.values("pk")))
    apart = sorted(pairs(scope, surveys), key=lambda pair: pair[0].is_of_brukare)
    for place, (now, before) in enumerate(apart):
        yield panel(now, before, results, place)


def pairs(scope: Scope, surveys: Iterable[Survey]) -> Iterator[tuple[Survey, Survey | None]]:
    """(the latest of the period, the latest of the same period a year earlier or None) of each circle and questions."""
    found: dict[tuple[Any, ...], list[Survey | None]] = {}
    for survey in surveys:  # the latest first
        pair = found.setdefault((survey.forum_id, survey.boende_id, survey.template_id), [None, None])
        if scope.first <= survey.closes_on <= scope.last:
            pair[0] = pair[0] or survey
        elif pair[1] is None:
            pair[1] = survey
    for now, before in found.values():
        if now:
            yield now, before


def panel(survey: Survey, before: Survey | None, results: dict[Any, Any], place: int) -> PicturePanel:
    """One round."""
    now, earlier = results[survey.pk], results[before.pk] if before else None
    is_brukare = survey.is_of_brukare
    heading = _("Brukarnas röst, %(about)s") if is_brukare else _("Upplevd trygghet bland grannarna, %(about)s")
    source = _("anonym mätning bland dem som bor på boendet") if is_brukare else _("mätning bland forumets aktörer")
    shown = [result for result in now.values() if result.measure is not None]
    return PicturePanel(
        key=f"matning-{place}",
        heading=heading % {"about": survey.about},
        unit=_("medelvärde från 1 till 5, eller procent som svarat ja"),
        source=source,
        period=survey.period,
        figure_words=shown[0].measure_words if shown else "",
        sentence=sentence(shown, earlier),
        plots=tuple(drawn(survey, shown, earlier, f"matning-{place}")),
        url=survey.get_absolute_url(),
        link=_("Hela mätningen"),
        order=65 if is_brukare else 60,
    )


def drawn(survey: Survey, shown: list[Any], before: dict[Any, Any] | None, key: str) -> Iterator[MeasureRows]:
    """The means of the scales, then the shares of yes: a bar a question, a dash for the same a year earlier."""
    kinds = (
        ("", True, _("medelvärde, 1 till 5"), SCALE_AXIS, _("Medelvärden i mätningen: %(survey)s")),
        ("-ja", False, _("procent ja"), PERCENT_AXIS, _("Procent ja i mätningen: %(survey)s")),
    )
    for end, is_scale, unit, axis, title in kinds:
        results = [result for result in shown if result.question.is_scale == is_scale]
        series = [Series(unit, [result.measure for result in results])]
        same = [before.get(result.question.pk) if before else None for result in results]
        if any(same):
            series.append(Series(_("i fjol"), [result.measure if result else None for result in same]))
        if results:
            yield MeasureRows(
                title=title % {"survey": survey},
                labels=[str(result.question) for result in results],
                series=series,
                key=f"{key}{end}",
                label_heading=_("Fråga"),
                axis=axis,
            )


def sentence(shown: list[Any], earlier: dict[Any, Any] | None) -> str:
    """What the first question says, now and a year earlier."""
    if not shown:
        return _("Färre än fem har svarat, så inget visas.")
    first = shown[0]
    about = {"question": first.question, "measure": first.measure_words, "count": first.total}
    said = _("%(question)s %(measure)s, %(count)s svar.") % about
    same = earlier.get(first.question.pk) if earlier else None
    if same is None or same.measure is None:
        return said + " " + _("Kan inte jämföras med i fjol.")
    return said + " " + _("I fjol: %(before)s.") % {"before": same.measure_words}
