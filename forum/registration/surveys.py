# SPDX-License-Identifier: EUPL-1.2
"""What surveys add: the boende's and the forum's pages, letters, panels of the lägesbild, the handbook, examples."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from boenden.rights import rights_at
from forum import survey_picture
from forum.actions.survey_answers import PAPER_COUNTED
from forum.demo_surveys import make_surveys
from forum.survey_letters import surveys_due
from incidents.demo import make
from platssamverkan.accounts.roles import Right
from platssamverkan.audit.labels import register_event
from platssamverkan.notices.providers import register_provider
from platssamverkan.start import registry
from platssamverkan.start.registry import MenuEntry

HELP = (
    "survey_list_forum", "survey_create_forum", "survey_list_boende", "survey_create_boende", "survey_detail",
    "survey_preview", "survey_paper", "survey_baseline", "surveytemplate_list", "surveytemplate_create",
    "surveytemplate_update",
)  # fmt: skip


def register() -> None:
    """Called once when Django starts."""
    registry.boende_page_providers.append(pages)
    registry.forum_page_providers.append(forum_pages)
    registry.help_topics.update({f"forum:{view}": "matningar" for view in HELP})
    register_provider("surveys", surveys_due)
    register_event("survey_sent", _("skickade"))
    register_event(PAPER_COUNTED, _("räknade pappersenkäter i"))
    survey_picture.register()
    make.more_rooms.append(make_surveys)


def pages(user: Any, boende: Boende) -> Iterator[MenuEntry]:
    """The boende's surveys."""
    if Right.READ_SURVEYS in rights_at(user, boende):
        url = reverse("forum:survey_list_boende", args=[boende.slug])
        yield MenuEntry(_("Mätningar"), url, "clipboard-check", order=170)


def forum_pages(user: Any, place: Any) -> Iterator[MenuEntry]:
    """The forum's rounds, for everyone in it."""
    if not place.forum.is_internal:
        url = reverse("forum:survey_list_forum", args=[place.forum.pk])
        yield MenuEntry(_("Trygghetsmätning"), url, "clipboard-check")
