# SPDX-License-Identifier: EUPL-1.2
"""What the kartläggning adds to the boende's pages and to the demonstration: modules with `register()`."""

from importlib import import_module
from pkgutil import iter_modules


def register_all() -> None:
    """Call every module's `register`. Done once, when Django starts."""
    for module in iter_modules(__path__):
        import_module(f"{__name__}.{module.name}").register()
