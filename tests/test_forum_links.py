# SPDX-License-Identifier: EUPL-1.2
"""What a member does by the links in her letters, without an account; and that nobody else can."""

from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.utils import timezone

from boenden.actions.actors import untie_and_archive
from boenden.actions.persons import save_person
from boenden.models import Assignment
from forum.actions import action_items, forums
from forum.actions import meetings as actions
from forum.models import ActionItem, Member, Question
from forum.registration.reminders import action_items_due
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
            address = f"/forum/kallelse/{invitation.link_token[:-1]}{'b' if invitation.link_token[-1] == 'a' else 'a'}/"
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

    def test_the_old_mailbox_loses_the_link_and_the_next_letter_has_a_new_one(
        self, cast, client, person, invitation, link
    ):
        """A corrected address, or a new chairman written over the old one."""
        person.email, person.name = "ny@example.org", "Ny Ordförande"
        save_person(person=person, by=cast["enhetschef"])
        assert client.get(link).status_code == 404
        meeting = invitation.meeting
        actions.send_papers(meeting=meeting, sequence=0, by=cast["sammankallande"])
        text = Notice.objects.get(email="ny@example.org").text
        assert client.get(next(urlsplit(w).path for w in text.split() if "/kallelse/" in w)).status_code == 200

    def test_the_person_of_an_actor_that_is_taken_away_is_no_member(self, cast, client, person, link):
        neighbour = factories.NeighbourFactory(boende=cast.kalleback, actor=person.actor)
        untie_and_archive(neighbour=neighbour, by=cast["enhetschef"])
        assert client.get(link).status_code == 404
        assert not cast.forum.members.current().filter(person=person).exists()

    def test_nobody_comes_into_an_internal_forum_by_a_link(self, cast, client, as_user):
        forum = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote")
        Member.objects.create(forum=forum, user=cast["enhetschef"], kind="sammankallande")
        member = Member.objects.create(forum=forum, user=cast["boendeombud"])
        meeting = factories.MeetingFactory(forum=forum)
        factories.AgendaItemFactory(meeting=meeting)
        actions.call_meeting(meeting=meeting, by=cast["enhetschef"])
        letter = Notice.objects.get(what="meeting_call", user=cast["boendeombud"])
        assert meeting.get_absolute_url() in letter.text
        assert "/kallelse/" not in letter.text + letter.calendar.replace("\r\n ", "")
        token = meeting.invitations.get(member=member).link_token
        assert client.get(f"/forum/kallelse/{token}/").status_code == 404
        for role in Assignment.objects.filter(user=cast["boendeombud"]):
            role.starts_on, role.ends_on = (timezone.localdate() - timedelta(days=n) for n in (9, 1))
            role.save()
        assert as_user("boendeombud").get(meeting.get_absolute_url()).status_code == 404
        again = factories.MeetingFactory(forum=forum, days=20)
        factories.AgendaItemFactory(meeting=again)
        Member.objects.create(forum=forum, user=cast["personal"])
        actions.call_meeting(meeting=again, by=cast["enhetschef"])
        assert not Notice.objects.filter(user=cast["boendeombud"], occasion__startswith=str(again.pk)).exists()

    def test_a_meeting_called_off_takes_no_answer(self, cast, client, invitation, link):
        actions.cancel_meeting(meeting=invitation.meeting, by=cast["sammankallande"])
        page = client.get(link).content.decode()
        assert "Mötet är inställt." in page
        assert client.post(link, {"answer": "yes"}).status_code == 422

    def test_the_secret_is_in_the_letter_alone(self, invitation, link):
        token = link.strip("/").split("/")[-1]
        assert token.isalpha()
        drain()
        assert Notice.objects.get(email="polis@example.org", what="meeting_call").text == ""

    def test_a_new_key_ends_the_links_and_the_next_letter_has_one(self, settings, client, invitation, link):
        settings.SECRET_KEY = "en annan nyckel"
        assert client.get(link).status_code == 404
        assert client.get(f"/forum/kallelse/{invitation.link_token}/").status_code == 200

    @pytest.mark.parametrize("token", ["a", "å" * 50, "Z" * 46, "Z" * 5000, "9" * 46])
    def test_what_is_no_token_leads_nowhere(self, db, client, token):
        for kind in ("kallelse", "uppgift"):
            assert client.get(f"/forum/{kind}/{token}/").status_code == 404

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
        link = f"/forum/uppgift/{action.link_token}/"
        text = Notice.objects.get(what="action_item").text
        assert link in text
        assert f"Forum: {action.forum}" in text
        assert "Gå förbi på kvällen" in client.get(link).content.decode()
        data = {"status": "ongoing", "note": "Varje fredag.", "opened_version": action.version}
        assert client.post(link, data).status_code == 302
        action.refresh_from_db()
        assert (action.status, action.note) == ("ongoing", "Varje fredag.")
        assert client.post(link, {**data, "note": "Annat"}).status_code == 409

    def test_passes_to_another_with_her_link(self, cast, client, action):
        old = f"/forum/uppgift/{action.link_token}/"
        action.person, action.user = None, cast["personal"]
        action_items.save_action_item(item=action, by=cast["sammankallande"])
        assert client.get(old).status_code == 404
        assert Notice.objects.filter(what="action_item", user=cast["personal"]).exists()

    def test_passes_to_another_contact_person_who_alone_has_the_link(self, cast, client, action):
        old = f"/forum/uppgift/{action.link_token}/"
        action.person = factories.ContactPersonFactory(email="andra@example.org")
        Member.objects.create(forum=cast.forum, person=action.person)
        action_items.save_action_item(item=action, by=cast["sammankallande"])
        assert client.get(old).status_code == 404
        text = Notice.objects.get(what="action_item", email="andra@example.org").text
        assert client.get(next(urlsplit(w).path for w in text.split() if "/uppgift/" in w)).status_code == 200

    def test_a_former_member_has_no_link_and_no_reminder(self, cast, client, action):
        forums.end_member(member=cast.forum.members.get(person=action.person), by=cast["sammankallande"])
        assert client.get(f"/forum/uppgift/{action.link_token}/").status_code == 404
        assert not list(action_items_due(timezone.now() + timedelta(days=9)))

    def test_a_person_taken_off_the_lists_has_no_link(self, client, person, action):
        person.archived_at = timezone.now()
        person.save()
        page = client.get(f"/forum/uppgift/{action.link_token}/")
        assert page.status_code == 404
