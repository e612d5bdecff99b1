# SPDX-License-Identifier: EUPL-1.2
"""What a member does by the links in her letters, without an account; and that nobody else can."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from forum.actions import action_items, forums
from forum.actions import meetings as actions
from forum.models import ActionItem, Member, Question
from forum.tokens import link_token
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from tests import factories
from tests.worlds.forum import attach


@pytest.fixture
def person(cast):
    return factories.ContactPersonFactory(email="polis@example.org", name="Kommunpolisen")


@pytest.fixture
def invitation(cast, person):
    by = cast["sammankallande"]
    forums.add_member(member=Member(forum=cast.forum, person=person), by=by)
    meeting = actions.plan_meeting(meeting=factories.MeetingFactory.build(forum=cast.forum), by=by)
    actions.call_meeting(meeting=meeting, by=by)
    return meeting.invitations.get(member__person=person)


@pytest.fixture
def link(invitation):
    """The address in her letter."""
    text = Notice.objects.get(email="polis@example.org", what="meeting_call").text
    return next(urlsplit(word).path for word in text.split() if "/forum/kallelse/" in word)


class TestTheCall:
    def test_looking_changes_nothing_and_pressing_answers(self, client, invitation, link):
        page = client.get(link)
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
        assert "Lägesavstämning" in page.content.decode()
        invitation.refresh_from_db()
        assert invitation.answer == ""
        assert client.post(link, {"answer": "no", "word": "Är på annat möte"}).status_code == 302
        invitation.refresh_from_db()
        assert (invitation.answer, invitation.word) == ("no", "Är på annat möte")
        assert client.post(link, {"answer": "yes"}).status_code == 302
        assert client.post(link, {"answer": "x", "word": "Behåll"}).status_code == 422

    def test_a_question_is_asked_and_a_file_read(self, cast, client, invitation, link):
        attachment = attach(invitation.meeting.items.first())
        assert client.get(f"{link}bilaga/{attachment.pk}/").content == b"%PDF-1.7 karta"
        foreign = attach(factories.AgendaItemFactory())
        assert client.get(f"{link}bilaga/{foreign.pk}/").status_code == 404
        form = client.get(f"{link}fraga/").context["form"]
        data = {"title": "Snöröjning", "submission": form["submission"].value()}
        for _time in range(2):
            assert client.post(f"{link}fraga/", data).status_code == 302
        assert Question.objects.get().member == invitation.member
        assert "BEGIN:VEVENT" in client.get(f"{link}kalender/").content.decode()

    @pytest.mark.parametrize("why", ["forged", "removed", "old", "erased", "archived"])
    def test_a_link_that_does_not_hold_leads_to_a_kind_page(self, cast, client, person, invitation, link, why):
        address = link
        if why == "forged":
            address = f"/forum/kallelse/{link_token('invitation', invitation.meeting.pk)}/"
        elif why == "removed":
            forums.end_member(member=invitation.member, by=cast["sammankallande"])
        elif why == "old":
            invitation.meeting.starts_at -= timedelta(days=60)
            invitation.meeting.ends_at -= timedelta(days=60)
            invitation.meeting.save()
        elif why == "erased":
            person.archived_at = timezone.now()
            person.save()
        else:
            invitation.meeting.archived_at = timezone.now()
            invitation.meeting.save()
        for ending in ("", "fraga/", "kalender/"):
            page = client.get(address + ending)
            assert page.status_code == 404
            assert "Länken gäller inte längre" in page.content.decode()
        assert client.post(address, {"answer": "yes"}).status_code == 404

    def test_a_meeting_called_off_takes_no_answer(self, cast, client, invitation, link):
        actions.cancel_meeting(meeting=invitation.meeting, by=cast["sammankallande"])
        page = client.get(link).content.decode()
        assert "Mötet är inställt." in page
        assert client.post(link, {"answer": "yes"}).status_code == 422

    def test_the_secret_is_in_the_letter_alone(self, invitation, link):
        token = link.strip("/").split("/")[-1]
        assert token.isalpha()
        assert token not in invitation.token_digest
        drain()
        assert Notice.objects.get(email="polis@example.org", what="meeting_call").text == ""

    def test_without_script_and_token_of_the_form_it_is_refused(self, invitation, link):
        assert Client(enforce_csrf_checks=True).post(link, {"answer": "yes"}).status_code == 403


class TestAnAtgard:
    @pytest.fixture
    def action(self, cast, person, invitation):
        item = ActionItem(
            forum=cast.forum, meeting=invitation.meeting, title="Gå förbi på kvällen", person=person,
            due_on=timezone.localdate() + timedelta(days=5),
        )  # fmt: skip
        return action_items.save_action_item(item=item, by=cast["sammankallande"])

    def test_is_shown_and_answered_by_link(self, client, action):
        link = f"/forum/uppgift/{link_token('actionitem', action.pk)}/"
        assert link in Notice.objects.get(what="action_item").text
        assert "Gå förbi på kvällen" in client.get(link).content.decode()
        data = {"status": "ongoing", "note": "Varje fredag.", "opened_version": action.version}
        assert client.post(link, data).status_code == 302
        action.refresh_from_db()
        assert (action.status, action.note) == ("ongoing", "Varje fredag.")
        assert client.post(link, {**data, "note": "Annat"}).status_code == 409

    def test_passes_to_another_with_her_link(self, cast, client, action):
        old = f"/forum/uppgift/{link_token('actionitem', action.pk)}/"
        action.person, action.user = None, cast["personal"]
        action_items.save_action_item(item=action, by=cast["sammankallande"])
        assert client.get(old).status_code == 404
        assert Notice.objects.filter(what="action_item", user=cast["personal"]).exists()

    def test_a_person_taken_off_the_lists_has_no_link(self, client, person, action):
        person.archived_at = timezone.now()
        person.save()
        page = client.get(f"/forum/uppgift/{link_token('actionitem', action.pk)}/")
        assert page.status_code == 404
