# SPDX-License-Identifier: EUPL-1.2
"""The outbox: what someone is to be told, once, whatever crashes (faults.md, "Celery with Redis")."""

import uuid
from datetime import datetime
from typing import Any, Self
from urllib.parse import urlsplit

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet

PAGE_SIZE = 50


def new_message_id() -> str:
    """The letter's own name, the same each time it is sent: a mail program shows a second copy as the first."""
    return f"<{uuid.uuid4()}@{urlsplit(settings.SITE_URL).hostname}>"


class NoticeQuerySet(RecordQuerySet):
    """Who may see a notice, and which the outbox may take."""

    def addressed_to(self, user: Any) -> Self:
        """The person's own; not the morning's letter, which only gathers them."""
        return self.filter(user=user.pk).exclude(what=Notice.DIGEST)

    def undelivered(self) -> Self:
        """Those that were given up, for someone to look at."""
        return self.active().filter(status=Notice.Status.FAILED)

    def visible_to(self, user: Any) -> Self:
        """Her own; whoever manages users sees everyone's undelivered too (who and what about, not the text)."""
        if has_right(user, Right.MANAGE_USERS):
            return self.filter(Q(user=user.pk) | Q(status=Notice.Status.FAILED))
        return self.addressed_to(user)

    def for_list(self) -> Self:
        """The newest first."""
        return self.active().order_by("-created_at", "-pk")

    def before(self, notice: "Notice") -> Self:
        """Those after a given one in for_list's order."""
        return self.filter(
            Q(created_at__lt=notice.created_at) | Q(created_at=notice.created_at, pk__lt=notice.pk),
        )

    def claimable(self, now: datetime) -> Self:
        """To be sent now: those waiting whose time has come, and those whose sender went away; none taken back."""
        return (
            self.active()
            .filter(
                Q(status=Notice.Status.WAITING, next_attempt_at__lte=now)
                | Q(status=Notice.Status.CLAIMED, lease_until__lte=now)
            )
            .order_by("next_attempt_at", "pk")
        )


class Notice(Record):
    """One thing told to one person, in the app and as a letter. One row for each (what, occasion, recipient)."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("väntar")
        CLAIMED = "claimed", _("skickas")
        SENT = "sent", _("skickat")
        FAILED = "failed", _("gick inte iväg")
        APP_ONLY = "app_only", _("bara i appen")
        DIGEST = "digest", _("väntar på morgonens mail")

    DIGEST = "digest"  # the kind of a morning's letter, which gathers the others

    what = models.CharField(_("slag"), max_length=60, editable=False)
    occasion = models.CharField(_("tillfälle"), max_length=160, editable=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="notices",
        verbose_name=_("mottagare"),
    )
    email = models.EmailField(_("e-post"), null=True, blank=True)
    subject = GuardedCharField(_("rubrik"), max_length=200)
    text = GuardedTextField(_("text"), blank=True)
    url = models.CharField(_("sida"), max_length=300, blank=True, editable=False)
    calendar = models.TextField(_("kalenderdel"), blank=True, editable=False)
    due_on = models.DateField(_("gäller"), default=timezone.localdate)
    is_late = models.BooleanField(_("sen"), default=False)
    status = models.CharField(_("läge"), max_length=10, choices=Status, default=Status.WAITING, editable=False)
    lease_until = models.DateTimeField(_("tagen till"), null=True, blank=True, editable=False)
    attempts = models.PositiveSmallIntegerField(_("försök"), default=0, editable=False)
    next_attempt_at = models.DateTimeField(_("nästa försök"), default=timezone.now, editable=False)
    last_error = models.CharField(_("senaste fel"), max_length=60, blank=True, editable=False)
    message_id = models.CharField(_("mailets id"), max_length=300, unique=True, default=new_message_id, editable=False)
    sent_at = models.DateTimeField(_("skickat"), null=True, blank=True, editable=False)
    read_at = models.DateTimeField(_("läst"), null=True, blank=True, editable=False)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("meddelande")
        verbose_name_plural = _("meddelanden")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["user", "-created_at", "-id"], name="notice_user_newest"),
            models.Index(
                fields=["next_attempt_at"], condition=Q(status__in=["waiting", "claimed"]), name="notice_outbox"
            ),
            models.Index(fields=["what", "due_on"], name="notice_what_due"),
            models.Index(fields=["created_at"], condition=Q(status="digest"), name="notice_digest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["what", "occasion", "user"], name="notice_once_to_user"),
            models.UniqueConstraint(fields=["what", "occasion", "email"], name="notice_once_to_email"),
            models.CheckConstraint(
                condition=Q(user__isnull=False, email__isnull=True) | Q(user__isnull=True, email__isnull=False),
                name="notice_one_recipient",
                violation_error_message=_("Ett meddelande har en mottagare."),
            ),
            models.CheckConstraint(
                condition=Q(status="claimed", lease_until__isnull=False)
                | (~Q(status="claimed") & Q(lease_until__isnull=True)),
                name="notice_claimed_under_lease",
                violation_error_message=_("Ett meddelande som skickas är taget till en tid."),
            ),
            models.CheckConstraint(
                condition=Q(status="sent", sent_at__isnull=False) | (~Q(status="sent") & Q(sent_at__isnull=True)),
                name="notice_sent_has_time",
                violation_error_message=_("Ett skickat meddelande har en tid."),
            ),
            models.CheckConstraint(
                condition=~Q(status="failed") | ~Q(last_error=""),
                name="notice_failed_says_why",
                violation_error_message=_("Ett meddelande som inte gick iväg har ett fel."),
            ),
            models.CheckConstraint(
                condition=~Q(status="app_only") | Q(user__isnull=False),
                name="notice_app_only_has_user",
                violation_error_message=_("Bara den som har ett konto kan läsa i appen."),
            ),
            models.CheckConstraint(
                condition=~Q(status="digest") | Q(user__isnull=False),
                name="notice_digest_has_user",
                violation_error_message=_("Bara den som har ett konto kan samla sina påminnelser."),
            ),
            models.CheckConstraint(
                condition=Q(url="") | Q(url__startswith="/"),
                name="notice_url_is_ours",
                violation_error_message=_("Sidan är en av våra egna."),
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def address(self) -> str:
        """Where the letter goes."""
        return self.user.email if self.user else str(self.email)

    @property
    def address_hint(self) -> str:
        """The address as whoever tends to undelivered letters sees it: enough to tell what is wrong with it.

        A person without an account is told to nobody: she may be the sender of a synpunkt (GDPR art. 25).
        """
        if self.user:
            return str(self.user.email)
        local, _at, domain = str(self.email).rpartition("@")
        return f"{local[:1]}…@{domain}"

    @property
    def is_failed(self) -> bool:
        """Whether it was given up."""
        return self.status == self.Status.FAILED

    @property
    def reason(self) -> str:
        """Why it was given up, in words."""
        reasons = {
            "SMTPRecipientsRefused": _("Adressen togs inte emot."),
            "SMTPDataError": _("Mottagarens server tog inte emot mailet."),
        }
        return str(reasons.get(self.last_error, _("Mailet gick inte att skicka.")))
