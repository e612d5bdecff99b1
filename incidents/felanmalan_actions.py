# SPDX-License-Identifier: EUPL-1.2
"""Verbs of felanmälningar: write one with photos, send it or note that it is sent, note what became of it."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from incidents.models import Felanmalan, FelanmalanPhoto
from platssamverkan.documents.actions import store_document
from platssamverkan.documents.responses import extension_of
from platssamverkan.ground.actions import Refused, action, save_record
from platssamverkan.look.words import day_year
from platssamverkan.notices.actions import post_notice
from platssamverkan.notices.providers import Attached

MOST_PHOTOS = 6
LETTER = "felanmalan"  # the kind of letter
Status = Felanmalan.Status


@action
def save_felanmalan(
    *, felanmalan: Felanmalan, by: Any, photos: Sequence[bytes] = (), opened_version: int | None = None
) -> Felanmalan:
    """Write it. `photos` are JPEGs without metadata (photos.py). Raises EditConflict, Refused, StorageFull."""
    save_record(record=felanmalan, by=by, opened_version=opened_version)
    if photos and felanmalan.photos.active().count() + len(photos) > MOST_PHOTOS:
        raise Refused([_("En felanmälan har högst %(number)s foton.") % {"number": MOST_PHOTOS}])
    for photo in photos:
        document = store_document(
            content=photo, title=_("Foto till felanmälan"), kind="foto", content_type="image/jpeg", by=by
        )
        save_record(record=FelanmalanPhoto(felanmalan=felanmalan, document=document), by=by)
    return felanmalan


def held(felanmalan: Felanmalan, *allowed: str) -> Felanmalan:
    """The felanmälan, nobody else's while this lasts. Raises Refused where it is not in one of the states."""
    current = (
        Felanmalan.objects.select_for_update(of=("self",)).select_related("boende", "recipient").get(pk=felanmalan.pk)
    )
    if current.status not in allowed:
        raise Refused([_("Läget har ändrats: %(status)s.") % {"status": current.get_status_display()}])
    return current


@action
def send_felanmalan(*, felanmalan: Felanmalan, by: Any) -> Felanmalan:
    """Mail it to the recipient. Raises Refused with what is missing, and where it has been sent."""
    current = held(felanmalan, Status.TO_SEND)
    if current.recipient is None or current.lacks_recipient:
        raise Refused([_("Välj en mottagare som har en e-postadress, eller anteckna att du har anmält på annat sätt.")])
    post_notice(
        what=LETTER,
        occasion=str(current.pk),
        email=current.recipient.email,
        subject=_("Felanmälan från %(boende)s: %(what)s") % {"boende": current.boende, "what": current.what},
        text=letter(current, by),
        by=by,
    )
    current.status, current.channel = Status.SENT, Felanmalan.Channel.MAIL
    current.sent_on = timezone.localdate()
    return save_record(record=current, by=by)


def letter(felanmalan: Felanmalan, by: Any) -> str:
    """What the recipient reads: what, where, whether photos go with it, and whom to answer: who sent it."""
    lines = [felanmalan.what, felanmalan.text]
    if felanmalan.place_text:
        lines.append(_("Plats: %(place)s") % {"place": felanmalan.place_text})
    if felanmalan.latitude is not None:
        place = {"latitude": f"{felanmalan.latitude:.5f}", "longitude": f"{felanmalan.longitude:.5f}"}
        lines.append(_("Koordinater: %(latitude)s, %(longitude)s") % place)
    if number := felanmalan.photos.active().count():
        lines.append(ngettext("Ett foto följer med.", "%(number)s foton följer med.", number) % {"number": number})
    ask = _("Skriv till %(email)s när det är åtgärdat, och uppge gärna ert ärendenummer.")
    lines.append(ask % {"email": by.email} + " " + _("Det här mailet går inte att svara på."))
    return "\n\n".join(line for line in lines if line)


def photos_of(occasion: str) -> Iterator[Attached]:
    """The photos that go with the letter: those that are there when it goes."""
    photos = FelanmalanPhoto.objects.active().filter(felanmalan=UUID(occasion)).select_related("document")
    for number, photo in enumerate(photos.order_by("created_at", "pk"), start=1):
        document = photo.document
        name = _("foto-%(number)s") % {"number": number} + extension_of(document.content_type)
        yield Attached(name, document.read_verified(), document.content_type)


@action
def note_sent(
    *, felanmalan: Felanmalan, day: date, reference: str, by: Any, opened_version: int | None = None
) -> Felanmalan:
    """It has been reported in another way (phone, the city's own form), or the recipient's number for it is noted.

    Raises Refused where it is closed, and where somebody else has noted another number meanwhile.
    """
    current = held(felanmalan, Status.TO_SEND, Status.SENT)
    if opened_version not in (None, current.version) and current.reference not in ("", reference):
        words = {"there": current.reference, "typed": reference}
        raise Refused([
            _("Någon annan har skrivit ärendenumret %(there)s. Det du skrev är inte sparat: %(typed)s") % words
        ])  # fmt: skip
    if current.status == Status.TO_SEND:
        current.status, current.channel, current.sent_on = Status.SENT, Felanmalan.Channel.ELSEWHERE, day
    current.reference = reference
    return save_record(record=current, by=by)


@action
def note_mended(*, felanmalan: Felanmalan, day: date, by: Any) -> Felanmalan:
    """It is mended. What was never sent counts as reported the same day. Raises Refused where it is closed."""
    current = held(felanmalan, Status.TO_SEND, Status.SENT)
    current.sent_on = current.sent_on or day
    if day < current.sent_on:
        words = {"day": day_year(current.sent_on)}
        raise Refused([_("Den anmäldes %(day)s. Det kan inte ha åtgärdats före det.") % words])
    current.status, current.mended_on = Status.MENDED, day
    return save_record(record=current, by=by)


@action
def drop_felanmalan(*, felanmalan: Felanmalan, by: Any) -> Felanmalan:
    """It came to nothing. Raises Refused where it is closed."""
    current = held(felanmalan, Status.TO_SEND, Status.SENT)
    current.status = Status.DROPPED
    return save_record(record=current, by=by)
