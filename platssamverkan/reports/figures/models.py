# SPDX-License-Identifier: EUPL-1.2
"""What bevakning of a boende costs in a year: to be read beside what is done to prevent (domain.md, "Reports")."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet
from platssamverkan.look.money import AT_MOST_KRONOR, MOST_KRONOR, too_much

FIRST_YEAR, LAST_YEAR = 2000, 2100


class BevakningskostnadQuerySet(RecordQuerySet):
    """Read where reports are read; written by the förvaltningschef, and by the enhetschef of the boende."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_REPORTS, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        own = reached(user, Right.EDIT_COSTS, "boende__")
        return self.visible_to(user).filter(reached(user, Right.EDIT_REPORTS, "boende__") | own)

    def for_list(self) -> Self:
        """The latest year first."""
        return self.active().select_related("boende").order_by("-year", "boende__name", "pk")


class Bevakningskostnad(Record):
    """Kronor for guards, patrols and alarms at a boende in a calendar year."""

    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="bevakningskostnader", verbose_name=_("boende")
    )
    year = models.PositiveSmallIntegerField(_("år"))
    kronor = models.PositiveBigIntegerField(_("kostnad i kronor"), validators=AT_MOST_KRONOR)
    about = GuardedCharField(_("vad som ingår"), max_length=160, blank=True)

    objects = BevakningskostnadQuerySet.as_manager()

    class Meta:
        verbose_name = _("kostnad för bevakning")
        verbose_name_plural = _("kostnader för bevakning")
        ordering = ["-year"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "year"],
                condition=Q(archived_at__isnull=True),
                name="bevakning_once_a_year",
                violation_error_code="year",
                violation_error_message=_("Boendets kostnad för det året är redan antecknad. Ändra den i stället."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)),
                name="bevakning_year",
                violation_error_code="year",
                violation_error_message=_("Skriv ett år, till exempel 2026."),
            ),
            models.CheckConstraint(
                condition=Q(kronor__lte=MOST_KRONOR),
                name="bevakning_at_most",
                violation_error_code="kronor",
                violation_error_message=too_much(MOST_KRONOR),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.boende}, {self.year}"

    def get_absolute_url(self) -> str:
        return reverse("reports:bevakningskostnad_list")
