# SPDX-License-Identifier: EUPL-1.2
"""A boende's actors, persons and contacts as large files: one page for all three, and the worker knows which."""

import csv
import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from platssamverkan.export import made_actions
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import Export, MadeFile
from platssamverkan.notices.models import Notice
from tests import factories

URL = "/boenden/kalleback/filer/"
WHY = "utskick om grannmötet"


@pytest.fixture(autouse=True)
def _small(settings, monkeypatch):
    settings.EXPORT_ROWS_AT_ONCE = 2
    monkeypatch.setattr(made_actions, "wake", lambda task: None)


@pytest.fixture
def around(cast):
    """Three actors: one with two persons, of whom one has been removed; a contact with each."""
    for name in ("Brf Ängen", "Brf Örnen", "Förskolan Tjädern"):
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name=name)
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
        factories.ContactFactory(boende=cast.kalleback, actor=actor, text=f"Samtal med {name}")
        person = factories.ContactPersonFactory(actor=actor, name=f"Person hos {name}")
    factories.ContactPersonFactory(actor=actor, name="Borttagen", archived_at=timezone.now())
    return person


def ask(client, what, fmt="csv", query=""):
    answer = client.post(URL + query, {"what": what, "format": fmt, "purpose": WHY})
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    made = MadeFile.objects.latest("created_at")
    assert answer["Location"] == made.get_absolute_url()
    return made


def rows_of(client, made):
    make_files()
    made.refresh_from_db()
    assert made.state == MadeFile.State.DONE, made.failure
    text = client.get(reverse("export:madefile_fetch", args=[made.pk])).getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";"))


@pytest.mark.parametrize(("what", "count"), [("aktorer", 3), ("personer", 3), ("kontakter", 3)])
def test_each_is_made_whole_by_a_worker(as_user, cast, around, what, count):
    client = as_user("personal")
    made = ask(client, what)
    assert not Export.objects.exists()
    rows = rows_of(client, made)
    assert len(rows) == count
    assert "Borttagen" not in str(rows) and "Brf Ängen" in str(rows)
    export = Export.objects.get()
    assert (export.purpose, export.row_count, export.scope_id) == (WHY, count, cast.kalleback.pk)


def test_the_worker_makes_what_the_filter_shows(as_user, cast, around):
    for number in range(3):
        contact = {"channel": "meeting", "text": f"Möte {number}"}
        factories.ContactFactory(boende=cast.kalleback, actor=around.actor, **contact)
    client = as_user("personal")
    made = ask(client, "kontakter", query="?vad=kontakter&channel=meeting")
    assert {row["Vad det handlade om"] for row in rows_of(client, made)} == {f"Möte {number}" for number in range(3)}


def test_another_lists_filter_is_not_this_ones(as_user, around):
    client = as_user("personal")
    assert len(rows_of(client, ask(client, "personer", query="?vad=kontakter&channel=meeting"))) == 3


def test_cards_and_paper_too(as_user, cast, around, monkeypatch):
    monkeypatch.setattr("platssamverkan.export.taking_out.PAPER_AT_ONCE", 2)
    client = as_user("personal")
    for fmt, begins, content_type in (("vcf", b"BEGIN:VCARD", "text/vcard"), ("pdf", b"%PDF", "application/pdf")):
        made = ask(client, "aktorer", fmt)
        make_files()
        answer = client.get(reverse("export:madefile_fetch", args=[made.pk]))
        assert answer.getvalue().startswith(begins)
        assert answer["Content-Type"].startswith(content_type)


def test_what_is_more_than_paper_holds_is_told_at_the_field(as_user, around, monkeypatch):
    monkeypatch.setattr("platssamverkan.export.taking_out.PAPER_ROWS", 2)
    answer = as_user("personal").post(URL, {"what": "aktorer", "format": "pdf", "purpose": WHY})
    assert answer.status_code == 422
    assert "format" in answer.context["form"].errors
    assert answer.context["form"]["purpose"].value() == WHY
    assert not MadeFile.objects.exists()


def test_a_personnummer_in_the_filter_is_nowhere_kept(as_user, around):
    sent = {"what": "aktorer", "format": "csv", "purpose": WHY}
    answer = as_user("personal").post(f"{URL}?vad=aktorer&annat=19811218-9876", sent)
    assert answer.status_code == 422
    assert answer.context["form"].non_field_errors()
    assert not MadeFile.objects.exists()


def test_who_has_left_meanwhile_gets_no_file(as_user, around, cast):
    made = ask(as_user("personal"), "kontakter")
    yesterday = timezone.localdate() - timedelta(days=1)
    Assignment._base_manager.filter(user=cast["personal"]).update(starts_on=yesterday, ends_on=yesterday)
    make_files()
    made.refresh_from_db()
    assert made.state == MadeFile.State.FAILED
    assert "inte längre rätt" in made.failure


def test_the_log_does_not_say_which_neighbour_was_looked_for(as_user, around, cast):
    """Whoever reads the log may be one who does not read the boende's contacts."""
    around.actor.name = "Anna Andersson"
    around.actor.save()
    as_user("personal").post(
        f"{URL}?vad=kontakter&actor={around.actor.pk}", {"what": "kontakter", "format": "csv", "purpose": WHY}
    )
    assert Export.objects.get().filter_words == "Aktör: en vald"


def test_the_letter_says_which_file_it_is(as_user, around, cast):
    ask(as_user("personal"), "kontakter", "xlsx")
    make_files()
    notice = Notice.objects.get(what="export.made")
    assert notice.subject == "Filen är klar: kontakter (loggen), Kallebäcks boende (Excel)"
