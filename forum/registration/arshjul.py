# SPDX-License-Identifier: EUPL-1.2
"""What forums tell the årshjul of their boenden: meetings, calls to send, agreements' review and end, walks held."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __

from forum.cadence import proposed_days
from forum.kinds import INTERNAL_KINDS
from forum.models import Activity, Agreement, AgreementVersion, Forum, Meeting
from forum.registration.start import CALL_DAYS
from kartlaggning.arshjul.rules import Rule
from kartlaggning.arshjul.sources import Fact, Occasion, Source, register_facts, register_source
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.days import FIRST_DAY

BACK = timedelta(days=200)  # what has been is kept in the rows that were made then
Kind, Status = Activity.Kind, Meeting.Status


def going_on(boenden: QuerySet) -> Any:
    """The boendens forums with others, those that meet."""
    forums = Forum.objects.active().filter(boenden__in=boenden, ended_on__isnull=True)
    return forums.exclude(kind__in=INTERNAL_KINDS).distinct()


def meetings(boenden: QuerySet) -> Iterator[Occasion]:
    """Every meeting on its day: held, cancelled, or to come. One query."""
    since = timezone.now() - BACK
    rows = Meeting.objects.active().filter(starts_at__gte=since, forum__boenden__in=boenden)
    rows = rows.filter(forum__archived_at__isnull=True).exclude(forum__kind__in=INTERNAL_KINDS)
    for pk, boende, name, starts_at, status in rows.order_by("pk").values_list(
        "pk", "forum__boenden", "forum__name", "starts_at", "status"
    ):
        day = timezone.localdate(starts_at)
        words = {Status.HELD: _("Mötet är hållet."), Status.CANCELLED: _("Mötet är inställt.")}
        yield Occasion(
            boende=boende,
            occasion=str(pk),
            due_on=day,
            title=_("Möte: %(forum)s") % {"forum": name},
            done_on=day if status == Status.HELD else None,
            is_off=status == Status.CANCELLED,
            why=words.get(Status(status), ""),
            url=reverse("forum:meeting_detail", args=[pk]),
        )


def calls(boenden: QuerySet) -> Iterator[Occasion]:
    """A meeting to call for each forum with a rhythm and none planned: three weeks before its next day. Two queries."""
    today = timezone.localdate()
    planned = Q(meetings__archived_at__isnull=True) & ~Q(meetings__status=Status.CANCELLED)
    rows = going_on(boenden).exclude(rrule="").annotate(latest=Max("meetings__starts_at", filter=planned))
    for forum in rows.order_by("pk").prefetch_related("boenden"):
        latest = timezone.localdate(forum.latest) if forum.latest else today
        if latest > today:
            continue
        for day in proposed_days(forum, today, count=1):
            for boende in forum.boenden.all():
                yield Occasion(
                    boende=boende.pk,
                    occasion=f"{forum.pk}:{day}",
                    due_on=day - timedelta(days=CALL_DAYS),
                    title=_("Kalla till möte: %(forum)s") % {"forum": forum.name},
                    url=forum.get_absolute_url(),
                )


def agreements(boenden: QuerySet) -> Iterator[Occasion]:
    """The review and the end of each agreement in force. One query.

    A review whose version has been replaced, or whose agreement has ended, is no longer told of.
    """
    rows = AgreementVersion.objects.in_force().filter(
        Q(agreement__boenden__in=boenden) | Q(agreement__forum__boenden__in=boenden),
        agreement__archived_at__isnull=True,
    )
    rows = rows.exclude(agreement__state=Agreement.State.AVSLUTAD).order_by("pk").distinct()
    wanted = set(boenden.values_list("pk", flat=True).order_by())
    names = "pk", "agreement", "agreement__title", "review_on", "ends_on"
    for row in rows.values(*names, "agreement__boenden", "agreement__forum__boenden"):
        url = reverse("forum:agreement_detail", args=[row["agreement"]])
        words = (("review_on", _("Se över avtalet: %(title)s")), ("ends_on", _("Avtalet slutar: %(title)s")))
        for boende in {row["agreement__boenden"], row["agreement__forum__boenden"]} & wanted:
            for name, title in words:
                if row[name] and row[name] > FIRST_DAY:
                    yield Occasion(
                        boende=boende,
                        occasion=f"{row['pk']}:{name}",
                        due_on=row[name],
                        title=title % {"title": row["agreement__title"]},
                        url=url,
                    )


def walks_held(boenden: QuerySet) -> Iterator[Fact]:
    """Trygghetsvandringar that have been held. One query."""
    held = (Activity.Status.HELD, Activity.Status.EVALUATED)
    rows = Activity.objects.active().filter(boende__in=boenden, kind=Kind.VANDRING, status__in=held)
    for pk, boende, day in rows.order_by("happens_on", "pk").values_list("pk", "boende", "happens_on"):
        yield Fact(boende, day, _("Trygghetsvandringen är hållen."), reverse("forum:activity_detail", args=[pk]))


def register() -> None:
    """Called once when Django starts. Those of a forum are called, and agreements reminded of, in ways of their own."""
    chief = Role.ENHETSCHEF
    meeting = Source(
        "forum_meeting",
        __("Möte i forum"),
        __("Kom till mötet, och se till att det antecknas att det hölls."),
        chief,
        Rule.DATA,
        is_reminded=False,
        moves=False,
        occasions=[meetings],
    )
    call = Source(
        "forum_call",
        __("Kalla till möte i forum"),
        __("Forumet har bestämt hur ofta det träffas, och inget möte är planerat."),
        chief,
        Rule.DATA,
        leads=(14, 0, None),
        occasions=[calls],
    )
    agreement = Source(
        "agreement",
        __("Avtal att se över eller förnya"),
        __("Stämmer det ännu? Ska det förnyas? Påminnelser går till den som sköter avtalet."),
        chief,
        Rule.DATA,
        is_reminded=False,
        occasions=[agreements],
    )
    register_source(meeting, watches=[Meeting, Forum])
    register_source(call)
    register_source(agreement, watches=[AgreementVersion, Agreement])
    register_facts("vandring", walks_held, watches=[Activity])
