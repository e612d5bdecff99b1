# SPDX-License-Identifier: EUPL-1.2
"""Who is in a forum, as what, from when until when. A former member has lost every access at once."""

from typing import Any, Self

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Assignment, ContactListReader, ContactPerson
from boenden.models.assignments import in_force
from forum.kinds import INTERNAL_KINDS
from forum.models.forums import Forum
from platssamverkan.ground.records import Record, RecordQuerySet


def reaches() -> Q:
    """The condition that the one a member is, is still kept: a user, or a contact person and her actor."""
    kept = Q(person__archived_at__isnull=True, person__actor__archived_at__isnull=True)
    return Q(user__is_active=True) | Q(person__isnull=False) & kept


def belongs() -> Q:
    """The condition that a member of an internal forum has a role at one of its boenden today, as when she came in."""
    role = Assignment.objects.current().filter(user=OuterRef("user"), boende__forums=OuterRef("forum"))
    return ~Q(forum__kind__in=INTERNAL_KINDS) | Q(Exists(role))


class MemberQuerySet(RecordQuerySet):
    """The forum's people."""

    def current(self) -> Self:
        """Members today. An erased person, a closed account or, in an internal forum, a role that has ended is none."""
        return self.active().filter(in_force(), reaches(), belongs())

    def of(self, user: Any) -> Self:
        """The user's own, by her account or as the contact person it belongs to."""
        return self.filter(Q(user=user.pk) | Q(person__user=user.pk, person__user__isnull=False))

    def convening(self) -> Self:
        """The sammankallande."""
        return self.filter(kind=Member.Kind.SAMMANKALLANDE)

    def visible_to(self, user: Any) -> Self:
        """Those of forums that exist for the user."""
        return self.filter(forum__in=Forum.objects.visible_to(user))

    def editable_by(self, user: Any) -> Self:
        """Those the sammankallande looks after; the sammankallande herself is appointed by an enhetschef."""
        return self.filter(
            Q(forum__in=Forum.objects.editable_by(user)) & ~Q(kind=Member.Kind.SAMMANKALLANDE)
            | Q(forum__in=Forum.objects.appointable_by(user))
        )

    def with_names(self) -> Self:
        """With what is needed to name them."""
        return self.select_related("user", "person__actor", "person__user")

    def for_list(self) -> Self:
        """The forum's people today and from a later day on, the sammankallande first."""
        order = models.Case(
            *(models.When(kind=kind, then=place) for place, kind in enumerate(Member.Kind.values)), default=9
        )
        today = timezone.localdate()
        return (
            self.active()
            .filter(reaches())
            .filter(Q(ends_on__isnull=True) | Q(ends_on__gte=today))
            .with_names()
            .annotate(place=order, sort_name=models.functions.Coalesce("user__name", "person__name"))
            .order_by("place", "sort_name", "pk")
        )


class Member(Record):
    """A user or a contact person in a forum."""

    class Kind(models.TextChoices):
        SAMMANKALLANDE = "sammankallande", _("sammankallande")
        ORDINARIE = "ordinarie", _("ordinarie")
        ERSATTARE = "ersattare", _("ersättare")
        KORRESPONDERANDE = "korresponderande", _("korresponderande, får underlagen")

    forum = models.ForeignKey(Forum, on_delete=models.PROTECT, related_name="members", verbose_name=_("forum"))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forum_memberships",
        verbose_name=_("användare"),
    )
    person = models.ForeignKey(
        ContactPerson,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="forum_memberships",
        verbose_name=_("kontaktperson"),
    )
    kind = models.CharField(_("roll i forumet"), max_length=16, choices=Kind, default=Kind.ORDINARIE)
    starts_on = models.DateField(_("från"), default=timezone.localdate)
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    readerships = models.ManyToManyField(
        ContactListReader, blank=True, editable=False, related_name="+", verbose_name=_("läser kontaktlistor")
    )
    called_on = models.DateField(
        _("uppringd"), null=True, blank=True, help_text=_("Senast någon ringde för att medlemmen inte kommit.")
    )

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("medlem")
        verbose_name_plural = _("medlemmar")
        ordering = ["forum", "kind", "starts_on"]
        indexes = [
            models.Index(fields=["user", "forum"], name="member_user_forum"),
            models.Index(fields=["person", "forum"], name="member_person_forum"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, person__isnull=True) | Q(user__isnull=True, person__isnull=False),
                name="member_one_person",
                violation_error_code="person",
                violation_error_message=_("Välj en medarbetare eller en kontaktperson, en av dem."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="member_ends_after_start",
                violation_error_code="ends_on",
                violation_error_message=_("Sista dagen kan inte vara före första dagen."),
            ),
            models.UniqueConstraint(
                fields=["forum", "user"],
                condition=Q(archived_at__isnull=True, user__isnull=False),
                name="member_user_once",
                violation_error_code="user",
                violation_error_message=_("Personen är redan med i forumet."),
            ),
            models.UniqueConstraint(
                fields=["forum", "person"],
                condition=Q(archived_at__isnull=True, person__isnull=False),
                name="member_person_once",
                violation_error_code="person",
                violation_error_message=_("Personen är redan med i forumet."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.user or self.person)

    def clean(self) -> None:
        """An internal forum has only people with a role at one of its boenden."""
        super().clean()
        if self.forum_id and self.forum.is_internal:
            held = Assignment.objects.current().filter(user=self.user_id, boende__in=self.forum.boenden.all())
            if self.person_id or not held.exists():
                raise ValidationError(_("I det här forumet är bara personal och boendeombud vid boendet med."))

    @property
    def account(self) -> Any:
        """The account she signs in with, if she has one."""
        return self.user or (self.person.user if self.person else None)

    @property
    def email(self) -> str:
        """Where letters go; empty for someone who can only be telephoned."""
        account = self.account
        return account.email if account and account.is_active else self.person.email if self.person else ""

    @property
    def organisation(self) -> str:
        """Whom a contact person speaks for."""
        return str(self.person.actor) if self.person else ""

    @property
    def is_convener(self) -> bool:
        """Whether she is sammankallande."""
        return self.kind == self.Kind.SAMMANKALLANDE

    @property
    def gets_papers_only(self) -> bool:
        """Whether she is not expected at the meetings."""
        return self.kind == self.Kind.KORRESPONDERANDE
