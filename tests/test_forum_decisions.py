# SPDX-License-Identifier: EUPL-1.2
"""All decisions and åtgärder of a forum over the years: read, searched, narrowed and taken out."""

import csv
import io
from datetime import timedelta

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from platssamverkan.export.models import Export
from platssamverkan.look.words import day_year
from tests import factories
from tests.conftest import close
from tests.worlds.forum_protokoll import held_meeting, protokoll_of, sealed_protokoll

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(cast):
    """A justerat protokoll of last year, a draft of this month, two åtgärder."""
    old = held_meeting(cast.forum, 400)
    sealed_protokoll(old, cast["medlem"])
    new = held_meeting(cast.forum, 5)
    draft = protokoll_of(new)
    item = draft.items.get()
    item.decision = "Städdag ÄGER rum i maj."
    item.save()
    member = cast.forum.members.get(person__user=cast["medlem"])
    factories.ActionItemFactory(meeting=old, person=member.person, title="=1+1 laga bänken")
    factories.ActionItemFactory(
        meeting=new, person=member.person, title="Sätt upp skylt", status="done", finished_at=timezone.now()
    )
    return cast


def url(cast, name="list") -> str:
    return reverse(f"forum:decision_{name}", args=[cast.forum.pk])


def listed(client, cast, query="") -> list[str]:
    return [line.what for line in client.get(url(cast) + query).context["rows"]]


def test_staff_read_drafts_too_and_members_what_is_released(as_user, world):
    assert "Städdag ÄGER rum i maj." in listed(as_user("personal"), world)
    member = listed(as_user("medlem"), world)
    assert "Lampan lagas." in member
    assert "Städdag ÄGER rum i maj." not in member


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=städdag+äger", ["Städdag ÄGER rum i maj."]),
        ("?slag=beslut", ["Städdag ÄGER rum i maj.", "Lampan lagas."]),
        ("?slag=atgard&lage=oppna", ["=1+1 laga bänken"]),
        ("?lage=avslutade", ["Sätt upp skylt"]),
        ("?q=föreningen+skylt", ["Sätt upp skylt"]),
        ("?fran={recent}&slag=beslut", ["Städdag ÄGER rum i maj."]),
        ("?till={recent}", ["=1+1 laga bänken", "Lampan lagas."]),
    ],
)
def test_search_and_filter(as_user, world, query, found):
    recent = timezone.localdate() - timedelta(days=30)
    assert sorted(listed(as_user("personal"), world, query.format(recent=recent))) == sorted(found)


def test_an_unreadable_filter_is_told_and_narrows_nothing(as_user, world):
    answer = as_user("personal").get(url(world) + "?fran=igår")
    assert "Skriv ett datum" in answer.content.decode()
    assert len(answer.context["rows"]) == 4
    assert as_user("personal").get(url(world) + "?sida=x").status_code == 404


def test_a_corrected_decision_counts_once(as_user, world):
    client = as_user("sammankallande")
    sealed = world.forum.meetings.order_by("starts_at")[0].protokoll.get()
    client.post(reverse("forum:protokoll_correct", args=[sealed.pk]))
    assert listed(client, world).count("Lampan lagas.") == 1


def test_an_ordinary_member_reads_and_takes_no_file(as_user, world):
    client = as_user("medlem")
    assert url(world, "export") not in client.get(url(world)).content.decode()
    assert client.post(url(world, "export"), {"format": "csv", "purpose": "Verksamhetsberättelsen"}).status_code == 403
    assert not Export.objects.exists()
    assert url(world, "export") in as_user("sammankallande").get(url(world)).content.decode()


def test_taken_out_with_a_purpose_and_harmless(as_user, world):
    client = as_user("sammankallande")
    assert client.post(url(world, "export"), {"format": "csv", "purpose": ""}).status_code == 422
    answer = client.post(url(world, "export"), {"format": "csv", "purpose": "Verksamhetsberättelsen"})
    rows = list(csv.reader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    close(answer)
    assert rows[0][:3] == ["Möte", "Slag", "Beslut eller åtgärd"]
    assert len(rows) == 5
    assert not any(cell.startswith("=") for row in rows for cell in row)
    export = Export.objects.get()
    assert (export.row_count, export.state) == (4, "whole")
    answer = client.post(url(world, "export") + "?slag=beslut", {"format": "xlsx", "purpose": "Verksamhetsberättelsen"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.getvalue())).active
    close(answer)
    assert sheet.max_row == 3


def test_as_many_queries_for_many_rows(as_user, world):
    client = as_user("medlem")
    client.get(url(world))

    def count() -> int:
        with CaptureQueriesContext(connection) as asked:
            client.get(url(world))
        return len(asked)

    few = count()
    meeting = held_meeting(world.forum, 50)
    for number in range(40):
        factories.ActionItemFactory(meeting=meeting, user=world["personal"], title=f"Åtgärd {number}")
    assert count() == few


def test_an_atgard_is_called_the_same_on_min_dag_and_in_the_list_and_has_its_year(as_user, world):
    meeting = held_meeting(world.forum, 3)
    person = world.forum.members.get(person__user=world["medlem"]).person
    due = timezone.localdate() + timedelta(days=4)
    factories.ActionItemFactory(meeting=meeting, person=person, title="Ring Brf", status="ongoing", due_on=due)
    client = as_user("medlem")
    for address in (reverse("start"), url(world)):
        page = client.get(address).content.decode()
        assert "Pågår" in page, address
        assert f"Väntas {day_year(due)}" in page, address
