# SPDX-License-Identifier: EUPL-1.2
"""What the roof adds below: its entries in the menus, where the handbook explains it, figures of the demonstration."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import has_right, rights_at
from incidents.demo.make import more_rooms
from platssamverkan.accounts.roles import Right
from platssamverkan.reports import documents
from platssamverkan.reports.annual import registration as annual
from platssamverkan.reports.api import registration as api
from platssamverkan.reports.demo import make_releases
from platssamverkan.reports.figures import registration as figures
from platssamverkan.reports.matrix import registration as matrix
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

HELP = {
    "lagesbild": ["reports:picture_list", "reports:picture_boende", "reports:picture_forum"],
    "slappta-siffror": ["reports:release_list", "reports:release_create", "reports:forum_release_list"],
}


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.forum_page_providers.append(forum_pages)
    registry.help_topics.update({view: anchor for anchor, views in HELP.items() for view in views})
    figures.register()
    matrix.register()
    annual.register()
    api.register()
    documents.register()
    more_rooms.append(make_releases)  # when everything that is counted has been made


def menu(user: Any) -> Iterator[MenuEntry]:
    """The reports, for those who read them; for others who read lägesbilder, those."""
    reads = has_right(user, Right.READ_REPORTS)
    if reads or has_right(user, Right.READ_LAGESBILD):
        label = _("Rapporter") if reads else _("Lägesbild")
        yield MenuEntry(label, reverse("reports:picture_list"), "bar-chart", order=45)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's lägesbild, and what has been released of it."""
    if Right.READ_LAGESBILD in rights_at(user, boende):
        yield MenuEntry(_("Lägesbild"), reverse("reports:picture_boende", args=[boende.slug]), "bar-chart", order=180)
        yield MenuEntry(
            _("Släppta siffror"), reverse("reports:release_list", args=[boende.slug]), "file-earmark-check", order=190
        )


def forum_pages(user: Any, place: Any) -> Iterator[MenuEntry]:
    """The released figures for everyone in the forum, the lägesbild for the staff."""
    if place.forum.is_internal:
        return
    yield MenuEntry(_("Siffror"), reverse("reports:forum_release_list", args=[place.forum.pk]), "bar-chart")
    if place.boenden_where(Right.READ_LAGESBILD):
        yield MenuEntry(_("Lägesbild"), reverse("reports:picture_forum", args=[place.forum.pk]), "bar-chart")
