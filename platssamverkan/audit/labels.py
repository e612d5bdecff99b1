# SPDX-License-Identifier: EUPL-1.2
"""The log in words: what was done, as a Swedish verb in the past tense. The rooms above add their events."""

from typing import Any

from auditlog.models import LogEntry as Kinds
from django.utils.translation import gettext_lazy as _

REFUSED = "refused"

kind_labels: dict[int, Any] = {
    Kinds.Action.CREATE: _("skapade"),
    Kinds.Action.UPDATE: _("ändrade"),
    Kinds.Action.DELETE: _("tog bort"),
    Kinds.Action.ACCESS: _("läste"),
}
event_labels: dict[str, Any] = {
    REFUSED: _("nekades en sida"),
    "notice_retried": _("skickade igen"),
}


def register_event(event: str, label: Any) -> None:
    """Give an event of `log_event` its word on screen."""
    event_labels[event] = label
