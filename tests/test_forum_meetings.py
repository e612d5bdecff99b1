# SPDX-License-Identifier: EUPL-1.2
"""A meeting from its plan to what is done about it: agenda, call, questions, incidents, notes, attendance, åtgärder."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from forum.actions import meetings as actions
from forum.actions.incidents import waiting_at
from forum.actions.protokoll import make_protokoll
from forum.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    Attendance,
    Meeting,
    PresentedIncident,
    Question,
)
from forum.registration.reminders import action_items_due
from incidents.actions import withdraw_forum_text
from incidents.models import ReleasedText
from platssamverkan.documents.models import StoredDocument
from platssamverkan.notices.models import Notice
from platssamverkan.start.registry import todos_for
from tests import factories
from tests.queries import queries_of
from tests.worlds.forum import released_incident


def when(days=9, **changes):
    day = timezone.localdate() + timedelta(days=days)
    return {"day": day, "start": "14.00", "end": "15.30", "place": "Biblioteket", **changes}


@pytest.fixture
def convener(as_user):
    return as_user("sammankallande")


@pytest.fixture
def meeting(cast):
    meeting = factories.MeetingFactory.build(forum=cast.forum)
    return actions.plan_meeting(meeting=meeting, by=cast["sammankallande"])


def url(meeting, verb=""):
    return f"/forum/mote/{meeting.pk}/{verb}"


def titles(meeting):
    return [item.title for item in AgendaItem.objects.in_order().filter(meeting=meeting)]


class TestPlanning:
    def test_begins_with_the_usual_agenda_at_the_usual_hours(self, cast, convener):
        response = convener.post(f"/forum/{cast.forum.pk}/moten/nytt/", when())
        meeting = Meeting.objects.get()
        assert response.url == url(meeting)
        start = timezone.localtime(meeting.starts_at)
        assert (start.hour, meeting.ends_at - meeting.starts_at) == (14, timedelta(minutes=90))
        assert titles(meeting)[0] == "Lägesavstämning"
        assert titles(meeting)[-1] == "Nästa möte"

    @pytest.mark.parametrize(
        ("changes", "field", "words"),
        [
            ({"day": "2027-03-28", "start": "02.30", "end": "04.00"}, "start", "finns inte"),
            ({"day": "2027-10-31", "start": "02.30", "end": "04.00"}, "start", "två gånger"),
            ({"end": "13.00"}, "end", "tolv timmar"),
            ({"start": "klockan två"}, "start", "klockslag"),
            ({"message": "Kalle 19121212-1212 kommer"}, "message", "personnummer"),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_kept(self, cast, convener, changes, field, words):
        response = convener.post(f"/forum/{cast.forum.pk}/moten/nytt/", when(**changes))
        assert response.status_code == 422
        assert words in " ".join(response.context["form"].errors[field])
        assert "Biblioteket" in response.content.decode()
        assert not Meeting.objects.exists()

    def test_over_midnight_and_twice_at_one_time(self, cast, convener):
        convener.post(f"/forum/{cast.forum.pk}/moten/nytt/", when(start="22.00", end="00.30"))
        assert Meeting.objects.get().ends_at - Meeting.objects.get().starts_at == timedelta(hours=2, minutes=30)
        assert convener.post(f"/forum/{cast.forum.pk}/moten/nytt/", when(start="22.00")).status_code == 422

    def test_the_last_day_for_questions_moves_with_the_meeting(self, cast, convener):
        address = f"/forum/{cast.forum.pk}/moten/nytt/"
        today = timezone.localdate()
        cast.forum.rrule = "FREQ=WEEKLY;BYDAY=TU"
        cast.forum.save()
        suggested = convener.get(address).context["form"].initial
        data = when(days=40, questions_until=suggested["questions_until"])
        assert convener.post(address, data).status_code == 302
        meeting = Meeting.objects.get()
        before = suggested["day"] - suggested["questions_until"]
        assert meeting.questions_until == today + timedelta(days=40) - before
        moved = when(days=50, questions_until=meeting.questions_until)
        page = convener.post(url(meeting, "andra/"), moved, follow=True).content.decode()
        assert "Frågor tas nu emot till och med" in page
        meeting.refresh_from_db()
        assert meeting.questions_until == today + timedelta(days=50) - before
        chosen = today + timedelta(days=20)
        convener.post(url(meeting, "andra/"), when(days=60, questions_until=chosen))
        meeting.refresh_from_db()
        assert meeting.questions_until == chosen

    @pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "2026-02-30", "x"])
    def test_a_day_in_the_address_that_is_none_is_passed_over(self, cast, convener, day):
        cast.forum.usual_start = "14:00"
        cast.forum.save()
        assert convener.get(f"/forum/{cast.forum.pk}/moten/nytt/?dag={day}").status_code == 200

    def test_sent_twice_makes_one(self, cast, convener):
        address = f"/forum/{cast.forum.pk}/moten/nytt/"
        submission = convener.get(address).context["form"]["submission"].value()
        urls = {convener.post(address, when(submission=submission)).url for _time in range(2)}
        assert len(urls) == Meeting.objects.count() == 1


class TestTheAgenda:
    def test_items_are_moved_with_buttons(self, convener, meeting):
        first, second = AgendaItem.objects.in_order().filter(meeting=meeting)[:2]
        before = titles(meeting)
        convener.post(f"/forum/punkt/{second.pk}/flytta/", {"vart": "upp"})
        assert titles(meeting)[:2] == [before[1], before[0]]
        convener.post(f"/forum/punkt/{second.pk}/flytta/", {"vart": "ned"})
        assert titles(meeting) == before
        assert convener.get(f"/forum/punkt/{first.pk}/flytta/").status_code == 405

    def test_a_new_item_comes_before_the_closing_one(self, convener, meeting):
        convener.post(url(meeting, "punkt/ny/"), {"title": "Belysning", "minutes": "10", "section": "text"})
        assert titles(meeting)[-2:] == ["Belysning", "Nästa möte"]

    def test_two_write_in_one_item_and_nothing_is_lost(self, cast, convener, meeting):
        """faults.md, case 9."""
        item = meeting.items.first()
        other = meeting.items.last()
        notes = {"outcome": "Det är lugnare.", "decision": "", "state": "done", "opened_version": item.version}
        assert convener.post(f"/forum/punkt/{item.pk}/anteckna/", notes).status_code == 302
        assert convener.post(f"/forum/punkt/{other.pk}/anteckna/", {**notes, "outcome": "En annan."}).status_code == 302
        response = convener.post(f"/forum/punkt/{item.pk}/anteckna/", {**notes, "outcome": "Det är oroligt."})
        page = response.content.decode()
        assert response.status_code == 409
        assert "Det är lugnare." in page
        assert "Det är oroligt." in page
        assert AgendaItem.objects.get(pk=item.pk).outcome == "Det är lugnare."

    def test_a_file_sent_twice_is_kept_once(self, convener, meeting):
        client, url = convener, f"/forum/punkt/{meeting.items.first().pk}/bilaga/"
        sent = {"title": "Karta", "submission": client.get(url).context["form"]["submission"].value()}
        for _time in range(2):
            file = SimpleUploadedFile("a.pdf", b"%PDF-1.7 karta")
            assert client.post(url, {**sent, "file": file}).status_code == 302
        assert Attachment.objects.count() == StoredDocument.objects.count() == 1
        another = client.post(url, {**sent, "file": SimpleUploadedFile("b.pdf", b"%PDF-1.7 en annan karta")})
        assert another.status_code == 422  # she chose another file in a form that she had sent
        anew = another.context["form"]["submission"].value()
        file = SimpleUploadedFile("b.pdf", b"%PDF-1.7 en annan karta")
        assert client.post(url, {**sent, "submission": anew, "file": file}).status_code == 302
        assert Attachment.objects.count() == 2

    def test_a_file_is_served_to_members_and_nobody_else(self, convener, as_user, meeting):
        item = meeting.items.first()
        address = f"/forum/punkt/{item.pk}/bilaga/"
        pdf = SimpleUploadedFile("../x.pdf", b"%PDF-1.7 karta")
        assert convener.post(address, {"title": "Karta", "file": pdf}).status_code == 302
        attachment = Attachment.objects.get()
        response = as_user("medlem").get(f"/forum/bilaga/{attachment.pk}/")
        assert response.content == b"%PDF-1.7 karta"
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "attachment" in response["Content-Disposition"]
        for name in ("outsider", "granne", "boendeombud"):
            assert as_user(name).get(f"/forum/bilaga/{attachment.pk}/").status_code == 404
        script = SimpleUploadedFile("x.pdf", b"<html><script>")
        assert convener.post(address, {"title": "Karta", "file": script}).status_code == 422

    def test_what_was_put_off_comes_to_the_next_meeting_once(self, cast, meeting):
        held = factories.MeetingFactory(forum=cast.forum, days=-30, status="held")
        put_off = factories.AgendaItemFactory(meeting=held, title="Skyltar", state="postponed")
        factories.AgendaItemFactory(meeting=held, title="Klar", state="done")
        factories.AgendaItemFactory(meeting=held, title="Stående", is_standing=True)
        for _time in range(2):
            actions.call_meeting(meeting=meeting, by=cast["sammankallande"])
        assert titles(meeting).count("Skyltar") == 1
        assert not {"Klar", "Stående"} & set(titles(meeting))
        assert AgendaItem.objects.get(meeting=meeting, title="Skyltar").carried_from == put_off

    def test_what_is_left_comes_to_a_meeting_planned_before(self, cast, convener, meeting):
        held = factories.MeetingFactory(forum=cast.forum, days=-1, status="held")
        put_off, passed, done = (
            factories.AgendaItemFactory(meeting=held, title=t) for t in ("Skyltar", "Träd", "Klar")
        )
        for item, state in ((put_off, "postponed"), (done, "done")):
            notes = {"outcome": "Ja.", "decision": "", "state": state, "opened_version": item.version}
            assert convener.post(f"/forum/punkt/{item.pk}/anteckna/", notes).status_code == 302
        assert {"Skyltar", "Träd", "Klar"} & set(titles(meeting)) == {"Skyltar"}
        make_protokoll(meeting=held, by=cast["sammankallande"])
        assert {"Skyltar", "Träd", "Klar"} & set(titles(meeting)) == {"Skyltar", "Träd"}
        assert AgendaItem.objects.get(meeting=meeting, title="Träd").carried_from == passed

    def test_what_a_meeting_called_off_was_to_take_up_is_not_lost(self, cast, convener, as_user, meeting):
        held = factories.MeetingFactory(forum=cast.forum, days=-30, status="held")
        factories.AgendaItemFactory(meeting=held, title="Skyltar", state="postponed")
        as_user("medlem").post(url(meeting, "fraga/"), {"title": "Snöröjning"})
        convener.post(f"/forum/fraga/{Question.objects.get().pk}/svara/", {"accepts": "ja", "answer": ""})
        convener.post(url(meeting, "kalla/"))
        assert {"Skyltar", "Snöröjning"} <= set(titles(meeting))
        planned = factories.MeetingFactory(forum=cast.forum, days=20)
        convener.post(url(meeting, "stall-in/"), {"cancel_reason": "Sjuka."})
        assert sorted(titles(planned)) == ["Skyltar", "Snöröjning"]
        actions.cancel_meeting(meeting=planned, by=cast["sammankallande"])
        last = actions.plan_meeting(meeting=factories.MeetingFactory.build(forum=cast.forum), by=cast["sammankallande"])
        assert [titles(last).count(title) for title in ("Skyltar", "Snöröjning")] == [1, 1]

    def test_a_standing_item_that_was_put_off_is_taken_up_once(self, cast):
        forum = factories.ForumFactory(boenden=[cast.kalleback], kind="trygghetsforum")
        held = factories.MeetingFactory(forum=forum, days=-30, status="held")
        put_off = factories.AgendaItemFactory(
            meeting=held,
            title="Brottsstatistik",
            text="Polisens siffror för året.",
            state="postponed",
            is_standing=True,
        )
        planned = actions.plan_meeting(meeting=factories.MeetingFactory.build(forum=forum), by=cast["enhetschef"])
        item = AgendaItem.objects.get(meeting=planned, title="Brottsstatistik")
        assert (item.carried_from, item.text) == (put_off, "Polisens siffror för året.")

    def test_fifty_items_take_as_many_queries_as_five(self, convener, meeting):
        few = queries_of(convener, url(meeting))
        for _number in range(45):
            factories.AgendaItemFactory(meeting=meeting)
        assert queries_of(convener, url(meeting)) == few <= 15


class TestQuestions:
    def test_a_member_asks_and_the_sammankallande_answers(self, cast, convener, as_user, meeting):
        member = as_user("medlem")
        assert member.post(url(meeting, "fraga/"), {"title": "Snöröjning", "text": "Vem sandar?"}).status_code == 302
        question = Question.objects.get()
        assert Notice.objects.get(what="question_asked").user == cast["sammankallande"]
        assert f"/forum/fraga/{question.pk}/svara/" in [todo.url for todo in todos_for(cast["sammankallande"])]
        assert "Snöröjning" not in titles(meeting)
        convener.post(f"/forum/fraga/{question.pk}/svara/", {"accepts": "ja", "answer": "Bra fråga."})
        assert "Snöröjning" in titles(meeting)
        assert "Bra fråga." in Notice.objects.get(what="question_answered").text

    def test_declining_takes_a_word_back(self, convener, as_user, meeting):
        as_user("medlem").post(url(meeting, "fraga/"), {"title": "Snöröjning"})
        address = f"/forum/fraga/{Question.objects.get().pk}/svara/"
        assert convener.post(address, {"accepts": "nej", "answer": ""}).status_code == 422
        assert convener.post(address, {"accepts": "nej", "answer": "Det tas i stadsdelen."}).status_code == 302
        assert "Snöröjning" not in titles(meeting)

    def test_after_the_last_day_it_is_told_and_kept(self, as_user, meeting):
        meeting.questions_until = timezone.localdate() - timedelta(days=1)
        meeting.save()
        response = as_user("medlem").post(url(meeting, "fraga/"), {"title": "Snöröjning"})
        assert response.status_code == 422
        assert "Snöröjning" in response.content.decode()

    def test_more_than_ten_that_wait_are_too_many(self, cast, as_user, meeting):
        member = cast.forum.members.get(person__user=cast["medlem"])
        for number in range(10):
            Question.objects.create(meeting=meeting, member=member, title=f"Fråga {number}")
        response = as_user("medlem").post(url(meeting, "fraga/"), {"title": "En till"})
        assert response.status_code == 422
        assert "En till" in response.content.decode()
        assert not Notice.objects.filter(what="question_asked").exists()

    def test_another_member_does_not_see_it_before_it_is_taken_up(self, cast, as_user, meeting):
        as_user("medlem").post(url(meeting, "fraga/"), {"title": "Min fråga"})
        user = factories.UserFactory(email="annan@example.org")
        cast.users["annan"] = user
        cast.forum.members.create(person=factories.ContactPersonFactory(user=user))
        assert "Min fråga" not in as_user("annan").get(url(meeting)).content.decode()
        assert "Min fråga" in as_user("medlem").get(url(meeting)).content.decode()


class TestIncidents:
    def examine(self, convener, meeting, incident, **changes):
        text = ReleasedText.objects.get(incident=incident, withdrawn_at=None)
        data = {"incident": incident.pk, "released_text": text.pk, "is_shown": "ja", "ground": "nobody", **changes}
        return convener.post(url(meeting, "provning/"), data)

    def test_a_text_enters_the_papers_when_staff_of_its_boende_has_tried_it(self, cast, as_user, meeting):
        incident = released_incident(cast)
        assert incident.forum_what not in as_user("medlem").get(url(meeting)).content.decode()
        assert self.examine(as_user("personal"), meeting, incident).status_code == 302
        presented = PresentedIncident.objects.get()
        assert (presented.examined_by, presented.ground) == (cast["personal"], "nobody")
        page = as_user("medlem").get(url(meeting)).content.decode()
        assert incident.forum_what in page
        assert "INTERNTEXT" not in page
        assert incident.headline not in page

    def test_the_sammankallande_from_outside_sees_a_count(self, cast, convener, meeting):
        incident = released_incident(cast)
        page = convener.get(url(meeting)).content.decode()
        assert "1 text är inte prövad" in page
        assert incident.forum_what not in page
        assert convener.get(url(meeting, "provning/")).status_code == 403

    def test_another_boendes_text_is_not_ours_to_try(self, cast, as_user, meeting):
        cast.forum.boenden.add(cast.alma)
        incident = released_incident(cast)
        incident.boende = cast.alma
        incident.save()
        assert waiting_at(meeting, [cast.kalleback, cast.alma]) == {cast.alma: 1}
        assert self.examine(as_user("personal"), meeting, incident).status_code == 422
        assert self.examine(as_user("outsider"), meeting, incident).status_code == 302

    def test_a_no_keeps_the_decision_and_no_text(self, cast, as_user, meeting):
        incident = released_incident(cast)
        assert self.examine(as_user("personal"), meeting, incident, is_shown="nej").status_code == 422
        self.examine(as_user("personal"), meeting, incident, is_shown="nej", ground="recognisable")
        presented = PresentedIncident.objects.get()
        assert (presented.is_shown, presented.forum_what) == (False, "")
        assert not waiting_at(meeting, [cast.kalleback])

    def test_a_text_changed_since_it_was_read_is_not_written(self, cast, as_user, meeting):
        incident = released_incident(cast)
        text = ReleasedText.objects.get()
        withdraw_forum_text(incident=incident, by=cast["enhetschef"])
        data = {"incident": incident.pk, "released_text": text.pk, "is_shown": "ja", "ground": "nobody"}
        assert as_user("personal").post(url(meeting, "provning/"), data).status_code == 422
        assert not PresentedIncident.objects.exists()

    @pytest.mark.parametrize("is_sealed", [False, True])
    def test_a_withdrawn_text_leaves_papers_that_are_not_justerade(self, cast, as_user, meeting, is_sealed):
        incident = released_incident(cast)
        self.examine(as_user("personal"), meeting, incident)
        if is_sealed:
            meeting.status, meeting.sealed_at = "held", timezone.now()
            meeting.save()
        withdraw_forum_text(incident=incident, by=cast["enhetschef"])
        stored = PresentedIncident.objects.get()
        assert bool(stored.forum_what) is is_sealed
        assert (incident.forum_what in as_user("medlem").get(url(meeting)).content.decode()) is is_sealed

    def test_only_what_was_released_since_the_last_meeting_is_offered(self, cast, meeting):
        incident = released_incident(cast)
        factories.MeetingFactory(forum=cast.forum, days=-1, status="held")
        assert waiting_at(meeting, [cast.kalleback]) == {cast.kalleback: 1}
        incident.released_at = timezone.now() - timedelta(days=3)
        incident.save()
        assert not waiting_at(meeting, [cast.kalleback])


class TestTheCall:
    def test_says_what_is_missing(self, convener, meeting):
        meeting.place = ""
        meeting.save()
        response = convener.post(url(meeting, "kalla/"))
        assert response.status_code == 422
        assert "Skriv var mötet hålls." in response.content.decode()
        assert not Notice.objects.exists()

    def test_reaches_every_member_once(self, cast, convener, meeting):
        """faults.md, case 11: sent many times, mailed once."""
        for _time in range(3):
            assert convener.post(url(meeting, "kalla/")).status_code == 302
        calls = Notice.objects.filter(what="meeting_call")
        assert {notice.user for notice in calls} == {cast["medlem"], cast["sammankallande"]}
        assert calls.count() == 2

    def test_answers_are_given_signed_in_and_noted_by_telephone(self, cast, convener, as_user, meeting):
        convener.post(url(meeting, "kalla/"))
        as_user("medlem").post(url(meeting, "svar/"), {"answer": "maybe", "word": "Kommer sent"})
        invitation = meeting.invitations.get(member__person__user=cast["medlem"])
        assert (invitation.answer, invitation.word) == ("maybe", "Kommer sent")
        convener.post(f"/forum/svar/{invitation.pk}/", {"answer": "yes"})
        invitation.refresh_from_db()
        assert invitation.answer == "yes"
        as_user("medlem").post(url(meeting, "svar/"), {"answer": "kanske"})
        invitation.refresh_from_db()
        assert invitation.answer == "yes"

    def test_a_changed_greeting_is_not_mailed_and_a_new_place_is(self, cast, convener):
        convener.post(f"/forum/{cast.forum.pk}/moten/nytt/", when())
        meeting = Meeting.objects.get()
        convener.post(url(meeting, "kalla/"))
        convener.post(url(meeting, "andra/"), when(message="Välkomna"))
        assert not Notice.objects.filter(what="meeting_change").exists()
        convener.post(url(meeting, "andra/"), when(message="Välkomna", place="Kyrkan"))
        assert Notice.objects.filter(what="meeting_change").count() == 2

    def test_papers_are_sent_once_for_a_button_pressed_twice(self, cast, convener, meeting):
        convener.post(url(meeting, "kalla/"))
        shown = convener.get(url(meeting)).context["meeting"].sequence
        for _time in range(2):
            assert convener.post(url(meeting, "skicka-underlag/"), {"sequence": shown}).status_code == 302
        assert Notice.objects.filter(what="meeting_papers", user=cast["medlem"]).count() == 1
        convener.post(url(meeting, "skicka-underlag/"), {"sequence": shown + 1})
        assert Notice.objects.filter(what="meeting_papers", user=cast["medlem"]).count() == 2

    def test_a_form_opened_before_a_sending_turns_no_step_back(self, cast, meeting):
        by = cast["sammankallande"]
        opened = Meeting.objects.get(pk=meeting.pk)
        actions.send_papers(meeting=actions.call_meeting(meeting=meeting, by=by), sequence=0, by=by)
        opened.message = "Ny hälsning"
        actions.save_meeting(meeting=opened, by=by)
        stored = Meeting.objects.get(pk=meeting.pk)
        assert (stored.sequence, stored.status, stored.message) == (1, "called", "Ny hälsning")

    def test_what_is_held_stays_held_and_what_is_called_off_stays_so(self, convener, cast):
        held = factories.MeetingFactory(forum=cast.forum, days=-1, status="held")
        response = convener.post(url(held, "andra/"), when(30))
        assert response.status_code == 422
        assert "har hållits" in response.content.decode()
        assert convener.post(url(held, "andra/"), when(-1, place="Kyrkan")).status_code == 302
        off = factories.MeetingFactory(forum=cast.forum, status="cancelled")
        assert convener.post(url(off, "andra/"), when(30)).status_code == 422
        assert convener.post(url(off, "narvaro/"), {}).status_code == 422
        assert Meeting.objects.get(pk=off.pk).starts_at == off.starts_at
        assert Meeting.objects.get(pk=held.pk).place == "Kyrkan"

    def test_attendance_waits_for_the_day_of_the_meeting(self, cast, convener, meeting):
        member = cast.forum.members.get(person__user=cast["medlem"])
        assert convener.post(url(meeting, "narvaro/"), {f"presence_{member.pk.hex}": "present"}).status_code == 422
        assert not Attendance.objects.exists()

    def test_a_sealed_meeting_is_not_changed(self, convener, meeting):
        meeting.status, meeting.sealed_at = "held", timezone.now()
        meeting.save()
        item = meeting.items.first()
        for address in (url(meeting, "andra/"), url(meeting, "narvaro/"), f"/forum/punkt/{item.pk}/anteckna/"):
            assert convener.get(address).status_code == 403
        assert convener.post(f"/forum/punkt/{item.pk}/flytta/", {"vart": "ned"}).status_code == 403


class TestAfterwards:
    @pytest.fixture
    def held(self, cast):
        return factories.MeetingFactory(forum=cast.forum, days=-1, status="held")

    def test_attendance_is_noted_with_deputies_and_guests(self, cast, convener, held):
        member, chair = (cast.forum.members.get(person__user=cast[name]) for name in ("medlem", "sammankallande"))
        data = {
            f"presence_{member.pk.hex}": "deputy",
            f"deputy_{member.pk.hex}": chair.pk,
            f"presence_{chair.pk.hex}": "part",
            f"part_{chair.pk.hex}": "till kl. 14.30",
            "guest_0": "Kommunpolis",
        }
        assert convener.post(url(held, "narvaro/"), data).status_code == 302
        noted = {str(row): (row.presence, row.part) for row in Attendance.objects.for_list()}
        assert noted == {
            "Medlem Alm": ("deputy", ""), "Sammankallande Alm": ("part", "till kl. 14.30"),
            "Kommunpolis": ("present", ""),
        }  # fmt: skip
        assert convener.post(url(held, "narvaro/"), {**data, f"deputy_{member.pk.hex}": ""}).status_code == 422
        convener.post(url(held, "narvaro/"), {**data, "guest_0": ""})
        assert Attendance.objects.active().count() == 2
        convener.post(
            url(held, "narvaro/"), {**data, "guest_0": "", f"presence_{chair.pk.hex}": ""}
        )  # not she, after all
        assert [row.member for row in Attendance.objects.active()] == [member]
        page = convener.get(url(held)).content.decode()
        assert "Ersatte Sammankallande Alm" in page
        assert "Kallat" not in page  # they met without a call
        convener.post(url(held, "narvaro/"), {**data, "guest_0": ""})
        assert Attendance.objects.active().count() == 2

    def test_a_guests_personnummer_is_told_at_its_field(self, convener, held):
        response = convener.post(url(held, "narvaro/"), {"guest_0": "Eva 19121212-1212"})
        assert response.status_code == 422
        assert "guest_0" in response.context["form"].errors

    def test_at_a_husmote_brukare_are_one_number_and_there_are_no_guests(self, cast, as_user):
        husmote = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote")
        husmote.members.create(user=cast["boendeombud"], kind="sammankallande")
        held = factories.MeetingFactory(forum=husmote, days=-1, status="held")
        convener = as_user("boendeombud")
        page = convener.get(url(held, "narvaro/")).content.decode()
        assert "guest_" not in page
        convener.post(url(held, "narvaro/"), {"brukare_count": "8"})
        held.refresh_from_db()
        assert held.brukare_count == 8

    def test_an_atgard_is_decided_told_reported_and_comes_up_next_time(self, cast, convener, as_user, held, meeting):
        person = cast.forum.members.get(person__user=cast["medlem"]).person
        data = {"title": "Laga lampan", "responsible": f"p:{person.pk}", "due_on": timezone.localdate()}
        item = factories.AgendaItemFactory(meeting=held)
        assert convener.post(f"{url(held, 'atgard/ny/')}?punkt={item.pk}", data).status_code == 302
        action = ActionItem.objects.get()
        assert (action.item, action.person) == (item, person)
        assert Notice.objects.get(what="action_item").user == cast["medlem"]
        assert "Laga lampan" in as_user("medlem").get(url(meeting)).content.decode()
        member = as_user("medlem")
        assert member.get(f"/forum/atgard/{action.pk}/andra/").status_code == 403
        assert member.post(f"/forum/atgard/{action.pk}/", {"status": "done", "note": "Lyser."}).status_code == 302
        action.refresh_from_db()
        assert action.finished_at
        assert "Lyser." in convener.get(url(meeting)).content.decode()

    def test_a_new_one_is_not_due_before_its_meeting(self, cast, convener, held):
        person = cast.forum.members.get(person__user=cast["medlem"]).person
        data = {"title": "Laga lampan", "responsible": f"p:{person.pk}", "due_on": held.day - timedelta(days=1)}
        response = convener.post(url(held, "atgard/ny/"), data)
        assert response.status_code == 422
        assert "due_on" in response.context["form"].errors
        assert convener.post(url(held, "atgard/ny/"), {**data, "due_on": held.day}).status_code == 302

    def test_responsible_is_one_of_the_members(self, cast, convener, held):
        data = {"title": "Laga lampan", "due_on": timezone.localdate(), "responsible": f"u:{cast['outsider'].pk}"}
        assert convener.post(url(held, "atgard/ny/"), data).status_code == 422

    def test_reminders_go_out_on_the_day_and_when_late(self, cast, held):
        person = factories.ContactPersonFactory(email="ute@example.org")
        cast.forum.members.create(person=person)
        today = timezone.localdate()
        action = factories.ActionItemFactory(meeting=held, person=person, due_on=today + timedelta(days=1))
        assert not list(action_items_due(timezone.now()))
        action.due_on = today - timedelta(days=3)
        action.save()
        due, late = action_items_due(timezone.now())
        assert (due.what, late.what, due.email) == ("action_item_due", "action_item_late", "ute@example.org")
        assert due.series == late.series
        assert "/forum/uppgift/" in late.text
