# SPDX-License-Identifier: EUPL-1.2
"""Small makers for tests of public pages and synpunkter."""

from datetime import timedelta

import time_machine
from django.urls import reverse
from django.utils import timezone

from incidents.forms.synpunkter import SIGNER
from incidents.models import PublicText, Synpunkt
from incidents.public_text_actions import release_text, save_text
from incidents.synpunkt_rules import answer_day, new_reference, place_key

WRITTEN = {"kind": "oro", "text": "Det är mörkt på gångvägen om kvällarna.", "place_text": "gångvägen"}


def released_text(cast, kind="sida", **fields):
    """A text of Kallebäck, written by staff and released by the enhetschef."""
    fields = {"title": "Om oss", "lead": "Vi är grannar till er.", "body": "Vi har ställt ut bänkar.", **fields}
    text = PublicText(boende=cast.kalleback, kind=kind, **fields)
    save_text(text=text, by=cast["personal"])
    return release_text(text=text, by=cast["enhetschef"])


def synpunkt(cast, *, days_ago=0, **fields):
    """A stored one, as it came in so many days ago, or `received_at`."""
    received = fields.pop("received_at", timezone.now() - timedelta(days=days_ago))
    row = Synpunkt(
        **{"kind": "oro", "text": "Det är mörkt på vägen.", "boende": cast.kalleback, **fields},
        reference=new_reference(),
        received_at=received,
    )
    row.place_key = place_key(row.place_text)
    if "answer_by" not in fields:
        row.answer_by = answer_day(timezone.localdate(received), children=row.children)
    row.save()
    return row


def stamp(seconds=60):
    """The stamp of a form that was opened so many seconds ago."""
    with time_machine.travel(timezone.now() - timedelta(seconds=seconds), tick=False):
        return SIGNER.sign("")


def form_address(slug="kalleback"):
    """Where anyone writes."""
    return reverse("incidents:synpunkt_open", args=[slug])


def send(client, *, step="send", **fields):
    """Send the form, as after reading it through."""
    data = {**WRITTEN, "opened": stamp(), step: "1", **fields}
    return client.post(form_address(), {key: value for key, value in data.items() if value is not None})
