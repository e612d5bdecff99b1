# SPDX-License-Identifier: EUPL-1.2
"""What a boende tells everyone: its public page, and material about it for neighbours and for children.

A text is written by the staff and read by nobody outside until the enhetschef releases it. What is released is a copy
of its own: writing on does not take the page down, and nobody reads what has not been released (decision 0027).
"""

from typing import Any, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende, CommonEntry
from boenden.rights import reached
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.records import Record, RecordQuerySet


class PublicTextQuerySet(RecordQuerySet):
    """Drafts: for those who work at the boende, and their förvaltningschef."""

    def visible_to(self, user: Any) -> Self:
        """Those that exist for the user."""
        return self.active().filter(reached(user, Right.READ_PUBLIC_TEXTS, "boende__"))

    def editable_by(self, user: Any) -> Self:
        """Those the user may write in."""
        return self.active().filter(reached(user, Right.EDIT_PUBLIC_TEXTS, "boende__"))

    def releasable_by(self, user: Any) -> Self:
        """Those that the user may release and take back."""
        return self.active().filter(reached(user, Right.RELEASE_PUBLIC_TEXTS, "boende__"))


class PublicText(Record):
    """One text of a boende, as it is being written."""

    class Kind(models.TextChoices):
        PAGE = "sida", _("den publika sidan")
        NEIGHBOURS = "grannar", _("information till grannar")
        CHILDREN = "barn", _("information till barn")

    MATERIAL = (Kind.NEIGHBOURS, Kind.CHILDREN)

    boende = models.ForeignKey(Boende, on_delete=models.PROTECT, related_name="public_texts", verbose_name=_("boende"))
    kind = models.CharField(_("slag"), max_length=10, choices=Kind, editable=False)
    title = GuardedCharField(_("rubrik"), max_length=120, blank=True)
    lead = GuardedTextField(_("vilka vi är"), max_length=1000, blank=True)
    body = GuardedTextField(_("det gör vi tillsammans"), max_length=6000, blank=True)
    numbers = models.ManyToManyField(CommonEntry, blank=True, related_name="+", verbose_name=_("vem ringer man när"))
    is_indexed = models.BooleanField(_("sidan får hittas av sökmotorer"), default=False)

    objects = PublicTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("publik text")
        verbose_name_plural = _("publika texter")
        ordering = ["boende", "kind"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "kind"],
                name="public_text_once",
                violation_error_message=_("Texten är redan påbörjad av någon annan."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        return reverse("incidents:publictext_list", args=[self.boende.slug])

    @property
    def is_page(self) -> bool:
        """Whether it is the page itself, and not material linked from it."""
        return self.kind == self.Kind.PAGE

    def missing_for_release(self) -> list[str]:
        """What is left before others may read it, as sentences."""
        missing = []
        if self.is_page and not self.boende.akutnummer:
            missing.append(str(_("Skriv boendets akutnummer bland boendets uppgifter.")))
        if self.is_page and not self.lead:
            missing.append(str(_("Skriv vilka ni är.")))
        if not self.is_page and not self.title:
            missing.append(str(_("Skriv en rubrik.")))
        if not self.is_page and not self.body:
            missing.append(str(_("Skriv själva texten.")))
        return missing


class PublicReleaseQuerySet(RecordQuerySet):
    """What anyone may read: the gate of the public pages, which ask for no user."""

    def in_force(self) -> Self:
        """Those not taken back, of boenden that have not closed."""
        return self.active().filter(boende__archived_at__isnull=True).exclude(boende__status=Boende.Status.AVSLUTAT)

    def visible_to(self, user: Any) -> Self:
        """The same for everyone, signed in or not."""
        return self.in_force()


class PublicRelease(Record):
    """A text as it was released. It is never changed; taken back it is archived, and the next one takes its place."""

    text = models.ForeignKey(
        PublicText, on_delete=models.PROTECT, related_name="releases", editable=False, verbose_name=_("text")
    )
    boende = models.ForeignKey(
        Boende, on_delete=models.PROTECT, related_name="public_releases", editable=False, verbose_name=_("boende")
    )
    kind = models.CharField(_("slag"), max_length=10, choices=PublicText.Kind, editable=False)
    title = GuardedCharField(_("rubrik"), max_length=120, blank=True, editable=False)
    lead = GuardedTextField(_("vilka vi är"), max_length=1000, blank=True, editable=False)
    body = GuardedTextField(_("det gör vi tillsammans"), max_length=6000, blank=True, editable=False)
    numbers = models.JSONField(_("vem ringer man när"), default=list, editable=False)
    is_indexed = models.BooleanField(_("får hittas av sökmotorer"), default=False, editable=False)

    objects = PublicReleaseQuerySet.as_manager()

    class Meta:
        verbose_name = _("släppt text")
        verbose_name_plural = _("släppta texter")
        ordering = ["boende", "kind", "-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["boende", "kind"],
                condition=Q(archived_at__isnull=True),
                name="public_release_one_in_force",
                violation_error_message=_("En text är redan släppt."),
            )
        ]

    def __str__(self) -> str:
        return str(self.get_kind_display())

    def get_absolute_url(self) -> str:
        if self.kind == PublicText.Kind.PAGE:
            return reverse("incidents:public_page", args=[self.boende.slug])
        return reverse("incidents:public_material", args=[self.boende.slug, self.kind])

    def says_the_same_as(self, text: PublicText) -> bool:
        """Whether the draft still says what was released."""
        numbers = sorted(str(entry.pk) for entry in text.numbers.all())
        own = (self.title, self.lead, self.body, self.is_indexed, sorted(self.numbers))
        return own == (text.title, text.lead, text.body, text.is_indexed, numbers)

    def entries(self) -> list[CommonEntry]:
        """Whom to call when, as the numbers stand today: a number that has been put right is right here too."""
        return list(CommonEntry.objects.active().filter(pk__in=self.numbers).in_order())
