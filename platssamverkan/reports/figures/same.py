# SPDX-License-Identifier: EUPL-1.2
"""What is noted a year and boende is compared where the same boenden have it in both years: a gap is not nought."""

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext as _

from platssamverkan.look.words import all_of
from platssamverkan.reports.figures.whose import named
from platssamverkan.start.picture import Scope


def why_not_the_same(scope: Scope, now: Iterable[str], before: Iterable[str]) -> str:
    """Why the two years cannot be compared, with who has a gap in which of them; "" where the boenden are the same.

    `now` and `before` are the ids, as texts, of those that have a row. One without a row in either year adds nothing.
    """
    these, those = ({UUID(pk) for pk in ids} for ids in (now, before))
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
