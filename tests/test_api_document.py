# SPDX-License-Identifier: EUPL-1.2
"""The JSON API: its document, and the pages of its keys."""

import json
from datetime import timedelta

import jsonschema
import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.reports.api.actions import renew_key
from platssamverkan.reports.api.operations import document
from platssamverkan.reports.figures.dictionary import INDICATORS
from tests.api_reader import PATHS, ROWS, Reader, incident, some_of_each, today
from tests.worlds.api import key_of

OPERATIONS = {path: methods["get"] for path, methods in document()["paths"].items()}
ODD = st.one_of(
    st.text(max_size=30), st.integers().map(str), st.dates().map(str), st.datetimes().map(str), st.uuids().map(str),
    st.sampled_from(["", "null", "2025-01-01", "2025-01-01T00:00:00Z", "kalleback", "1~" + "0" * 32, "9" * 40]),
)  # fmt: skip


@pytest.fixture
def key(cast):
    return key_of(cast, forvaltning=cast.sydvast)


@pytest.fixture
def reader(key):
    return Reader(key[1])


class TestTheDocument:
    def test_is_for_a_key_and_for_those_who_read_of_it(self, cast, reader, as_user):
        url = reverse("reports:api_openapi")
        assert reader.get(url).json() == as_user("forvaltningschef").get(url).json()
        assert as_user("personal").get(url).status_code == Client().get(url).status_code == 401

    def test_is_whole(self):
        told = json.loads(json.dumps(document()))
        assert told["openapi"].startswith("3.1")
        for schema in told["components"]["schemas"].values():
            jsonschema.Draft202012Validator.check_schema(schema)
            for name, field in schema.get("properties", {}).items():
                assert field.get("description"), f"{schema['title']}.{name}"
        references = {part.split('"')[0] for part in json.dumps(told).split('"#/components/schemas/')[1:]}
        assert references <= set(told["components"]["schemas"])
        for path, operation in OPERATIONS.items():
            assert operation["summary"] and operation["description"] and operation["security"], path
            assert {200, 401, 404, 422, 429} <= set(operation["responses"])
        for indicator in INDICATORS.values():
            assert str(indicator.definition) in OPERATIONS["/api/v1/nyckeltal/varden"]["description"]

    @pytest.mark.parametrize("path", PATHS)
    def test_answers_are_as_it_says(self, cast, world, reader, path):
        some_of_each(cast)
        incident(cast.kalleback, archived_at=timezone.now())
        told = json.loads(json.dumps(document()))
        schema = told["paths"][path]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
        since = f"{today() - timedelta(days=99)}T00:00:00Z"
        for asked in ({}, {"updated_since": since} if path.rpartition("/")[2] in ROWS else {}):
            answer = reader.get(path, **asked)
            assert answer.status_code == 200
            jsonschema.validate(answer.json(), {**schema, "components": told["components"]})

    @pytest.mark.parametrize("path", PATHS)
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(data=st.data())
    def test_nothing_that_is_asked_breaks_it(self, cast, reader, path, data):
        names = [taken["name"] for taken in OPERATIONS[path].get("parameters", ())]
        asked = data.draw(st.dictionaries(st.sampled_from([*names, "annat"]), ODD, max_size=3))
        cache.clear()
        answer = reader.get(path, **asked)
        assert answer.status_code in (200, 400, 404, 422), (asked, answer.status_code)

    def test_the_page_tells_of_every_address(self, cast, as_user):
        page = as_user("forvaltningschef").get(reverse("reports:api_about")).content.decode()
        assert all(f"GET {path}<" in page for path in PATHS)


class TestTheKeysPages:
    def test_the_chief_makes_one_and_sees_its_secret_once(self, cast, as_user):
        client = as_user("forvaltningschef")
        form = {
            "name": "Stadens datalager", "purpose": "Ledningsrapport", "reaches": str(cast.sydvast.pk),
            "ends_on": str(today() + timedelta(days=90)), "submission": "6f1c2f0e-6c0f-4b43-8a3f-5d6f0c2f9a11",
        }  # fmt: skip
        answer = client.post(reverse("reports:apikey_create"), form)
        secret = answer.context["secret"]
        assert secret in answer.content.decode() and Reader(secret).get("boenden").status_code == 200
        again = client.post(reverse("reports:apikey_create"), form)
        assert again.status_code == 302 and secret not in client.get(again.url).content.decode()
        assert Assignment.objects.filter(role=Role.TJANST).count() == 1

    def test_what_is_wrong_is_told_and_kept(self, cast, as_user):
        form = {"name": "Datalager", "purpose": "", "reaches": str(cast.nordost.pk), "ends_on": "2099-01-01"}
        answer = as_user("forvaltningschef").post(reverse("reports:apikey_create"), form)
        assert answer.status_code == 422 and "Datalager" in answer.content.decode()
        assert {"purpose", "reaches"} <= set(answer.context["form"].errors)
        form |= {"purpose": "Ledningsrapport", "reaches": str(cast.sydvast.pk)}
        answer = as_user("forvaltningschef").post(reverse("reports:apikey_create"), form)
        assert set(answer.context["form"].errors) == {"ends_on"}

    def test_revoking_says_so_and_asks_once_more(self, cast, key, as_user):
        client = as_user("forvaltningschef")
        page = client.get(key[0].get_absolute_url()).content.decode()
        assert "Ja, återkalla" in page and "ta bort" not in page
        client.post(reverse("reports:apikey_revoke", args=[key[0].pk]))
        assert "Återkallad" in client.get(key[0].get_absolute_url()).content.decode()

    def test_of_another_forvaltning_there_are_none(self, cast, as_user):
        other = key_of(cast, forvaltning=cast.nordost, name="Nordosts lager")[0]
        client = as_user("forvaltningschef")
        assert "Nordosts lager" not in client.get(reverse("reports:apikey_list")).content.decode()
        assert client.get(reverse("reports:apikey_detail", args=[other.pk])).status_code == 404
        assert client.post(reverse("reports:apikey_revoke", args=[other.pk])).status_code == 404

    def test_renewing_shows_a_new_secret_and_not_twice(self, cast, key, as_user):
        client, url = as_user("forvaltningschef"), reverse("reports:apikey_renew", args=[key[0].pk])
        form = {"ends_on": str(today() + timedelta(days=300)), "seen": key[0].version}
        assert Reader(client.post(url, form).context["secret"]).get("boenden").status_code == 200
        assert client.post(url, form).status_code == 422
        late = {"ends_on": str(today() + timedelta(days=900)), "seen": key[0].version + 1}
        assert "ends_on" in client.post(url, late).context["form"].errors

    def test_who_can_renew_is_told_a_month_before(self, cast):
        from platssamverkan.reports.api.registration import ending

        soon = key_of(cast, forvaltning=cast.sydvast, days=20)[0]
        key_of(cast, forvaltning=cast.sydvast, days=200)
        (told,) = ending(timezone.now())
        assert told.user == cast["forvaltningschef"] and str(soon.pk) in told.url
        renew_key(key=soon, ends_on=today() + timedelta(days=300), seen=soon.version, by=cast["forvaltningschef"])
        assert list(ending(timezone.now())) == []
