# SPDX-License-Identifier: EUPL-1.2
"""The models of the forum, a module a noun."""

from forum.models.action_items import ActionItem
from forum.models.activities import Activity
from forum.models.agenda import AgendaItem, Attachment
from forum.models.agreement_comments import AgreementComment
from forum.models.agreement_followups import AgreementFollowUp
from forum.models.agreement_parties import AgreementParty, AgreementPost, Signature
from forum.models.agreement_wordings import AgreementRevision
from forum.models.agreements import Agreement, AgreementVersion
from forum.models.calendar_feeds import CalendarFeed
from forum.models.costs import Contribution, Cost
from forum.models.forums import Forum
from forum.models.incidents import PresentedIncident
from forum.models.invitations import Attendance, Invitation
from forum.models.meetings import Meeting
from forum.models.members import Member
from forum.models.proposals import HeardWish, Proposal
from forum.models.protokoll import Justering, Protokoll, ProtokollItem
from forum.models.protokoll_comments import ProtokollComment
from forum.models.protokoll_files import ProtokollFile, PublicProtokoll
from forum.models.questions import Question
from forum.models.survey_answers import SurveyAnswer, SurveyBaseline
from forum.models.survey_templates import SurveyQuestion, SurveyTemplate
from forum.models.surveys import Survey, SurveyInvitation

__all__ = [
    "ActionItem",
    "Activity",
    "AgendaItem",
    "Agreement",
    "AgreementComment",
    "AgreementFollowUp",
    "AgreementParty",
    "AgreementPost",
    "AgreementRevision",
    "AgreementVersion",
    "Attachment",
    "Attendance",
    "CalendarFeed",
    "Contribution",
    "Cost",
    "Forum",
    "HeardWish",
    "Invitation",
    "Justering",
    "Meeting",
    "Member",
    "PresentedIncident",
    "Proposal",
    "Protokoll",
    "ProtokollComment",
    "ProtokollFile",
    "ProtokollItem",
    "PublicProtokoll",
    "Question",
    "Signature",
    "Survey",
    "SurveyAnswer",
    "SurveyBaseline",
    "SurveyInvitation",
    "SurveyQuestion",
    "SurveyTemplate",
]
