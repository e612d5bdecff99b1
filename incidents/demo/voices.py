# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's public pages and synpunkter: what somebody might have said at Kallebäck and Alma. All made up."""

from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from boenden.models import Boende, CommonEntry
from incidents import synpunkt_rules as rules
from incidents.demo.voices_texts import ABOUT, PAGES, SYNPUNKTER, Said
from incidents.models import PublicText, Synpunkt, SynpunktReply
from incidents.public_text_actions import release_text, save_text
from platssamverkan.ground.actions import save_record

Status = Synpunkt.Status


def make_voices(maker: Any) -> dict[str, int]:
    """Released pages with material, and an inbox with something at every stage."""
    for slug, (lead, body) in PAGES.items():
        release(maker, slug, PublicText.Kind.PAGE, lead=lead, body=body, is_indexed=slug == "kalleback")
    for kind, (title, body) in ABOUT.items():
        release(maker, "kalleback", PublicText.Kind(kind), title=title, body=body)
    draft = ABOUT["grannar"]
    text = PublicText(boende=maker.boenden["alma"], kind=PublicText.Kind.NEIGHBOURS, title=draft[0], body=draft[1])
    save_text(text=text, by=maker.chief("alma"))
    for said in SYNPUNKTER:
        made = take_in(maker, said)
        flag(made)
    return {"publika sidor": len(PAGES), "synpunkter": Synpunkt.objects.count()}


def release(maker: Any, slug: str, kind: PublicText.Kind, **fields: Any) -> None:
    """One text, written and released."""
    boende: Boende = maker.boenden[slug]
    text = save_text(text=PublicText(boende=boende, kind=kind, **fields), by=maker.chief(slug))
    if kind == PublicText.Kind.PAGE:
        text.numbers.set(CommonEntry.objects.for_boende(boende))
    release_text(text=text, by=maker.chief(slug))


def reference(maker: Any) -> str:
    """A reference that the seed decides."""
    letters = "".join(maker.random.choice(rules.LETTERS) for _ in range(rules.GROUPS * rules.GROUP))
    return "-".join(letters[at : at + rules.GROUP] for at in range(0, len(letters), rules.GROUP))


def take_in(maker: Any, said: Said) -> Synpunkt:
    """One, as far as it has come."""
    chief = maker.chief(said.boende)
    came = timezone.make_aware(datetime.combine(maker.days_ago(said.days), time(9 + said.days % 9, 20)))
    came = min(came, timezone.now() - timedelta(minutes=30))
    row = Synpunkt(
        id=maker.new_id(),
        boende=maker.boenden[said.boende],
        reference=reference(maker),
        kind=said.kind,
        text=said.text,
        place_text=said.place,
        place_key=rules.place_key(said.place),
        children=said.children,
        channel=said.channel,
        received_at=came,
        answer_by=rules.answer_day(timezone.localdate(came), children=said.children),
        sender_email=said.email,
        status=said.status,
        responsible=chief if said.status != Status.NEW else None,
    )
    if said.reply:
        row.answered_at = came + timedelta(days=1)
    if said.status == Status.CLOSED:
        row.closed_at, row.code, row.lesson = came + timedelta(days=2), said.code, said.lesson
    save_record(record=row, by=None if said.channel == Synpunkt.Channel.WEB else chief)
    if said.reply:
        answer = SynpunktReply(id=maker.new_id(), synpunkt=row, text=said.reply)
        save_record(record=answer, by=chief)
        SynpunktReply.objects.filter(pk=answer.pk).update(created_at=row.answered_at)
    return row


def flag(row: Synpunkt) -> None:
    """Flag what comes again, without letters."""
    same = rules.alike(row)
    Synpunkt.objects.filter(pk__in=[other.pk for other in same]).update(is_recurring=True)
