# SPDX-License-Identifier: EUPL-1.2
"""A principle that Kallebäck has looked through, a talk about it, and an example that waits to be published."""

from kartlaggning.models import Briefing, Example, PrincipleReview


def add(cast, world) -> None:
    """Put them into the world of the sweeping tests."""
    boende = cast.kalleback
    PrincipleReview.objects.create(boende=boende, principle=2, we_do="Vi plockar varje måndag.")
    briefing = Briefing.objects.create(boende=boende, where="husmote", text="Var man kan sitta.", brukare_count=9)
    example = make_example(boende)
    world["here"]["principle"] = 4
    world["at"]["briefing"] = briefing
    world["single"]["example"] = example


def make_example(boende, **fields) -> Example:
    """A draft that has all that publishing asks for."""
    fields = {"title": "Bänkar vid hållplatsen", "effect_around": "Det blev lugnare.", **fields}
    return Example.objects.create(
        boende=boende, principle=2, place="hallplats", text="Två bänkar.", think_of="Vem tömmer korgen?", **fields
    )
