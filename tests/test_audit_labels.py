# SPDX-License-Identifier: EUPL-1.2
"""Every event that the code logs has a word of its own on screen."""

import ast
from pathlib import Path

from platssamverkan.audit.labels import event_labels

ROOT = Path(__file__).resolve().parent.parent
DIRECTIONS = {"moved_up", "moved_down"}  # put together from a direction


def logged_events():
    """The words that the code gives `log_event`, where they are written out."""
    for package in ("platssamverkan", "boenden", "incidents"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "log_event":
                    yield from (
                        keyword.value.value
                        for keyword in node.keywords
                        if keyword.arg == "event" and isinstance(keyword.value, ast.Constant)
                    )


def test_every_event_has_its_word():
    events = set(logged_events())
    assert "notice_retried" in events
    assert (events | DIRECTIONS) <= set(event_labels)
