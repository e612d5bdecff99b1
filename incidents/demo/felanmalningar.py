# SPDX-License-Identifier: EUPL-1.2
"""Felanmälningar of the demonstration, in every state."""

from typing import Any

from incidents.models import Felanmalan

Ground, Term, Status = Felanmalan.Ground, Felanmalan.Term, Felanmalan.Status
# what, place, whose, term, priority, state, reported and mended so many days ago
SCENES = [
    ("Trasig belysning vid porten", "Porten på baksidan", Ground.OWN, Term.SHORT, 1, Status.SENT, 20, None),
    ("Klotter på fasaden", "Fasaden mot gatan", Ground.OWN, Term.SHORT, 2, Status.MENDED, 60, 41),
    ("Sittplatser på baksidan", "Gården", Ground.OWN, Term.LONG, 2, Status.TO_SEND, None, None),
    ("Papperskorgen är full varje helg", "Hållplatsen", Ground.AREA, Term.SHORT, 1, Status.SENT, 6, None),
    ("Buskarna skymmer gångvägen", "Gångvägen mot torget", Ground.AREA, Term.SHORT, 3, Status.MENDED, 130, 102),
    ("Gångvägen behöver fler lampor", "Gångvägen mot torget", Ground.AREA, Term.LONG, 1, Status.TO_SEND, None, None),
]


def make_felanmalningar(maker: Any) -> dict[str, int]:
    """Some at Kallebäck and at Alma."""
    made = 0
    for slug in ("kalleback", "alma"):
        near = maker.boenden[slug].neighbours.order_by("actor__name")
        recipient = near.exclude(actor__email="").first()
        for what, place, ground, term, priority, status, sent, mended in SCENES:
            reported = maker.moment(sent or 4, 8, 16)
            Felanmalan.objects.create(
                id=maker.new_id(),
                boende=maker.boenden[slug],
                what=what,
                place_text=place,
                ground=ground,
                term=term,
                priority=priority,
                recipient=recipient.actor if recipient else None,
                status=status,
                channel=Felanmalan.Channel.ELSEWHERE if sent else "",
                reference=f"F-{1000 + made}" if sent else "",
                sent_on=maker.days_ago(sent) if sent else None,
                mended_on=maker.days_ago(mended) if mended else None,
                created_by=maker.chief(slug),
                created_at=reported,
                changed_at=reported,
            )
            made += 1
    return {"felanmälningar": made}
