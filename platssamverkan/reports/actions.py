# SPDX-License-Identifier: EUPL-1.2
"""Releasing a quarter's figures to readers outside the boende."""

import hashlib
import json
from collections.abc import Iterable
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from platssamverkan.ground.actions import Refused, action, save_record
from platssamverkan.reports.models import Release
from platssamverkan.reports.quarters import Quarter
from platssamverkan.reports.suppression import protect
from platssamverkan.start.picture import ReleaseSource, release_sources


def draft_of(source: ReleaseSource, boende: Boende, quarter: Quarter) -> Release:
    """The table as it would be released. Not saved."""
    counts = source.count(boende, quarter.first, quarter.last)
    names = {str(key): str(label) for key, label in source.parts()}
    protected = protect({key: counts.get(key, 0) for key in names})
    return Release(
        boende=boende,
        area=boende.omrade or boende.name,
        source_key=source.key,
        label=str(source.label),
        unit=str(source.unit),
        source=str(source.source),
        year=quarter.year,
        quarter=quarter.number,
        parts=[[key, name, protected.parts[key]] for key, name in names.items()],
        total=protected.total,
    )


def drafts_of(boende: Boende, quarter: Quarter) -> list[Release]:
    """A table of each source whose figures of the quarter have not been released."""
    there = Release.objects.filter(boende=boende, year=quarter.year, quarter=quarter.number)
    released = set(there.values_list("source_key", flat=True))
    return [draft_of(source, boende, quarter) for source in release_sources if source.key not in released]


def released_whole(releases: Iterable[Release]) -> set[Quarter]:
    """The quarters in which every source's figures have been released."""
    released: dict[Quarter, set[str]] = {}
    for release in releases:
        released.setdefault(release.when, set()).add(release.source_key)
    every = {source.key for source in release_sources}
    return {quarter for quarter, keys in released.items() if keys >= every}


def digest_of(drafts: list[Release]) -> str:
    """What the tables say, in short: whoever releases them has read just these."""
    told = [[draft.source_key, draft.parts, draft.total] for draft in drafts]
    return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:32]


@action
def release_quarter(*, boende: Boende, quarter: Quarter, by: Any, seen: str | None = None) -> list[Release]:
    """Release every source's figures of a quarter, as they were `seen` (digest_of). What has been released stands.

    Raises Refused while the quarter goes on, where everything of it is released, and where the figures have changed.
    The boende is locked meanwhile: two who press at once release it once.
    """
    if not quarter.is_over(timezone.localdate()):
        raise Refused([_("Kvartalet kan släppas två veckor efter att det har tagit slut.")])
    Boende.objects.select_for_update().get(pk=boende.pk)
    drafts = drafts_of(boende, quarter)
    if not drafts:
        raise Refused([_("Kvartalets siffror är redan släppta. De ändras inte.")])
    if seen not in (None, digest_of(drafts)):
        raise Refused([_("Siffrorna har ändrats sedan du läste dem. Läs dem igen innan du släpper dem.")])
    return [save_record(record=draft, by=by) for draft in drafts]
