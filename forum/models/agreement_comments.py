# SPDX-License-Identifier: EUPL-1.2
"""What the forum's people say about an agreement's draft that they have been shown, and what became of it."""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models.agreements import AgreementQuerySet, AgreementVersion
from forum.models.protokoll_comments import ProtokollComment
from platssamverkan.ground.fields import GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class AgreementCommentQuerySet(RecordQuerySet):
    """Everyone who reads the draft reads its comments, until it is being signed; then only those who read the whole."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        is_draft = Q(agreement_version__state=AgreementVersion.State.UTKAST)
        whole = AgreementQuerySet.whole(user, "agreement_version__agreement__")
        versions = AgreementVersion.objects.visible_to(user)
        return self.active().filter(is_draft | whole, agreement_version__in=versions.values("pk"))

    def editable_by(self, user: Any) -> Self:
        """Those that the sammankallande answers."""
        return self.active().filter(agreement_version__in=AgreementVersion.objects.editable_by(user).values("pk"))

    def for_list(self) -> Self:
        """With names, the earliest first."""
        return self.active().select_related("created_by").order_by("created_at", "pk")


class AgreementComment(Record):
    """A synpunkt on a draft, by one who reads it."""

    State = ProtokollComment.State

    agreement_version = models.ForeignKey(
        AgreementVersion, on_delete=models.PROTECT, related_name="comments", verbose_name=_("om"), editable=False
    )
    text = GuardedTextField(_("synpunkt"), max_length=4000)
    state = models.CharField(_("läge"), max_length=8, choices=State, default=State.WAITING)
    answer = GuardedTextField(_("svar"), max_length=2000, blank=True)

    objects = AgreementCommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("synpunkt på avtal")
        verbose_name_plural = _("synpunkter på avtal")
        ordering = ["created_at"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="noted") | ~Q(answer=""),
                name="agreementcomment_declined_with_words",
                violation_error_code="answer",
                violation_error_message=_("Skriv varför texten inte ändras."),
            ),
        ]

    def __str__(self) -> str:
        return str(self._meta.verbose_name)

    def get_absolute_url(self) -> str:
        return f"{reverse('forum:agreementversion_detail', args=[self.agreement_version_id])}#synpunkter"

    @property
    def author(self) -> str:
        """Who says so."""
        return str(self.created_by or "")

    @property
    def is_waiting(self) -> bool:
        """Whether nobody has answered it."""
        return self.state == self.State.WAITING
