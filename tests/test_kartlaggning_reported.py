# SPDX-License-Identifier: EUPL-1.2
"""What a felanmälan gets from the observation it came of, and what its page says is left."""

import pytest
from django.urls import reverse

from incidents.models import Felanmalan
from kartlaggning.actions.walks import save_observation
from kartlaggning.models import Kartlaggning, Observation
from platssamverkan.documents.actions import store_document
from tests import factories


@pytest.fixture
def observation(cast) -> Observation:
    kartlaggning = Kartlaggning.objects.create(boende=cast.kalleback, year=2026)
    photo = store_document(
        content=b"\xff\xd8\xff bild", title="Foto", kind="foto", content_type="image/jpeg", by=cast["personal"]
    )
    seen = Observation(
        kartlaggning=kartlaggning, kind="belysning", text="Lampan är släckt.", place_text="genvägen", latitude=57.68,
        longitude=12.01, photo=photo,
    )  # fmt: skip
    return save_observation(observation=seen, by=cast["personal"])


def test_place_point_photo_and_the_way_back_go_with_it(as_user, observation):
    client = as_user("personal")
    response = client.post(reverse("kartlaggning:observation_report", args=[observation.pk]))
    made = Felanmalan.objects.get()
    assert response.url == made.get_absolute_url()
    assert (made.place_text, made.latitude, made.longitude) == ("genvägen", 57.68, 12.01)
    assert made.photos.get().document == observation.photo
    page = client.get(made.get_absolute_url()).content.decode()
    for words in ("57.68000, 12.01000", observation.get_absolute_url(), "Foto 1", "har ingen mottagare än"):
        assert words in page
    assert f"{reverse('incidents:felanmalan_update', args=[made.pk])}#id_recipient" in page
    assert "Skicka med mail" not in page


def test_with_a_recipient_it_can_be_sent_and_nothing_is_left(as_user, cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, email="felanmalan@exempel.se")
    made = Felanmalan.objects.create(boende=cast.kalleback, what="Lampan", place_text="genvägen", recipient=actor)
    page = as_user("personal").get(made.get_absolute_url()).content.decode()
    assert "Skicka med mail" in page
    assert "ingen mottagare" not in page
    actor.email = ""
    actor.save()
    assert "Mottagaren har ingen e-postadress." in as_user("personal").get(made.get_absolute_url()).content.decode()
