# SPDX-License-Identifier: EUPL-1.2
"""Verbs of a plan: begin it, change it while it is a draft, approve it, open the next edition at a review."""

import hashlib
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Boende
from kartlaggning.actions.arshjul_filling import fill_after_commit
from kartlaggning.models import Insats, InsatsEvaluation, Kartlaggning, Plan
from kartlaggning.models.insatser import CONTENT
from kartlaggning.plan_paper import archive_paper
from platssamverkan.audit.actions import log_event
from platssamverkan.documents.actions import store_document
from platssamverkan.ground.actions import EditConflict, Refused, action, put_away, save_record

AS_IT_IS: Any = object()  # nothing is said about the day of the follow-up
# where an insats can go from where it is
STEPS = {
    Insats.Status.PLANNED: (Insats.Status.ONGOING, Insats.Status.DONE, Insats.Status.CONTINUED, Insats.Status.DROPPED),
    Insats.Status.ONGOING: (Insats.Status.DONE, Insats.Status.CONTINUED, Insats.Status.DROPPED),
    Insats.Status.DONE: (Insats.Status.ONGOING, Insats.Status.CONTINUED),
    Insats.Status.CONTINUED: (Insats.Status.ONGOING, Insats.Status.DONE, Insats.Status.DROPPED),
    Insats.Status.DROPPED: (Insats.Status.PLANNED, Insats.Status.ONGOING),
}


def locked(plan: Plan) -> Plan:
    """What is stored now, held until the verb is done."""
    return Plan.objects.select_for_update(of=("self",)).select_related("boende").get(pk=plan.pk)


def refuse_unless_draft(plan: Plan) -> Plan:
    """What is stored now. Raises Refused for an approved plan: it stands still."""
    stored = locked(plan)
    if not stored.is_draft:
        raise Refused([_("Planen är godkänd och ändras inte. Börja en översyn.")])
    return stored


def read_mark(plan: Plan, insatser: list[Insats]) -> str:
    """What tells one reading of a draft from another: a digest of the versions of the plan and of every insats."""
    versions = sorted(f"{row.pk} {row.version}" for row in [plan, *insatser])
    return hashlib.sha256("\n".join(versions).encode()).hexdigest()[:32]


def left_for_approval(plan: Plan, insatser: list[Insats]) -> list[tuple[str, str]]:
    """What is left before the plan with these insatser can be approved: sentences, each with where it is mended."""
    left = [(sentence, insats.get_absolute_url()) for insats in insatser for sentence in insats.missing()]
    if not insatser:
        left.append((_("Skriv in minst en insats."), ""))
    if plan.review_on is None:
        left.append((_("Skriv när planen ska ses över."), ""))
    elif plan.review_on <= timezone.localdate():
        left.append((_("Välj en dag framåt i tiden för planens översyn."), ""))
    return left


@action
def start_plan(*, boende: Boende, by: Any, kartlaggning: Kartlaggning | None = None) -> Plan:
    """The draft that the boende works with: the one there is, else the first edition, else a review of the latest."""
    Boende.objects.select_for_update(of=("self",)).get(pk=boende.pk)  # two who begin at once get the same draft
    latest = Plan.objects.filter(boende=boende).for_list().first()
    if latest and latest.is_draft:
        return on_round(latest, kartlaggning, by)
    if latest:
        return review(plan=latest, kartlaggning=kartlaggning, by=by)
    return save_record(record=Plan(boende=boende, kartlaggning=kartlaggning), by=by)


def on_round(draft: Plan, kartlaggning: Kartlaggning | None, by: Any) -> Plan:
    """The draft, which goes on from the later of its own round and this one."""
    if kartlaggning is None or (draft.kartlaggning and draft.kartlaggning.year >= kartlaggning.year):
        return draft
    draft.kartlaggning = kartlaggning
    return save_record(record=draft, by=by)


@action
def save_plan(*, plan: Plan, by: Any, opened_version: int | None = None) -> Plan:
    """Write insights and day of review. Raises Refused once approved, EditConflict."""
    refuse_unless_draft(plan)
    return save_record(record=plan, by=by, opened_version=opened_version)


@action
def save_insats(*, insats: Insats, by: Any, opened_version: int | None = None) -> Insats:
    """Write an insats of a draft. Raises Refused once its plan is approved, EditConflict."""
    refuse_unless_draft(insats.plan)
    return save_record(record=insats, by=by, opened_version=opened_version)


@action
def remove_insats(*, insats: Insats, by: Any) -> Insats:
    """Take an insats out of a draft. Raises Refused once its plan is approved."""
    refuse_unless_draft(insats.plan)
    return put_away(record=insats, by=by)


@action
def approve(*, plan: Plan, by: Any, read: str | None = None) -> Plan:
    """Let the plan count from now on, as a file that never changes; the edition before it is replaced.

    `read` is the mark (read_mark) of the plan as the person had it on screen.
    Raises Refused with what is missing, EditConflict if it was changed since it was read, StorageFull.
    """
    stored = locked(plan)
    if not stored.is_draft:
        return stored
    insatser = list(Insats.objects.filter(plan=stored).for_plan())
    if read not in (None, read_mark(stored, insatser)):
        raise EditConflict(stored)
    if left := left_for_approval(stored, insatser):
        raise Refused([sentence for sentence, _url in left])
    for earlier in Plan.objects.select_for_update().filter(boende=stored.boende, status=Plan.Status.APPROVED):
        earlier.status = Plan.Status.REPLACED
        save_record(record=earlier, by=by)
    stored.status, stored.approved_at, stored.approved_by = Plan.Status.APPROVED, timezone.now(), by
    store_paper(plan=stored, insatser=insatser, by=by)
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="plan_approved")
    fill_after_commit([stored.boende], by)
    return stored


def store_paper(*, plan: Plan, insatser: list[Insats], by: Any) -> None:
    """Keep the edition as it is approved: how its insatser go is told afterwards, and not in its file."""
    plan.document = store_document(
        content=archive_paper(plan, insatser),
        title=f"{plan}, {plan.boende}",
        kind="plan",
        by=by,
        previous=plan.previous.document if plan.previous else None,
    )


@action
def review(*, plan: Plan, by: Any, kartlaggning: Kartlaggning | None = None) -> Plan:
    """Open the next edition: the same insatser but those that are stopped or dropped. Once: asked again, the same.

    Raises Refused for a draft.
    """
    stored = locked(plan)
    if stored.is_draft:
        raise Refused([_("Planen är ett utkast. Ändra den som den är.")])
    following = Plan.objects.filter(previous=stored).first()
    if following:
        return following
    draft = Plan(
        boende=stored.boende,
        kartlaggning=kartlaggning or stored.kartlaggning,
        edition=stored.edition + 1,
        previous=stored,
        insights=stored.insights,
    )
    save_record(record=draft, by=by)
    for insats in Insats.objects.filter(plan=stored).for_plan():
        if goes_on(insats):
            copy = Insats(plan=draft, origin=insats, status=insats.status)
            for name in CONTENT:
                setattr(copy, name, getattr(insats, name))
            copy.follow_up_on = insats.followed_up_next
            save_record(record=copy, by=by)
    return draft


def goes_on(insats: Insats) -> bool:
    """Whether an insats belongs in the next edition: not if it is done or dropped, or was judged to be stopped."""
    latest = insats.latest_evaluation
    is_stopped = latest is not None and latest.verdict == InsatsEvaluation.Verdict.STOP
    return not is_stopped and insats.status not in (Insats.Status.DROPPED, Insats.Status.DONE)


@action
def set_status(
    *, insats: Insats, status: str, by: Any, follow_up_on: Any = AS_IT_IS, opened_version: int | None = None
) -> Insats:
    """Tell how it goes and when it is followed up next, in an approved plan too.

    `follow_up_on` is a day, or None to take the day away, which a draft allows: an approved plan promises a follow-up.
    While a review is being written its copy of the insats is told the same. Raises Refused for a step there is not,
    without a follow-up day where it is needed and in a plan that is replaced, and EditConflict.
    """
    stored = Insats.objects.select_for_update(of=("self",)).select_related("plan").get(pk=insats.pk)
    if opened_version not in (None, stored.version):
        raise EditConflict(stored)
    if stored.plan.status == Plan.Status.REPLACED:
        raise Refused([_("En nyare version av planen gäller. Skriv läget där.")])
    if status not in (stored.status, *STEPS[Insats.Status(stored.status)]):
        raise Refused([_("Välj något av lägena.")])
    if follow_up_on is None and stored.followed_up_next and not stored.plan.is_draft:
        raise Refused(
            [_("Skriv när insatsen följs upp. Den godkända planen har en dag, så fältet kan inte vara tomt.")]
        )
    copies = Insats.objects.active().filter(origin=stored, plan__status=Plan.Status.DRAFT).select_related("plan")
    for row in (stored, *copies.select_for_update(of=("self",))):
        row.status = status
        if follow_up_on is not AS_IT_IS:
            row.follow_up(follow_up_on)
        if status == Insats.Status.CONTINUED and row.followed_up_next is None:
            raise Refused([_("Skriv när insatsen följs upp. Det som fortsätter behöver det.")])
        save_record(record=row, by=by)
    return stored
