# SPDX-License-Identifier: EUPL-1.2
"""Very many boenden are asked for as one parameter, and counted as few are."""

from django.db import connection

from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.figures.sources import FEW, these
from platssamverkan.start.picture import Scope
from tests.many import FIRST, LAST, make_many


def test_many_boenden_are_one_parameter(cast):
    many = make_many(cast)
    assert these([boende.pk for boende in many[:FEW]]) == [boende.pk for boende in many[:FEW]]
    found = []

    def look(execute, sql, params, many_times, context):
        found.append(len(params))
        return execute(sql, params, many_times, context)

    with connection.execute_wrapper(look):
        of_many = Figures(Scope(None, many, FIRST, LAST), ["handelser"]).tally
        of_few = Figures(Scope(None, many[:FEW], FIRST, LAST), ["handelser"]).tally
    assert found[0] < found[1]
    assert sum(of_few["handelser", "now"].values()) < sum(of_many["handelser", "now"].values())
