# SPDX-License-Identifier: EUPL-1.2
"""What the API adds: its entries, the handbook, reminders of keys that end, a key of the demonstration."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from boenden.models import Assignment
from boenden.rights import has_right
from incidents.demo.make import more_rooms
from platssamverkan.accounts.roles import Right, roles_with
from platssamverkan.look.words import day_year
from platssamverkan.notices.providers import Due, register_provider
from platssamverkan.reports.api.demo import make_key
from platssamverkan.reports.api.models import SOON, ApiKey
from platssamverkan.reports.front import ReportEntry, report_providers
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

PAGES = ["api_about", "apikey_list", "apikey_create", "apikey_detail", "apikey_renew"]


def register() -> None:
    """Called once when Django starts."""
    report_providers.append(reports)
    registry.menu_providers.append(menu)
    registry.help_topics.update({f"reports:{name}": "api-och-nycklar" for name in PAGES})
    register_provider("api_keys", ending)
    more_rooms.append(make_key)


def reports(user: Any) -> Iterator[ReportEntry]:
    """The page about the API, for those who read reports."""
    if has_right(user, Right.READ_REPORTS):
        about = _("Hur ett annat av stadens system läser siffror och rader härifrån, med en nyckel.")
        yield ReportEntry(_("API för datalager"), reverse("reports:api_about"), about, order=95)


def menu(user: Any) -> Iterator[MenuEntry]:
    """The keys, for whoever looks after users and reads no reports."""
    if has_right(user, Right.MANAGE_USERS):
        yield MenuEntry(_("API-nycklar"), reverse("reports:apikey_list"), "key", order=86)


def ending(now: datetime) -> Iterator[Due]:
    """Keys that end within a month and have no successor: to those who can renew them."""
    today = timezone.localdate(now)
    keys = ApiKey.objects.in_use(today).select_related("assignment__boende", "assignment__user")
    last = {key.assignment_id: key for key in keys.order_by("ends_on", "pk")}
    soon = [key for key in last.values() if key.ends_on <= today + SOON]
    if not soon:
        return
    held = Assignment.objects.current().filter(role__in=roles_with(Right.ISSUE_API_KEYS), user__is_active=True)
    chiefs = list(held.select_related("user").order_by("pk"))
    for key in soon:
        assignment = key.assignment
        where = assignment.boende.forvaltning_id if assignment.boende else assignment.forvaltning_id
        yield from (due(key, chief.user) for chief in chiefs if chief.forvaltning_id == where)


def due(key: ApiKey, user: Any) -> Due:
    """The reminder of a key."""
    words = {"name": str(key), "day": day_year(key.ends_on)}
    return Due(
        what="api_key_ends",
        occasion=f"{key.pk}:{key.ends_on}",
        subject=__("API-nyckeln för %(name)s går snart ut") % words,
        text=__("Nyckeln slutar att gälla efter %(day)s. Förnya den om systemet fortfarande ska läsa härifrån.")
        % words,
        due_on=key.ends_on - SOON,
        user=user,
        url=key.get_absolute_url(),
    )
