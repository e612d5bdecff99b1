# SPDX-License-Identifier: EUPL-1.2
"""What agreements and activities add: the boende's pages, what waits on Min dag, reminders before an agreement ends."""

from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from dateutil.relativedelta import relativedelta
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Assignment, Boende
from boenden.rights import boenden_where, has_right, own_boenden, rights_at
from forum.models import Activity, Agreement, AgreementParty, AgreementVersion, Member
from forum.own import convened_by, memberships_of
from platssamverkan.accounts.roles import Right, roles_with
from platssamverkan.look.words import day
from platssamverkan.notices.providers import Due, register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry, Todo

MONTHS_BEFORE = (8, 6)  # an extension takes four months to decide (domain.md, "Agreements")
MOST = 20


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    registry.todo_providers.append(todos)
    register_provider("agreements", agreements_due)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's activities and agreements."""
    rights = rights_at(user, boende)
    if Right.READ_ACTIVITIES in rights:
        url = reverse("forum:activity_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Aktiviteter"), url, "balloon", order=150)
    if Right.READ_FORUMS in rights:
        url = reverse("forum:boende_agreement_list", args=[boende.slug])
        yield MenuEntry(gettext_lazy("Avtal"), url, "file-earmark-text", order=155)


def todos(user: Any) -> Iterator[Todo]:
    """Activities to evaluate, agreements to sign, to review and to renew."""
    if has_right(user, Right.EDIT_ACTIVITIES):
        waiting = Activity.objects.to_evaluate().filter(boende__in=own_boenden(user)).select_related("boende")
        for activity in waiting.order_by("happens_on", "pk")[:MOST]:
            title = _("Skriv vad aktiviteten gav: %(title)s") % {"title": activity}
            yield Todo(title, activity.get_absolute_url(), activity.happens_on, about=str(activity.boende))
    if has_right(user, Right.SIGN_AGREEMENTS) or memberships_of(user):
        yield from to_sign(user)
    if has_right(user, Right.EDIT_AGREEMENTS) or convened_by(user):
        yield from to_review(user)


def to_sign(user: Any) -> Iterator[Todo]:
    """Agreements that wait for the user's own signature."""
    being_signed = Q(supplement=0, agreement_version__state=AgreementVersion.State.UNDERTECKNAS)
    joining = Q(supplement__gt=0, sealed_at__isnull=True, agreement_version__state=AgreementVersion.State.GALLER)
    parties = AgreementParty.objects.signable_by(user).filter(being_signed | joining, signatures__isnull=True)
    for party in parties.select_related("agreement_version__agreement").order_by("created_at", "pk")[:MOST]:
        title = _("Skriv under: %(agreement)s") % {"agreement": party.agreement_version.agreement}
        url = reverse("forum:agreementparty_sign", args=[party.pk])
        yield Todo(title, url, timezone.localdate(party.agreement_version.changed_at))


def to_review(user: Any) -> Iterator[Todo]:
    """Agreements of the user's to review, or whose end is near."""
    today = timezone.localdate()
    own = Q(agreement__forum__in=convened_by(user)) | Q(
        agreement__forum__isnull=True, agreement__boenden__in=boenden_where(user, Right.EDIT_AGREEMENTS)
    )
    near = Q(review_on__lte=today) | Q(ends_on__lte=today + relativedelta(months=MONTHS_BEFORE[0]))
    versions = AgreementVersion.objects.in_force().filter(own, near).exclude(agreement__state=Agreement.State.AVSLUTAD)
    for version in versions.select_related("agreement").distinct().order_by("ends_on", "pk")[:MOST]:
        for month, due_on, _what in dues_of(version):
            if due_on <= today:
                title = _("Förnya eller avsluta: %(title)s") if month else _("Se över: %(title)s")
                yield Todo(title % {"title": version.agreement}, version.agreement.get_absolute_url(), due_on)
                break


def dues_of(version: AgreementVersion) -> list[tuple[int, date, str]]:
    """(months before the end or nought for the review, day, what) of a version in force, the latest day first."""
    found = [(0, version.review_on, "agreement_review")] if version.review_on else []
    if version.ends_on:
        months = MONTHS_BEFORE if version.agreement.terms.has_amounts else MONTHS_BEFORE[-1:]
        ends = [(n, version.ends_on - relativedelta(months=n), f"agreement_ends_{n}") for n in months]
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
