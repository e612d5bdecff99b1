# SPDX-License-Identifier: EUPL-1.2
"""Waiting for what another thread or process does, without sleeping a guessed time."""

import threading
import time
from collections.abc import Callable

PATIENCE = 60  # seconds; what takes longer is broken


def until(happened: Callable[[], bool], what: str) -> None:
    """Look again and again until it is true. Fails with `what` when patience ends."""
    deadline = time.monotonic() + PATIENCE
    while not happened():
        assert time.monotonic() < deadline, f"not within {PATIENCE} s: {what}"
        threading.Event().wait(0.02)
