# SPDX-License-Identifier: EUPL-1.2
"""A user: someone who signs in with her e-mail address."""

import uuid
from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.collation import SWEDISH
from platssamverkan.ground.fields import GuardedCharField


class UserManager(BaseUserManager["User"]):
    """Makes users. An address is kept casefolded, so that it is one person's however it is typed."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user with a password, or with one-time codes only when there is none. Raises ValueError without address."""
        if not email:
            raise ValueError("A user needs an e-mail address.")
        user = self.model(email=email.strip().casefold(), **fields)
        if password:
            user.set_password(password)
        else:
            user.set_unusable_password()
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """A user of /admin/, for whoever runs the servers; the roles of the application are assignments."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def create_service(self, name: str) -> "User":
        """A service: it reads by a key, nobody signs in as it, and its address leads nowhere (RFC 2606)."""
        return self.create_user(f"{uuid.uuid4().hex}@tjanst.invalid", name=name, is_service=True, is_active=False)

    def get_by_natural_key(self, username: str | None) -> "User":
        """The user with this address, in any case."""
        return self.get(email=(username or "").casefold())


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in. What she may do is said by her assignments, never by fields here."""

    id = models.UUIDField(_("id"), primary_key=True, default=uuid.uuid4, editable=False)
    email = models.EmailField(_("e-post"), unique=True)
    name = GuardedCharField(_("namn"), max_length=120, db_collation=SWEDISH)
    is_active = models.BooleanField(_("aktiv"), default=True)
    is_staff = models.BooleanField(_("driftpersonal"), default=False)
    is_service = models.BooleanField(
        _("tjänst"),
        default=False,
        db_default=False,
        editable=False,
        help_text=_("Ett system som läser med en nyckel. Ingen kan logga in som det."),
    )
    gets_digest = models.BooleanField(
        _("samla mina påminnelser i ett mail varje morgon"),
        default=False,
        db_default=False,
        help_text=_("Kallelser och svar på det du själv begär kommer ändå direkt."),
    )
    sign_in_round = models.PositiveIntegerField(
        _("inloggningsomgång"), default=0, editable=False, help_text=_("Räknas upp när alla inloggningar ska upphöra.")
    )
    created_at = models.DateTimeField(_("skapad"), default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects = UserManager()

    class Meta:
        verbose_name = _("användare")
        verbose_name_plural = _("användare")
        ordering = ["name", "email"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_any_case"),
            # no open account: every sign-in, every letter and every choice of a person asks for one
            models.CheckConstraint(
                condition=~Q(is_service=True, is_active=True),
                name="user_service_never_signs_in",
                violation_error_message=_("En tjänst har inget konto att logga in med."),
            ),
        ]

    def __str__(self) -> str:
        return self.name or self.email

    @property
    def first_name(self) -> str:
        """What the start page greets her by."""
        return self.name.split(" ")[0] if self.name else ""

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """What a sign-in is checked against at every request: a new password or a new round ends the old ones."""
        return salted_hmac(
            "accounts.User.session", f"{self.password}:{self.sign_in_round}", secret=secret, algorithm="sha256"
        ).hexdigest()

    def clean(self) -> None:
        super().clean()
        self.email = self.email.casefold()


def display_name(user: User) -> str:
    """How sign-in's pages and mails name a user."""
    return str(user)
