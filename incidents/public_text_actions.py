# SPDX-License-Identifier: EUPL-1.2
"""Verbs of what a boende tells everyone: write, release, take back."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.rights import people_with
from incidents.models import PublicRelease, PublicText
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import EditConflict, Refused, action, archive_record, save_record
from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.providers import Due

RELEASED, WITHDRAWN = "public_text_released", "public_text_withdrawn"


def in_force(text: PublicText) -> PublicRelease | None:
    """What anyone reads of it now, if anything."""
    return PublicRelease.objects.active().filter(text=text).first()


@action
def save_text(*, text: PublicText, by: Any, opened_version: int | None = None) -> PublicText:
    """Write a draft. What is released stands as it was released. Raises EditConflict as save_record does.

    Those who release it are told once a day that it waits, unless one of them wrote it.
    """
    saved = save_record(record=text, by=by, opened_version=opened_version)
    releasers = list(people_with(Right.RELEASE_PUBLIC_TEXTS, text.boende))
    if by is not None and by not in releasers:
        facts = {"what": text.get_kind_display(), "boende": text.boende}
        words = _("%(boende)s har skrivit på %(what)s. Läs igenom texten och släpp den när den är klar.")
        today = timezone.localdate()
        post_notices(
            dues=[
                Due(
                    what="public_text_waits",
                    occasion=f"{text.pk}:{today}",
                    subject=_("En text att läsa igenom: %(what)s, %(boende)s") % facts,
                    text=words % facts,
                    due_on=today,
                    user=user,
                    url=reverse("incidents:publictext_list", args=[text.boende.slug]),
                )
                for user in releasers
            ],
            by=by,
        )
    return saved


@action
def release_text(*, text: PublicText, by: Any, opened_version: int | None = None) -> PublicRelease:
    """Let anyone read the very text that was read through, in the place of the one before.

    Raises Refused while a part is missing, and EditConflict if it was changed since it was read through.
    """
    stored = PublicText.objects.select_related("boende").select_for_update(of=("self",)).get(pk=text.pk)
    if opened_version is not None and opened_version != stored.version:
        raise EditConflict(stored)
    if missing := stored.missing_for_release():
        raise Refused(missing)
    current = in_force(stored)
    if current and current.says_the_same_as(stored):
        return current  # the same button, pressed twice
    if current:
        archive_record(record=current, by=by)
    release = PublicRelease(
        text=stored,
        boende=stored.boende,
        kind=stored.kind,
        title=stored.title,
        lead=stored.lead,
        body=stored.body,
        is_indexed=stored.is_indexed,
        numbers=sorted(str(pk) for pk in stored.numbers.values_list("pk", flat=True)),
    )
    save_record(record=release, by=by)
    log_event(record=stored, by=by, event=RELEASED)
    return release


@action
def withdraw_text(*, text: PublicText, by: Any) -> None:
    """Nobody outside reads it any more; a page that somebody has kept in a cache is gone within five minutes."""
    stored = PublicText.objects.select_for_update().get(pk=text.pk)
    if current := in_force(stored):
        archive_record(record=current, by=by)
        log_event(record=stored, by=by, event=WITHDRAWN)
