# SPDX-License-Identifier: EUPL-1.2
"""No text that anybody wrote and no name of a person leaves by the JSON API."""

from datetime import timedelta

import pytest
from django.db import models, transaction
from django.utils import timezone

from boenden.models import Boende, Forvaltning
from forum.models import Cost
from platssamverkan.accounts.models import User
from platssamverkan.ground.fields import GuardedMixin
from platssamverkan.reports.figures.models import Bevakningskostnad
from tests import factories
from tests.api_reader import PATHS, ROWS, Reader, incident, insats_in_force, some_of_each, today
from tests.queries import queries_of_reading
from tests.test_house import OWN_MODELS
from tests.voices import synpunkt
from tests.worlds.api import key_of


@pytest.fixture
def key(cast):
    return key_of(cast, forvaltning=cast.sydvast)


@pytest.fixture
def reader(key):
    return Reader(key[1])


MARK = "Ögonvittnesmål"


def marked_everything():
    """Put a mark into every text that people write and every name of a person, wherever there is room."""
    shown = {Boende: {"name", "omrade"}, Forvaltning: {"name", "short_name"}}
    for model in OWN_MODELS:
        texts = [
            field for field in model._meta.concrete_fields
            if isinstance(field, GuardedMixin | models.TextField) and not field.unique and not field.choices
            and field.name not in shown.get(model, ()) and (field.max_length or 99) >= 20
        ]  # fmt: skip
        for row in model._base_manager.all():
            for field in texts:
                try:
                    with transaction.atomic():
                        models.QuerySet(model).filter(pk=row.pk).update(**{field.attname: f"{MARK} {field.name}"})
                except Exception:  # noqa: S112 – what stands still for good, or follows a rule of its own
                    continue


class TestWhatItNeverGives:
    def test_no_text_and_no_name(self, cast, world, reader):
        some_of_each(cast)
        marked_everything()
        assert MARK in cast.kalleback.incidents.first().internal_text
        assert MARK in User.objects.get(pk=cast["enhetschef"].pk).name
        for path in PATHS:
            text = reader.get(path).content.decode()
            assert MARK not in text and "@" not in text, path
            assert "latitude" not in text and str(cast["enhetschef"].pk) not in text, path
        assert all(reader.rows(path) for path in ROWS)  # there was something to give

    @pytest.mark.parametrize("path", PATHS)
    def test_as_many_queries_for_many_as_for_few(self, cast, world, path):
        reader = Reader(key_of(cast, forvaltning=cast.sydvast)[1])

        def add(number):
            for position in range(number):
                incident(cast.kalleback)
                synpunkt(cast)
                slug = f"b-{Boende.objects.count()}"
                more = factories.BoendeFactory(forvaltning=cast.sydvast, name=slug, slug=slug)
                Bevakningskostnad.objects.create(boende=more, year=2025, kronor=1)
                forum = factories.ForumFactory(boenden=[cast.kalleback, more], name=f"Forum {slug}")
                factories.MeetingFactory(forum=forum, starts_at=timezone.now() - timedelta(days=9 + position))
                insats_in_force(cast, more)
                Cost.objects.create(boende=more, title="Blommor", day=today(), budget=500, outcome=450)
                incident(more, archived_at=timezone.now())

        def read():
            assert reader.get(path, **asked).status_code == 200

        asked = {"updated_since": "2025-01-01T00:00:00Z"} if path.rpartition("/")[2] in ROWS else {}
        add(2)
        read()
        few = queries_of_reading(read)
        add(12)
        assert queries_of_reading(read) == few <= 15
