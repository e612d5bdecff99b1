# SPDX-License-Identifier: EUPL-1.2
"""A boende's contact list: whom to call, when, and with whom the list is shared. Sharing is explicit data here."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import Actor, ContactPerson
from boenden.models.assignments import in_force
from boenden.models.boende import Boende, Forvaltning
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField, TelephoneField
from platssamverkan.ground.records import Record, RecordQuerySet

STANDARD_GROUPS = [_("Ring först"), _("Störning pågår"), _("Fel i miljön"), _("Samarbete")]


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
            Q(pk__in=self.model.objects.readable_whole_by(user).values("pk"))
            | Q(pk__in=self.model.objects.shared_with(user).values("pk"))
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


class ContactListGroup(Record):
    """A heading of the list, in order."""

    contact_list = models.ForeignKey(
        ContactList, on_delete=models.PROTECT, related_name="groups", verbose_name=_("kontaktlista")
    )
    name = GuardedCharField(_("namn"), max_length=80)
    position = models.PositiveSmallIntegerField(_("plats"), default=0)

    class Meta:
        verbose_name = _("grupp")
        verbose_name_plural = _("grupper")
        ordering = ["position", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["contact_list", "name"],
                condition=Q(archived_at__isnull=True),
                name="contact_group_name_once",
                violation_error_message=_("Det finns redan en grupp med det namnet."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class CommonEntry(Record):
    """A number that many lists need (112, polisen 114 14, socialjouren …), kept right in one place."""

    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="common_entries",
        verbose_name=_("förvaltning"),
        help_text=_("Tomt: gäller alla förvaltningar."),
    )
    name = GuardedCharField(_("namn"), max_length=120)
    phone = TelephoneField(_("telefon"))
    hours = GuardedCharField(_("svarar"), max_length=120, blank=True)
    when_to_use = GuardedCharField(_("när ska jag ringa"), max_length=300)

    class Meta:
        verbose_name = _("gemensamt nummer")
        verbose_name_plural = _("gemensamma nummer")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class ContactListEntryQuerySet(RecordQuerySet):
    """The lines of the list."""

    def shared(self) -> Self:
        """Those outsiders may see: marked as shared, and the person's own visibility is the ceiling."""
        return self.filter(is_shared=True).filter(
            Q(person__isnull=True)
            | Q(person__visibility=ContactPerson.Visibility.DELAD, person__archived_at__isnull=True)
        )

    def visible_to(self, user: Any) -> Self:
        """Every line of the lists the user reads whole, the shared ones of those she is a reader of."""
        whole = ContactList.objects.readable_whole_by(user)
        reader = ContactList.objects.shared_with(user)
        shared = self.model.objects.shared().filter(group__contact_list__in=reader)
        return self.active().filter(Q(group__contact_list__in=whole) | Q(pk__in=shared.values("pk")))

    def editable_by(self, user: Any) -> Self:
        """Lines of lists the user may change."""
        return self.filter(group__contact_list__in=ContactList.objects.editable_by(user))

    def for_list(self) -> Self:
        """The list's page, print and files: in order, with what each line shows."""
        return (
            self.active()
            .filter(group__archived_at__isnull=True)
            .select_related("group", "person__actor", "actor", "common")
            .order_by("group__position", "group__name", "position", "created_at")
        )


class ContactListEntry(Record):
    """One line: a person, an actor's own number, a common number, or a name and number of its own."""

    group = models.ForeignKey(
        ContactListGroup, on_delete=models.PROTECT, related_name="entries", verbose_name=_("grupp")
    )
    position = models.PositiveSmallIntegerField(_("plats"), default=0)
    person = models.ForeignKey(
        ContactPerson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("kontaktperson"),
    )
    actor = models.ForeignKey(
        Actor,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("aktör"),
    )
    common = models.ForeignKey(
        CommonEntry,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="entries",
        verbose_name=_("gemensamt nummer"),
    )
    label = GuardedCharField(_("namn på listan"), max_length=120, blank=True)
    own_phone = TelephoneField(_("telefon"), blank=True)
    hours = GuardedCharField(
        _("när svarar de"), max_length=120, blank=True, help_text=_("Till exempel: vardagar kl. 8–16.")
    )
    when_to_use = GuardedCharField(_("när ska jag ringa"), max_length=300, blank=True)
    is_shared = models.BooleanField(_("delas med läsare"), default=False)

    objects = ContactListEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("rad på kontaktlistan")
        verbose_name_plural = _("rader på kontaktlistan")
        ordering = ["group", "position"]
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(person__isnull=False, actor__isnull=True, common__isnull=True)
                    | Q(person__isnull=True, actor__isnull=False, common__isnull=True)
                    | Q(person__isnull=True, actor__isnull=True, common__isnull=False)
                    | (
                        Q(person__isnull=True, actor__isnull=True, common__isnull=True)
                        & ~Q(label="")
                        & ~Q(own_phone="")
                    )
                ),
                name="entry_is_one_thing",
                violation_error_message=_(
                    "Välj en kontaktperson, en aktör eller ett gemensamt nummer, eller skriv ett eget namn och nummer."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(when_to_use="") | Q(common__isnull=False),
                name="entry_says_when",
                violation_error_message=_("Skriv när man ska ringa."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """What the line is called."""
        return self.label or str(self.person or self.actor or self.common or "")

    @property
    def about(self) -> str:
        """The grey line under the name: role and actor, or when they answer."""
        parts = [self.person.role, str(self.person.actor)] if self.person else []
        hours = self.hours or (self.common.hours if self.common else "")
        return ", ".join(part for part in [*parts, hours] if part)

    @property
    def phone(self) -> str:
        """The number, E.164 or short."""
        source = self.person or self.actor or self.common
        return self.own_phone or (source.phone if source else "")

    @property
    def email(self) -> str:
        """The address, if the line has one."""
        source = self.person or self.actor
        return source.email if source else ""

    @property
    def when(self) -> str:
        """When to use it."""
        return self.when_to_use or (self.common.when_to_use if self.common else "")

    @property
    def needs_check(self) -> bool:
        """Whether it stands as "ej verifierad" on every list."""
        return self.person is not None and not self.person.is_verified

    @property
    def is_out(self) -> bool:
        """Whether readers outside the boende see it."""
        return self.is_shared and (self.person is None or self.person.visibility == ContactPerson.Visibility.DELAD)


class ContactListReaderQuerySet(RecordQuerySet):
    """Who reads a list from outside."""

    def current(self) -> Self:
        """Readers today."""
        return self.active().filter(in_force())

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
