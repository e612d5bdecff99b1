# SPDX-License-Identifier: EUPL-1.2
"""What felanmälningar add: their list in the menu, reminders of those that wait, the photos of a letter."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.rights import has_right
from incidents.felanmalan_actions import LETTER, photos_of
from incidents.models import Felanmalan
from incidents.models.felanmalan import REMIND_DAYS
from incidents.registration import chiefs_by_boende
from platssamverkan.accounts.roles import Right
from platssamverkan.notices.providers import Due, register_attacher, register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

ASK_AGAIN_DAYS = 30  # between two reminders of one without an answer
HELP = ["incidents:felanmalan_list", "incidents:felanmalan_detail", "incidents:felanmalan_create"]


def register() -> None:
    """Called once when Django starts."""
    registry.menu_providers.append(menu)
    register_provider("felanmalningar", felanmalningar_due)
    register_attacher(LETTER, photos_of)
    registry.help_topics.update(dict.fromkeys(HELP, "felanmalningar"))


def menu(user: Any) -> Iterator[MenuEntry]:
    """The prioritised list."""
    if has_right(user, Right.READ_FELANMALNINGAR):
        yield MenuEntry(gettext_lazy("Felanmälningar"), reverse("incidents:felanmalan_list"), "tools", order=40)


def felanmalningar_due(now: datetime) -> Iterator[Due]:
    """A reminder to the boende's chiefs when a recipient has been silent for a fortnight, and once more each month."""
    today = timezone.localdate(now)
    waiting = Felanmalan.objects.active().filter(
        status=Felanmalan.Status.SENT,
        sent_on__lte=today - timedelta(days=REMIND_DAYS),
        boende__archived_at__isnull=True,
    )
    chiefs = chiefs_by_boende()
    for felanmalan in waiting.select_related("boende", "recipient").order_by("pk").iterator(chunk_size=2000):
        rounds = (today - felanmalan.sent_on).days // ASK_AGAIN_DAYS if felanmalan.sent_on else 0
        for user in chiefs.get(felanmalan.boende_id, []):
            where = {"boende": felanmalan.boende, "recipient": felanmalan.recipient or _("mottagaren")}
            yield Due(
                what="felanmalan_waiting",
                occasion=f"{felanmalan.pk}:{felanmalan.sent_on}:{rounds}",
                subject=_("En felanmälan vid %(boende)s väntar på svar") % where,
                text=_("Fråga %(recipient)s hur det går, och anteckna svaret på felanmälan.") % where,
                due_on=today,
                user=user,
                url=felanmalan.get_absolute_url(),
                series=f"felanmalan:{felanmalan.pk}:{felanmalan.sent_on}",
            )
