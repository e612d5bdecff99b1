# SPDX-License-Identifier: EUPL-1.2
"""`manage.py scale_data --boenden 200 --handelser 1000000`: many rows, for measuring."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from incidents.scale import make_scale, tidy


class Command(BaseCommand):
    """Makes boenden, users without passwords and incidents; what an earlier run made is replaced."""

    help = "Makes many incidents, for measuring. The same numbers and seed give the same rows."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--boenden", type=int, default=20)
        parser.add_argument("--handelser", type=int, default=10_000)
        parser.add_argument("--seed", type=int, default=2026)

    def handle(self, *args: Any, boenden: int, handelser: int, seed: int, **options: Any) -> None:
        if settings.IS_PRODUCTION:
            raise CommandError("scale_data is for measuring: it does not run where SITE_URL is https.")
        if boenden < 1 or handelser < 0:
            raise CommandError("Give at least one boende, and no fewer than 0 händelser.")
        begun = time.perf_counter()
        make_scale(boenden=boenden, incidents=handelser, seed=seed, by=None)
        tidy()
        self.stdout.write(f"{boenden} boenden, {handelser} händelser, {time.perf_counter() - begun:.0f} s")
