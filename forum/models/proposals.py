# SPDX-License-Identifier: EUPL-1.2
"""What staff want taken up: a synpunkt or a wish of a husmöte as a proposed item; and wishes that became synpunkter."""

from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from forum.models.agenda import AgendaItem
from forum.models.forums import Forum, notes_readable
from forum.models.meetings import Meeting
from incidents.models import Synpunkt
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class ProposalQuerySet(RecordQuerySet):
    """Read by the staff of the forum's boenden and by its sammankallande, never by members: they read the item."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        if not user.is_authenticated:
            return self.none()
        noted = Forum.objects.active().filter(notes_readable(user)).values("pk")
        return self.active().filter(meeting__forum__in=noted, meeting__archived_at__isnull=True)

    def editable_by(self, user: Any) -> Self:
        """Those the user answers: she convenes the forum."""
        return self.active().filter(meeting__in=Meeting.objects.editable_by(user))

    def waiting(self) -> Self:
        """Those without an answer."""
        return self.active().filter(state=Proposal.State.WAITING)


class Proposal(Record):
    """An item that staff propose for a meeting. Its words are for the forum: never those of the sender."""

    class State(models.TextChoices):
        WAITING = "waiting", _("väntar på sammankallande")
        ACCEPTED = "accepted", _("på dagordningen")
        DECLINED = "declined", _("tas inte upp")

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="proposals", verbose_name=_("möte"))
    synpunkt = models.ForeignKey(
        Synpunkt,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        verbose_name=_("synpunkt"),
    )
    wish = models.ForeignKey(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposals",
        verbose_name=_("önskemål på husmöte"),
    )
    title = GuardedCharField(_("frågan i korthet"), max_length=160)
    text = GuardedTextField(_("underlag"), max_length=4000, blank=True)
    state = models.CharField(_("läge"), max_length=10, choices=State, default=State.WAITING, editable=False)
    answer = GuardedTextField(_("ett ord tillbaka"), max_length=2000, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("besvarad av"),
    )
    item = models.OneToOneField(
        AgendaItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="proposal",
        verbose_name=_("punkt"),
    )

    objects = ProposalQuerySet.as_manager()

    class Meta:
        verbose_name = _("föreslagen punkt")
        verbose_name_plural = _("föreslagna punkter")
        ordering = ["meeting", "created_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", answered_by__isnull=True)
                | (~Q(state="waiting") & Q(answered_by__isnull=False)),
                name="proposal_answered_by",
                violation_error_message=_("Ett besvarat förslag har någon som svarade."),
            ),
            models.CheckConstraint(
                condition=Q(synpunkt__isnull=False, wish__isnull=True) | Q(synpunkt__isnull=True, wish__isnull=False),
                name="proposal_comes_from_one",
                violation_error_message=_("Ett förslag kommer från en synpunkt eller ett husmöte."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("forum:proposal_answer", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        """Whether it has no answer yet."""
        return self.state == self.State.WAITING


class HeardWish(Record):
    """A wish of a husmöte that became a synpunkt: brukarna as a group, in the same inbox as the neighbours."""

    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, related_name="heard_wishes", editable=False, verbose_name=_("punkt")
    )
    synpunkt = models.OneToOneField(
        Synpunkt, on_delete=models.PROTECT, related_name="heard_wish", editable=False, verbose_name=_("synpunkt")
    )

    class Meta:
        verbose_name = _("önskemål som blev synpunkt")
        verbose_name_plural = _("önskemål som blev synpunkter")
        ordering = ["item", "created_at"]

    def __str__(self) -> str:
        return str(self.synpunkt)
