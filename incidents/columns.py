# SPDX-License-Identifier: EUPL-1.2
"""What of an incident a file may hold: a whitelist for the boende's staff, and a shorter one for everyone else."""

from django.utils.translation import gettext_lazy as _

from platssamverkan.export.columns import Column

FOR_READERS = [
    Column(_("Boende"), "boende.name"),
    Column(_("När"), "happened_at"),
    Column(_("Till"), "happened_until"),
    Column(_("Rubrik"), "headline"),
    Column(_("Vad det gäller"), lambda row: row.get_category_display()),
    Column(_("Hur allvarligt"), lambda row: row.get_severity_display()),
    Column(_("Plats"), "place_name"),
    Column(_("Grannskapet påverkades"), "affected_neighbourhood"),
    Column(_("Rör barn"), "children"),
    Column(_("Status"), lambda row: row.get_status_display()),
    Column(_("Forumtext: vad som hände"), lambda row: row.forum_what if row.is_released else ""),
    Column(_("Forumtext: hur det hanterades"), lambda row: row.forum_handled if row.is_released else ""),
    Column(_("Forumtexten släppt"), "released_at"),
]
INTERNAL = [
    Column(_("Vad som hände"), "internal_text"),
    Column(_("Vad vi gjorde"), lambda row: ", ".join(row.done_labels)),
    Column(_("Av vem"), lambda row: row.get_done_by_display()),
    Column(_("Hur det hanterades"), "handled"),
    Column(_("Följs upp senast"), "follow_up_on"),
    Column(_("Uppföljning"), "follow_up_note"),
]


def columns_for(*, with_internal: bool) -> list[Column]:
    """The columns: with the internal texts for the boende's own staff only (Right.EXPORT_INTERNAL)."""
    return [*FOR_READERS, *INTERNAL] if with_internal else FOR_READERS
