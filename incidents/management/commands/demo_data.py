# SPDX-License-Identifier: EUPL-1.2
"""`manage.py demo_data`: boenden of the guide with fictional people and a year of work, the same every time."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from boenden.models import Forvaltning
from incidents.demo.make import make_demo


class Command(BaseCommand):
    """Fills an empty database; leaves one with data as it is."""

    help = "Makes the demonstration data in an empty database."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--password", required=True, help="The password of every demonstration user.")
        parser.add_argument("--seed", type=int, default=2022, help="The seed of everything that varies.")

    def handle(self, *args: Any, password: str, seed: int, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError("demo_data makes users with a known password: it runs with DEMO=1 only.")
        if Forvaltning.objects.exists():
            self.stdout.write("The database has data already; nothing was made.")
            return
        made = make_demo(password=password, seed=seed, by=None)
        self.stdout.write(", ".join(f"{number} {name}" for name, number in made.items()))
