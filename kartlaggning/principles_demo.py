# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's own work by the principles, and examples that others can learn from (domain.md, "Cases")."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from kartlaggning.models import Briefing, Example, PrincipleReview
from kartlaggning.principles import Principle

Where, Place = Briefing.Where, Example.Place

REVIEWS = {
    Principle.EQUAL: (
        "Innan vi gör något frågar vi vad det ger brukarna och vad det ger grannarna.",
        "Ta med frågan som en rad i planen för varje insats.",
    ),
    Principle.WHOLE: (
        "Vi går runt huset varje måndag och plockar, och felanmäler samma dag.",
        "Plantera vid entrén tillsammans med dem som vill.",
    ),
    Principle.STAFF: ("Grannskapet står på dagordningen på varje husmöte.", "Prata om det också i introduktionen."),
    Principle.CONTACTS: ("Akutnumret sitter i alla trapphus i kvarteret.", "Provringa oftare än en gång om året."),
    Principle.MEETINGS: ("Pop-up-café vid hållplatsen två gånger om året.", "Bjud in förskolan på fika."),
}
TALKS = [
    (20, Where.HUSMOTE, Principle.STAFF, "Hur det känns att mötas vid hållplatsen, och var man kan sitta.", 3, 9),
    (48, Where.STAFF, None, "Alla fem principerna, och vad vi vill pröva i vår.", 7, None),
    (75, Where.NEW, Principle.CONTACTS, "Vad vi svarar när en granne ringer.", 2, None),
]
# boende, title, principle, place, problem, text, effects, what to think of, published
EXAMPLES: list[tuple[str, str, Principle, str, str, str, str, str, str, bool]] = [
    (
        "kalleback",
        "Bänkar mellan hållplatsen och boendet",
        Principle.WHOLE,
        Place.HALLPLATS,
        "Många väntade stående vid hållplatsen, och resenärer kände sig trängda.",
        "Två bänkar sattes upp en bit från hållplatsen, med papperskorg och bättre ljus. Fastighetsägaren betalade.",
        "Fler orkar gå till bussen, och man har någonstans att vila.",
        "Det blev lugnare vid hållplatsen. Färre hörde av sig.",
        "Bestäm från början vem som tömmer papperskorgen.",
        True,
    ),
    (
        "alma",
        "Förskolan ringer direkt till boendet",
        Principle.CONTACTS,
        Place.ENTRE,
        "Förskolan visste inte vem de kunde ringa när något kändes oroligt.",
        "De fick akutnumret och besök av två ur personalen, som berättade vem som svarar och vad som händer sedan.",
        "",
        "Förskolan ringer tidigare, om mindre saker, och säger att de är lugnare.",
        "Åk dit varje höst: personalen byts.",
        True,
    ),
    (
        "kalleback",
        "Odlingslådor vid baksidan",
        Principle.MEETINGS,
        Place.ENTRE,
        "",
        "Lådor att odla i, som boendet och Brf Utsikten sköter tillsammans.",
        "",
        "",
        "",
        False,
    ),
]


def make_principles(maker: Any) -> dict[str, int]:
    """Kallebäck has looked through all five, Alma two."""
    for slug, principles in (("kalleback", list(Principle)), ("alma", [Principle.STAFF, Principle.CONTACTS])):
        for principle in principles:
            we_do, we_try = REVIEWS[principle]
            PrincipleReview.objects.create(
                boende=maker.boenden[slug],
                principle=principle,
                we_do=we_do,
                we_try=we_try,
                reviewed_on=maker.days_ago(40 + principle),
            )
    for days, where, about, text, staff, brukare in TALKS:
        Briefing.objects.create(
            boende=maker.boenden["kalleback"],
            held_on=maker.days_ago(days),
            where=where,
            principle=about,
            text=text,
            staff_count=staff,
            brukare_count=brukare,
        )
    return {"genomgångar": PrincipleReview.objects.count(), "samtal": Briefing.objects.count()}


def make_examples(maker: Any) -> dict[str, int]:
    """Two that are published and a draft."""
    for slug, title, principle, place, problem, text, brukare, around, think_of, is_published in EXAMPLES:
        Example.objects.create(
            boende=maker.boenden[slug],
            title=title,
            principle=principle,
            place=place,
            problem=problem,
            text=text,
            effect_brukare=brukare,
            effect_around=around,
            think_of=think_of,
            published_at=timezone.now() - timedelta(days=30) if is_published else None,
            published_by=maker.chief(slug) if is_published else None,
        )
    return {"exempel": Example.objects.count()}
