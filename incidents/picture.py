# SPDX-License-Identifier: EUPL-1.2
"""What incidents and felanmälningar add to the lägesbild, to its places, and to what outsiders get fixed counts of."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Count, Q
from django.db.models.functions import ExtractHour, ExtractIsoWeekDay
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.rights import rights_at
from incidents.crime.panels import crime_panels
from incidents.models import Felanmalan, Incident
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.days import midnight, midnight_after
from platssamverkan.look.heat import Heat
from platssamverkan.look.plots import Bars, RowBars, Series
from platssamverkan.look.words import number
from platssamverkan.start import picture
from platssamverkan.start.picture import AT_BOENDE, Monthly, PicturePanel, PlaceSource, ReleaseSource, Scope, counted_at

WEEKDAYS = [
    gettext_lazy("måndag"), gettext_lazy("tisdag"), gettext_lazy("onsdag"), gettext_lazy("torsdag"),
    gettext_lazy("fredag"), gettext_lazy("lördag"), gettext_lazy("söndag"),
]  # fmt: skip
HOURS = ("06–10", "10–14", "14–18", "18–22", "22–02", "02–06")
FIRST_HOUR, HOURS_EACH = 6, 4
LOG = gettext_lazy("boendets händelselogg")


def register() -> None:
    """Called once when Django starts."""
    picture.panel_providers.extend([incident_panels, felanmalan_panels, crime_panels])
    picture.place_sources.append(PlaceSource(gettext_lazy("händelse"), gettext_lazy("händelser"), incident_places))
    picture.place_sources.append(
        PlaceSource(gettext_lazy("felanmälan"), gettext_lazy("felanmälningar"), felanmalan_places)
    )
    picture.release_sources.append(
        ReleaseSource(
            key="handelser",
            label=gettext_lazy("Händelser"),
            unit=gettext_lazy("händelse"),
            source=LOG,
            parts=lambda: Incident.Category.choices,
            count=count_incidents,
        )
    )
    picture.release_sources.append(
        ReleaseSource(
            key="felanmalningar",
            label=gettext_lazy("Felanmälningar"),
            unit=gettext_lazy("felanmälan"),
            source=gettext_lazy("boendets felanmälningar"),
            parts=lambda: [(key, capfirst(label)) for key, label in Felanmalan.Ground.choices],
            count=count_felanmalningar,
        )
    )


def read_in(scope: Scope, right: Right) -> list[Any]:
    """The boenden of the picture where its reader holds the right."""
    return [boende for boende in scope.boenden if right in rights_at(scope.user, boende)]


# ---------- incidents ----------


def incidents_in(scope: Scope) -> Any:
    """The incidents of the picture, at its place, of any time."""
    rows = Incident.objects.active().at(read_in(scope, Right.READ_INCIDENTS)).order_by()
    if scope.place == AT_BOENDE:
        return rows.filter(place=Incident.Place.AT_BOENDE)
    return scope.at_place(rows)


def incident_panels(scope: Scope) -> Iterator[PicturePanel]:
    """How many a month, what they were about, and when in the week."""
    rows = incidents_in(scope)
    monthly = scope.by_month(rows, "happened_at", by="category")
    url = reverse("incidents:incident_list")
    query = f"?fran={scope.first.isoformat()}&till={scope.last.isoformat()}"
    if len(scope.boenden) == 1:
        url = reverse("incidents:incident_list_boende", args=[scope.boenden[0].slug])
    yield PicturePanel(
        key="handelser",
        heading=_("Händelser"),
        unit=_("händelse"),
        source=LOG,
        figure=monthly.total,
        before=monthly.total_before,
        sentence=trend(monthly, scope.month_labels),
        plots=(month_bars(scope, monthly, _("Händelser per månad"), "handelser"),),
        url=url + query,
        link=_("Visa händelserna"),
        order=10,
    )
    yield category_panel(monthly)
    yield heat_panel(scope, rows)


def trend(monthly: Monthly, labels: list[str]) -> str:
    """What the counts say: against the same time a year earlier, and which month had most."""
    now, before = monthly.total, monthly.total_before
    if not now:
        return _("Inget är antecknat under perioden.")
    against = ""  # where nothing is noted of the year before, the number itself says that it cannot be compared
    if now == before:
        against = _("Lika många som samma tid året före.") + " "
    elif before:
        against = _("Färre än samma tid året före.") if now < before else _("Fler än samma tid året före.")
        against += " "
    most = max(monthly.now)
    month = labels[monthly.now.index(most)].removesuffix(".")
    return against + _("Flest i %(month)s: %(count)s.") % {"month": month, "count": number(most)}


def month_bars(scope: Scope, monthly: Any, title: str, key: str) -> Bars:
    """A bar a month, a dash for the month a year earlier."""
    return Bars(
        title=title,
        labels=scope.month_labels,
        series=(Series(_("perioden"), monthly.now), Series(_("samma månad året före"), monthly.before)),
        key=f"{key}-manader",
        label_heading=_("Månad"),
    )


def category_panel(monthly: Monthly) -> PicturePanel:
    """What the incidents were about, this period and a year earlier."""
    lines = [(str(label), *monthly.parts.get(key, (0, 0))) for key, label in Incident.Category.choices]
    lines.sort(key=lambda line: -line[1])
    most, largest, _before = lines[0]
    sentence = _("Inga händelser under perioden.")
    if largest:
        sentence = _("Vanligast: %(what)s, %(count)s.") % {"what": most, "count": number(largest)}
    return PicturePanel(
        key="slag",
        heading=_("Vad händelserna gällde"),
        unit=_("händelse"),
        source=LOG,
        sentence=sentence,
        plots=(
            RowBars(
                title=_("Händelser efter vad de gällde"),
                labels=[line[0] for line in lines],
                series=(
                    Series(_("perioden"), [line[1] for line in lines]),
                    Series(_("samma tid året före"), [line[2] for line in lines]),
                ),
                key="slag",
                label_heading=_("Vad det gällde"),
            ),
        ),
        order=20,
    )


def heat_panel(scope: Scope, rows: Any) -> PicturePanel:
    """When in the week: weekday by time of day."""
    values = [[0] * len(HOURS) for _day in WEEKDAYS]
    counts = rows.filter(scope.within("happened_at")).annotate(
        weekday=ExtractIsoWeekDay("happened_at"), hour=ExtractHour("happened_at")
    )
    for weekday, hour, count in counts.values_list("weekday", "hour").annotate(number=Count("pk")):
        values[weekday - 1][(hour - FIRST_HOUR) % 24 // HOURS_EACH] += count
    plot = Heat(
        title=_("Händelser per veckodag och tid på dygnet"),
        labels=[str(capfirst(day)) for day in WEEKDAYS],
        columns=HOURS,
        values=values,
        key="nar",
        label_heading=_("Veckodag"),
    )
    return PicturePanel(
        key="nar",
        heading=_("När det händer"),
        unit=_("händelse"),
        source=LOG,
        sentence=when_most(values),
        notes=(_("Timmarna efter midnatt räknas till det dygn då de infaller."),),
        plots=(plot,),
        is_wide=True,
        order=30,
    )


def when_most(values: list[list[int]]) -> str:
    """When in the week most happened; that it is spread where no time has more than one, or several have as many."""
    cells = [(count, day, hour) for day, line in enumerate(values) for hour, count in enumerate(line) if count]
    if not cells:
        return _("Inga händelser under perioden.")
    largest = max(cells)[0]
    most = [cell for cell in cells if cell[0] == largest]
    if len(cells) == 1:
        _count, day, hour = cells[0]
        words = {"day": str(WEEKDAYS[day]), "hours": HOURS[hour], "count": number(largest)}
        return _("Alla händelser: %(day)s klockan %(hours)s, %(count)s.") % words
    if largest == 1:
        return _("Händelserna är spridda: ingen tid i veckan har mer än en.")
    if len(most) > 1:
        words = {"count": number(largest), "times": number(len(most))}
        return _("Händelserna är spridda: %(times)s tider i veckan har %(count)s var, och ingen har fler.") % words
    _count, day, hour = most[0]
    words = {"day": str(WEEKDAYS[day]), "hours": HOURS[hour], "count": number(largest)}
    return _("Flest händelser: %(day)s klockan %(hours)s, %(count)s.") % words


def incident_places(scope: Scope) -> Any:
    """Where incidents were."""
    rows = incidents_in(scope).filter(scope.within("happened_at"))
    return counted_at(rows, at_boende=Q(place=Incident.Place.AT_BOENDE))


def count_incidents(boende: Any, first: date, last: date) -> dict[str, int]:
    """How many of each category; the caller has passed the boende's gate."""
    return counted_by(Incident.objects.active().filter(boende=boende), "category", "happened_at", first, last)


def counted_by(rows: Any, part: str, moment: str, first: date, last: date) -> dict[str, int]:
    """How many rows of some days there are of each part."""
    rows = rows.filter(**{f"{moment}__gte": midnight(first), f"{moment}__lt": midnight_after(last)})
    return dict(rows.order_by().values_list(part).annotate(number=Count("pk")))


# ---------- felanmälningar ----------


def felanmalningar_in(scope: Scope) -> Any:
    """The felanmälningar of the picture, at its place."""
    boenden = read_in(scope, Right.READ_FELANMALNINGAR)
    rows = Felanmalan.objects.active().filter(boende__in=boenden).order_by()
    if scope.place == AT_BOENDE:
        return rows.filter(ground=Felanmalan.Ground.OWN)
    return scope.at_place(rows)


def felanmalan_panels(scope: Scope) -> Iterator[PicturePanel]:
    """How many were made, and what has become of them."""
    rows = felanmalningar_in(scope)
    monthly = scope.by_month(rows, "created_at", by="status")
    status = Felanmalan.Status
    names = {"mended": status.MENDED, "waiting": status.SENT, "unsent": status.TO_SEND}
    counts = {name: monthly.parts.get(key, [0])[0] for name, key in names.items()}
    sentence = _(
        "Av periodens felanmälningar är %(mended)s åtgärdade, %(waiting)s väntar på svar, %(unsent)s ska anmälas."
    )
    yield PicturePanel(
        key="felanmalningar",
        heading=_("Felanmälningar"),
        unit=_("felanmälan"),
        source=_("boendets felanmälningar"),
        figure=monthly.total,
        before=monthly.total_before,
        sentence=sentence % counts,
        plots=(month_bars(scope, monthly, _("Felanmälningar per månad"), "felanmalningar"),),
        order=50,
    )


def felanmalan_places(scope: Scope) -> Any:
    """What was to be mended, where."""
    return counted_at(felanmalningar_in(scope).filter(scope.within("created_at")))


def count_felanmalningar(boende: Any, first: date, last: date) -> dict[str, int]:
    """How many on each ground; the caller has passed the boende's gate."""
    return counted_by(Felanmalan.objects.active().filter(boende=boende), "ground", "created_at", first, last)
