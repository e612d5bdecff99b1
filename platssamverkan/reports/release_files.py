# SPDX-License-Identifier: EUPL-1.2
"""Released figures as files: what outsiders read, a number a line. What was hidden is hidden here too."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple
from uuid import UUID

from django.http import HttpRequest, HttpResponseBase
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from boenden.views.at_boende import boende_for
from boenden.views.open_files import open_file
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column
from platssamverkan.reports.models import Release
from platssamverkan.reports.views import MOST_RELEASES, forum_releases


class Number(NamedTuple):
    """One number of a released table; None is not shown."""

    release: Release
    part: str
    number: int | None


COLUMNS = [
    Column(_("Boende"), "release.boende.name"),
    Column(_("Område"), "release.area"),
    Column(_("År"), "release.year"),
    Column(_("Kvartal"), "release.quarter"),
    Column(_("Vad som räknas"), "release.label"),
    Column(_("Del"), "part"),
    Column(_("Enhet"), "release.unit"),
    Column(_("Antal"), "number"),
    Column(_("Visas"), lambda row: row.number is not None),
    Column(_("Källa"), "release.source"),
]


def numbers_of(releases: Iterable[Release]) -> Iterator[Number]:
    """The total and the parts of each table."""
    for release in releases:
        yield Number(release, __("totalt"), release.total)
        yield from (Number(release, name, count) for _key, name, count in release.parts)


def release_file(
    request: HttpRequest, releases: Iterable[Release], about: Any, boenden: Iterable[Any]
) -> HttpResponseBase:
    """The file. `about` is the forum or the boende."""
    return open_file(
        request,
        rows=numbers_of(releases),
        columns=COLUMNS,
        what=__("släppta siffror"),
        filename=__("Siffror %(about)s") % {"about": about},
        scope=about.name,
        scope_id=about.pk,
        reach=[boende.pk for boende in boenden],
    )


@require_POST
def forum_release_export(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """What a forum's members read."""
    forum, releases = forum_releases(request, pk)
    return release_file(request, releases, forum, forum.boenden.all())


@require_POST
def release_export(request: HttpRequest, slug: str) -> HttpResponseBase:
    """What has been released of a boende."""
    boende = boende_for(request.user, slug, reads=Right.READ_LAGESBILD)
    rows = Release.objects.visible_to(request.user).filter(boende=boende)
    return release_file(request, rows.for_list()[:MOST_RELEASES], boende, [boende])
