# SPDX-License-Identifier: EUPL-1.2
"""What observations add to the lägesbild and to its places."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.rights import rights_at
from kartlaggning.models import Observation
from platssamverkan.accounts.roles import Right
from platssamverkan.look.plots import RowBars, Series
from platssamverkan.look.words import number
from platssamverkan.start import picture
from platssamverkan.start.picture import AT_BOENDE, PicturePanel, PlaceSource, Scope, counted_at


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.append(observation_panels)
    picture.place_sources.append(
        PlaceSource(gettext_lazy("observation"), gettext_lazy("observationer"), observation_places)
    )


def observations_in(scope: Scope) -> Any:
    """The observations of the picture, at its place, of any time."""
    boenden = [boende for boende in scope.boenden if Right.READ_KARTLAGGNING in rights_at(scope.user, boende)]
    rows = Observation.objects.active().filter(kartlaggning__boende__in=boenden).order_by()
    if scope.place == AT_BOENDE:
        return rows.none()  # observations are of places around it: one without a name is a point on the map
    return scope.at_place(rows)


def observation_panels(scope: Scope) -> Iterator[PicturePanel]:
    """What has been seen on walks and otherwise, kind by kind."""
    counts = observations_in(scope).filter(scope.now_or_before("seen_on", is_day=True)).values_list("kind")
    counts = counts.annotate(
        now=Count("pk", filter=scope.within("seen_on", is_day=True)),
        before=Count("pk", filter=scope.before.within("seen_on", is_day=True)),
    )
    kinds = dict(Observation.Kind.choices)
    lines = sorted(((str(kinds[kind]), now, before) for kind, now, before in counts), key=lambda line: -line[1])
    now, before = sum(line[1] for line in lines), sum(line[2] for line in lines)
    sentence = _("Inga observationer under perioden.")
    if now:
        sentence = _("Mest observerat: %(what)s, %(count)s.") % {"what": lines[0][0], "count": number(lines[0][1])}
    plot = RowBars(
        title=_("Observationer efter slag"),
        labels=[line[0] for line in lines],
        series=(
            Series(_("perioden"), [line[1] for line in lines]),
            Series(_("samma tid året före"), [line[2] for line in lines]),
        ),
        key="observationer",
        label_heading=_("Slag"),
    )
    yield PicturePanel(
        key="observationer",
        heading=_("Observationer"),
        unit=_("observation"),
        source=_("boendets kartläggning"),
        figure=now,
        before=before,
        sentence=sentence,
        plots=(plot,) if lines else (),
        notes=(_("Antalet följer hur ofta någon har gått promenader. Det säger inte ensamt om det har blivit mer."),),
        order=60,
        **links(scope),
    )


def links(scope: Scope) -> dict[str, Any]:
    """Where the rows are read, for a picture of one boende."""
    if len(scope.boenden) != 1:
        return {}
    url = reverse("kartlaggning:kartlaggning_list", args=[scope.boenden[0].slug])
    return {"url": url, "link": _("Visa kartläggningen")}


def observation_places(scope: Scope) -> Any:
    """Where something has been seen."""
    return counted_at(observations_in(scope).filter(scope.within("seen_on", is_day=True)))
