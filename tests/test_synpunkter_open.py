# SPDX-License-Identifier: EUPL-1.2
"""What anyone can say: read through before it is sent, without a name, and followed by its reference."""

from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from incidents.models import Synpunkt, SynpunktReply
from incidents.synpunkt_actions import forget_old_senders, reply
from incidents.synpunkt_rules import GROUP, GROUPS, new_reference, read_reference
from incidents.views import synpunkt_open
from platssamverkan.audit.models import AuditEntry
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from tests.voices import WRITTEN, form_address, released_text, send, stamp, synpunkt


@pytest.fixture(autouse=True)
def page(cast):
    return released_text(cast)


def test_the_form_belongs_to_a_released_page(cast, as_user):
    assert as_user("anonymous").get(form_address()).status_code == 200
    assert as_user("anonymous").get(form_address("alma")).status_code == 404
    assert send(Client(), kind="oro").status_code == 302


def test_it_is_read_through_before_it_is_sent(cast, client):
    seen = send(client, step="preview")
    assert seen.status_code == 200
    text = seen.content.decode()
    assert "Det är mörkt på gångvägen om kvällarna." in text
    assert "Nämn ingen." in text
    assert not Synpunkt.objects.exists()
    back = send(client, step="edit")
    assert "Det är mörkt på gångvägen om kvällarna." in back.content.decode()
    assert not Synpunkt.objects.exists()


def test_what_is_shown_to_read_through_can_be_sent_as_it_is(cast, client):
    seen = send(client, step="preview", children="on", sender_email="lena@example.org")
    fields = seen.context["form"]
    data = {field.html_name: field.value() for field in fields if field.value() is not None}
    assert client.post(form_address(), {**data, "send": "1"}).status_code == 302
    row = Synpunkt.objects.get()
    assert (row.children, row.sender_email, row.place_text) == (True, "lena@example.org", "gångvägen")


def test_sent_it_has_a_reference_a_day_and_no_name(cast, client):
    response = send(client)
    row = Synpunkt.objects.get()
    assert response["Location"] == f"{row.status_url}?tack=1"
    assert (row.boende, row.kind, row.channel, row.status) == (cast.kalleback, "oro", "web", "new")
    assert row.created_by is None
    assert row.sender is None
    assert row.answer_by > timezone.localdate()
    page = client.get(response["Location"]).content.decode()
    assert row.reference in page
    assert "mörkt" not in page  # whoever has the reference sees how it goes, not what was written
    told = Notice.objects.filter(what="synpunkt_new")
    assert {notice.user for notice in told} == {cast["enhetschef"], cast["personal"]}
    assert not any("mörkt" in notice.text for notice in told)


def test_the_same_form_sent_twice_is_one(cast, client):
    submission = "5f7d1b5e-7b1e-4d0c-9b2a-0d5a8f1c2e3d"
    first, second = send(client, submission=submission), send(client, submission=submission)
    assert first["Location"] == second["Location"]
    assert Synpunkt.objects.count() == 1
    other = send(client, submission=submission, text="Något helt annat.")
    assert other.status_code == 422
    assert "Något helt annat." in other.content.decode()


def test_a_personnummer_is_refused_and_a_phone_number_asked_about(cast, client):
    refused = send(client, text="Ring 19811218-9876 om det.")
    assert refused.status_code == 422
    assert "Ring 19811218-9876 om det." in refused.content.decode()
    asked = send(client, text="Ring 070-174 06 12 om det.")
    assert asked.status_code == 422
    assert not Synpunkt.objects.exists()
    digest = asked.context["form"].asked
    seen = send(client, step="preview", text="Ring 070-174 06 12 om det.", identity_confirmed=digest)
    assert f'name="identity_confirmed" value="{digest}"' in seen.content.decode()
    assert send(client, text="Ring 070-174 06 12 om det.", identity_confirmed=digest).status_code == 302


def test_machines_are_kept_out_and_a_person_loses_nothing(cast, client):
    for fields in ({"webbplats": "https://x.example"}, {"opened": "made-up"}, {"opened": stamp(0)}, {"opened": None}):
        response = send(client, **fields)
        assert response.status_code == 422, fields
        assert "Det är mörkt på gångvägen om kvällarna." in response.content.decode()
    old = send(client, opened=stamp(3 * 24 * 3600))
    assert old.status_code == 422
    assert old.context["form"]["opened"].value() != stamp(3 * 24 * 3600)
    assert send(client, text="http://a http://b http://c").status_code == 422
    assert not Synpunkt.objects.exists()


def test_too_many_from_one_address(cast, client, monkeypatch):
    monkeypatch.setattr(synpunkt_open, "MOST_SENT_AN_HOUR", 2)
    send(client, text="Ett.")
    send(client, text="Två.")
    third = send(client, text="Tre.")
    assert third.status_code == 429
    assert "Tre." in third.content.decode()
    assert Synpunkt.objects.count() == 2


def test_an_address_gets_a_letter_without_what_was_written(cast, client, django_capture_on_commit_callbacks):
    send(client, sender_email="lena@example.org")
    row = Synpunkt.objects.get()
    drain()
    letter = next(message for message in mail.outbox if message.to == ["lena@example.org"])
    assert row.reference in letter.body
    assert row.reference not in letter.subject  # which is shown to whoever tends to letters that failed
    assert row.status_url in letter.body
    assert "mörkt" not in letter.body
    answered = SynpunktReply(synpunkt=row, text="Lampan lagas på torsdag.")
    reply(reply=answered, by=cast["personal"])
    drain()
    letter = mail.outbox[-1]
    assert "Lampan lagas på torsdag." in letter.body
    assert cast["personal"].name not in letter.body
    status = client.get(row.status_url).content.decode()
    assert "Lampan lagas på torsdag." in status
    assert cast["personal"].name not in status


def test_the_status_page_shows_no_note_no_name_and_no_address(cast, client):
    row = synpunkt(
        cast,
        sender_email="lena@example.org",
        note="Hemligt internt.",
        responsible=cast["personal"],
        text="Det är mörkt.",
    )
    page = client.get(row.status_url)
    assert page.status_code == 200
    assert page["X-Robots-Tag"] == "noindex"
    assert "no-store" in page["Cache-Control"]
    for hidden in ("Hemligt internt.", cast["personal"].name, "lena@example.org", "Det är mörkt."):
        assert hidden not in page.content.decode()


def test_a_reference_is_found_however_it_is_written(cast, client):
    row = synpunkt(cast)
    lookup = reverse("incidents:synpunkt_lookup", args=["kalleback"])
    written = row.reference.replace("-", " ").lower()
    assert client.post(lookup, {"referens": written})["Location"] == row.status_url
    wrong = client.post(lookup, {"referens": "BBBB-CCCC-DDDD"})
    assert wrong.status_code == 422
    assert "BBBB-CCCC-DDDD" in wrong.content.decode()
    assert client.get(reverse("incidents:synpunkt_status", args=["kalleback", "x" * 50])).status_code == 404
    other = synpunkt(cast, boende=cast.alma)
    assert client.post(lookup, {"referens": other.reference}).status_code == 422
    assert client.get(other.status_url.replace("alma", "kalleback")).status_code == 404


def test_a_reference_is_letters_that_are_not_mistaken():
    made = {new_reference() for _ in range(200)}
    assert len(made) == 200
    assert all(read_reference(reference) == reference for reference in made)
    assert not set("".join(made)) & set("AEIOUYQW0123456789")
    assert all(len(reference) == GROUPS * GROUP + GROUPS - 1 for reference in made)


def test_who_is_signed_in_chooses_whether_to_be_known(cast, as_user):
    granne = as_user("granne")
    assert cast["granne"].name in granne.get(form_address()).content.decode()
    send(granne, as_me="on", sender_email="annan@example.org")
    known = Synpunkt.objects.get()
    assert (known.sender, known.sender_email) == (cast["granne"], "")
    assert Notice.objects.filter(what="synpunkt_received", user=cast["granne"]).exists()
    known.delete()
    send(granne)
    unknown = Synpunkt.objects.get()
    assert (unknown.sender, unknown.created_by) == (None, None)
    assert not AuditEntry.objects.get_for_object(unknown).filter(actor__isnull=False).exists()


def test_a_neighbour_finds_the_form_in_her_corner(cast, as_user):
    assert form_address() in as_user("granne").get(reverse("boenden:corner")).content.decode()


def test_the_sender_can_be_forgotten_by_herself(cast, client):
    row = synpunkt(cast, sender_email="lena@example.org")
    SynpunktReply.objects.create(synpunkt=row, text="Tack.")
    send(client, sender_email="lena@example.org")
    forget = reverse("incidents:synpunkt_forget", args=["kalleback", row.reference])
    assert client.get(forget).status_code == 405
    assert client.post(forget).status_code == 302
    row.refresh_from_db()
    assert not row.has_sender
    assert row.forgotten_at


def test_senders_are_forgotten_ninety_days_after_closing(cast):
    now = timezone.now()
    old, young = (
        synpunkt(
            cast,
            sender_email="lena@example.org",
            sender_phone="+46701740612",
            status="closed",
            code="done",
            answered_at=now,
            closed_at=now - timedelta(days=days),
        )
        for days in (91, 89)
    )
    Notice.objects.create(what="synpunkt_closed", occasion=str(old.pk), email="lena@example.org", subject="Svar")
    assert forget_old_senders(now) == 1
    assert forget_old_senders(now) == 0
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.sender_email, old.sender_phone, old.has_sender) == ("", "", False)
    assert young.has_sender
    assert not Notice.objects.filter(email="lena@example.org").exists()


def test_no_cookie_before_the_form(cast, client):
    client.get("/om/kalleback/")
    assert not client.cookies
    assert WRITTEN["text"] not in client.get(form_address()).content.decode()
