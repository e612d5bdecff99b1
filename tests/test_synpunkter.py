# SPDX-License-Identifier: EUPL-1.2
"""The inbox: triage, answer, close; by when, what is late, what comes again, and what a synpunkt becomes."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from incidents.models import Felanmalan, Incident, Synpunkt, SynpunktReply
from incidents.synpunkt_actions import flag_recurring, forget_sender, receive, reply
from incidents.synpunkt_registration import late
from incidents.synpunkt_rules import answer_day, place_key, workdays_after
from platssamverkan.ground.workdays import next_workday
from platssamverkan.notices.models import Notice
from platssamverkan.start.registry import todos_for
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt

LIST, HERE = "/synpunkter/", "/boenden/kalleback/synpunkter/"


def step(row, name):
    return reverse(f"incidents:synpunkt_{name}", args=[row.pk])


@pytest.mark.parametrize(
    ("who", "across", "here", "one", "reply"),
    [
        ("personal", 200, 200, 200, 200),
        ("enhetschef", 200, 200, 200, 200),
        ("forvaltningschef", 200, 200, 200, 403),
        ("boendeombud", 404, 404, 404, 404),
        ("granne", 404, 404, 404, 404),
        ("outsider", 200, 404, 404, 404),
        ("ended", 404, 404, 404, 404),
    ],
)
def test_who_reads_and_who_answers(cast, as_user, who, across, here, one, reply):
    row, client = synpunkt(cast), as_user(who)
    seen = [client.get(address).status_code for address in (LIST, HERE, row.get_absolute_url(), step(row, "reply"))]
    assert seen == [across, here, one, reply]


def test_the_address_of_a_sender_is_for_staff(cast, as_user):
    row = synpunkt(cast, sender_email="lena@example.org", sender_phone="+46701740612")
    assert "lena@example.org" in as_user("personal").get(row.get_absolute_url()).content.decode()
    for address in (row.get_absolute_url(), LIST, HERE):
        page = as_user("forvaltningschef").get(address).content.decode()
        assert "lena@example.org" not in page
        assert "070-174" not in page


@pytest.mark.parametrize(
    ("received", "children", "by"),
    [
        (date(2026, 11, 23), False, date(2026, 11, 30)),
        (date(2026, 11, 23), True, date(2026, 11, 24)),
        (date(2026, 11, 27), True, date(2026, 11, 30)),
        (date(2026, 12, 22), False, date(2027, 1, 4)),  # Christmas and New Year are not for answering
        (date(2026, 12, 23), True, date(2026, 12, 28)),
    ],
)
def test_by_when_it_is_answered(received, children, by):
    assert answer_day(received, children=children) == by


def test_from_call_to_lesson(cast, as_user):
    personal = as_user("personal")
    create = reverse("incidents:synpunkt_create", args=["kalleback"])
    taken = {
        "channel": "phone",
        "kind": "klagomal",
        "text": "Höga röster vid hållplatsen.",
        "place_text": "hållplatsen",
    }
    assert personal.get(create).status_code == 200
    personal.post(create, {**taken, "sender_email": "lena@example.org"})
    row = Synpunkt.objects.get()
    assert (row.created_by, row.channel, row.status) == (cast["personal"], "phone", "new")
    triage = {
        "responsible": str(cast["personal"].pk), "answer_by": row.answer_by, "children": "on",
        "place_text": "hållplatsen", "opened_version": row.version,
    }  # fmt: skip
    assert personal.post(step(row, "triage"), triage).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.responsible) == ("taken", cast["personal"])
    assert row.answer_by == next_workday()  # children: at the latest the next working day
    close = {"code": "done", "lesson": "Vi går ut oftare.", "opened_version": row.version}
    refused = personal.post(step(row, "close"), close)
    assert refused.status_code == 422
    assert "Svara den som skrev." in refused.content.decode()
    answer = {"text": "Vi har talat med dem som stod där.", "seen": 0}
    assert personal.post(step(row, "reply"), answer).status_code == 302
    second = as_user("enhetschef").post(step(row, "reply"), {"text": "Vi ska tala med dem.", "seen": 0})
    assert second.status_code == 422  # she had not read that it was answered
    assert "Vi har talat med dem som stod där." in second.content.decode()
    assert row.replies.count() == 1
    row.refresh_from_db()
    close = {"code": "done", "lesson": "", "opened_version": row.version}
    assert personal.post(step(row, "close"), close).status_code == 422
    assert personal.post(step(row, "close"), {**close, "lesson": "Vi går ut oftare."}).status_code == 302
    row.refresh_from_db()
    assert (row.status, row.code, row.lesson) == ("closed", "done", "Vi går ut oftare.")
    told = list(Notice.objects.filter(email="lena@example.org").order_by("created_at").values_list("what", flat=True))
    assert sorted(told) == ["synpunkt_answered", "synpunkt_closed", "synpunkt_received", "synpunkt_taken"]
    assert personal.get(step(row, "reopen")).status_code == 405
    assert personal.post(step(row, "reply"), {"text": "En sak till.", "seen": 1}).status_code == 422  # it is closed
    personal.post(step(row, "reopen"))
    row.refresh_from_db()
    assert (row.status, row.closed_at) == ("taken", None)
    assert row.answer_by > timezone.localdate()


def test_two_editors_and_bad_input(cast, as_user):
    row, personal = synpunkt(cast), as_user("personal")
    triage = {"answer_by": row.answer_by, "place_text": "parken", "opened_version": row.version}
    assert personal.post(step(row, "triage"), triage).status_code == 302
    conflict = as_user("enhetschef").post(step(row, "triage"), {**triage, "place_text": "torget"})
    assert conflict.status_code == 409
    assert "torget" in conflict.content.decode()
    assert "parken" in conflict.content.decode()
    bad = personal.post(step(row, "reply"), {"text": "Hon har 19811218-9876."})
    assert bad.status_code == 422
    assert "Hon har 19811218-9876." in bad.content.decode()
    past = timezone.localdate() - timedelta(days=30)
    row.refresh_from_db()
    assert personal.post(step(row, "triage"), {"answer_by": past, "opened_version": row.version}).status_code == 422


def test_the_same_answer_sent_twice_is_one(cast, as_user):
    row, personal = synpunkt(cast), as_user("personal")
    data = {"seen": 0, "text": "Tack, vi ser till det.", "submission": "5f7d1b5e-7b1e-4d0c-9b2a-0d5a8f1c2e3d"}
    assert personal.post(step(row, "reply"), data).status_code == 302
    assert personal.post(step(row, "reply"), data).status_code == 302
    assert SynpunktReply.objects.count() == 1


def test_three_alike_within_ninety_days_are_one_question(cast, as_user):
    for days, place in ((80, "Hållplatsen"), (40, "vid hållplatsen")):
        synpunkt(cast, days_ago=days, place_text=place)
    synpunkt(cast, days_ago=5, place_text="hållplatsen", kind="fraga")
    synpunkt(cast, days_ago=95, place_text="hållplatsen")
    last = synpunkt(cast, place_text="på hållplatsen")
    flag_recurring(synpunkt=last, by=None)
    assert Synpunkt.objects.filter(is_recurring=True).count() == 3
    assert Notice.objects.filter(what="synpunkt_recurring", user=cast["enhetschef"]).count() == 1
    last.refresh_from_db()
    page = as_user("personal").get(last.get_absolute_url()).content.decode()
    assert "Bjud in dem som berörs till ett möte" in page
    listed = as_user("personal").get(f"{LIST}?aterkommande=on")
    assert len(listed.context["object_list"]) == 3


def test_two_alike_or_praise_are_not(cast):
    for kind, count in (("oro", 2), ("berom", 4)):
        rows = [synpunkt(cast, kind=kind, place_text="parken") for _ in range(count)]
        flag_recurring(synpunkt=rows[-1], by=None)
    three = [synpunkt(cast, kind="fraga") for _ in range(3)]  # nobody has said where
    flag_recurring(synpunkt=three[-1], by=None)
    assert not Synpunkt.objects.filter(is_recurring=True).exists()


def test_places_within_a_hundred_metres_are_one(cast):
    rows = [
        synpunkt(cast, place_text=name, latitude=57.6809 + north, longitude=12.0121)
        for name, north in (("ett", 0), ("två", 0.0005), ("tre", -0.0005), ("fyra", 0.01))
    ]
    flag_recurring(synpunkt=rows[0], by=None)
    assert [Synpunkt.objects.get(pk=row.pk).is_recurring for row in rows] == [True, True, True, False]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hållplatsen", "vid hållplatsen"),
        ("utanför Porten", "porten"),
        ("gångvägen mot förskolan", "Gångvägen till förskolan."),
        ("stationen", "station"),
        ("fotbollsplanen", "fotbollsplan"),
        ("vid staketet", "ett staket"),
        ("backen", "backe"),
        ("vägen", "väg"),
        ("bron", "bro"),
    ],
)
def test_a_place_is_told_by_its_words(one, other):
    assert place_key(one) == place_key(other) != ""


def test_what_is_late_goes_to_the_enhetschef_and_then_to_the_forvaltningschef(cast):
    today = timezone.localdate()
    row = synpunkt(cast, answer_by=today - timedelta(days=1))
    synpunkt(cast, answer_by=today)
    synpunkt(cast, answer_by=today - timedelta(days=9), status="answered", answered_at=timezone.now())
    dues = list(late(timezone.now()))
    assert {(due.what, due.user) for due in dues} == {("synpunkt_late", cast["enhetschef"])}
    assert all("mörkt" not in due.text for due in dues)
    row.answer_by, row.responsible = today - timedelta(days=14), cast["personal"]
    row.save()
    dues = {(due.what, due.user) for due in late(timezone.now())}
    assert dues == {
        ("synpunkt_late", cast["enhetschef"]),
        ("synpunkt_late", cast["personal"]),
        ("synpunkt_late_chief", cast["forvaltningschef"]),
    }
    assert workdays_after(row.answer_by, 3) <= today


def test_a_synpunkt_becomes_an_incident_tied_both_ways(cast, as_user):
    row, personal = synpunkt(cast, children=True, place_text="parken"), as_user("personal")
    assert as_user("forvaltningschef").post(step(row, "incident")).status_code == 403
    form = personal.get(step(row, "incident")).context["form"]
    assert not Incident.objects.exists()  # nothing is saved by looking
    begun = {name: form[name].value() for name in ("category", "internal_text", "place", "place_text", "children")}
    assert list(begun.values()) == ["otrygghet", row.text, "elsewhere", "parken", True]
    data = begun | {"children": "on", "when": "now", "severity": "2", "done_by": "personal", "submission": str(uuid4())}
    first = personal.post(step(row, "incident"), data)
    again = personal.post(step(row, "incident"), data)
    incident = Incident.objects.get()
    assert first["Location"] == again["Location"] == row.get_absolute_url()
    assert (incident.internal_text, incident.children, incident.place_text) == (row.text, True, "parken")
    other = personal.post(step(row, "incident"), data | {"submission": str(uuid4())})
    assert other.status_code == 422 and "redan en händelse" in other.content.decode()
    assert row.get_absolute_url() in personal.get(incident.get_absolute_url()).content.decode()
    assert incident.get_absolute_url() in personal.get(row.get_absolute_url()).content.decode()


@pytest.mark.parametrize("named", ["Hälsningar {name}", "{name} kommer förbi", "HÄLSNINGAR {upper}"])
def test_an_answer_names_nobody_of_the_staff(cast, as_user, named):
    row, name = synpunkt(cast, sender_email="lena@example.org"), cast["personal"].name
    text = named.format(name=name, upper=name.upper())
    answer = as_user("personal").post(step(row, "reply"), {"text": text, "seen": 0})
    assert answer.status_code == 422
    assert "visas inte för allmänheten" in answer.content.decode() and text in answer.content.decode()
    assert not SynpunktReply.objects.exists()


def test_a_name_within_another_word_is_no_name(cast, as_user):
    cast["personal"].name = "Bo Ek"
    cast["personal"].save()
    row = synpunkt(cast)
    answer = as_user("personal").post(step(row, "reply"), {"text": "Här kan man bo ekologiskt.", "seen": 0})
    assert answer.status_code == 302


def test_what_is_said_at_a_husmote_has_no_sender(cast, as_user):
    create = reverse("incidents:synpunkt_create", args=["kalleback"])
    data = {"channel": "husmote", "kind": "fraga", "text": "Kan vi få en bänk?", "sender_phone": "070-123 45 67"}
    answer = as_user("personal").post(create, data)
    assert answer.status_code == 422 and "ingen pekas ut" in answer.content.decode()
    assert "070-123 45 67" in answer.content.decode()
    assert as_user("personal").post(create, data | {"sender_phone": ""}).status_code == 302
    with pytest.raises(IntegrityError), transaction.atomic():
        synpunkt(cast, channel="husmote", sender_email="lena@example.org")


def test_a_synpunkt_becomes_a_felanmalan(cast, as_user):
    row, personal = synpunkt(cast, place_text="gångvägen"), as_user("personal")
    assert personal.post(step(row, "felanmalan"), {"what": ""}).status_code == 422
    data = {"what": "Lampan är trasig.", "place_text": "gångvägen"}
    assert personal.post(step(row, "felanmalan"), data).status_code == 302
    mended = Felanmalan.objects.get()
    assert list(mended.synpunkter.all()) == [row]
    assert "Lampan är trasig." in personal.get(row.get_absolute_url()).content.decode()
    assert personal.post(step(row, "felanmalan"), data).status_code == 422
    assert Felanmalan.objects.count() == 1


def test_a_restored_backup_forgets_the_sender_again(cast, capsys):
    row, other = synpunkt(cast, sender_email="lena@example.org"), synpunkt(cast, sender_email="bo@example.org")
    forget_sender(synpunkt=row, by=None)
    QuerySet(Synpunkt).filter(pk=row.pk).update(sender_email="lena@example.org", forgotten_at=None)  # a backup
    for number in (1, 0):
        call_command("forget_again")
        assert f"1 on the list, {number} removed again." in capsys.readouterr().out
    row.refresh_from_db()
    other.refresh_from_db()
    assert (row.sender_email, bool(row.forgotten_at), other.sender_email) == ("", True, "bo@example.org")


def test_staff_forget_a_sender_who_asks(cast, as_user):
    row = synpunkt(cast, sender_email="lena@example.org")
    assert as_user("forvaltningschef").post(step(row, "forget_sender")).status_code == 403
    assert as_user("personal").post(step(row, "forget_sender")).status_code == 302
    row.refresh_from_db()
    assert not row.has_sender


def test_min_dag_says_what_waits(cast):
    row = synpunkt(cast, children=True)
    synpunkt(cast, status="answered", answered_at=timezone.now())
    mine = [todo for todo in todos_for(cast["personal"]) if todo.url == row.get_absolute_url()]
    assert [(todo.due_on, todo.children) for todo in mine] == [(row.answer_by, True)]
    assert not [todo for todo in todos_for(cast["forvaltningschef"]) if todo.url == row.get_absolute_url()]


def test_the_inbox_is_filtered_and_in_order(cast, as_user):
    late_one = synpunkt(cast, answer_by=timezone.localdate() - timedelta(days=2), text="Sen.", place_text="bron")
    soon = synpunkt(cast, text="Snart.", children=True)
    done = synpunkt(cast, status="answered", answered_at=timezone.now(), kind="berom")
    personal = as_user("personal")
    listed = [row.pk for row in personal.get(HERE).context["object_list"]]
    assert listed == [late_one.pk, soon.pk, done.pk]
    for query, expected in (
        ("lage=sena", [late_one]),
        ("lage=vantar", [late_one, soon]),
        ("lage=besvarade", [done]),
        ("lage=avslutade", []),
        ("slag=berom", [done]),
        ("barn=on", [soon]),
        ("q=bron", [late_one]),
        (f"q={soon.reference}", [soon]),
    ):
        rows = personal.get(f"{HERE}?{query}").context["object_list"]
        assert [row.pk for row in rows] == [row.pk for row in expected], query
    assert personal.get(f"{LIST}?lage=vad-som-helst").status_code == 200


@pytest.mark.parametrize("address", [LIST, HERE])
def test_the_inbox_asks_as_much_for_many_as_for_few(cast, as_user, address):
    client = as_user("forvaltningschef")
    other = factories.BoendeFactory(forvaltning=cast.sydvast)
    synpunkt(cast, sender=cast["granne"])
    few = queries_of(client, address)
    for number in range(12):
        synpunkt(
            cast, sender=cast["granne"], boende=other if number % 2 else cast.kalleback, responsible=cast["personal"]
        )
    assert queries_of(client, address) <= few <= 6


def test_whose_assignment_has_ended_is_told_nothing(cast):
    synpunkt(cast, days_ago=30, responsible=cast["ended"])
    assert {due.user for due in late(timezone.now())} == {cast["enhetschef"], cast["forvaltningschef"]}


def test_a_forgotten_sender_stands_nowhere(cast):
    for days in (3, 2):
        synpunkt(cast, days_ago=days, place_text="gångvägen")
    row = Synpunkt(boende=cast.kalleback, kind="oro", text="Mörkt.", place_text="gångvägen", sender=cast["granne"])
    receive(synpunkt=row, by=cast["granne"])
    assert Synpunkt.objects.filter(is_recurring=True).count() == 3
    forget_sender(synpunkt=row, by=None)
    for rows in (Synpunkt.objects.filter(changed_by=cast["granne"]), Notice.objects.filter(created_by=cast["granne"])):
        assert not rows.exists()


def test_the_subject_of_a_letter_opens_nothing(cast):
    row = synpunkt(cast, sender_email="lena@example.org")
    reply(reply=SynpunktReply(synpunkt=row, text="Tack."), by=cast["personal"])
    letter = Notice.objects.get(what="synpunkt_answered")
    assert row.reference in letter.text and row.reference not in letter.subject
