# SPDX-License-Identifier: EUPL-1.2
"""Users, invitations, förvaltningar and the log as files: for those who look after them, with what their pages show."""

from collections.abc import Callable
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _

from boenden.views.list_files import WholeListFile
from boenden.views.people import UserListView
from boenden.views.people_audit import AuditListView
from boenden.views.people_exports import ExportListView
from boenden.views.people_invites import InviteListView
from boenden.views.people_units import ForvaltningListView
from platssamverkan.export.columns import Column, Label
from platssamverkan.export.copying import guarded


def roles_of(person: Any) -> str:
    """A person's roles today, those that the reader may know of, as the list shows them."""
    lists = [
        __("Läsare av kontaktlistan, %(boende)s") % {"boende": reader.contact_list.boende}
        for reader in person.lists_today
    ]
    return "; ".join([*map(str, person.roles_today), *lists])


class UserFileView(WholeListFile, UserListView):
    """The people whom the user looks after."""

    what = _("användare")
    list_view = "people:user_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Roll"), roles_of),
        Column(_("E-post"), "email"),
        Column(_("Öppet konto"), "is_active"),
        Column(_("Senast inloggad"), "last_login"),
    ]


class InviteFileView(WholeListFile, InviteListView):
    """The invitations that wait for an answer."""

    what = _("inbjudningar")
    list_view = "people:invite_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Roll"), "role_name"),
        Column(_("Boende"), "boende.name"),
        Column(_("Förvaltning"), "forvaltning.name"),
        Column(_("E-post"), "email"),
        Column(_("Inbjuden av"), "created_by.name"),
        Column(_("Inbjuden"), "created_at"),
        Column(_("Länken gäller till"), "expires_at"),
        Column(_("Gånger skickad"), "sent_count"),
    ]


class ForvaltningFileView(WholeListFile, ForvaltningListView):
    """The förvaltningar."""

    what = _("förvaltningar")
    of_boenden = False
    list_view = "people:forvaltning_list"
    columns = [
        Column(_("Namn"), "name"),
        Column(_("Kortnamn"), "short_name"),
        Column(_("Boenden"), "n_boenden"),
    ]


class AuditFileView(WholeListFile, AuditListView):
    """The log, for the recurring check of who has read what. It holds names of fields and never what a text said."""

    what = _("loggen")
    list_view = "people:audit_list"
    columns = [
        Column(_("När"), "timestamp"),
        Column(_("Vem"), lambda row: str(row.actor or row.actor_email or __("systemet"))),
        Column(_("Vad som gjordes"), "kind"),
        Column(_("Med vad"), lambda row: "" if row.path else row.record_name),
        Column(_("Id"), lambda row: "" if row.path else row.object_pk),
        Column(_("Sida som nekades"), "path"),
        Column(_("Uppgifter"), lambda row: ", ".join(row.changed_fields) if row.action else ""),
    ]


def told(name: str) -> Callable[[Any], Any]:
    """What the list says of a row as the reader may know it, in SQL."""
    return lambda model: guarded(F(name))


class ExportFileView(WholeListFile, ExportListView):
    """What has been taken out, for the recurring check of what leaves the house and what for."""

    what = _("uttag")
    list_view = "people:export_list"
    columns = [
        Column(_("När"), "created_at"),
        Column(_("Vem"), "created_by.name"),
        Column(_("Vad"), "what"),
        Column(_("Till vad"), "purpose"),
        Column(_("Ur"), "scope_told", sql=told("scope_told")),
        Column(_("Urval"), "filter_told", sql=told("filter_told")),
        Column(_("Fil"), Label("format")),
        Column(_("Läge"), Label("state")),
        Column(_("Rader"), "row_count"),
        Column(_("Avslutat"), "finished_at"),
        Column(_("Kontrollsumma (SHA-256)"), "sha256"),
    ]
