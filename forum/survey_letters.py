# SPDX-License-Identifier: EUPL-1.2
"""The letters of a trygghetsmätning: the link on the first day, a reminder three days before the last.

They go to the address, never into the app: the text of such a letter is gone when it is sent, and with it the link.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum.models import SurveyInvitation
from platssamverkan.look.words import day
from platssamverkan.notices.providers import Due

REMIND_BEFORE = timedelta(days=3)
LEAST_OPEN = timedelta(days=7)  # a shorter round needs no reminder


def survey_link(invitation: SurveyInvitation) -> str:
    """The address at which she answers, without an account."""
    return settings.SITE_URL + reverse("forum:survey_open", args=[invitation.link_token])


def survey_letter(invitation: SurveyInvitation, *, is_reminder: bool = False) -> Due:
    """The letter to one member."""
    survey = invitation.survey
    about = {"forum": survey.forum, "day": day(survey.closes_on), "link": survey_link(invitation)}
    subject = _("Påminnelse: hur tryggt känns det? %(forum)s") if is_reminder else _("Hur tryggt känns det? %(forum)s")
    text = _(
        "Några korta frågor om trygghet och trivsel, från %(forum)s. Det tar två minuter. Svara senast %(day)s:\n\n"
        "%(link)s\n\n"
        "Länken är din och går att använda en gång. Ditt svar sparas utan att det går att se vem som svarat vad, och "
        "resultatet visas först när minst fem har svarat."
    )
    text = text % about
    return Due(
        what="survey_reminder" if is_reminder else "survey_sent",
        occasion=str(invitation.pk),
        subject=subject % about,
        text=f"{survey.greeting}\n\n{text}" if survey.greeting else text,
        due_on=survey.closes_on - REMIND_BEFORE if is_reminder else survey.opens_on,
        email=invitation.member.email,
        series=f"survey:{invitation.pk}",
    )


def surveys_due(now: datetime) -> Iterator[Due]:
    """The letters of the rounds that go on, to those who have not answered."""
    today = timezone.localdate(now)
    rows = SurveyInvitation.objects.open().order_by("pk")
    names = ("survey__template", "survey__forum", "member__user", "member__person__user")
    for invitation in rows.select_related(*names).iterator(chunk_size=2000):
        if not invitation.member.email:
            continue
        yield survey_letter(invitation)
        survey = invitation.survey
        is_long = survey.closes_on - survey.opens_on >= LEAST_OPEN
        if is_long and survey.closes_on - REMIND_BEFORE <= today:
            yield survey_letter(invitation, is_reminder=True)
