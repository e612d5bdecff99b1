# SPDX-License-Identifier: EUPL-1.2
"""Activities, agreements and forums as files. No text of a meeting and no person is in them."""

from typing import Any

from django.db.models import Max, Min, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.rights import boenden_where
from boenden.views.list_files import ListFile, WholeListFile
from forum.models import Meeting
from forum.models.agreements import agreements_at
from forum.models.forums import staffed
from forum.models.joining import forums_at
from forum.views.activities import ActivityListView
from forum.views.agreements import AgreementListView, BoendeAgreementListView
from forum.views.forums import ForumListView
from platssamverkan.accounts.roles import Right
from platssamverkan.export.columns import Column


class ActivityFileView(ListFile, ActivityListView):
    """A boende's activities with their head-counts: for its own people."""

    what = _("aktiviteter")
    list_view = "forum:activity_list"
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("Forum"), "forum.name"),
        Column(_("När"), "happens_on"),
        Column(_("Slag"), lambda row: row.get_kind_display()),
        Column(_("Vad"), "title"),
        Column(_("Plats"), "place"),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Brukare som var med"), "brukare_count"),
        Column(_("Grannar och andra som var med"), "neighbour_count"),
        Column(_("Vad det gav brukarna"), "gave_brukare"),
        Column(_("Vad det gav grannskapet"), "gave_neighbours"),
        Column(_("Gör vi om det?"), lambda row: row.get_again_display()),
    ]


AGREEMENTS = [
    Column(_("Avtal"), "title"),
    Column(_("Slag"), lambda row: row.get_kind_display()),
    Column(_("Forum"), "forum.name"),
    Column(_("Boenden"), lambda row: ", ".join(str(boende) for boende in row.boenden.all())),
    Column(_("Diarienummer"), "diarienummer"),
    Column(_("Läge"), lambda row: row.get_state_display()),
    Column(_("Gäller från"), "first_day"),
    Column(_("Gäller till"), "last_day"),
    Column(_("Avslutat"), "ended_on"),
]


class AgreementListFileView(ListFile, AgreementListView):
    """Every agreement of boenden where the user takes rows out."""

    what = _("avtal")
    list_view = "forum:agreement_list"
    columns = AGREEMENTS

    def taken_from(self, user: Any) -> Q:
        boenden = boenden_where(user, Right.EXPORT)
        return Q(pk__in=agreements_at(boenden)) | Q(forum__in=forums_at(boenden))


class BoendeAgreementFileView(WholeListFile, BoendeAgreementListView):
    """The agreements of a boende and of its forums."""

    what = _("avtal")
    list_view = "forum:boende_agreement_list"
    columns = AGREEMENTS


class ForumFileView(ListFile, ForumListView):
    """The forums, with when they met and meet."""

    what = _("forum")
    list_view = "forum:forum_list"
    columns = [
        Column(_("Forum"), "name"),
        Column(_("Slag"), lambda row: row.get_kind_display()),
        Column(_("Boenden"), lambda row: ", ".join(str(boende) for boende in row.boenden.all())),
        Column(_("Började"), "started_on"),
        Column(_("Senaste mötet"), "met_at"),
        Column(_("Nästa möte"), "meets_at"),
        Column(_("Avslutat"), "ended_on"),
    ]

    def get_queryset(self) -> Any:
        """The list's, with the days of their meetings."""
        kept, status = Q(meetings__archived_at=None), Meeting.Status
        held = kept & Q(meetings__status=status.HELD)
        coming = kept & Q(meetings__status__in=[status.PLANNED, status.CALLED], meetings__ends_at__gte=timezone.now())
        return (
            super()
            .get_queryset()
            .annotate(
                met_at=Max("meetings__starts_at", filter=held), meets_at=Min("meetings__starts_at", filter=coming)
            )
        )

    def taken_from(self, user: Any) -> Q:
        return Q(staffed(user, Right.EXPORT))
