# SPDX-License-Identifier: EUPL-1.2
"""The lines of a contact list, and the one rule for what leaves the boende."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import Actor, ContactPerson
from boenden.models.common_entries import CommonEntry
from boenden.models.contact_lists import EMERGENCY_NUMBER, ContactList, ContactListGroup
from boenden.models.verifications import RemovalProposal
from platssamverkan.ground.fields import GuardedCharField, TelephoneField
from platssamverkan.ground.records import Record, RecordQuerySet


class ContactListEntryQuerySet(RecordQuerySet):
    """The lines of the list."""

    def shared(self) -> Self:
        """Those outsiders may see: marked as shared, and the person's own visibility is the ceiling.

        Whoever has objected is not seen until that is decided, whatever an import or a form has said meanwhile.
        """
        return (
            self.active()
            .filter(is_shared=True)
            .filter(Q(person__isnull=True) | Q(person__visibility=ContactPerson.Visibility.DELAD))
            .exclude(person__in=RemovalProposal.objects.in_doubt().values("person"))
        )

    def active(self) -> Self:
        """Those that stand: neither the line, its group nor what it points at is archived."""
        return (
            super()
            .active()
            .filter(
                group__archived_at__isnull=True,
                person__archived_at__isnull=True,
                person__actor__archived_at__isnull=True,
                actor__archived_at__isnull=True,
                common__archived_at__isnull=True,
            )
        )

    def visible_to(self, user: Any) -> Self:
        """Every line of the lists the user reads whole, the shared ones of those she is a reader of."""
        whole = ContactList.objects.readable_whole_by(user)
        reader = ContactList.objects.shared_with(user)
        shared = ContactListEntry.objects.shared().filter(group__contact_list__in=reader)
        return self.active().filter(Q(group__contact_list__in=whole) | Q(pk__in=shared.values("pk")))

    def editable_by(self, user: Any) -> Self:
        """Lines of lists the user may change."""
        return self.filter(group__contact_list__in=ContactList.objects.editable_by(user))

    def for_list(self) -> Self:
        """The list's page, print and files: in order, with what each line shows."""
        return (
            self.active()
            .select_related("group", "person__actor", "actor", "common")
            .order_by("group__position", "group__name", "position", "created_at", "pk")
        )


class ContactListEntry(Record):
    """One line: a person, an actor's own number, a common number, or a name and number of its own."""

    group = models.ForeignKey(
        ContactListGroup, on_delete=models.PROTECT, related_name="entries", verbose_name=_("grupp")
    )
    position = models.PositiveSmallIntegerField(_("plats"), default=0, editable=False)
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
    def shows(self) -> tuple[str, str, str]:
        """Whom readers meet on the line: what it points at, and a name and number of its own."""
        return self.points_at, self.label, self.own_phone

    @property
    def points_at(self) -> str:
        """What it shows, as one value: "person:<id>", "actor:<id>", "common:<id>", or "" for its own number."""
        found = ((name, getattr(self, f"{name}_id")) for name in ("person", "actor", "common"))
        return next((f"{name}:{pk}" for name, pk in found if pk), "")

    @property
    def when(self) -> str:
        """When to use it."""
        return self.when_to_use or (self.common.when_to_use if self.common else "")

    @property
    def needs_check(self) -> bool:
        """Whether it stands as "ej verifierad" on every list."""
        return self.person is not None and not self.person.is_verified

    @property
    def sharing_refusal(self) -> str:
        """Why readers may not see the line, in a sentence that says what to do; empty when they may."""
        if self.person is None or self.person.visibility == ContactPerson.Visibility.DELAD:
            return ""
        return gettext(
            "Uppgifterna om %(name)s är bara för boendet. Fråga %(name)s, och ändra sedan ”vem får se” "
            "på kontaktpersonen hos %(actor)s. Därefter kan raden delas."
        ) % {"name": self.person, "actor": self.person.actor}

    @property
    def is_emergency(self) -> bool:
        """Whether it is 112, which stands above the groups."""
        return self.phone == EMERGENCY_NUMBER

    @property
    def is_out(self) -> bool:
        """Whether readers outside the boende see it."""
        return self.is_shared and (self.person is None or self.person.visibility == ContactPerson.Visibility.DELAD)
