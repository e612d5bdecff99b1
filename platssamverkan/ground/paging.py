# SPDX-License-Identifier: EUPL-1.2
"""Pages of a list without counting it: one query for the rows and one row more, which tells whether there is a next."""

from typing import Any

from django.core.paginator import EmptyPage, Page, Paginator
from django.utils.translation import gettext as _

DEEPEST = 10_000  # no person turns that many pages; a larger number only strains the database


class UncountedPage(Page):
    """A page that knows whether another follows."""

    has_more = False

    def has_next(self) -> bool:
        return self.has_more


class UncountedPaginator(Paginator):
    """For lists that are read from the top and not by number of pages."""

    def validate_number(self, number: Any) -> int:
        """A whole number from 1; raises EmptyPage. A page past the end is met when it is read."""
        try:
            whole = int(number)
        except (TypeError, ValueError):
            whole = 0
        if not 1 <= whole <= DEEPEST:
            raise EmptyPage(_("Sidan finns inte."))
        return whole

    def page(self, number: Any) -> UncountedPage:
        """The rows of a page. Raises EmptyPage past the end, but an empty list has its first page."""
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        rows = list(self.object_list[start : start + self.per_page + 1])
        if not rows and number > 1:
            raise EmptyPage(_("Sidan finns inte."))
        page = UncountedPage(rows[: self.per_page], number, self)
        page.has_more = len(rows) > self.per_page
        return page
