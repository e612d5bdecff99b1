# SPDX-License-Identifier: EUPL-1.2
"""Logs as data. They carry ids and outcomes, never what a person wrote."""

import re
from collections.abc import MutableMapping
from typing import Any

import structlog

ABOUT_THE_CLIENT = ("ip", "user_agent")  # who asked is enough; from where and with what is not kept
# who has the link has the right
SECRET_IN_PATH = re.compile(
    r"(/(?:konto/(?:inbjudan|password/reset/key)|forum/(?:kallelse|uppgift)|kalender|om/[^/]+/arende)/)[^/]+"
)
OPEN_TO_ALL = re.compile(r"^\w+ /om/")  # what is said there is anonymous, by whoever is signed in too


def without_secrets(logger: Any, method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """A request is logged by its path, less what was searched for, the secret of a link, and the client's address.

    On the pages that are open to all it is not noted who asked either.
    """
    for name in ABOUT_THE_CLIENT:
        event.pop(name, None)
    if isinstance(event.get("request"), str):
        if OPEN_TO_ALL.match(event["request"]):
            event.pop("user_id", None)
        event["request"] = SECRET_IN_PATH.sub(r"\1…", event["request"].partition("?")[0])
    return event


structlog.configure(
    processors=[
        structlog.contextvars.merge_contextvars,
        without_secrets,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.format_exc_info,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    wrapper_class=structlog.stdlib.BoundLogger,
    cache_logger_on_first_use=True,
)

render_json = structlog.processors.JSONRenderer(ensure_ascii=False)
