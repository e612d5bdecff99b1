# SPDX-License-Identifier: EUPL-1.2
"""Verbs of surveys: write questions, begin a round, send it, end it, begin the next."""

from datetime import timedelta
from typing import Any

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.actions.survey_answers import lay_out_counts
from forum.models import Member, Survey, SurveyInvitation, SurveyQuestion, SurveyTemplate
from forum.survey_letters import survey_letter
from platssamverkan.audit.actions import log_event
from platssamverkan.ground.actions import Refused, action, save_record
from platssamverkan.notices.actions import post_notices

USUAL_DAYS = 21  # that a round is open


@action
def save_template(
    *, template: SurveyTemplate, questions: list[dict[str, Any]], by: Any, opened_version: int | None = None
) -> SurveyTemplate:
    """Write a template with its questions, in their order. Raises Refused once a round has used it, EditConflict."""
    if not template.is_new and Survey.objects.filter(template=template).exists():
        raise Refused([_("Frågorna har använts, så de ändras inte. Gör en ny mall i stället.")])
    save_record(record=template, by=by, opened_version=opened_version)
    kept = {question.position: question for question in template.questions.all()}
    for position, facts in enumerate(questions):
        question = kept.pop(position, None) or SurveyQuestion(template=template, position=position)
        for name, value in facts.items():
            setattr(question, name, value)
        save_record(record=question, by=by)
    surplus = [question.pk for question in kept.values()]
    if surplus:  # never asked: nothing is lost
        SurveyQuestion.objects.filter(pk__in=surplus).delete()
    return template


@action
def begin_survey(*, survey: Survey, by: Any) -> Survey:
    """A new round, with a count of nought for each alternative."""
    save_record(record=survey, by=by)
    lay_out_counts(survey=survey, by=by)
    return survey


@action
def change_survey(*, survey: Survey, by: Any, opened_version: int | None = None) -> Survey:
    """Change the days of a round, or its greeting. Raises Refused where it is over, and EditConflict.

    A round that is over has been read: were it opened again, the answers that came then could be told from the others.
    """
    if Survey.objects.select_for_update().get(pk=survey.pk).is_over:
        raise Refused([_("Mätningen är slut och ändras inte. Gör en ny omgång.")])
    return save_record(record=survey, by=by, opened_version=opened_version)


def people_to_ask(survey: Survey) -> list[Member]:
    """The forum's members of today who speak for an actor and have an address, each address once."""
    members = Member.objects.current().filter(forum=survey.forum_id, person__isnull=False).with_names()
    by_address: dict[str, Member] = {}
    for member in members.order_by("created_at", "pk"):
        if member.email:
            by_address.setdefault(member.email.casefold(), member)
    return list(by_address.values())


@action
def send_survey(*, survey: Survey, by: Any) -> int:
    """Ask a forum's actors, each by a link of her own; tells how many. Again later, it asks those who have come since.

    The letters go on the first day. Raises Refused for a round that is over or brukarnas, and where there is nobody.
    """
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if stored.is_over or stored.forum_id is None:
        raise Refused([_("Den här mätningen går inte att skicka. Gör en ny omgång.")])
    members = people_to_ask(stored)
    if not members:
        raise Refused([_("Ingen medlem har en e-postadress. Lägg till medlemmarna först.")])
    asked = set(stored.invitations.values_list("member", flat=True))
    for member in members:
        if member.pk not in asked:
            save_record(record=SurveyInvitation(survey=stored, member=member), by=by)
    stored.sent_on = timezone.localdate()
    save_record(record=stored, by=by)
    log_event(record=stored, by=by, event="survey_sent")
    if stored.is_going_on:
        unused = SurveyInvitation.objects.open().filter(survey=stored)
        rows = unused.select_related("survey__template", "survey__forum", "member__user", "member__person__user")
        post_notices(dues=[survey_letter(row) for row in rows], by=by)
    return len(members)


@action
def close_survey(*, survey: Survey, by: Any) -> Survey:
    """End it before its last day, which becomes today (its first, if that is to come): nothing more is answered.

    One that is over already stays as it is.
    """
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if stored.is_over:
        return stored
    stored.is_closed = True
    stored.closes_on = max(stored.opens_on, timezone.localdate())
    return save_record(record=stored, by=by)


@action
def show_results(*, survey: Survey, by: Any) -> Survey:
    """Show what brukarna answered; from now on their paper is counted. Raises Refused while it goes on."""
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if not stored.is_of_brukare or not stored.is_over:
        raise Refused([_("Resultatet kan visas när brukarnas mätning är slut.")])
    if stored.is_shown:
        return stored
    stored.shown_on = timezone.localdate()
    return save_record(record=stored, by=by)


@action
def open_tablet(*, survey: Survey, by: Any) -> Survey:
    """Let answers be given on a shared tablet for the rest of the day. Raises Refused for what is not brukarnas."""
    stored = Survey.objects.select_for_update().get(pk=survey.pk)
    if not stored.is_of_brukare or not stored.is_going_on:
        raise Refused([_("Surfplattan kan bara öppnas medan brukarnas mätning pågår.")])
    stored.tablet_on = timezone.localdate()
    return save_record(record=stored, by=by)


@action
def repeat_survey(*, survey: Survey, by: Any) -> Survey:
    """The next round: the same questions to the same circle, as many days, from today. The same one if asked twice.

    Raises Refused while the latest goes on.
    """
    same = Survey.objects.active().filter(template=survey.template_id, forum=survey.forum_id, boende=survey.boende_id)
    list(same.select_for_update().values_list("pk", flat=True))  # two who press at once make one
    latest = same.aggregate(day=Max("closes_on"))["day"]
    if latest >= timezone.localdate() and same.filter(closes_on=latest, is_closed=False).exists():
        raise Refused([_("En omgång med samma frågor pågår redan.")])
    today = timezone.localdate()
    usual = timedelta(days=USUAL_DAYS)
    length = usual if survey.is_closed else survey.closes_on - survey.opens_on or usual
    following = Survey(
        template_id=survey.template_id,
        forum_id=survey.forum_id,
        boende_id=survey.boende_id,
        greeting=survey.greeting,
        opens_on=today,
        closes_on=today + length,
    )
    return begin_survey(survey=following, by=by)
