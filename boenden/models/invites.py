# SPDX-License-Identifier: EUPL-1.2
"""How people are invited: by e-mail, to a role or to read a contact list."""

import hashlib
from datetime import timedelta
from string import ascii_letters
from typing import Any, Self

from django.apps import apps
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext_lazy as _

from boenden.models.assignments import SCOPE_MATCHES_ROLE, Assignment
from boenden.models.boende import Boende, Forvaltning
from platssamverkan.accounts.roles import Right, Role
from platssamverkan.ground.fields import GuardedCharField
from platssamverkan.ground.records import Record, RecordQuerySet

INVITE_DAYS = 14  # an invitation's life
TOKEN_LENGTH = 45  # letters only, 256 bits: digits could by chance look like a personnummer


class InviteQuerySet(RecordQuerySet):
    """Invitations, found by the token in the link."""

    def waiting(self) -> Self:
        """Neither accepted nor withdrawn; the expired ones can be sent again."""
        return self.active().filter(accepted_at__isnull=True, withdrawn_at__isnull=True)

    def for_list(self) -> Self:
        """Those that wait for an answer, the latest first."""
        return self.waiting().select_related("boende", "forvaltning", "created_by").order_by("-created_at", "pk")

    def open(self) -> Self:
        """Neither accepted, withdrawn nor expired."""
        gives_something = Q(ends_on__isnull=True) | Q(ends_on__gte=timezone.localdate())
        return self.waiting().filter(gives_something, expires_at__gt=timezone.now())

    def with_token(self, token: str) -> Self:
        """The open invitation that a link's token belongs to, if any."""
        return self.open().filter(token_digest=token_digest(token))

    def visible_to(self, user: Any) -> Self:
        """Those a person may manage."""
        if user.is_authenticated and Assignment.objects.giving(user, Right.MANAGE_USERS).exists():
            return self
        return self.filter(boende__in=Boende.objects.with_right(user, Right.INVITE))

    def editable_by(self, user: Any) -> Self:
        """Those a person may send again or withdraw: the same."""
        return self.visible_to(user)


def token_digest(token: str) -> str:
    """What is kept of a link's token: who reads the database can't use it."""
    return hashlib.sha256(token.encode()).hexdigest()


def new_token() -> str:
    """A token for a link."""
    return get_random_string(TOKEN_LENGTH, ascii_letters)


def invite_expiry() -> Any:
    """When an invitation sent now expires."""
    return timezone.now() + timedelta(days=INVITE_DAYS)


class Invite(Record):
    """An invitation by e-mail to a role in a scope, or (role empty) to read a boende's contact list. Works once."""

    email = models.EmailField(_("e-post"))
    name = GuardedCharField(_("namn"), max_length=120)
    role = models.CharField(_("roll"), max_length=20, choices=Role, blank=True)
    forvaltning = models.ForeignKey(
        Forvaltning,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("förvaltning"),
    )
    boende = models.ForeignKey(
        Boende,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="invites",
        verbose_name=_("boende"),
    )
    person = models.ForeignKey(
        "boenden.ContactPerson",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("kontaktperson"),
    )
    ends_on = models.DateField(_("till och med"), null=True, blank=True)
    token_digest = models.CharField(_("länk"), max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("gäller till"), default=invite_expiry)
    sent_count = models.PositiveSmallIntegerField(_("gånger skickad"), default=1)
    accepted_at = models.DateTimeField(_("antagen"), null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("antagen av"),
    )
    withdrawn_at = models.DateTimeField(_("återkallad"), null=True, blank=True)

    objects = InviteQuerySet.as_manager()

    class Meta:
        verbose_name = _("inbjudan")
        verbose_name_plural = _("inbjudningar")
        ordering = ["-created_at"]
        constraints = [
            models.CheckConstraint(
                condition=SCOPE_MATCHES_ROLE | Q(role="", forvaltning__isnull=True, boende__isnull=False),
                name="invite_scope_matches_role",
                violation_error_message=_("Välj den förvaltning eller det boende som rollen gäller, och bara det."),
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="invite_accepted_or_withdrawn",
                violation_error_message=_("Inbjudan är redan använd."),
            ),
        ]

    def __str__(self) -> str:
        return (
            f"{self.role_name}, {self.boende or self.forvaltning}"
            if (self.boende or self.forvaltning)
            else self.role_name
        )

    def clean(self) -> None:
        """Nobody is invited to what she has, or twice to the same; raises ValidationError for the address."""
        super().clean()
        self.email = self.email.casefold()
        scope = {"boende": self.boende_id, "forvaltning": self.forvaltning_id}
        others = Invite.objects.open().exclude(pk=self.pk).filter(email=self.email, role=self.role, **scope)
        account = get_user_model().objects.filter(email=self.email).first()
        if account and not account.is_active:
            problem = _("Kontot för adressen är avstängt. En systemförvaltare kan öppna det igen.")
        elif account and self.is_held_by(account):
            problem = _("%(name)s har redan den rollen.")
        elif others.exists():
            problem = _("En inbjudan till adressen väntar redan på svar. Skicka den igen i stället.")
        else:
            return
        raise ValidationError({"email": ValidationError(problem, params={"name": account})})

    def is_held_by(self, user: Any) -> bool:
        """Whether the user has what the invitation would give."""
        if self.role:
            held = Assignment.objects.current().filter(role=self.role, forvaltning=self.forvaltning_id)
            return held.filter(user=user, boende=self.boende_id).exists()
        readers = apps.get_model("boenden", "ContactListReader").objects
        return readers.current().filter(user=user, contact_list__boende=self.boende_id).exists()

    @property
    def role_name(self) -> str:
        """The role in words; reading a contact list is one too."""
        return self.get_role_display() if self.role else str(_("läsare av kontaktlistan"))

    @property
    def is_expired(self) -> bool:
        """Whether its link has stopped working by itself."""
        return self.expires_at <= timezone.now()
