# SPDX-License-Identifier: EUPL-1.2
"""A boende's contact list: whom to call, when, and with whom the list is shared. Sharing is explicit data here."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import ContactPerson
from boenden.models.assignments import in_force
from boenden.models.boende import Boende
from boenden.models.common_entries import CommonEntry
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

STANDARD_GROUPS = [place.label for place in CommonEntry.Place]
EMERGENCY_NUMBER = "112"  # stands above the groups, not in them


class ContactListQuerySet(RecordQuerySet):
    """A list is read whole by the boende's people, and its shared part by its readers."""

    def readable_whole_by(self, user: Any) -> Self:
        """Those whose every entry the user may read."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.READ_LIST))

    def shared_with(self, user: Any) -> Self:
        """Those of which the user is a named reader today."""
        readers = ContactListReader.objects.current().filter(user=user.pk)
        return self.filter(pk__in=readers.values("contact_list"))

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user, whole or in their shared part."""
        if not user.is_authenticated:
            return self.none()
        return self.active().filter(
            Q(pk__in=ContactList.objects.readable_whole_by(user).values("pk"))
            | Q(pk__in=ContactList.objects.shared_with(user).values("pk"))
        )

    def editable_by(self, user: Any) -> Self:
        """Those the user may change."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.EDIT_LIST))

    def shareable_by(self, user: Any) -> Self:
        """Those the user may share with others."""
        return self.filter(boende__in=Boende.objects.with_right(user, Right.SHARE_LIST))


class ContactList(Record):
    """The contact list of a boende; it has exactly one."""

    boende = models.OneToOneField(
        Boende, on_delete=models.PROTECT, related_name="contact_list", verbose_name=_("boende")
    )

    objects = ContactListQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontaktlista")
        verbose_name_plural = _("kontaktlistor")
        ordering = ["boende"]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        return reverse("boenden:contactlist_detail", args=[self.boende.slug])


class ContactListGroupQuerySet(RecordQuerySet):
    """The headings, for those who change the list."""

    def editable_by(self, user: Any) -> Self:
        """Those of lists the user may change."""
        return self.filter(contact_list__in=ContactList.objects.editable_by(user))

    def visible_to(self, user: Any) -> Self:
        """Those of lists that the user reads whole; a reader sees a heading by what stands under it."""
        return self.active().filter(contact_list__in=ContactList.objects.readable_whole_by(user))


class ContactListGroup(Record):
    """A heading of the list, in order."""

    contact_list = models.ForeignKey(
        ContactList, on_delete=models.PROTECT, related_name="groups", verbose_name=_("kontaktlista")
    )
    name = GuardedCharField(_("namn"), max_length=80)
    position = models.PositiveSmallIntegerField(_("plats"), default=0, editable=False)

    objects = ContactListGroupQuerySet.as_manager()

    class Meta:
        verbose_name = _("grupp")
        verbose_name_plural = _("grupper")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "name"],
                condition=Q(archived_at__isnull=True),
                name="contact_group_name_once",
                violation_error_code="name",
                violation_error_message=_("Det finns redan en grupp med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class ContactListReaderQuerySet(RecordQuerySet):
    """Who reads a list from outside."""

    def current(self) -> Self:
        """Readers today."""
        return self.active().filter(in_force())

    def for_list(self) -> Self:
        """The page of readers: those who read today, or will."""
        today = timezone.localdate()
        return (
            self.active()
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
            .select_related("user", "person__actor", "shared_by")
            .order_by("user__name", "starts_on", "pk")
        )

    def visible_to(self, user: Any) -> Self:
        """Those of lists the user may share."""
        return self.filter(contact_list__in=ContactList.objects.shareable_by(user))

    editable_by = visible_to


class ContactListReader(Record):
    """A named person outside the boende with whom the list is shared, by whom and until when."""

    contact_list = models.ForeignKey(
        ContactList, on_delete=models.PROTECT, related_name="readers", verbose_name=_("kontaktlista")
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        related_name="list_readerships",
        verbose_name=_("läsare"),
    )
    person = models.ForeignKey(
        ContactPerson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="readerships",
        verbose_name=_("kontaktperson"),
    )
    shared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("delad av")
    )
    starts_on = models.DateField(_("från"), default=timezone.localdate)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)

    objects = ContactListReaderQuerySet.as_manager()

    class Meta:
        verbose_name = _("läsare av kontaktlista")
        verbose_name_plural = _("läsare av kontaktlista")
        ordering = ["contact_list", "user__name"]
        indexes = [models.Index(fields=["user", "contact_list"], name="reader_user_list")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="reader_ends_after_start",
                violation_error_message=_("Sista dagen kan inte vara före första dagen."),
            )
        ]

    def __str__(self) -> str:
        return str(self.user)
