# SPDX-License-Identifier: EUPL-1.2
"""Kallebäck's public page with material, a synpunkt with its sender, and what it is proposed for."""

from forum.models import Meeting, Proposal
from tests import factories
from tests.voices import released_text, synpunkt


def add(cast, world) -> None:
    """Put them into the world of the sweeping tests."""
    released_text(cast)
    released_text(cast, kind="grannar")
    row = synpunkt(cast, place_text="gångvägen", sender_email="lena@example.org")
    husmote = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote", name="Husmöte på Kallebäck")
    held = factories.MeetingFactory(forum=husmote, days=-9, status="held")
    wish = factories.AgendaItemFactory(meeting=held, title="Önskemål", outcome="En bänk vid hållplatsen.")
    meeting = Meeting.objects.filter(forum=cast.forum).latest("starts_at")
    proposal = Proposal.objects.create(
        synpunkt=row, meeting=meeting, title="Belysningen", created_by=cast["personal"], text="Det är mörkt."
    )
    world["here"] |= {"slag": "grannar", "reference": row.reference}
    world["single"] |= {"synpunkt": row, "proposal": proposal}
    world["by_name"] |= {
        "agendaitem_synpunkt": {"agendaitem_synpunkt": wish},
        "agendaitem_proposal": {"agendaitem_proposal": wish},
    }
