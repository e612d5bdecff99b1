# SPDX-License-Identifier: EUPL-1.2
"""An agreement and its versions. What has begun to be signed is never changed (rule 3)."""

import hashlib
import json
from datetime import date
from typing import Any, Self

from django.db import models
from django.db.models import Case, F, OuterRef, Prefetch, Q, Subquery, Value, When
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import boenden_where
from forum.agreement_kinds import AGREEMENTS, DAYS, TEXTS, AgreementKind, AgreementTerms
from forum.models.forums import Forum
from forum.models.joining import convened_by, forums_at, joined_by
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.models import StoredDocument
from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Immutable, Record, RecordQuerySet


class ImmutableAgreement(Immutable):
    """Someone tried to change what has begun to be signed. A correction is a new version that names the old one."""


def agreements_at(boenden: list[Boende]) -> Any:
    """The ids of the boendens' own agreements, as a subquery."""
    return Agreement.boenden.through.objects.filter(boende__in=[boende.pk for boende in boenden]).values("agreement")


class AgreementQuerySet(RecordQuerySet):
    """Staff of its boenden read an agreement; a member of its forum what has been shown to the members.

    The boenden come from the roles that the request has read already: nested deeper, SQLite would not take the query.
    """

    def read_whole_by(self, user: Any) -> Self:
        """Those of which the user reads drafts and follow-up too: as staff, or as the forum's sammankallande."""
        return self.active().filter(self.whole(user))

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        shown = AgreementVersion.objects.shown_to_members().values("agreement")
        return self.active().filter(self.whole(user) | Q(forum__in=joined_by(user), pk__in=shown))

    @staticmethod
    def whole(user: Any, prefix: str = "") -> Q:
        """The condition that the user reads the whole of the agreement that a row is, or points at."""
        boenden = boenden_where(user, Right.READ_FORUMS)
        return (
            Q(**{f"{prefix}forum__in": forums_at(boenden)})
            | Q(**{f"{prefix}forum__in": convened_by(user)})
            | Q(**{f"{prefix}pk__in": agreements_at(boenden)})
        )

    def editable_by(self, user: Any) -> Self:
        """A forum's agreements are its sammankallande's; those of a boende alone its enhetschef's."""
        own = agreements_at(boenden_where(user, Right.EDIT_AGREEMENTS))
        return self.active().filter(Q(forum__in=convened_by(user)) | Q(forum__isnull=True, pk__in=own))

    def at(self, boende: Boende) -> Self:
        """Those of a boende, its own and those of its forums."""
        return self.filter(Q(pk__in=agreements_at([boende])) | Q(forum__in=forums_at([boende])))

    def with_places(self) -> Self:
        """With forum and boenden."""
        return self.select_related("forum").prefetch_related(
            Prefetch("boenden", Boende.objects.active().order_by("name"))
        )

    def for_list(self) -> Self:
        """What is being signed or written first, the ended last, with the last day of the version in force."""
        states = Agreement.State
        order = [states.UNDERTECKNAS, states.UTKAST, states.GALLER, states.AVSLUTAD]
        place = Case(*(When(state=state, then=Value(n)) for n, state in enumerate(order)), default=9)
        newest = AgreementVersion.objects.shown_to_members().filter(agreement=OuterRef("pk"))
        newest = newest.order_by(Case(When(state="galler", then=0), default=1), "-number")
        rows = self.with_places().annotate(place=place, last_day=Subquery(newest.values("ends_on")[:1]))
        rows = rows.annotate(first_day=Subquery(newest.values("starts_on")[:1]))
        return rows.order_by("place", "title", "pk")


class Agreement(Record):
    """Who has agreed about which place, and how far that has come. What they agreed on stands in its versions."""

    Kind = AgreementKind

    class State(models.TextChoices):
        UTKAST = "utkast", _("utkast")
        UNDERTECKNAS = "undertecknas", _("undertecknas")
        GALLER = "galler", _("gäller")
        AVSLUTAD = "avslutad", _("avslutad")

    kind = models.CharField(_("slag"), max_length=20, choices=AgreementKind)
    title = GuardedCharField(_("titel"), max_length=160, db_collation=SWEDISH)
    forum = models.ForeignKey(
        Forum, on_delete=models.PROTECT, null=True, blank=True, related_name="agreements", verbose_name=_("forum")
    )
    boenden = models.ManyToManyField(Boende, blank=True, related_name="agreements", verbose_name=_("boenden"))
    diarienummer = GuardedCharField(_("diarienummer"), max_length=60, blank=True)
    state = models.CharField(_("läge"), max_length=14, choices=State, default=State.UTKAST, editable=False)
    ended_on = models.DateField(_("avslutad"), null=True, blank=True, editable=False)

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("avtal")
        verbose_name_plural = _("avtal")
        ordering = ["title"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="avslutad", ended_on__isnull=False)
                | Q(state__in=["utkast", "undertecknas", "galler"], ended_on__isnull=True),
                name="agreement_ended_has_day",
                violation_error_message=_("Ett avslutat avtal har en sista dag."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:agreement_detail", args=[self.pk])

    @property
    def terms(self) -> AgreementTerms:
        """What an agreement of its kind holds."""
        return AGREEMENTS[self.kind]

    @property
    def whose(self) -> str:
        """The forum, or the boenden, it is about."""
        return str(self.forum) if self.forum else ", ".join(str(boende) for boende in self.boenden.all())

    @property
    def begins_later(self) -> bool:
        """Whether it is signed by all but its first day has not come. For rows of `for_list`."""
        first_day: date | None = getattr(self, "first_day", None)
        return self.state == self.State.GALLER and first_day is not None and first_day > timezone.localdate()

    @property
    def has_ended(self) -> bool:
        """Whether it is over."""
        return self.state == self.State.AVSLUTAD

    @property
    def facts_stand(self) -> bool:
        """Whether diarienummer and boenden stand still: somebody is signing a text that they will stand in."""
        being_signed = Q(state=AgreementVersion.State.UNDERTECKNAS)
        joining = Q(
            parties__supplement__gt=0,
            parties__sealed_at__isnull=True,
            parties__archived_at__isnull=True,
            parties__signatures__archived_at__isnull=True,
            parties__signatures__isnull=False,
        )
        return self.versions.filter(being_signed | joining).exists()


def sum_of(said: dict[str, Any]) -> str:
    """SHA-256 of what is said, the same for the same words whatever order the fields came in."""
    return hashlib.sha256(json.dumps(said, default=str, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


class AgreementContent(Record):
    """The texts and days that a version says, and that each of its wordings said."""

    purpose = GuardedTextField(_("syften"), max_length=6000, blank=True)
    areas = GuardedTextField(_("samverkansområden"), max_length=6000, blank=True)
    principles = GuardedTextField(_("principer"), max_length=6000, blank=True)
    steering = GuardedTextField(_("styrgrupp"), max_length=2000, blank=True)
    more = GuardedTextField(_("övrigt"), max_length=6000, blank=True)
    starts_on = models.DateField(_("gäller från"), null=True, blank=True)
    ends_on = models.DateField(_("gäller till och med"), null=True, blank=True)
    review_on = models.DateField(_("ses över senast"), null=True, blank=True)

    class Meta:
        abstract = True

    def content(self) -> dict[str, Any]:
        """What it says, by field."""
        return {name: getattr(self, name) for name in (*TEXTS, *DAYS)}


class AgreementVersionQuerySet(RecordQuerySet):
    """Versions of agreements. Bulk writes are refused, even in an action: what is signed stays as it is."""

    def _refuse(self, *args: Any, **kwargs: Any) -> Any:
        raise ImmutableAgreement("A version is written one at a time, through its verbs.")

    update = bulk_update = delete = _refuse

    def shown_to_members(self) -> Self:
        """Those that the forum's members read: all but drafts that nobody has shown them."""
        return self.active().exclude(state=AgreementVersion.State.UTKAST, shown_at__isnull=True)

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        is_shown = ~Q(state=AgreementVersion.State.UTKAST) | Q(shown_at__isnull=False)
        rows = self.active().filter(agreement__archived_at__isnull=True)
        as_member = is_shown & Q(agreement__forum__in=joined_by(user))
        return rows.filter(AgreementQuerySet.whole(user, "agreement__") | as_member)

    def editable_by(self, user: Any) -> Self:
        """Those of agreements that the user looks after."""
        return self.active().filter(agreement__in=Agreement.objects.editable_by(user).values("pk"))

    def open(self) -> Self:
        """Those being written or signed."""
        return self.active().filter(state__in=AgreementVersion.OPEN)

    def in_force(self) -> Self:
        """Those that hold."""
        return self.active().filter(state=AgreementVersion.State.GALLER)

    def for_detail(self) -> Self:
        """With the agreement, its places and the files."""
        return self.select_related("agreement__forum", "document", "previous", "sealed_by").prefetch_related(
            Prefetch("agreement__boenden", Boende.objects.active().select_related("forvaltning").order_by("name"))
        )


class AgreementVersion(AgreementContent):
    """What the parties agree on. One at a time is written, one at a time is in force."""

    class State(models.TextChoices):
        UTKAST = "utkast", _("utkast")
        UNDERTECKNAS = "undertecknas", _("undertecknas")
        GALLER = "galler", _("gäller")
        ERSATT = "ersatt", _("ersatt")

    OPEN = (State.UTKAST, State.UNDERTECKNAS)

    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, related_name="versions", verbose_name=_("avtal"), editable=False
    )
    number = models.PositiveSmallIntegerField(_("nummer"), default=1, editable=False)
    state = models.CharField(_("läge"), max_length=14, choices=State, default=State.UTKAST, editable=False)
    previous = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="next",
        verbose_name=_("ersätter"),
    )
    change_note = GuardedCharField(_("vad som ändras mot förra versionen"), max_length=300, blank=True)
    shown_at = models.DateTimeField(_("visad för medlemmarna"), null=True, blank=True, editable=False)
    sha256 = models.CharField(_("kontrollsumma för texten"), max_length=64, blank=True, editable=False)
    sealed_at = models.DateTimeField(_("fastställd"), null=True, blank=True, editable=False)
    sealed_by = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("fastställd av"),
    )
    document = models.ForeignKey(
        StoredDocument,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("arkivfil"),
    )

    objects = AgreementVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("avtalsversion")
        verbose_name_plural = _("avtalsversioner")
        ordering = ["agreement", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "number"], name="agreementversion_number_once"),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state="galler"),
                name="agreementversion_one_in_force",
                violation_error_message=_("En version gäller redan."),
            ),
            models.UniqueConstraint(
                fields=["agreement"],
                condition=Q(state__in=["utkast", "undertecknas"]),
                name="agreementversion_one_open",
                violation_error_message=_("Det finns redan en version som skrivs eller undertecknas."),
            ),
            models.CheckConstraint(
                condition=Q(state="utkast", sha256="") | (~Q(state="utkast") & ~Q(sha256="")),
                name="agreementversion_frozen_has_sum",
                violation_error_message=_("En version som undertecknas har en kontrollsumma."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=["utkast", "undertecknas"], sealed_at__isnull=True, document__isnull=True)
                | Q(state__in=["galler", "ersatt"], sealed_at__isnull=False, document__isnull=False),
                name="agreementversion_sealed_has_file",
                violation_error_message=_("En version som gäller har en arkivfil."),
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="agreementversion_days",
                violation_error_code="ends_on",
                violation_error_message=_("Sista dagen ska vara efter den första."),
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True)
                | (Q(starts_on__isnull=True) | Q(review_on__gte=F("starts_on")))
                & (Q(ends_on__isnull=True) | Q(review_on__lte=F("ends_on"))),
                name="agreementversion_review_within",
                violation_error_code="review_on",
                violation_error_message=_("Översynen ska göras under tiden som avtalet gäller."),
            ),
        ]

    def __str__(self) -> str:
        return str(_("%(title)s, version %(number)s")) % {"title": self.agreement, "number": self.number}

    def get_absolute_url(self) -> str:
        return reverse("forum:agreementversion_detail", args=[self.pk])

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store it; raises ImmutableAgreement if its text is not the one that is being, or has been, signed."""
        signed = AgreementVersion.objects.filter(pk=self.pk).exclude(sha256="").first()
        if signed and (self.says() != signed.says() or self.sha256 not in ("", signed.sha256)):
            raise ImmutableAgreement("A version that is being signed is never changed; begin a new one.")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        """Refused: nothing is lost."""
        raise ImmutableAgreement("A version is never removed.")

    def says(self) -> dict[str, Any]:
        """The texts and days that are signed, with the word on what is new in it."""
        return {**self.content(), "change_note": self.change_note}

    def text_sum(self) -> str:
        """SHA-256 of all that its parties sign: texts, days, who they are, what each contributes, the amounts.

        A party is told by its id: an actor that changes its name is the same party.
        """
        parties = self.parties.active().filter(supplement=0).order_by("pk")
        posts = self.posts.active().order_by("pk")
        return sum_of(
            {
                **self.content(),
                "parties": list(parties.values_list("actor", "forvaltning", "contributes")),
                "posts": list(posts.values_list("name", "amount")),
            }
        )

    @property
    def is_draft(self) -> bool:
        """Whether its text may be changed."""
        return self.state == self.State.UTKAST

    @property
    def takes_comments(self) -> bool:
        """Whether the forum's people say what they think of it: a draft that they have been shown."""
        is_shown = self.is_draft and self.shown_at is not None
        return is_shown and self.agreement.forum_id is not None and not self.agreement.has_ended

    @property
    def is_being_signed(self) -> bool:
        """Whether signatures are being gathered."""
        return self.state == self.State.UNDERTECKNAS

    @property
    def is_sealed(self) -> bool:
        """Whether it is, or was, in force."""
        return self.sealed_at is not None

    @property
    def is_in_force(self) -> bool:
        """Whether it holds."""
        return self.state == self.State.GALLER

    @property
    def begins_later(self) -> bool:
        """Whether it is fastställd but its first day has not come."""
        return self.is_in_force and self.starts_on is not None and self.starts_on > timezone.localdate()
