# SPDX-License-Identifier: EUPL-1.2
"""The parties of an agreement's version, what each contributes, the amounts, and who has signed."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, ContactPerson, Forvaltning
from boenden.rights import boenden_where
from forum.models.agreements import AgreementQuerySet, AgreementVersion, ImmutableAgreement, sum_of
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class OfVersionQuerySet(RecordQuerySet):
    """What hangs on a version is reached as the version is."""

    def visible_to(self, user: Any) -> Self:
        """Those of versions that exist for the user."""
        return self.active().filter(agreement_version__in=AgreementVersion.objects.visible_to(user).values("pk"))

    def editable_by(self, user: Any) -> Self:
        """Those of versions that the user looks after."""
        return self.active().filter(agreement_version__in=AgreementVersion.objects.editable_by(user).values("pk"))

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ImmutableAgreement("What is agreed is written a row at a time, through its verbs.")

    update = bulk_update = delete = _refuse


class OfVersion(Record):
    """A row that is part of what is agreed: it stands still as soon as the version is being signed."""

    agreement_version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, verbose_name=_("version"), editable=False
    )

    class Meta:
        abstract = True

    @property
    def is_fixed(self) -> bool:
        """Whether it may be changed no more."""
        return not self.agreement_version.is_draft

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises ImmutableAgreement once it stands still."""
        if self.is_fixed:
            raise ImmutableAgreement("What is being signed, or is signed, is never changed; begin a new version.")
        super().save(*args, **kwargs)


class AgreementPartyQuerySet(OfVersionQuerySet):
    """The parties. One that waits to join is nobody's business yet but its own and of those who read the whole."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        waits = Q(supplement__gt=0, sealed_at__isnull=True)
        whole = AgreementQuerySet.whole(user, "agreement_version__agreement__")
        return super().visible_to(user).filter(~waits | whole | self.signed_for_by(user))

    @staticmethod
    def signed_for_by(user: Any) -> Q:
        """The condition that the user signs for the party: its contact person, a chief of the förvaltning."""
        persons = ContactPerson.objects.active().filter(user=user.pk, user__isnull=False)
        forvaltningar = {boende.forvaltning_id for boende in boenden_where(user, Right.SIGN_AGREEMENTS)}
        return Q(actor__in=persons.values("actor")) | Q(forvaltning__in=forvaltningar)

    def for_detail(self) -> Self:
        """As they stand in the agreement, with signatures."""
        return (
            self.active()
            .select_related("actor", "forvaltning", "document")
            .prefetch_related(
                models.Prefetch("signatures", Signature.objects.active().select_related("document").order_by("pk"))
            )
            .order_by("supplement", "created_at", "pk")
        )

    def signable_by(self, user: Any) -> Self:
        """Those for which the user may sign herself. Her account must see the version."""
        return self.visible_to(user).filter(self.signed_for_by(user))


class AgreementParty(OfVersion):
    """An actor or a förvaltning that is part of the agreement, from the start or by a supplement."""

    actor = models.ForeignKey(
        Actor, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("aktör")
    )
    forvaltning = models.ForeignKey(
        Forvaltning, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("förvaltning")
    )
    contributes = GuardedTextField(_("bidrar med"), max_length=2000, blank=True)
    supplement = models.PositiveSmallIntegerField(_("tillägg"), default=0, editable=False)
    joined_on = models.DateField(_("med från"), null=True, blank=True)
    sealed_at = models.DateTimeField(_("tillägget fastställt"), null=True, blank=True, editable=False)
    document = models.ForeignKey(
        StoredDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("tilläggets arkivfil"),
    )

    objects = AgreementPartyQuerySet.as_manager()

    class Meta:
        verbose_name = _("part")
        verbose_name_plural = _("parter")
        ordering = ["agreement_version", "created_at"]
        default_related_name = "parties"
        constraints = [
            models.CheckConstraint(
                condition=Q(actor__isnull=False, forvaltning__isnull=True)
                | Q(actor__isnull=True, forvaltning__isnull=False),
                name="agreementparty_one",
                violation_error_code="actor",
                violation_error_message=_("Välj en aktör eller en förvaltning, en av dem."),
            ),
            models.UniqueConstraint(
                fields=["agreement_version", "actor"],
                condition=Q(archived_at__isnull=True, actor__isnull=False),
                name="agreementparty_actor_once",
                violation_error_code="actor",
                violation_error_message=_("Aktören är redan part."),
            ),
            models.UniqueConstraint(
                fields=["agreement_version", "forvaltning"],
                condition=Q(archived_at__isnull=True, forvaltning__isnull=False),
                name="agreementparty_forvaltning_once",
                violation_error_code="forvaltning",
                violation_error_message=_("Förvaltningen är redan part."),
            ),
            models.CheckConstraint(
                condition=Q(supplement=0, sealed_at__isnull=True, document__isnull=True, joined_on__isnull=True)
                | Q(supplement__gt=0, sealed_at__isnull=True, document__isnull=True)
                | Q(supplement__gt=0, sealed_at__isnull=False, document__isnull=False, joined_on__isnull=False),
                name="agreementparty_supplement_sealed_has_file",
                violation_error_message=_("Ett fastställt tillägg har en dag och en arkivfil."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.actor or self.forvaltning)

    @property
    def is_supplement(self) -> bool:
        """Whether it joins an agreement that others had signed before."""
        return self.supplement > 0

    @property
    def is_fixed(self) -> bool:
        """A supplement is written while the agreement is in force, until somebody has signed it."""
        if not self.is_supplement:
            return super().is_fixed
        is_signed = not self.is_new and self.signatures.active().exists()
        return is_signed or self.was_sealed or not self.agreement_version.is_in_force

    @property
    def was_sealed(self) -> bool:
        """Whether what is stored is a supplement that has become a file."""
        return AgreementParty.objects.filter(pk=self.pk, sealed_at__isnull=False).exists()

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises ImmutableAgreement once it stands still. Signed and unchanged a supplement can be sealed."""
        stored = AgreementParty.objects.filter(pk=self.pk).first()
        is_same = stored is not None and self.says() == stored.says() and self.archived_at == stored.archived_at
        if self.is_supplement and is_same and not self.was_sealed and self.agreement_version.is_in_force:
            models.Model.save(self, *args, **kwargs)
        else:
            super().save(*args, **kwargs)

    def says(self) -> dict[str, Any]:
        """What it signs of its own: who joins, with what, from when."""
        names = ("agreement_version_id", "supplement", "actor_id", "forvaltning_id", "contributes", "joined_on")
        return {name: getattr(self, name) for name in names}

    def signing_sum(self) -> str:
        """SHA-256 of all that it signs: the version's whole text, and for a supplement what it says itself."""
        version = self.agreement_version
        if not self.is_supplement:
            return version.text_sum()
        return sum_of({**self.says(), "version": version.sha256})

    @property
    def signature(self) -> "Signature | None":
        """Its signature; of several the first. Reads what for_detail fetched."""
        return next(iter(self.signatures.all()), None)

    @property
    def is_waiting(self) -> bool:
        """Whether it is a supplement that is not in force yet."""
        return self.is_supplement and self.sealed_at is None

    @property
    def has_signed(self) -> bool:
        """Whether somebody has signed for it."""
        return self.signature is not None

    @property
    def takes_signature(self) -> bool:
        """Whether it is being signed now, and has not been."""
        version = self.agreement_version
        is_open = self.is_waiting if self.is_supplement else version.is_being_signed
        return is_open and not self.has_signed and not version.agreement.has_ended


class AgreementPostQuerySet(OfVersionQuerySet):
    """The amounts."""

    def for_detail(self) -> Self:
        """As they stand in the agreement."""
        return self.active().order_by("created_at", "pk")

    def total(self) -> int:
        """Kronor a year."""
        return self.active().aggregate(total=Sum("amount"))["total"] or 0


class AgreementPost(OfVersion):
    """What is paid a year, and for what."""

    name = GuardedCharField(_("vad det är för"), max_length=160)
    amount = models.PositiveIntegerField(_("kronor per år"))

    objects = AgreementPostQuerySet.as_manager()

    class Meta:
        verbose_name = _("belopp")
        verbose_name_plural = _("belopp")
        ordering = ["agreement_version", "created_at"]
        default_related_name = "posts"

    def __str__(self) -> str:
        return self.name


class SignatureQuerySet(RecordQuerySet):
    """Signatures are written once."""

    def visible_to(self, user: Any) -> Self:
        """Those of parties that exist for the user."""
        return self.active().filter(party__in=AgreementParty.objects.visible_to(user).values("pk"))

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ImmutableAgreement("A signature is never changed or removed.")

    update = bulk_update = delete = _refuse


class Signature(Record):
    """Someone has signed for a party: on paper, which is kept as a file, or here by her own sign-in."""

    class Way(models.TextChoices):
        PAPER = "paper", _("på papper")
        SYSTEM = "system", _("i systemet")

    party = models.ForeignKey(
        AgreementParty, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("part"), editable=False
    )
    name = GuardedCharField(_("namn"), max_length=120)
    role = GuardedCharField(_("roll"), max_length=120)
    organisation = GuardedCharField(_("organisation"), max_length=160)
    signed_on = models.DateField(_("dag"), default=timezone.localdate)
    way = models.CharField(_("sätt"), max_length=8, choices=Way, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("användare"),
    )
    document = models.ForeignKey(
        StoredDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("undertecknat papper"),
    )
    sha256 = models.CharField(_("kontrollsumma för texten som skrevs under"), max_length=64, editable=False)

    objects = SignatureQuerySet.as_manager()

    class Meta:
        verbose_name = _("underskrift")
        verbose_name_plural = _("underskrifter")
        ordering = ["signed_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["party"],
                condition=Q(archived_at__isnull=True),
                name="signature_party_once",
                violation_error_message=_("Parten har redan skrivit under."),
            ),
            models.CheckConstraint(
                condition=Q(way="paper", document__isnull=False, user__isnull=True)
                | Q(way="system", document__isnull=True, user__isnull=False),
                name="signature_way_has_proof",
                violation_error_message=_("En underskrift är ett uppladdat papper eller en egen inloggning."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.role}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it, once."""
        if not self.is_new:
            raise ImmutableAgreement("A signature is never changed.")
        super().save(*args, **kwargs)
