# SPDX-License-Identifier: EUPL-1.2
"""What is noted a year and boende: whose sum it is, and a gap is not nought.

It is compared where the same boenden have it in both years. Its parts are told apart as "id:year" (BOENDE_AND_YEAR).
"""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone
from django.utils.translation import gettext as _

from platssamverkan.look.words import all_of
from platssamverkan.reports.figures.whose import first_named, named
from platssamverkan.start.picture import Scope

BOENDE_AND_YEAR = Concat(
    Cast("boende_id", TextField()), Value(":"), Cast("year", TextField()), output_field=TextField()
)


def read_part(part: str) -> tuple[UUID, int]:
    """The boende's id and the year of a part."""
    pk, _colon, year = part.partition(":")
    return UUID(pk), int(year)


def who_lacks(scope: Scope, parts: Iterable[str]) -> str:
    """Whose year is not in the sum, as a sentence; "" where it is everybody's, or nobody's.

    Asked of those that are open and had opened by then: what is planned costs nothing yet, and when a boende closed is
    not kept.
    """
    noted = {read_part(part) for part in parts}
    years = range(scope.first.year, min(scope.last.year, timezone.localdate().year) + 1)
    lacking = [
        boende
        for boende in scope.boenden
        if boende.is_open
        and any(
            (boende.pk, year) not in noted
            for year in years
            if boende.opened_on is None or boende.opened_on.year <= year
        )
    ]
    if not noted or not lacking:
        return ""
    if len(years) > 1:
        return _("Kostnaden är inte antecknad för alla år för %(boenden)s.") % {"boenden": first_named(lacking)}
    return _("Kostnaden är inte antecknad för %(boenden)s.") % {"boenden": first_named(lacking)}


def why_not_the_same(scope: Scope, now: Iterable[str], before: Iterable[str]) -> str:
    """Why the two years cannot be compared, with who has a gap in which of them; "" where the boenden are the same.

    `now` and `before` are the parts of those that have a row. One without a row in either year adds nothing.
    """
    these, those = ({read_part(part)[0] for part in parts} for parts in (now, before))
    if not those:
        return _("Kan inte jämföras: inget sådant var antecknat då.")
    gaps = [(those - these, scope.last.year), (these - those, scope.before.last.year)]
    said = [
        _("%(boenden)s %(year)s")
        % {"boenden": named([boende for boende in scope.boenden if boende.pk in missing]), "year": year}
        for missing, year in gaps
        if missing
    ]
    if not said:
        return ""
    return _("Kan inte jämföras: kostnaden är inte antecknad för %(gaps)s.") % {"gaps": all_of(said)}
