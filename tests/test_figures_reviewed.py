# SPDX-License-Identifier: EUPL-1.2
"""A plan that has been approved once is not looked over: the overview and Genomförande say the same of it."""

from datetime import timedelta

from django.utils import timezone

from kartlaggning.models import Plan
from platssamverkan.reports.figures.reading import Figures, rows_behind
from platssamverkan.reports.matrix.report import Report
from platssamverkan.start.picture import Scope


def approved(cast, days_ago, **more):
    when = timezone.now() - timedelta(days=days_ago)
    who = {"boende": cast.kalleback, "approved_by": cast["enhetschef"], "approved_at": when}
    return Plan.objects.create(**{"status": "approved", **who, **more})


def scope(cast):
    today = timezone.localdate()
    return Scope(cast["forvaltningschef"], (cast.kalleback,), today.replace(month=1, day=1), today)


def told(cast):
    found = Figures(scope(cast), ["planer"]).parts("planer")
    return [key for key, reading in found.items() if reading.value]


def in_the_matrix(cast):
    row = Report([cast.kalleback]).rows[0]
    return next(cell.detail for column, cell in row.steps if column.key == "oversyn")


def test_the_first_approval_is_no_review(cast):
    approved(cast, 30)
    assert told(cast) == ["forsta"] and "inte sedd över än" in in_the_matrix(cast)
    figures = Figures(scope(cast))
    assert str(figures.parts("planer")["forsta"].label) == "Godkänd, inte sedd över än"
    row = rows_behind(scope(cast), figures.parts("planer")["forsta"].indicator, "forsta").get()
    assert row == cast.kalleback


def test_a_plan_that_was_approved_anew_has_been_looked_over(cast):
    first = approved(cast, 400, status="replaced")
    approved(cast, 30, edition=2, previous=first)
    assert told(cast) == ["ett-ar"] and "senast sedd över" in in_the_matrix(cast)


def test_the_law_asks_for_neither_in_two_years(cast):
    approved(cast, 800)
    assert told(cast) == ["forsta"] and Figures(scope(cast), ["planer_tva_ar"])["planer_tva_ar"].value == 1
