# SPDX-License-Identifier: EUPL-1.2
"""A protokoll from the meeting's notes to justerat, and that nothing of it changes after that."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from forum.actions import protokoll as verbs
from forum.actions.meetings import Refused, save_attendance
from forum.actions.protokoll_comments import comment
from forum.models import (
    Attendance,
    Justering,
    Meeting,
    Member,
    PresentedIncident,
    Protokoll,
    ProtokollComment,
    ProtokollFile,
    ProtokollItem,
)
from forum.protokoll_text import checksum, compose
from incidents.actions import withdraw_forum_text
from incidents.models import ReleasedText
from platssamverkan.ground.actions import EditConflict, archive_record
from platssamverkan.notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db
STATE = Protokoll.State


@pytest.fixture(autouse=True)
def _quick_paper(monkeypatch):
    """Drawing takes a second; what it draws is tried in test_forum_protokoll_pdf.py."""
    monkeypatch.setattr("forum.actions.protokoll_files.draw", lambda file: b"%PDF-1.7 ritad")


@pytest.fixture
def meeting(cast):
    """A held meeting of Kallebäck's råd: two items, a decision, an åtgärd, an incident, who came."""
    meeting = factories.MeetingFactory(forum=cast.forum, status="held", days=-3)
    item = factories.AgendaItemFactory(
        meeting=meeting, title="Belysning", outcome="Mörkt på gångvägen.", decision="Lampan lagas.", position=0
    )
    factories.AgendaItemFactory(meeting=meeting, title="Händelser", section="incidents", position=1)
    member = cast.forum.members.get(person__user=cast["medlem"])
    factories.ActionItemFactory(meeting=meeting, item=item, person=member.person)
    Attendance.objects.create(meeting=meeting, member=member, presence="part", part="till kl. 14.30")
    Attendance.objects.create(meeting=meeting, guest="Gästande Snickare", presence="present")
    PresentedIncident.objects.create(
        meeting=meeting,
        incident=factories.IncidentFactory(boende=cast.kalleback),
        boende=cast.kalleback,
        happened_on=timezone.localdate(),
        forum_what="Höga röster vid hållplatsen.",
        forum_handled="Personalen gick ut.",
        is_shown=True,
        ground="nobody",
        examined_at=timezone.now(),
        examined_by=cast["enhetschef"],
    )
    return meeting


@pytest.fixture
def convener(cast):
    return cast["sammankallande"]


@pytest.fixture
def protokoll(cast, meeting, convener):
    """A draft with both users of the forum chosen to justera."""
    made = verbs.make_protokoll(meeting=meeting, by=convener)
    chosen = [convener, cast["medlem"]]
    return verbs.save_protokoll(protokoll=made, justerare=chosen, by=convener)


def to_justering(protokoll, convener) -> Protokoll:
    verbs.send_for_comments(protokoll=protokoll, comments_until=timezone.localdate(), by=convener)
    return verbs.open_justering(protokoll=protokoll, by=convener)


def justera(protokoll, *users) -> Protokoll:
    for user in users:
        now = checksum(compose(Protokoll.objects.get(pk=protokoll.pk)))
        protokoll = verbs.justera(protokoll=protokoll, sha256=now, by=user)
    return Protokoll.objects.get(pk=protokoll.pk)


@pytest.fixture
def sealed(cast, protokoll, convener):
    return justera(to_justering(protokoll, convener), convener, cast["medlem"])


def page(name, thing) -> str:
    return reverse(f"forum:{name}", args=[thing.pk])


class TestMaking:
    def test_it_holds_what_the_meeting_came_to(self, protokoll, meeting):
        text = compose(protokoll)
        assert [row["name"] for row in text["attendance"]] == ["Gästande Snickare", "Medlem Alm"]
        assert text["attendance"][1]["detail"] == "till kl. 14.30"
        first, second = text["items"]
        assert (first["title"], first["text"], first["decision"]) == (
            "Belysning",
            "Mörkt på gångvägen.",
            "Lampan lagas.",
        )
        assert first["actions"][0]["responsible"] == "Föreningen medlem, Medlem Alm"
        assert second["incidents"][0]["handled"] == "Personalen gick ut."
        assert "INTERNTEXT" not in str(text)

    def test_it_holds_an_atgard_whose_item_was_taken_off_the_agenda(self, meeting, convener):
        archive_record(record=meeting.items.get(title="Belysning"), by=convener)
        text = compose(verbs.make_protokoll(meeting=meeting, by=convener))
        assert [action["title"] for action in text["other_actions"]] == [meeting.action_items.get().title]

    def test_it_says_when_the_next_meeting_is(self, as_user, meeting, convener):
        factories.AgendaItemFactory(meeting=meeting, title="Nästa möte", section="next", position=2)
        factories.MeetingFactory(forum=meeting.forum, place="Biblioteket")
        protokoll = verbs.make_protokoll(meeting=meeting, by=convener)
        assert compose(protokoll)["items"][2]["next"].endswith(", Biblioteket.")
        page = as_user("sammankallande").get(protokoll.get_absolute_url()).content.decode()
        assert "Nästa möte är" in page

    def test_once_for_each_meeting(self, as_user, meeting, convener):
        client = as_user("sammankallande")
        targets = {client.post(page("protokoll_create", meeting)).url for _ in range(3)}
        assert len(targets) == 1 == Protokoll.objects.count()

    def test_not_before_the_meeting_was_held(self, cast, convener):
        with pytest.raises(Refused, match="hållet"):
            verbs.make_protokoll(meeting=factories.MeetingFactory(forum=cast.forum), by=convener)

    def test_notes_changed_since_are_fetched_and_own_words_kept(self, protokoll, meeting, convener):
        first, _second = protokoll.items.order_by("position")
        first.text = "Skrivet i protokollet."
        verbs.save_protokoll_item(item=first, by=convener)
        for item in meeting.items.all():
            item.outcome = "Ändrat i mötet."
            item.save()
        assert verbs.renew_protokoll(protokoll=protokoll, by=convener) == ["Belysning"]
        texts = list(ProtokollItem.objects.in_order().filter(protokoll=protokoll).values_list("text", flat=True))
        assert texts == ["Skrivet i protokollet.", "Ändrat i mötet."]

    def test_a_withdrawn_forum_text_is_gone_until_it_is_justerat(self, protokoll, meeting):
        incident = PresentedIncident.objects.get()
        incident.withdrawn_at = timezone.now()
        incident.save()
        assert compose(protokoll)["items"][1]["incidents"] == []


class TestWhatIsMissing:
    def test_is_told_before_it_is_sent(self, as_user, meeting, convener):
        made = verbs.make_protokoll(meeting=meeting, by=convener)
        answer = as_user("sammankallande").post(page("protokoll_send", made), {"comments_until": timezone.localdate()})
        assert answer.status_code == 422
        assert "Välj vem som ska justera." in answer.content.decode()
        made.refresh_from_db()
        assert made.state == STATE.DRAFT

    def test_a_comment_without_answer_stops_the_justering(self, as_user, protokoll, convener, cast):
        verbs.send_for_comments(protokoll=protokoll, comments_until=timezone.localdate(), by=convener)
        said = as_user("medlem").post(
            page("protokoll_comment", protokoll), {"text": "Lampan står vid hållplatsen.", "item": ""}
        )
        assert said.status_code == 302
        client = as_user("sammankallande")
        refused = client.post(page("protokoll_ask", protokoll))
        assert refused.status_code == 422
        assert "Svara på synpunkten" in refused.content.decode()
        answer = page("protokollcomment_answer", ProtokollComment.objects.get())
        assert client.post(answer, {"state": "noted", "answer": ""}).status_code == 422
        assert client.post(answer, {"state": "noted", "answer": "Det är en annan lampa."}).status_code == 302
        assert client.post(page("protokoll_ask", protokoll)).status_code == 302

    def test_a_justerare_who_has_left_is_named(self, protokoll, convener, cast):
        member = Member.objects.get(person__user=cast["medlem"])
        member.ends_on = member.starts_on = timezone.localdate() - timedelta(days=1)
        member.save()
        assert any("Medlem Alm är inte längre med" in sentence for sentence in verbs.missing_for_comments(protokoll))

    def test_comments_only_while_it_is_out(self, as_user, protokoll, convener, cast):
        assert as_user("sammankallande").get(page("protokoll_comment", protokoll)).status_code == 403
        with pytest.raises(ValidationError):
            comment(comment=ProtokollComment(protokoll=protokoll, text="För tidigt."), by=convener)


class TestWhoReads:
    def test_a_member_without_account_who_was_not_called_has_a_letter_with_a_link(self, client, protokoll, convener):
        person = factories.ContactPersonFactory(email="polis@example.org")
        protokoll.meeting.forum.members.create(person=person)
        verbs.send_for_comments(protokoll=protokoll, comments_until=timezone.localdate(), by=convener)
        text = Notice.objects.get(what="protokoll_comments", email="polis@example.org").text
        assert client.get(urlsplit(text.split()[-1]).path).status_code == 200

    def test_members_when_it_is_released_and_not_before(self, as_user, protokoll, convener):
        member = as_user("medlem")
        assert member.get(page("protokoll_detail", protokoll)).status_code == 404
        assert as_user("personal").get(page("protokoll_detail", protokoll)).status_code == 200
        verbs.send_for_comments(protokoll=protokoll, comments_until=timezone.localdate(), by=convener)
        read = member.get(page("protokoll_detail", protokoll)).content.decode()
        assert "Lampan lagas." in read
        assert "Forumets ordning är 14 dagar." in read

    def test_a_former_member_loses_it_at_once(self, as_user, sealed, cast):
        member = Member.objects.get(person__user=cast["medlem"])
        member.archived_at = timezone.now()
        member.save()
        client = as_user("medlem")
        for name in ("protokoll_detail", "protokoll_pdf"):
            assert client.get(page(name, sealed)).status_code == 404
        assert client.get(page("decision_list", cast.forum)).status_code == 404

    def test_members_of_another_forum_never(self, as_user, sealed, cast):
        other = factories.ForumFactory(boenden=[cast.alma])
        Member.objects.create(forum=other, user=cast["granne"], kind="ordinarie")
        assert as_user("granne").get(page("protokoll_detail", sealed)).status_code == 404

    def test_an_internal_forum_never_for_aktorer(self, as_user, sealed, cast):
        cast.forum.kind = "husmote"
        cast.forum.save()
        assert as_user("medlem").get(page("protokoll_detail", sealed)).status_code == 404
        assert as_user("boendeombud").get(page("protokoll_detail", sealed)).status_code == 200


def test_as_many_queries_for_forty_items(as_user, protokoll, convener, cast):
    client = as_user("sammankallande")
    pages = [page("protokoll_detail", protokoll), page("protokoll_list", cast.forum)]

    def count() -> list[int]:
        counts = []
        for address in pages:
            with CaptureQueriesContext(connection) as asked:
                assert client.get(address).status_code == 200
            counts.append(len(asked))
        return counts

    count()
    few = count()
    for number in range(40):
        ProtokollItem.objects.create(protokoll=protokoll, title=f"Punkt {number}", position=number + 2, text="Ord.")
        ProtokollComment.objects.create(protokoll=protokoll, text="Så här.", created_by=cast["medlem"])
        other = factories.MeetingFactory(forum=cast.forum, status="held", days=-30 - number)
        Protokoll.objects.create(meeting=other, frozen=protokoll.frozen)
    assert count() == few
    assert max(few) <= 15


class TestTwoEditors:
    """faults.md, case 9."""

    def test_the_second_sees_both_texts_and_loses_none(self, as_user, protokoll):
        item = protokoll.items.order_by("position")[0]
        client = as_user("sammankallande")
        words = {"title": item.title, "decision": item.decision, "opened_version": item.version}
        assert (
            client.post(page("protokollitem_update", item), {**words, "text": "Den första texten."}).status_code == 302
        )
        second = client.post(page("protokollitem_update", item), {**words, "text": "Den andra texten."})
        assert second.status_code == 409
        shown = second.content.decode()
        assert "Den första texten." in shown
        assert "Den andra texten." in shown
        item.refresh_from_db()
        assert item.text == "Den första texten."

    def test_what_was_read_before_a_step_does_not_turn_it_back(self, protokoll, convener):
        read = Protokoll.objects.get(pk=protokoll.pk)
        to_justering(protokoll, convener)
        read.diarienummer = "N123"
        verbs.save_protokoll(protokoll=read, justerare=[convener], by=convener)
        stored = Protokoll.objects.get(pk=protokoll.pk)
        assert (stored.state, stored.diarienummer) == (STATE.JUSTERING, "N123")
        assert stored.opened_at

    def test_two_items_do_not_disturb_each_other(self, protokoll, convener):
        first, second = protokoll.items.order_by("position")
        versions = first.version, second.version
        for item, version in zip((first, second), versions, strict=True):
            item.text = "Nytt."
            verbs.save_protokoll_item(item=item, by=convener, opened_version=version)

    def test_bad_input_keeps_what_was_typed(self, as_user, protokoll):
        item = protokoll.items.order_by("position")[0]
        answer = as_user("sammankallande").post(
            page("protokollitem_update", item), {"title": "Ny rubrik", "text": "Om 811218-9876.", "decision": ""}
        )
        assert answer.status_code == 422
        assert "Om 811218-9876." in answer.content.decode()


class TestJustering:
    def test_each_with_time_and_checksum_then_sealed(self, cast, protokoll, convener):
        waiting = to_justering(protokoll, convener)
        half = justera(waiting, convener)
        assert not half.is_sealed
        own = Justering.objects.get(user=convener)
        assert own.justerat_at is not None
        assert own.sha256 == checksum(compose(half))
        whole = justera(half, cast["medlem"])
        assert whole.is_sealed
        assert whole.sha256 == own.sha256 == checksum(whole.content)
        assert [signed["name"] for signed in whole.signatures] == [str(convener), str(cast["medlem"])]
        assert Meeting.objects.get(pk=whole.meeting_id).is_sealed
        assert ProtokollFile.objects.get(protokoll=whole).document.read_verified() == b"%PDF-1.7 ritad"

    def test_only_the_text_that_was_read(self, as_user, protokoll, convener):
        to_justering(protokoll, convener)
        client = as_user("medlem")
        read = checksum(compose(Protokoll.objects.get(pk=protokoll.pk)))
        item = protokoll.items.order_by("position")[0]
        item.text = "En annan text."
        verbs.save_protokoll_item(item=item, by=convener)
        answer = client.post(page("protokoll_justera", protokoll), {"sha256": read})
        assert answer.status_code == 409
        assert "Texten har ändrats sedan du öppnade sidan." in answer.content.decode()
        assert not Justering.objects.filter(justerat_at__isnull=False).exists()

    def test_a_change_voids_what_was_justerat_and_tells(self, protokoll, convener):
        waiting = justera(to_justering(protokoll, convener), convener)
        item = waiting.items.order_by("position")[0]
        item.text = "En annan text."
        verbs.save_protokoll_item(item=item, by=convener)
        assert not Justering.objects.filter(justerat_at__isnull=False).exists()
        assert Notice.objects.filter(what="protokoll_changed", user=convener).exists()

    def test_nobody_justerar_for_another(self, as_user, protokoll, convener):
        to_justering(protokoll, convener)
        now = {"sha256": checksum(compose(Protokoll.objects.get(pk=protokoll.pk)))}
        assert as_user("personal").post(page("protokoll_justera", protokoll), now).status_code == 403
        assert as_user("granne").post(page("protokoll_justera", protokoll), now).status_code == 404
        assert as_user("medlem").get(page("protokoll_justera", protokoll)).status_code == 405

    def test_sent_ten_times_it_is_one(self, as_user, protokoll, convener):
        to_justering(protokoll, convener)
        now = {"sha256": checksum(compose(Protokoll.objects.get(pk=protokoll.pk)))}
        client = as_user("medlem")
        assert {client.post(page("protokoll_justera", protokoll), now).status_code for _ in range(3)} == {302}
        assert Justering.objects.filter(justerat_at__isnull=False).count() == 1


class TestSealed:
    """faults.md, case 10."""

    def test_every_page_that_writes_refuses(self, as_user, sealed):
        client = as_user("sammankallande")
        item = sealed.items.order_by("position")[0]
        words = {"title": "Ny", "text": "Ny text.", "decision": "", "opened_version": item.version}
        assert client.post(page("protokollitem_update", item), words).status_code == 403
        for name in ("protokoll_update", "protokoll_send", "protokoll_ask", "protokoll_renew"):
            assert client.post(page(name, sealed)).status_code == 403
        sealed.refresh_from_db()
        assert checksum(compose(sealed)) == sealed.sha256

    def test_the_verbs_refuse_also_with_what_was_read_before(self, protokoll, cast, convener):
        """The race: an editor who opened the item while it could be written in."""
        waiting = to_justering(protokoll, convener)
        opened = waiting.items.order_by("position")[0]
        justera(waiting, convener, cast["medlem"])
        opened.text = "För sent."
        with pytest.raises(ValidationError):
            verbs.save_protokoll_item(item=opened, by=convener)
        with pytest.raises((ValidationError, EditConflict)):
            verbs.save_protokoll(protokoll=waiting, justerare=[], by=convener, opened_version=waiting.version)

    @pytest.mark.parametrize("model", [Protokoll, ProtokollItem, Justering])
    def test_the_database_refuses(self, sealed, model):
        row = model.objects.first()
        with pytest.raises(IntegrityError), transaction.atomic():
            row.save()
        sealed.refresh_from_db()
        assert checksum(sealed.content) == sealed.sha256

    def test_there_is_no_way_in_by_the_admin(self):
        for model in ("protokoll", "protokollitem", "justering"):
            with pytest.raises(NoReverseMatch):
                reverse(f"admin:forum_{model}_changelist")

    def test_the_meeting_is_closed_too(self, sealed, convener):
        with pytest.raises(ValidationError):
            save_attendance(meeting=sealed.meeting, rows=[], brukare_count=None, by=convener)

    def test_a_withdrawn_forum_text_stands(self, sealed):
        incident = PresentedIncident.objects.get()
        incident.withdrawn_at = timezone.now()
        incident.save()
        assert "Personalen gick ut." in str(compose(Protokoll.objects.get(pk=sealed.pk)))


class TestCorrection:
    @pytest.mark.parametrize("when", ["before", "after"])
    def test_leaves_out_a_forum_text_that_is_withdrawn(self, sealed, cast, convener, when):
        presented = PresentedIncident.objects.get()
        incident = presented.incident
        incident.released_at, incident.released_by = timezone.now(), cast["enhetschef"]
        incident.forum_what, incident.forum_handled = presented.forum_what, presented.forum_handled
        incident.save()
        ReleasedText.objects.create(
            incident=incident, forum_what=presented.forum_what, forum_handled=presented.forum_handled
        )
        if when == "before":
            withdraw_forum_text(incident=incident, by=cast["enhetschef"])
        new = verbs.correct_protokoll(protokoll=sealed, by=convener)
        assert ("Personalen gick ut." in str(compose(new))) is (when == "after")
        withdraw_forum_text(incident=incident, by=cast["enhetschef"])
        text = str(compose(Protokoll.objects.get(pk=new.pk)))
        assert "Personalen gick ut." not in text
        assert "Texten har tagits tillbaka." in text
        assert "Personalen gick ut." in str(compose(Protokoll.objects.get(pk=sealed.pk)))

    def test_is_a_new_edition_that_names_the_old(self, as_user, sealed, cast, convener):
        client = as_user("sammankallande")
        urls = {client.post(page("protokoll_correct", sealed)).url for _ in range(2)}
        new = Protokoll.objects.get(replaces=sealed)
        assert urls == {new.get_absolute_url()}
        assert "Skriv vad som rättas." in verbs.missing_for_comments(new)
        assert as_user("medlem").get(page("protokoll_detail", new)).status_code == 404
        facts = {"diarienummer": "", "correction": "Fel lampa.", "justerare": [convener.pk, cast["medlem"].pk]}
        assert client.post(page("protokoll_update", new), {**facts, "opened_version": new.version}).status_code == 302
        new = justera(to_justering(new, convener), convener, cast["medlem"])
        text = compose(new)
        assert text["replaces"]["sha256"] == sealed.sha256
        assert text["items"][1]["incidents"] == compose(sealed)["items"][1]["incidents"]
        assert set(Protokoll.objects.in_force()) == {new}
        assert "Det här protokollet har en rättelse." in client.get(page("protokoll_detail", sealed)).content.decode()
        papers = ProtokollFile.objects.get(protokoll=new).document
        assert papers.previous == ProtokollFile.objects.get(protokoll=sealed).document
