# SPDX-License-Identifier: EUPL-1.2
"""What a contact person was asked about her own data and what she answered; and when her ground has ended."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from django.conf import settings
from django.db import models
from django.db.models import Exists, F, Max, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models.actors import VERIFIED_DAYS, Actor, ContactPerson, Neighbour
from boenden.models.boende import Boende
from boenden.models.invites import token_digest
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.models import field_name
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField, show_telephone
from platssamverkan.ground.records import Record, RecordQuerySet

LINK_DAYS = 30  # how long a letter's link works
FIRST_AFTER_DAYS = 7  # the first letter goes a week after she was entered: well within art. 14's month
REMOVE_AFTER_DAYS = 2 * VERIFIED_DAYS  # unverified so long, removal is proposed


def link_expiry() -> datetime:
    """When a link sent now stops working."""
    return timezone.now() + timedelta(days=LINK_DAYS)


class Difference(NamedTuple):
    """One field that she corrected, as people read it."""

    label: str
    before: str
    after: str


class VerificationQuerySet(RecordQuerySet):
    """Letters and answers, found by the token in the link."""

    def waiting(self) -> Self:
        """Neither answered nor replaced by a newer letter."""
        return self.active().filter(answered_at__isnull=True)

    def open(self) -> Self:
        """Those whose link works: waiting, not expired, the person still there and at the address it was sent to."""
        return self.waiting().filter(
            expires_at__gt=timezone.now(),
            person__archived_at__isnull=True,
            person__actor__archived_at__isnull=True,
            person__email=F("email"),
        )

    def queued(self) -> Self:
        """Those whose letter a worker is to write, the first asked first."""
        return self.open().filter(is_queued=True).order_by("created_at", "pk")

    def with_token(self, token: str) -> Self:
        """The open one that a link's token belongs to, if any."""
        return self.open().filter(token_digest=token_digest(token))

    def unread(self) -> Self:
        """Corrections that the enhetschef has not seen yet."""
        corrected = self.active().filter(answer=Verification.Answer.CORRECTED, read_at__isnull=True)
        return corrected.filter(person__archived_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Those about persons at actors that the user may read."""
        return self.filter(person__actor__in=Actor.objects.with_right(user, Right.READ_ACTORS))

    def around(self, boende: Boende) -> Self:
        """Those about persons at the boende's neighbours."""
        return self.filter(person__in=ContactPerson.objects.around(boende))


class Verification(Record):
    """One letter to one contact person and her answer. A correction she made signed in is one too, answered at once."""

    class Reason(models.TextChoices):
        FIRST = "first", _("första brevet")
        YEARLY = "yearly", _("ett år sedan sist")
        ASKED = "asked", _("boendet bad om det")
        OWN = "own", _("inloggad, utan brev")

    class Answer(models.TextChoices):
        CONFIRMED = "confirmed", _("uppgifterna stämmer")
        CORRECTED = "corrected", _("uppgifterna är rättade")
        ENDED = "ended", _("har inte längre uppdraget")
        WITHDRAWN = "withdrawn", _("tar tillbaka samtycket")
        OBJECTED = "objected", _("invänder")

    person = models.ForeignKey(
        ContactPerson, on_delete=models.PROTECT, related_name="verifications", verbose_name=_("kontaktperson")
    )
    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="+", verbose_name=_("boende"))
    reason = models.CharField(_("anledning"), max_length=10, choices=Reason)
    email = models.EmailField(_("skickat till"), blank=True)
    token_digest = models.CharField(_("länk"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("gäller till"), default=link_expiry)
    is_queued = models.BooleanField(_("brevet är inte skrivet än"), default=False, db_default=False)
    answered_at = models.DateTimeField(_("besvarat"), null=True, blank=True)
    answer = models.CharField(_("svar"), max_length=10, choices=Answer, blank=True)
    text = GuardedTextField(_("med egna ord"), blank=True, max_length=2000)
    changes = models.JSONField(_("rättelser"), default=dict, blank=True)  # field: [before, after]
    read_at = models.DateTimeField(_("läst"), null=True, blank=True)
    read_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("läst av"),
    )

    objects = VerificationQuerySet.as_manager()

    class Meta:
        verbose_name = _("bekräftelse")
        verbose_name_plural = _("bekräftelser")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-created_at"], name="verification_person_latest"),
            models.Index(fields=["created_at"], condition=Q(is_queued=True), name="verification_queued"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(answered_at__isnull=True, archived_at__isnull=True),
                name="verification_one_waiting",
                violation_error_message=_("Ett brev väntar redan på svar."),
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="verification_answered_how",
                violation_error_message=_("Ett svar har en tid och säger något."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def differences(self) -> list[Difference]:
        """What she corrected, before and after."""
        return [
            Difference(field_name(ContactPerson, name), shown(name, before), shown(name, after))
            for name, (before, after) in self.changes.items()
        ]

    @property
    def is_expired(self) -> bool:
        """Whether its link has stopped working by itself."""
        return self.expires_at <= timezone.now()


def shown(name: str, value: str) -> str:
    """A field's value as people read it."""
    if name == "phone":
        return show_telephone(value)
    return str(ContactPerson.Visibility(value).label) if name == "visibility" else value


class RemovalProposalQuerySet(RecordQuerySet):
    """Persons whose ground to be kept may have ended."""

    def standing(self) -> Self:
        """Those about persons who are kept, decided or not."""
        return self.active().filter(person__archived_at__isnull=True)

    def open(self) -> Self:
        """Those to decide about now: not decided, or kept until a day that has been."""
        return self.standing().filter(Q(kept_until__isnull=True) | Q(kept_until__lt=timezone.localdate()))

    def in_doubt(self) -> Self:
        """Those that stop all sharing until they are decided (GDPR art. 18): an objection, a consent taken back."""
        return self.open().filter(reason__in=[RemovalProposal.Reason.OBJECTION, RemovalProposal.Reason.CONSENT])

    def said(self) -> Self:
        """Those standing because somebody said so, not because time has passed: nobody mails such a person."""
        return self.standing().exclude(reason=RemovalProposal.Reason.UNVERIFIED)

    def visible_to(self, user: Any) -> Self:
        """Those about persons at actors that the user may read."""
        return self.filter(person__actor__in=Actor.objects.with_right(user, Right.READ_ACTORS))

    def editable_by(self, user: Any) -> Self:
        """Those the user may decide about."""
        return self.filter(person__actor__in=Actor.objects.with_right(user, Right.REMOVE_PERSONS))

    def around(self, boende: Boende) -> Self:
        """Those about persons at the boende's neighbours."""
        return self.filter(person__in=ContactPerson.objects.around(boende))


class RemovalProposal(Record):
    """That a contact person should be removed, and why; removed, or kept until a day for a reason that is written."""

    class Reason(models.TextChoices):
        OBJECTION = "objection", _("har invänt")
        CONSENT = "consent", _("har tagit tillbaka sitt samtycke")
        ENDED = "ended", _("har inte längre uppdraget")
        UNVERIFIED = "unverified", _("inte bekräftad på två år")

    person = models.ForeignKey(
        ContactPerson, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("kontaktperson")
    )
    reason = models.CharField(_("anledning"), max_length=10, choices=Reason)
    verification = models.ForeignKey(
        Verification, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("svar")
    )
    kept_until = models.DateField(_("behåll till"), null=True, blank=True)
    kept_why = GuardedCharField(_("varför"), max_length=300, blank=True)

    objects = RemovalProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("förslag att ta bort")
        verbose_name_plural = _("förslag att ta bort")
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "reason"],
                condition=Q(archived_at__isnull=True),
                name="removal_proposed_once",
                violation_error_message=_("Det är redan föreslaget."),
            ),
            models.CheckConstraint(
                condition=Q(kept_until__isnull=True, kept_why="") | Q(kept_until__isnull=False) & ~Q(kept_why=""),
                name="removal_kept_until_and_why",
                violation_error_code="kept_why",
                violation_error_message=_("Skriv både till vilken dag och varför."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} {self.get_reason_display()}"


def persons_with_letters_due(now: datetime) -> Any:
    """Whom a letter is due to: a week after she was entered, then a year after she or staff last checked her data.

    Not who has objected or left, nor one at an actor that neighbours no boende: nobody asks on its behalf.
    """
    year_ago = now - timedelta(days=VERIFIED_DAYS)
    earlier = Verification.objects.filter(person=OuterRef("pk")).exclude(reason=Verification.Reason.OWN)
    against = RemovalProposal.objects.said()
    reached = Neighbour.objects.in_use().filter(actor=OuterRef("actor"), boende__archived_at__isnull=True)
    first = Q(~Exists(earlier), created_at__lte=now - timedelta(days=FIRST_AFTER_DAYS))
    old = Q(verified_on__isnull=True) | Q(verified_on__lt=timezone.localdate(year_ago))
    yearly = old & Q(last_letter_at__lte=year_ago)
    letters = earlier.order_by().values("person").annotate(last=Max("created_at")).values("last")
    return (
        ContactPerson.objects.active()
        .annotate(last_letter_at=models.Subquery(letters))
        .filter(first | yearly, Exists(reached), ~Exists(against.filter(person=OuterRef("pk"))))
        .exclude(email="")
        .order_by("created_at", "pk")
    )


def persons_long_unverified(now: datetime) -> Any:
    """Persons whose data nobody has confirmed for two years, about whom nothing has been proposed for it yet."""
    limit = now - timedelta(days=REMOVE_AFTER_DAYS)
    proposed = RemovalProposal.objects.active().filter(person=OuterRef("pk"), reason=RemovalProposal.Reason.UNVERIFIED)
    return (
        ContactPerson.objects.active()
        .filter(
            Q(verified_on__lt=timezone.localdate(limit)) | Q(verified_on__isnull=True, created_at__lt=limit),
            ~Exists(proposed),
        )
        .order_by("created_at", "pk")
    )
