# SPDX-License-Identifier: EUPL-1.2
"""Which pages of the handbook are about someone in a forum, and where it explains the pages of forums."""

from collections.abc import Iterator
from typing import Any

from boenden.rights import assignments_of
from forum.own import memberships_of
from platssamverkan.start.registry import handbook_providers, help_topics

TOPICS = {
    "forum": ["forum_list", "forum_create", "forum_detail", "forum_update"],
    "medlemmar": ["member_list", "member_create", "member_update"],
    "moten": [
        "meeting_create", "meeting_detail", "meeting_update", "meeting_papers", "meeting_call", "meeting_cancel",
        "agendaitem_create", "agendaitem_update",
    ],
    "fragor": ["question_create", "question_answer"],
    "sekretessprovning": ["presentedincident_create"],
    "halla-motet": ["agendaitem_notes", "meeting_attendance", "actionitem_create", "actionitem_update"],
    "atgarder": ["actionitem_list", "actionitem_report"],
    "protokoll": [
        "protokoll_list", "protokoll_detail", "protokoll_update", "protokoll_send", "protokoll_comment",
        "protokollitem_update", "protokoll_public", "publicprotokoll_detail", "decision_list",
    ],
    "avtal": [
        "agreement_list", "agreement_detail", "agreement_update", "agreementversion_detail", "agreementversion_update",
        "agreementparty_sign", "agreementparty_paper", "agreement_changes",
    ],
    "aktiviteter": [
        "activity_list", "activity_create", "activity_detail", "activity_update", "activity_evaluate",
        "forum_contributions", "boende_contributions", "cost_detail",
    ],
    "kalendern": ["calendarfeed_list"],
}  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    handbook_providers.append(pages)
    help_topics.update({f"forum:{view}": anchor for anchor, views in TOPICS.items() for view in views})
    # of the boende's own work: in the chapter about that
    help_topics.update({"forum:activity_walk": "kartlaggning", "forum:actionitem_insats": "plan"})


def pages(user: Any) -> Iterator[str]:
    """The pages of those who are in forums and have no role. Of others nothing is asked here: the page of their role
    comes first, and every page of theirs is spared a query."""
    if assignments_of(user):
        return
    for member in memberships_of(user):
        yield "sammankallande" if member.is_convener else "medlem"
