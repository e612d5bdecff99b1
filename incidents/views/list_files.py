# SPDX-License-Identifier: EUPL-1.2
"""Felanmälningar and synpunkter as files. Nothing tells who sent a synpunkt, and its internal note stays."""

from django.utils.translation import gettext_lazy as _

from boenden.views.list_files import ListFile
from incidents.views.felanmalan import FelanmalanListView
from incidents.views.synpunkter import LIST_HERE, SynpunktListView
from platssamverkan.export.columns import Column, Label


class FelanmalanFileView(ListFile, FelanmalanListView):
    """What is to be mended."""

    what = _("felanmälningar")
    list_view = "incidents:felanmalan_list"
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("Vad som ska lagas"), "what"),
        Column(_("Beskrivning"), "text"),
        Column(_("Var det är"), Label("ground")),
        Column(_("Plats"), "place_text"),
        Column(_("Latitud"), "latitude"),
        Column(_("Longitud"), "longitude"),
        Column(_("Sikt"), Label("term")),
        Column(_("Turordning"), Label("priority")),
        Column(_("Mottagare"), "recipient.name"),
        Column(_("Mottagarens ärendenummer"), "reference"),
        Column(_("Läge"), Label("status")),
        Column(_("Anmäldes"), "sent_on"),
        Column(_("Åtgärdades"), "mended_on"),
    ]


class SynpunktFileView(ListFile, SynpunktListView):
    """What neighbours have said, and how it went. The reference opens its sender's page, so it stays here."""

    what = _("synpunkter")
    note = _("Filen säger inte vem som har skrivit, och den har inga interna anteckningar.")
    columns = [
        Column(_("Boende"), "boende.name"),
        Column(_("Kom in"), "received_at"),
        Column(_("Slag"), Label("kind")),
        Column(_("Synpunkten"), "text"),
        Column(_("Plats"), "place_text"),
        Column(_("Rör barn"), "children"),
        Column(_("Återkommande"), "is_recurring"),
        Column(_("Kom genom"), Label("channel")),
        Column(_("Läge"), Label("status")),
        Column(_("Besvaras senast"), "answer_by"),
        Column(_("Besvarad"), "answered_at"),
        Column(_("Avslutad"), "closed_at"),
        Column(_("Vad det blev av den"), Label("code")),
        Column(_("Vad vi lärde oss"), "lesson"),
    ]

    def get_list_view(self) -> str:
        """The list that it is of."""
        return LIST_HERE if self.boende else "incidents:synpunkt_list"
