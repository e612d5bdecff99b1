# SPDX-License-Identifier: EUPL-1.2
"""What incidents add: "Ny händelse" and "Händelser", the latest ones, what is to be done, and reminders of it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Assignment, Boende
from boenden.rights import boenden_where, has_right, own_boenden, rights_at
from incidents.models import Incident
from incidents.models.querysets import FORUM_TEXT_DAYS
from incidents.rows import render_rows
from platssamverkan.accounts.roles import Right, Role, roles_with
from platssamverkan.audit.labels import register_event
from platssamverkan.ground.workdays import next_workday
from platssamverkan.notices.providers import Due, register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Panel, Todo

LATEST = 3
AHEAD_DAYS = 7
MOST = 50
LATE_AFTER_DAYS = 3  # a second and last reminder
HELP = {
    "ny-handelse": ["incidents:incident_create", "incidents:incident_update"],
    "handelser": ["incidents:incident_list", "incidents:incident_list_boende", "incidents:incident_detail"],
    "folja-upp": ["incidents:incident_follow_up"],
    "forumtexten": ["incidents:incident_forum_text", "incidents:incident_release"],
    "ta-ut-en-fil": ["incidents:incident_export"],
    "brottsstatistik": [
        "incidents:crime_series",
        "incidents:crimechoice_update",
        "incidents:crimeimport_list",
        "incidents:crimeimport_create",
        "incidents:crimeimport_detail",
    ],
}


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    registry.boende_page_providers.append(pages)
    registry.panel_providers.append(panels)
    registry.boende_panel_providers.append(boende_panels)
    registry.todo_providers.append(todos)
    register_provider("incident_follow_ups", follow_ups_due)
    registry.help_topics.update({view: anchor for anchor, views in HELP.items() for view in views})
    register_event("forum_text_released", gettext_lazy("släppte forumtexten till"))
    register_event("forum_text_withdrawn", gettext_lazy("tog tillbaka forumtexten till"))


def menu(user: Any) -> Iterator[MenuEntry]:
    """The list for its readers, the round button for its writers."""
    if has_right(user, Right.READ_INCIDENTS):
        url = reverse("incidents:incident_list")
        yield MenuEntry(gettext_lazy("Händelser"), url, "journal-text", order=20, in_tabbar=True)
    if has_right(user, Right.EDIT_INCIDENTS):
        yield MenuEntry(
            gettext_lazy("Ny händelse"),
            reverse("incidents:incident_create"),
            "plus-lg",
            order=10,
            short_label=gettext_lazy("Ny"),
            in_tabbar=True,
            is_new=True,
        )


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The incidents of the boende, and the crime statistics of its area."""
    if Right.READ_INCIDENTS in rights_at(user, boende):
        url = reverse("incidents:incident_list_boende", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Händelser"), url, "journal-text", order=120)
    if Right.READ_LAGESBILD in rights_at(user, boende):
        url = reverse("incidents:crime_series", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Brottsstatistik"), url, "graph-up", order=185)


def panels(user: Any) -> Iterator[Panel]:
    """The latest incidents of the boenden where the user works, or of those she reads."""
    if not has_right(user, Right.READ_INCIDENTS):
        return
    boenden = [boende for boende in own_boenden(user) if Right.READ_INCIDENTS in rights_at(user, boende)]
    boenden = boenden or boenden_where(user, Right.READ_INCIDENTS)
    names = {boende.pk: boende.name for boende in boenden} if len(boenden) > 1 else {}
    yield latest_panel(boenden, reverse("incidents:incident_list"), names)


def boende_panels(user: Any, boende: Boende) -> Iterator[Panel]:
    """The latest incidents of the boende, on its overview."""
    if Right.READ_INCIDENTS in rights_at(user, boende):
        yield latest_panel([boende], reverse("incidents:incident_list_boende", args=[boende.slug]), {})


def latest_panel(boenden: list[Boende], url: str, names: dict[Any, str]) -> Panel:
    """The latest few, with the way to all."""
    rows = list(Incident.objects.active().at(boenden).rows().order_by("-happened_at", "-id")[:LATEST])
    context = {"rows": render_rows(rows, names) if rows else "", "url": url}
    return Panel("incidents/latest.html", context, order=30)


def todos(user: Any) -> Iterator[Todo]:
    """Follow-ups of a week, and forum texts that the neighbourhood waits for."""
    if not has_right(user, Right.EDIT_INCIDENTS):
        return
    soon = timezone.localdate() + timedelta(days=AHEAD_DAYS)
    incidents: Any = Incident.objects.editable_by(user).to_do(soon).select_related("boende")
    for incident in incidents.order_by(F("follow_up_on").asc(nulls_last=True), "happened_at", "id")[: 2 * MOST]:
        if incident.is_due and incident.follow_up_on:
            title = _("Följ upp: %(headline)s") % {"headline": incident.headline}
            yield todo(user, incident, title, incident.get_absolute_url(), incident.follow_up_on)
        if incident.awaits_forum_text:
            day = timezone.localdate(incident.happened_at + timedelta(days=FORUM_TEXT_DAYS))
            title = _("Skriv forumtext: %(headline)s") % {"headline": incident.headline}
            url = reverse("incidents:incident_forum_text", args=[incident.pk])
            yield todo(user, incident, title, url, next_workday(day - timedelta(days=1)))


def todo(user: Any, incident: Incident, title: str, url: str, due_on: date) -> Todo:
    """A line of Min dag about an incident."""
    mine = incident.follow_up_by_id == user.pk
    return Todo(title=title, url=url, due_on=due_on, about=str(incident.boende), children=incident.children, mine=mine)


def follow_ups_due(now: datetime) -> Iterator[Due]:
    """A reminder on the day to whoever is responsible, else to the enhetschef; one more when it is three days late.

    The letter says which boende and where to read on, never what happened.
    """
    today = timezone.localdate(now)
    writers = Assignment.objects.current().filter(role__in=roles_with(Right.EDIT_INCIDENTS))
    still_there = writers.filter(user=OuterRef("follow_up_by"), boende=OuterRef("boende"))
    due = (
        Incident.objects.follow_up_open().filter(follow_up_on__lte=today).annotate(has_responsible=Exists(still_there))
    )
    chiefs = chiefs_by_boende()
    for incident in due.select_related("boende", "follow_up_by").order_by("pk").iterator(chunk_size=2000):
        is_hers = incident.has_responsible and incident.follow_up_by and incident.follow_up_by.is_active
        for user in [incident.follow_up_by] if is_hers else chiefs.get(incident.boende_id, []):
            yield from reminders(incident, user, today)


def chiefs_by_boende() -> dict[Any, list[Any]]:
    """The enhetschefer of each boende today."""
    chiefs: dict[Any, list[Any]] = {}
    held = Assignment.objects.current().filter(role=Role.ENHETSCHEF, user__is_active=True).select_related("user")
    for assignment in held.order_by("pk"):
        chiefs.setdefault(assignment.boende_id, []).append(assignment.user)
    return chiefs


def reminders(incident: Incident, user: Any, today: date) -> Iterator[Due]:
    """The letters to one person."""
    on = incident.follow_up_on
    if on is None:
        return
    yield reminder(incident, user, on, is_late=False)
    if on + timedelta(days=LATE_AFTER_DAYS) <= today:
        yield reminder(incident, user, on + timedelta(days=LATE_AFTER_DAYS), is_late=True)


def reminder(incident: Incident, user: Any, due_on: date, *, is_late: bool) -> Due:
    """The letter."""
    where = {"boende": incident.boende}
    subject = _("En uppföljning vid %(boende)s är försenad") if is_late else _("Följ upp en händelse vid %(boende)s")
    text = _("En händelse vid %(boende)s ska följas upp. Läs den, gör det som är kvar och avsluta den.")
    if incident.children:
        text = _(
            "En händelse vid %(boende)s rör barn och ska följas upp. Läs den, gör det som är kvar och avsluta den."
        )
    return Due(
        what="incident_follow_up_late" if is_late else "incident_follow_up",
        occasion=f"{incident.pk}:{incident.follow_up_on}",
        subject=subject % where,
        text=text % where,
        due_on=due_on,
        user=user,
        url=incident.get_absolute_url(),
        series=f"incident:{incident.pk}:{incident.follow_up_on}",
    )
