# SPDX-License-Identifier: EUPL-1.2
"""Boenden, and a boende's imports and verifications, as files."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from boenden.views.boende import BoendeArchiveView, BoendeListView
from boenden.views.imports import ImportListView
from boenden.views.list_files import ListFile, WholeListFile
from boenden.views.verifications import VerificationListView, unverified_at
from platssamverkan.export.columns import Column
from platssamverkan.ground.fields import show_telephone


class BoendeFileView(ListFile, BoendeListView):
    """Every boende whose rows the user may take out, with its facts."""

    what = _("boenden")
    list_view = "boenden:boende_list"
    to_boende = ""
    related = ("stadsomrade",)
    columns = [
        Column(_("Boende"), "name"),
        Column(_("Förvaltning"), "forvaltning.name"),
        Column(_("Stadsområdets förvaltning"), "stadsomrade.name"),
        Column(_("Status"), lambda row: row.get_status_display()),
        Column(_("Boendetyp"), lambda row: row.get_type_display()),
        Column(_("Regiform"), lambda row: row.get_regiform_display()),
        Column(_("Adress"), "address"),
        Column(_("Område"), "omrade"),
        Column(_("Latitud"), "latitude"),
        Column(_("Longitud"), "longitude"),
        Column(_("Målgrupp"), "malgrupp"),
        Column(_("Antal platser"), "places"),
        Column(_("Bemanning"), "staffing"),
        Column(_("Öppnade"), "opened_on"),
        Column(_("Akutnummer"), "akutnummer", show=show_telephone),
        Column(_("Akutnumret svarar"), "akutnummer_hours"),
        Column(_("Akutnumret provringt"), "akutnummer_tested_on"),
        Column(_("Varför platssamverkan behövs"), lambda row: row.get_need_display()),
    ]


class BoendeArchiveFileView(WholeListFile, BoendeArchiveView):
    """The archived boenden."""

    what = _("arkiverade boenden")
    list_view = "boenden:boende_archive_list"
    columns = [
        Column(_("Boende"), "name"),
        Column(_("Förvaltning"), "forvaltning.name"),
        Column(_("Arkiverades"), "archived_at"),
    ]


class ImportListFileView(WholeListFile, ImportListView):
    """What has been brought in to a boende, never what stood in the files."""

    what = _("importer")
    list_view = "boenden:actorimport_list"
    columns = [
        Column(_("Fil"), "file_name"),
        Column(_("Innehåller"), lambda row: row.get_kind_display()),
        Column(_("Läge"), lambda row: row.get_status_display()),
        Column(_("Rader"), "total"),
        Column(_("Felaktiga"), "faulty_count"),
        Column(_("Av"), "created_by.name"),
        Column(_("När"), "created_at"),
    ]


class VerificationFileView(WholeListFile, VerificationListView):
    """The contact persons whose data nobody has confirmed for a year, with their last letter."""

    what = _("kontaktpersoner att bekräfta")
    list_name = _("bekräftelser")
    list_view = "boenden:verification_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Aktör"), "actor.name"),
        Column(_("Bekräftad"), "verified_on"),
        Column(_("Brev skickat"), lambda row: row.letters[0].created_at if row.letters else None),
        Column(_("Svar"), lambda row: row.letters[0].get_answer_display() if row.letters else ""),
    ]

    def get_queryset(self) -> Any:
        """The page's third list; the two above it are decided there and go away."""
        return unverified_at(self.request.user, self.boende)
