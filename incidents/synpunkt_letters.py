# SPDX-License-Identifier: EUPL-1.2
"""What a sender is told at each step, and who in the house is told that something has come in.

A letter holds nothing of what the sender wrote, and no name: whoever types in somebody else's address makes us send
that person one short letter, and nothing else. The reference, which opens the page, is in the letter and not in its
subject: that is shown to whoever tends to letters that could not be sent.
"""

from enum import StrEnum
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.rights import people_with
from incidents.models import Synpunkt
from platssamverkan.accounts.roles import Right
from platssamverkan.look.words import day
from platssamverkan.notices.actions import post_notices
from platssamverkan.notices.providers import Due


class Step(StrEnum):
    """What has happened."""

    RECEIVED = "synpunkt_received"
    TAKEN = "synpunkt_taken"
    ANSWERED = "synpunkt_answered"
    CLOSED = "synpunkt_closed"


SUBJECTS = {
    Step.RECEIVED: lambda: _("Vi har fått din synpunkt till %(boende)s"),
    Step.TAKEN: lambda: _("Vi tar hand om din synpunkt till %(boende)s"),
    Step.ANSWERED: lambda: _("Svar på din synpunkt till %(boende)s"),
    Step.CLOSED: lambda: _("Din synpunkt till %(boende)s är avslutad"),
}
TEXTS = {
    Step.RECEIVED: lambda: _("Tack för att du hör av dig till %(boende)s. Du får svar senast %(day)s."),
    Step.TAKEN: lambda: _("%(boende)s tar hand om det du skrev. Du får svar senast %(day)s."),
    Step.ANSWERED: lambda: _("%(boende)s har svarat dig:"),
    Step.CLOSED: lambda: _(
        "%(boende)s har avslutat ärendet. Hör gärna av dig igen om något är annorlunda än du tänkt."
    ),
}
TO_SENDER = tuple(step.value for step in Step)


def tell_sender(synpunkt: Synpunkt, step: Step, *, by: Any, occasion: str = "", words: str = "") -> None:
    """Tell the sender, if she left a way to reach her; in an action. `words` is what was answered."""
    account = synpunkt.sender if synpunkt.sender and synpunkt.sender.is_active else None
    if not (account or synpunkt.sender_email):
        return
    facts = {"boende": synpunkt.boende, "day": day(synpunkt.answer_by)}
    parts = [TEXTS[step]() % facts, words]
    if account is None:
        where = settings.SITE_URL + synpunkt.status_url
        parts.append(_("Så går det med din synpunkt: %(where)s") % {"where": where})
        parts.append(_("Där kan du också ta bort din adress ur ärendet."))
    due = Due(
        what=step.value,
        occasion=f"{synpunkt.pk}:{occasion}" if occasion else str(synpunkt.pk),
        subject=SUBJECTS[step]() % facts,
        text="\n\n".join(part for part in parts if part),
        due_on=timezone.localdate(),
        user=account,
        email="" if account else synpunkt.sender_email,
        url=synpunkt.status_url if account else "",
    )
    post_notices(dues=[due], by=by)


def tell_staff(synpunkt: Synpunkt, *, by: Any) -> None:
    """Tell those who handle synpunkter there that one has come in; the enhetschef by letter too. In an action."""
    chiefs = set(people_with(Right.RELEASE_PUBLIC_TEXTS, synpunkt.boende).values_list("pk", flat=True))
    facts = {"boende": synpunkt.boende, "day": day(synpunkt.answer_by)}
    text = _("En synpunkt har kommit in till %(boende)s. Den ska besvaras senast %(day)s.")
    if synpunkt.children:
        text = _("En synpunkt som rör barn har kommit in till %(boende)s. Den ska besvaras senast %(day)s.")
    post_notices(
        dues=[
            Due(
                what="synpunkt_new",
                occasion=str(synpunkt.pk),
                subject=_("Ny synpunkt till %(boende)s") % facts,
                text=text % facts,
                due_on=timezone.localdate(),
                user=user,
                url=synpunkt.get_absolute_url(),
                mail=user.pk in chiefs,
            )
            for user in people_with(Right.EDIT_SYNPUNKTER, synpunkt.boende)
            if by is None or user.pk != by.pk
        ],
        by=None,  # the letters keep no name of the sender's
    )


def tell_recurring(synpunkt: Synpunkt, number: int, *, by: Any) -> None:
    """Tell the enhetschef that several people say the same thing; in an action."""
    facts = {"boende": synpunkt.boende, "number": number}
    post_notices(
        dues=[
            Due(
                what="synpunkt_recurring",
                occasion=str(synpunkt.pk),
                subject=_("Återkommande synpunkter till %(boende)s") % facts,
                text=_(
                    "%(number)s synpunkter av samma slag om samma plats har kommit till %(boende)s på 90 dagar. "
                    "Bjud in dem som berörs till ett möte om det."
                )
                % facts,
                due_on=timezone.localdate(),
                user=user,
                url=synpunkt.get_absolute_url(),
            )
            for user in people_with(Right.RELEASE_PUBLIC_TEXTS, synpunkt.boende)
        ],
        by=by,
    )
