# SPDX-License-Identifier: EUPL-1.2
"""`manage.py forget_again [FILE]`: after a restored backup, remove again what has been removed since it was taken.

`manage.py forget_again --list` writes the list, to be kept where no restore reaches it (deploy/README.md).
"""

import uuid
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from platssamverkan.documents.removed import forget_again, removed_ids


def ids_in(path: Path) -> list[uuid.UUID]:
    """The ids of a list, one a line; raises CommandError."""
    try:
        return [uuid.UUID(line) for line in path.read_text(encoding="utf-8").split()]
    except (OSError, ValueError) as error:
        raise CommandError(f"{path} is no list of what was removed.") from error


class Command(BaseCommand):
    """Removes what of the list the database knows again, one transaction each; run twice it does nothing more."""

    help = "Removes persons again who were removed after the restored backup was taken."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, help="A list written by --list; else the storage's own.")
        parser.add_argument("--list", action="store_true", help="Only write the list.")

    def handle(self, *args: Any, file: Path | None, **options: Any) -> None:
        ids = sorted({*removed_ids(), *(ids_in(file) if file else [])})
        if options["list"]:
            self.stdout.write("\n".join(map(str, ids)))
            return
        self.stdout.write(f"{len(ids)} on the list, {forget_again(ids)} removed again.")
