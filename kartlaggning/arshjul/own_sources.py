# SPDX-License-Identifier: EUPL-1.2
"""The entries that a boende and its kartläggning know of, from the guide and the law; the months are a beginning."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Count, Min, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from boenden.models import Boende, ContactPerson, Neighbour
from kartlaggning.arshjul.rules import Rule
from kartlaggning.arshjul.sources import Fact, Occasion, Source, register_source
from kartlaggning.models import Briefing, Plan, PrincipleReview
from kartlaggning.principles import Principle
from platssamverkan.accounts.roles import Role

CHIEF, STAFF = Role.ENHETSCHEF, Role.PERSONAL


def reviews_of_plans(boenden: QuerySet) -> Iterator[Occasion]:
    """The plan in force is looked over by its day; done when the next version is approved. One query."""
    plans = Plan.objects.active().filter(boende__in=boenden, review_on__isnull=False).exclude(status=Plan.Status.DRAFT)
    rows = plans.order_by("pk").values_list("pk", "boende", "edition", "review_on", "status", "next__approved_at")
    for pk, boende, edition, review_on, status, approved_at in rows:
        is_replaced = status == Plan.Status.REPLACED and approved_at
        yield Occasion(
            boende=boende,
            occasion=f"plan:{pk}",
            due_on=review_on,  # type: ignore[arg-type]  # filtered above
            title=_("Se över planen, version %(edition)s") % {"edition": edition},
            done_on=timezone.localdate(approved_at) if is_replaced else None,
            why=_("Version %(edition)s av planen är godkänd.") % {"edition": edition + 1} if is_replaced else "",
            url=reverse("kartlaggning:plan_detail", args=[pk]),
        )


def plans_after_mapping(boenden: QuerySet) -> Iterator[Fact]:
    """A plan approved after a kartläggning: a lägesbild, an åtgärdsplan, and the last one followed up. One query."""
    plans = Plan.objects.active().filter(boende__in=boenden, kartlaggning__isnull=False, approved_at__isnull=False)
    rows = plans.order_by("pk").values_list("pk", "boende", "edition", "approved_at", "kartlaggning__year")
    for pk, boende, edition, approved_at, year in rows:
        why = _("Plan, version %(edition)s, godkändes efter kartläggningen %(year)s.")
        yield Fact(
            boende,
            timezone.localdate(approved_at),
            why % {"edition": edition, "year": year},
            reverse("kartlaggning:plan_detail", args=[pk]),
        )


def persons_verified(boenden: QuerySet) -> Iterator[Fact]:
    """Since when every contact person around the boende has been confirmed. One query."""
    around = Neighbour.objects.in_use().filter(boende__in=boenden, actor__persons__archived_at__isnull=True)
    persons = "actor__persons"
    rows = around.order_by().values("boende", "boende__slug").annotate(
        number=Count(persons, distinct=True),
        unverified=Count(persons, filter=Q(actor__persons__verified_on__isnull=True), distinct=True),
        since=Min("actor__persons__verified_on"),
    )  # fmt: skip
    for row in rows:
        if row["number"] and not row["unverified"] and row["since"]:
            why = _("Alla %(count)s kontaktpersoner runt boendet är bekräftade.") % {"count": row["number"]}
            url = reverse("boenden:verification_list", args=[row["boende__slug"]])
            yield Fact(row["boende"], row["since"], why, url)


def numbers_tested(boenden: QuerySet) -> Iterator[Fact]:
    """When the akutnummer was last tried. One query."""
    rows = boenden.filter(akutnummer_tested_on__isnull=False).order_by("pk")
    for pk, slug, tested_on in rows.values_list("pk", "slug", "akutnummer_tested_on"):
        yield Fact(pk, tested_on, _("Akutnumret är provringt."), reverse("boenden:boende_detail", args=[slug]))


def principles_reviewed(boenden: QuerySet) -> Iterator[Fact]:
    """Since when all five principles have been looked through. One query."""
    rows = PrincipleReview.objects.active().filter(boende__in=boenden).order_by().values("boende", "boende__slug")
    for row in rows.annotate(number=Count("pk"), since=Min("reviewed_on")):
        if row["number"] == len(Principle):
            url = reverse("kartlaggning:principle_list", args=[row["boende__slug"]])
            yield Fact(row["boende"], row["since"], _("Alla fem principerna är genomgångna."), url)


def husmoten_held(boenden: QuerySet) -> Iterator[Fact]:
    """Talks about the neighbourhood at a husmöte. One query."""
    talks = Briefing.objects.active().filter(boende__in=boenden, where=Briefing.Where.HUSMOTE)
    for row in talks.order_by("held_on").values("boende", "boende__slug", "held_on").distinct():
        url = reverse("kartlaggning:principle_list", args=[row["boende__slug"]])
        yield Fact(row["boende"], row["held_on"], _("Samtalet på husmötet är antecknat."), url)


OWN: list[tuple[Source, list[Any]]] = [
    (
        Source(
            "plan_review",
            __("Se över planen"),
            __("Gå igenom insatserna, skriv vad de gav och godkänn en ny version."),
            CHIEF,
            Rule.DATA,
            occasions=[reviews_of_plans],
        ),
        [Plan],
    ),
    (
        Source(
            "lagesbild",
            __("Lägesbild och åtgärdsplan"),
            __(
                "Gör om kartläggningen, följ upp planen och godkänn en ny. Lagen kräver det minst vartannat år "
                "(2023:196, 5–6 §§)."
            ),
            CHIEF,
            Rule.SECOND_YEAR,
            month=11,
            facts=[plans_after_mapping],
        ),
        [],
    ),
    (
        Source(
            "verification",
            __("Bekräfta kontaktpersonerna"),
            __("Alla kontaktpersoner runt boendet ska ha bekräftat sina uppgifter under året."),
            STAFF,
            Rule.YEARLY,
            month=9,
            facts=[persons_verified],
        ),
        [ContactPerson],
    ),
    (
        Source(
            "akutnummer",
            __("Provring akutnumret"),
            __("Ring och se att någon svarar. Skriv det på boendets översikt."),
            CHIEF,
            Rule.YEARLY,
            month=2,
            facts=[numbers_tested],
        ),
        [Boende],
    ),
    (
        Source(
            "principles",
            __("Gå igenom de fem principerna"),
            __("Vad gör ni i dag, och vad ska ni pröva? Skriv en sak per princip."),
            STAFF,
            Rule.YEARLY,
            month=4,
            facts=[principles_reviewed],
        ),
        [PrincipleReview],
    ),
    (
        Source(
            "husmote",
            __("Prata om grannskapet på husmötet"),
            __("Grannsamverkan är en stående punkt. Skriv vad ni pratade om och hur många ni var, aldrig vilka."),
            STAFF,
            Rule.QUARTERLY,
            month=2,
            leads=(14, 3, None),
            facts=[husmoten_held],
        ),
        [Briefing],
    ),
    (
        Source(
            "vandring",
            __("Trygghetsvandring"),
            __("Gå runt i området tillsammans med grannar, fastighetsägare och trygghetssamordningen."),
            STAFF,
            Rule.YEARLY,
            month=10,
        ),
        [],
    ),
    (
        Source(
            "winter",
            __("Planera för vintern"),
            __("Belysning, snöröjning, halka, och var brukarna kan vara när det är kallt. Stäm av med grannarna."),
            CHIEF,
            Rule.YEARLY,
            month=10,
            day=15,
        ),
        [],
    ),
    (
        Source(
            "access_review",
            __("Gå igenom behörigheterna"),
            __(
                "Se vilka som har roller på boendet och vilka som läser kontaktlistan. Avsluta dem som inte behöver "
                "det längre (lagen 2001:454, 10 §)."
            ),
            CHIEF,
            Rule.QUARTERLY,
            month=3,
        ),
        [],
    ),
    (
        Source(
            "arsrapport",
            __("Årsrapport"),
            __("Skriv boendets del av årsrapporten: arbetet under året, siffror och behov som inte möttes."),
            CHIEF,
            Rule.YEARLY,
            month=1,
        ),
        [],
    ),
]


def register_own() -> None:
    """Called once when Django starts."""
    for source, watches in OWN:
        register_source(source, watches=watches)
