# SPDX-License-Identifier: EUPL-1.2
"""A system that reads the JSON API with a key, and a row of everything for it to read."""

from datetime import UTC, datetime, timedelta

from django.test import Client
from django.utils import timezone

from forum.models import Cost
from kartlaggning.models import Insats, Plan
from platssamverkan.reports.api.operations import document
from platssamverkan.reports.figures.models import Bevakningskostnad
from tests import factories
from tests.voices import synpunkt

PATHS = list(document()["paths"])
ROWS = ["handelser", "synpunkter", "moten", "insatser", "bevakningskostnader", "kostnader"]


def today():
    """The day it is now: these tests may begin before midnight and end after."""
    return timezone.localdate()


def incident(boende, **more):
    return factories.IncidentFactory(
        **{"boende": boende, "happened_at": datetime(2025, 3, 1, 22, 30, tzinfo=UTC), **more}
    )


def insats_in_force(cast, boende):
    """An insats of the boende's plan that counts, changed a month ago."""
    earlier = boende.plans.order_by("-edition").first()
    approved = {"approved_by": cast["enhetschef"], "approved_at": timezone.now(), "review_on": today()}
    edition = {"previous": earlier, "edition": earlier.edition + 1 if earlier else 1}
    plan = Plan.objects.create(boende=boende, status=Plan.Status.APPROVED, **approved, **edition)
    before = timezone.now() - timedelta(days=30)
    return Insats.objects.create(
        plan=plan, title="Bänk", problem="Inget att sitta på", responsible=cast["personal"],
        follow_up_on=today(), changed_at=before,
    )  # fmt: skip


def some_of_each(cast):
    """A row of every kind, at least."""
    boende = cast.kalleback
    incident(boende)
    synpunkt(cast)
    insats_in_force(cast, boende)
    Bevakningskostnad.objects.create(boende=boende, year=2019, kronor=1)
    Cost.objects.create(boende=boende, title="Blommor", day=today(), budget=500, outcome=450)
    forum = factories.ForumFactory(boenden=[boende], name="Rådet vid torget")
    factories.MeetingFactory(forum=forum, starts_at=timezone.now() - timedelta(days=9))


class Reader:
    """A system with a key."""

    def __init__(self, secret):
        self.client = Client(headers={"Authorization": f"Bearer {secret}"})

    def get(self, path, **asked):
        path = path if path.startswith("/") else f"/api/v1/{path}"
        return self.client.get(path, {name: value for name, value in asked.items() if value is not None})

    def rows(self, path, **asked):
        answer = self.get(path, **asked)
        assert answer.status_code == 200, answer.content
        return answer.json()["rows"]

    def all_rows(self, path, **asked):
        found, cursor = [], None
        while True:
            answer = self.get(path, cursor=cursor, **asked).json()
            found += answer["rows"]
            cursor = answer["next"]
            if not cursor:
                return found
