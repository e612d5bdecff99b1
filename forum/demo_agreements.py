# SPDX-License-Identifier: EUPL-1.2
"""The demonstration's agreements, activities and costs (domain.md, "Cases"): people and figures are made up."""

from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.utils import timezone

from boenden.models import Actor, ActorCategory
from forum.actions.activities import plan_walk
from forum.actions.agreement_comments import comment_draft
from forum.actions.agreement_parties import save_party, seal_supplement, sign_here, sign_on_paper
from forum.actions.agreements import begin_signing, save_text, seal_version, show_draft, start_agreement, start_version
from forum.models import (
    Activity,
    Agreement,
    AgreementComment,
    AgreementFollowUp,
    AgreementParty,
    AgreementPost,
    AgreementVersion,
    Contribution,
    Cost,
    Forum,
    Signature,
)
from kartlaggning.models import Observation, Walk
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.ground.actions import save_record

YEARS = relativedelta(years=2)


def make_agreements(maker: Any) -> dict[str, int]:
    """Everything, for the demonstration's users, actors and the forums that are there."""
    forum = Forum.objects.get(name="Kallebäcks platssamverkansråd")
    declaration(maker, forum)
    partnership(maker)
    care(maker)
    activities(maker, forum)
    return {"avtal": Agreement.objects.count(), "aktiviteter": Activity.objects.count()}


def draft(agreement: Agreement, boenden: list[Any], by: Any, start: date, **texts: str) -> AgreementVersion:
    """A written first version, in force for two years once it is signed."""
    version = start_agreement(agreement=agreement, boenden=boenden, by=by).versions.get()
    version.starts_on, version.ends_on = start, start + YEARS
    version.review_on = start + relativedelta(years=1, months=8)
    return write(version, by, **texts)


def write(version: AgreementVersion, by: Any, **texts: str) -> AgreementVersion:
    """Another wording."""
    for name, text in texts.items():
        setattr(version, name, text)
    return save_text(version=version, by=by)


def signed(version: AgreementVersion, parties: list[tuple[dict[str, Any], str, Any]], by: Any) -> AgreementVersion:
    """The version with its parties (who, what they contribute, who signs), in force."""
    for who, contributes, _signer in parties:
        save_party(party=AgreementParty(agreement_version=version, contributes=contributes, **who), by=by)
    version = begin_signing(version=version, by=by)
    rows = version.parties.order_by("created_at", "pk")
    for party, (_who, _text, signer) in zip(rows, parties, strict=True):
        if signer:
            sign_here(party=party, role="enhetschef", read_sum=party.signing_sum(), by=signer)
        else:
            paper(party, by)
    return seal_version(version=version, by=by)


def paper(party: AgreementParty, by: Any) -> None:
    """The party has signed on paper, by its contact person."""
    person = party.actor.persons.first() if party.actor else None
    signature = Signature(
        name=person.name if person else "Kim Exempel",
        role=(person.role if person else "") or "verksamhetschef",
        organisation=str(party),
        signed_on=party.agreement_version.starts_on or timezone.localdate(),
    )
    content = render_pdf(template="documents/base_document.html", context={}, title=f"Underskrift, {party}")
    sign_on_paper(party=party, signature=signature, content=content, content_type="application/pdf", by=by)


def declaration(maker: Any, forum: Forum) -> None:
    """Kallebäck's avsiktsförklaring: signed, joined by a supplement, and with a new version being written."""
    convener, chief = maker.users["sammankallande"], maker.users["enhetschef"]
    agreement = Agreement(
        kind=Agreement.Kind.AVSIKTSFORKLARING,
        title="Avsiktsförklaring för Kallebäcks platssamverkansråd",
        forum=forum,
        diarienummer="DEMO-2026-0101",
    )
    version = draft(
        agreement,
        [maker.boenden["kalleback"]],
        convener,
        maker.days_ago(300),
        purpose="Trivsel och trygghet för alla som bor, arbetar och vistas i Kallebäck.",
        areas="Gångvägen, hållplatsen och platserna runt boendet.",
        principles="Vi ringer varandra först.",
    )
    version = write(
        version,
        convener,
        areas="Gångvägen och belysningen, hållplatsen, parken och platserna runt boendet.",
        principles="Vi ringer varandra först. Brukarnas behov väger lika tungt som andra invånares.",
    )
    actors = {"actor": maker.actors["Wallenstam"]}, {"actor": maker.actors["Stena Fastigheter"]}
    version = signed(
        version,
        [
            ({"forvaltning": maker.boenden["kalleback"].forvaltning}, "Arbetstid, sammankallande och lokal.", chief),
            (actors[0], "Två bänkar och skötsel av planteringarna på egen mark.", None),
            (actors[1], "Belysning på gångvägen och fika till två möten om året.", None),
        ],
        convener,
    )
    joining = AgreementParty(
        agreement_version=version,
        actor=maker.actors["SGS Studentbostäder"],
        contributes="En lokal för öppet hus, två gånger om året.",
        joined_on=maker.days_ago(90),
    )
    joining = save_party(party=joining, by=convener)
    paper(joining, convener)
    seal_supplement(party=joining, by=convener)
    new = start_version(agreement=agreement, by=convener)
    new.change_note = "Förskolans gård kommer med."
    write(new, convener, areas=new.areas.replace("parken", "parken, förskolans gård"))
    new = show_draft(version=new, by=convener)
    said = AgreementComment(agreement_version=new, text="Bra att gården är med. Nämn gärna vägen dit också.")
    comment_draft(comment=said, by=maker.users["granne"])


def partnership(maker: Any) -> None:
    """Victor's IOP: amounts, steering group, follow-up in counts, and the end coming near."""
    chief = maker.users["enhetschef.victor"]
    agreement = Agreement(kind=Agreement.Kind.IOP, title="IOP om boendeombud på Victor", diarienummer="DEMO-2025-0300")
    version = draft(
        agreement,
        [maker.boenden["victor"]],
        chief,
        maker.today + relativedelta(months=7) - YEARS,
        purpose="Fler ska kunna bo kvar, och grannarna ska veta vem de kan prata med.",
        areas="Boendeombud på plats, husmöten varje måndag, aktiviteter i grannskapet.",
        principles="Ombuden är fristående. Vi följer upp tillsammans, i antal och aldrig om enskilda.",
        steering="Enhetschefen, den idéburna partens verksamhetschef och en utvecklingsledare. Fyra gånger om året.",
    )
    for name, amount in (("Två boendeombud", 1_400_000), ("Bil", 40_000)):
        AgreementPost.objects.create(agreement_version=version, name=name, amount=amount)
    partner = Actor.objects.create(
        forvaltning=maker.boenden["victor"].forvaltning,
        name="Stödföreningen Hemvägen",
        category=ActorCategory.objects.get(name__iexact="förening"),
    )
    signed(
        version,
        [
            ({"forvaltning": maker.boenden["victor"].forvaltning}, "Lokal, metodhandledning och årligt belopp.", chief),
            ({"actor": partner}, "Två boendeombud och en bil.", None),
        ],
        chief,
    )
    counts = [(14, 5, 6, 5, 9), (15, 5, 3, 6, 11), (16, 4, 8, 2, 12)]
    start = version.starts_on or maker.today
    for number, (people, outside, medling, forhindrad, kvar) in enumerate(counts):
        first = start + relativedelta(months=3 * number)
        AgreementFollowUp.objects.create(
            agreement=agreement,
            starts_on=first,
            ends_on=first + relativedelta(months=3) - timedelta(days=1),
            people=people,
            outside=outside,
            medling=medling,
            forhindrad=forhindrad,
            kvarboende=kvar,
            text="Fler vill vara med på städdagarna. Husmötet har blivit en självklar punkt på måndagen.",
        )


def care(maker: Any) -> None:
    """A skötselavtal that is still a draft."""
    chief, boende = maker.users["enhetschef"], maker.boenden["kalleback"]
    agreement = Agreement(kind=Agreement.Kind.SKOTSELAVTAL, title="Skötsel av parken vid Kallebäck")
    version = draft(
        agreement,
        [boende],
        chief,
        maker.today + timedelta(days=40),
        purpose="Parken ska vara ren och vacker, och den som vill ska få något att göra.",
        areas="Skräpplockning två gånger i veckan, rabatterna varannan vecka från april till oktober.",
    )
    party = AgreementParty(
        agreement_version=version, forvaltning=boende.forvaltning, contributes="Handledning och redskap."
    )
    save_party(party=party, by=chief)


ACTIVITIES = [
    ("kalleback", "cafe", "Pop-up-café vid hållplatsen", 70, "evaluated", 9, 31),
    ("kalleback", "vandring", "Trygghetsvandring i mörkret", 25, "held", None, None),
    ("kalleback", "staddag", "Städdag i parken", 190, "evaluated", 4, 22),
    ("kalleback", "oppet_hus", "Öppet hus i adventstid", -16, "planned", None, None),
    ("victor", "ombud", "Ombudens tisdagspromenad", 14, "evaluated", 6, 2),
    ("victor", "odling", "Pallkragar på baksidan", 120, "evaluated", 7, 0),
    ("victor", "kultur", "Musikkväll för kvarteret", -20, "planned", None, None),
    ("alma", "utbildning", "Så gör vi när någon blir orolig", 45, "evaluated", 5, 18),
    ("alma", "besok", "Besök på biblioteket", -9, "planned", None, None),
]


def activities(maker: Any, forum: Forum) -> None:
    """Activities of three boenden, and what the råd's café costs."""
    made = {}
    for slug, kind, title, days, status, brukare, others in ACTIVITIES:
        is_done = status == "evaluated"
        made[title] = Activity.objects.create(
            boende=maker.boenden[slug],
            forum=forum if slug == "kalleback" else None,
            kind=kind,
            title=title,
            happens_on=maker.days_ago(days),
            status=status,
            brukare_count=brukare,
            neighbour_count=others,
            gave_brukare="Några blev kvar länge och pratade." if is_done else "",
            gave_neighbours="Flera grannar sa att de inte hade vetat vad boendet är." if is_done and others else "",
            again="yes" if is_done else "",
        )
    make_walk(maker, made["Trygghetsvandring i mörkret"])
    cafe = made["Pop-up-café vid hållplatsen"]
    costs(maker, forum, cafe)


def make_walk(maker: Any, activity: Activity) -> None:
    """The promenad of a trygghetsvandring, walked."""
    staff = maker.users["personal"]
    walk = plan_walk(activity=activity, walk=Walk(time_of_day=Walk.TimeOfDay.EVENING, route="Gångvägen"), by=staff)
    walk.walked_on, walk.walkers = walk.planned_on, "Två ur personalen och åtta grannar"
    walk.note = "Mörkast är det mellan hållplatsen och tunneln. Flera sa att de går omvägen."
    save_record(record=walk, by=staff)
    seen = Observation(
        kartlaggning=walk.kartlaggning, walk=walk, seen_on=walk.day, kind=Observation.Kind.BELYSNING,
        text="Två lampor lyser inte. Flera vände här.", place_text="gångvägen mot tunneln",
    )  # fmt: skip
    save_record(record=seen, by=staff)


def costs(maker: Any, forum: Forum, cafe: Activity) -> None:
    """One cost shared by a key that is not quite a hundred, one in working hours, one as pledged."""
    forvaltning = maker.boenden["kalleback"].forvaltning
    firms = [maker.actors[name] for name in ("Wallenstam", "Stena Fastigheter", "SGS Studentbostäder")]
    lines: list[tuple[str, str, str, int, int | None, list[tuple[Any, ...]]]] = [
        ("Kaffe, bullar och tält", "kronor", "key", 5000, 4830, [(firms[0], "45.5", 2000), (firms[1], "34.4", 1700),
         (firms[2], "20", 1000)]),
        ("Bemanning av caféet", "hours", "pledged", 24, 26, [(forvaltning, None, 20), (firms[2], None, 4)]),
        ("Två bänkar", "kronor", "equal", 19_000, None, [(firms[0], None, 9500), (firms[1], None, None)]),
    ]  # fmt: skip
    for title, unit, sharing, budget, outcome, shares in lines:
        cost = Cost.objects.create(
            boende=maker.boenden["kalleback"],
            forum=forum,
            activity=cafe if "bänkar" not in title else None,
            title=title,
            day=cafe.happens_on,
            unit=unit,
            sharing=sharing,
            budget=budget,
            outcome=outcome,
        )
        for who, percent, pledged in shares:
            is_municipal = who == forvaltning
            Contribution.objects.create(
                cost=cost,
                forvaltning=who if is_municipal else None,
                actor=None if is_municipal else who,
                is_municipal=is_municipal,
                percent=percent,
                pledged=pledged,
                given=pledged if outcome else None,
            )
