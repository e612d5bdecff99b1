# SPDX-License-Identifier: EUPL-1.2
"""What agreements and activities add: the boende's pages; reminders to sign, to review, to renew and to evaluate.

They wait as notices, which Min dag shows anyway, so that it asks no question more.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Assignment, Boende, ContactPerson
from boenden.rights import rights_at
from forum.models import Activity, Agreement, AgreementParty, AgreementVersion, Member
from platssamverkan.accounts.roles import Right, roles_with
from platssamverkan.ground.days import FIRST_DAY
from platssamverkan.look.words import day
from platssamverkan.notices.providers import Due, register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

MONTHS_BEFORE = (8, 6)  # an extension takes four months to decide (domain.md, "Agreements")
EVALUATE_AFTER = timedelta(days=3)


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    register_provider("agreements", agreements_due)
    register_provider("agreements_to_sign", signatures_due)
    register_provider("activities", evaluations_due)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's activities and agreements."""
    rights = rights_at(user, boende)
    if Right.READ_ACTIVITIES in rights:
        url = reverse("forum:activity_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Aktiviteter"), url, "balloon", order=150)
    if Right.READ_FORUMS in rights:
        url = reverse("forum:boende_agreement_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Avtal"), url, "file-earmark-text", order=155)


def dues_of(version: AgreementVersion) -> list[tuple[int, date, str]]:
    """(months before the end or nought for the review, day, what) of a version in force, the latest day first.

    A day before every calendar of ours counts as its first: one such agreement silences nobody else's reminders.
    """
    found = [(0, version.review_on, "agreement_review")] if version.review_on else []
    if version.ends_on:
        months = MONTHS_BEFORE if version.agreement.terms.has_amounts else MONTHS_BEFORE[-1:]
        last = max(version.ends_on, FIRST_DAY)
        ends = [(n, last - relativedelta(months=n), f"agreement_ends_{n}") for n in months]
        found += ends
    return sorted(found, key=lambda due: due[1], reverse=True)


def agreements_due(now: datetime) -> Iterator[Due]:
    """Letters to those who look after an agreement: its review, and eight and six months before an IOP ends."""
    today = timezone.localdate(now)
    near = Q(review_on__lte=today) | Q(ends_on__lte=today + relativedelta(months=MONTHS_BEFORE[0], days=1))
    versions = AgreementVersion.objects.in_force().filter(near, agreement__archived_at__isnull=True)
    versions = versions.exclude(agreement__state=Agreement.State.AVSLUTAD).order_by("pk")
    rows = list(versions.select_related("agreement__forum").prefetch_related("agreement__boenden"))
    if not rows:
        return
    conveners, chiefs = looked_after_by(rows)
    for version in rows:
        agreement = version.agreement
        if agreement.forum_id:
            users = conveners.get(agreement.forum_id, [])
        else:
            users = [user for boende in agreement.boenden.all() for user in chiefs.get(boende.pk, [])]
        for user in {user.pk: user for user in users}.values():
            yield from (reminder(version, user, *due) for due in dues_of(version))


def looked_after_by(versions: list[AgreementVersion]) -> tuple[dict[Any, list[Any]], dict[Any, list[Any]]]:
    """The accounts of the forums' sammankallande and of the boendens' enhetschefer, two queries for all."""
    forums = {version.agreement.forum_id for version in versions if version.agreement.forum_id}
    conveners: dict[Any, list[Any]] = {}
    for member in Member.objects.current().convening().filter(forum__in=forums).with_names().order_by("pk"):
        if member.account and member.account.is_active:
            conveners.setdefault(member.forum_id, []).append(member.account)
    boenden = {boende.pk for version in versions for boende in version.agreement.boenden.all()}
    held = Assignment.objects.current().filter(boende__in=boenden, role__in=roles_with(Right.EDIT_AGREEMENTS))
    chiefs: dict[Any, list[Any]] = {}
    for assignment in held.filter(user__is_active=True).select_related("user").order_by("pk"):
        chiefs.setdefault(assignment.boende_id, []).append(assignment.user)
    return conveners, chiefs


def reminder(version: AgreementVersion, user: Any, months: int, due_on: date, what: str) -> Due:
    """The letter. Of the two before the end only the latest is told; the review is a series of its own."""
    about = {"title": version.agreement, "months": months, "day": day(version.ends_on) if version.ends_on else ""}
    if months:
        subject = _("%(title)s slutar om %(months)s månader") % about
        text = _(
            "%(title)s gäller till och med %(day)s. Bestäm i god tid om det ska förnyas, och följ upp vad det gett."
        )
    else:
        subject = _("Dags att se över %(title)s") % about
        text = _("%(title)s ska ses över. Gå igenom det med parterna: stämmer det ännu?")
    return Due(
        what=what,
        occasion=f"{version.pk}:{due_on}",
        subject=subject,
        text=text % about,
        due_on=due_on,
        user=user,
        url=version.agreement.get_absolute_url(),
        series=f"agreement:{version.pk}:{'end' if months else 'review'}",
    )


def signatures_due(now: datetime) -> Iterator[Due]:
    """A letter to each who can sign here for a party that has not: its contact persons in the forum with accounts.

    Whoever looks after the agreement asks the others, and takes their signatures on paper.
    """
    being_signed = Q(supplement=0, agreement_version__state=AgreementVersion.State.UNDERTECKNAS)
    joining = Q(supplement__gt=0, sealed_at__isnull=True, agreement_version__state=AgreementVersion.State.GALLER)
    waiting = AgreementParty.objects.active().filter(
        being_signed | joining, signatures__isnull=True, actor__isnull=False
    )
    waiting = waiting.exclude(agreement_version__agreement__state=Agreement.State.AVSLUTAD)
    parties = list(waiting.select_related("agreement_version__agreement", "actor").order_by("pk"))
    if not parties:
        return
    signers: dict[tuple[Any, Any], list[Any]] = {}
    forums = {party.agreement_version.agreement.forum_id for party in parties}
    for member in Member.objects.current().filter(forum__in=forums, person__isnull=False).with_names().order_by("pk"):
        person: ContactPerson | None = member.person
        if person and member.account and member.account.is_active:
            signers.setdefault((member.forum_id, person.actor_id), []).append(member.account)
    for party in parties:
        agreement = party.agreement_version.agreement
        for user in signers.get((agreement.forum_id, party.actor_id), []):
            yield sign_please(party, user)


def sign_please(party: AgreementParty, user: Any) -> Due:
    """The letter. It is written anew when the text has been changed and is being signed again."""
    about = {"title": party.agreement_version.agreement, "party": party}
    return Due(
        what="agreement_sign",
        occasion=f"{party.pk}:{party.agreement_version.sha256[:16]}",
        subject=_("Dags att skriva under: %(title)s") % about,
        text=_("%(title)s väntar på underskrift av %(party)s. Läs texten, och skriv under med din inloggning.") % about,
        due_on=timezone.localdate(party.agreement_version.changed_at),
        user=user,
        url=reverse("forum:agreementparty_sign", args=[party.pk]),
    )


def evaluations_due(now: datetime) -> Iterator[Due]:
    """Three days after an activity: ask whoever wrote it down, and still works there, what it gave."""
    until = timezone.localdate(now) - EVALUATE_AFTER
    still_there = Assignment.objects.current().filter(
        user=OuterRef("created_by"), boende=OuterRef("boende"), role__in=roles_with(Right.EDIT_ACTIVITIES)
    )
    rows = Activity.objects.to_evaluate().filter(Exists(still_there), happens_on__lte=until)
    for activity in rows.select_related("boende", "created_by").order_by("pk").iterator():
        yield Due(
            what="activity_evaluate",
            occasion=f"{activity.pk}:{activity.happens_on}",
            subject=_("Vad gav det? %(title)s") % {"title": activity},
            text=_("Skriv hur många som var med och vad %(title)s gav, medan ni minns.") % {"title": activity},
            due_on=activity.happens_on + EVALUATE_AFTER,
            user=activity.created_by,
            url=activity.get_absolute_url(),
        )
