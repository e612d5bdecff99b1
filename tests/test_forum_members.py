# SPDX-License-Identifier: EUPL-1.2
"""Who a forum exists for: staff of its boenden, members of today, nobody else; and what membership opens."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from boenden.actions.invites import invite
from boenden.models import ContactList, ContactListReader, Invite
from forum.actions import forums as actions
from forum.actions.forums import end_member
from forum.actions.meetings import call_meeting
from forum.models import ActionItem, Attendance, Forum, Meeting, Member
from platssamverkan.accounts.models import User
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from platssamverkan.start.registry import landing_for, menu_for, todos_for
from tests import factories
from tests.queries import queries_of


def add(cast, person, **fields):
    return actions.add_member(member=Member(forum=cast.forum, person=person, **fields), by=cast["sammankallande"])


@pytest.fixture
def neighbour(cast):
    """A contact person around Kallebäck without an account."""
    actor = factories.NeighbourFactory(boende=cast.kalleback).actor
    return factories.ContactPersonFactory(actor=actor, email="ny@example.org", visibility="delad")


class TestTheGate:
    @pytest.mark.parametrize(
        ("name", "kind", "sees"),
        [
            ("personal", "rad", True),
            ("forvaltningschef", "rad", True),
            ("medlem", "rad", True),
            ("boendeombud", "rad", False),
            ("systemforvaltare", "rad", False),
            ("outsider", "rad", False),
            ("ended", "rad", False),
            ("granne", "rad", False),
            ("boendeombud", "husmote", True),
            ("personal", "husmote", True),
            ("medlem", "husmote", False),
            ("sammankallande", "verksamhetsrad", False),
        ],
    )
    def test_exists_for_staff_and_members(self, cast, name, kind, sees):
        cast.forum.kind = kind
        cast.forum.save()
        assert Forum.objects.visible_to(cast[name]).exists() is sees

    def test_a_member_of_one_forum_sees_nothing_of_another(self, cast, as_user):
        other = factories.ForumFactory(boenden=[cast.alma])
        meeting = factories.MeetingFactory(forum=other)
        item = factories.AgendaItemFactory(meeting=meeting)
        client = as_user("medlem")
        for url in (f"/forum/{other.pk}/", f"/forum/mote/{meeting.pk}/", f"/forum/{other.pk}/medlemmar/"):
            assert client.get(url).status_code == 404
        assert client.post(f"/forum/punkt/{item.pk}/flytta/").status_code == 404

    @pytest.mark.parametrize("how", ["ended", "yesterday", "tomorrow", "erased"])
    def test_who_is_no_member_today_has_no_access(self, cast, as_user, how):
        member, today = cast.forum.members.get(person__user=cast["medlem"]), timezone.localdate()
        if how == "ended":
            actions.end_member(member=member, by=cast["sammankallande"])
        elif how == "erased":
            member.person.archived_at = timezone.now()
            member.person.save()
        else:
            member.starts_on = today + timedelta(days=-9 if how == "yesterday" else 1)
            member.ends_on = today - timedelta(days=1) if how == "yesterday" else None
            member.save()
        assert as_user("medlem").get(f"/forum/{cast.forum.pk}/").status_code == 404

    def test_only_the_sammankallande_edits(self, cast):
        for name in ("enhetschef", "personal", "forvaltningschef", "medlem"):
            assert not Forum.objects.editable_by(cast[name]).exists()
        assert Forum.objects.editable_by(cast["sammankallande"]).get() == cast.forum
        assert Forum.objects.appointable_by(cast["enhetschef"]).get() == cast.forum


class TestStarting:
    def new(self, cast, **changes):
        return {
            "kind": "trygghetsforum", "name": "Trygghetsforum", "boenden": [cast.kalleback.pk],
            "convener": cast["personal"].pk, "usual_minutes": 90, "question_days": 7, "comment_days": 14,
            "rhythm": "FREQ=MONTHLY", "weekday": "WE", "week": "2", **changes,
        }  # fmt: skip

    def test_an_enhetschef_starts_it_and_appoints(self, cast, as_user):
        client = as_user("enhetschef")
        response = client.post("/forum/nytt/", self.new(cast))
        forum = Forum.objects.get(name="Trygghetsforum")
        assert response.url == f"/forum/{forum.pk}/"
        assert forum.rrule == "FREQ=MONTHLY;BYDAY=2WE"
        assert [member.user for member in forum.members.convening()] == [cast["personal"]]
        assert "onsdagen varje månad" in client.get(response.url).content.decode()

    def test_bad_input_keeps_what_was_typed(self, cast, as_user):
        data = self.new(
            cast, boenden=[cast.alma.pk], name="Mitt forum", gap_from_month="7", convener=cast["outsider"].pk
        )
        response = as_user("enhetschef").post("/forum/nytt/", data)
        assert response.status_code == 422
        assert {"boenden", "convener"} <= set(response.context["form"].errors)
        assert "Mitt forum" in response.content.decode()
        assert Forum.objects.count() == 1
        response = as_user("enhetschef").post("/forum/nytt/", self.new(cast, question_days=999))
        assert response.context["form"].errors["question_days"] == ["Skriv ett antal dagar från 0 till 60."]

    def test_two_editors_of_its_facts(self, cast, as_user):
        client, url = as_user("sammankallande"), f"/forum/{cast.forum.pk}/andra/"
        data = self.new(cast, name="Rådet", opened_version=cast.forum.version)
        assert client.post(url, data).status_code == 302
        response = client.post(url, {**data, "name": "Ett annat namn"})
        assert response.status_code == 409
        assert "Rådet" in response.content.decode()


class TestMembers:
    def test_are_chosen_among_those_around_the_boende(self, cast, as_user, neighbour):
        foreign = factories.ContactPersonFactory(visibility="delad")
        hidden = factories.ContactPersonFactory(actor=neighbour.actor)
        client, url = as_user("sammankallande"), f"/forum/{cast.forum.pk}/medlemmar/ny/"
        for person in (foreign, hidden):  # who does not read the boende's actors sees those who may be shared
            assert client.post(url, {"who": f"p:{person.pk}", "kind": "ordinarie"}).status_code == 422
        assert client.post(url, {"who": f"p:{neighbour.pk}", "kind": "sammankallande"}).status_code == 422
        assert client.post(url, {"who": f"p:{neighbour.pk}", "kind": "ordinarie"}).status_code == 302
        assert cast.forum.members.filter(person=neighbour).count() == 1
        response = as_user("enhetschef").post(url, {"who": f"p:{hidden.pk}", "kind": "sammankallande"})
        assert response.status_code == 302

    def test_membership_opens_and_ends_the_contact_list(self, cast, as_user):
        user = factories.UserFactory()
        member = add(cast, factories.ContactPersonFactory(user=user))
        assert ContactList.objects.visible_to(user).exists()
        as_user("sammankallande").post(f"/forum/medlem/{member.pk}/avsluta/")
        assert not ContactList.objects.visible_to(user).exists()
        assert not Forum.objects.visible_to(user).exists()

    def test_a_list_that_somebody_shared_before_stays_shared(self, cast):
        person = factories.ContactPersonFactory(user=cast["granne"])
        member = add(cast, person)
        actions.end_member(member=member, by=cast["sammankallande"])
        assert ContactList.objects.visible_to(cast["granne"]).exists()

    def test_staff_and_internal_forums_open_no_readership(self, cast):
        husmote = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote")
        before = ContactListReader.objects.count()
        for forum in (cast.forum, husmote):
            actions.add_member(member=Member(forum=forum, user=cast["personal"]), by=cast["enhetschef"])
        assert ContactListReader.objects.count() == before

    def test_an_internal_forum_takes_no_one_from_outside(self, cast, as_user, neighbour):
        husmote = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote")
        url = f"/forum/{husmote.pk}/medlemmar/ny/"
        for who in (f"p:{neighbour.pk}", f"u:{cast['outsider'].pk}"):
            response = as_user("enhetschef").post(url, {"who": who, "kind": "ordinarie"})
            assert response.status_code == 422
        response = as_user("enhetschef").post(url, {"who": f"u:{cast['boendeombud'].pk}", "kind": "ordinarie"})
        assert response.status_code == 302

    def test_a_sammankallande_from_outside_invites_to_an_account(self, cast, as_user, neighbour):
        member = add(cast, neighbour)
        as_user("sammankallande").post(f"/forum/medlem/{member.pk}/bjud-in/")
        invite = Invite.objects.get()
        assert (invite.email, invite.person, invite.created_by) == ("ny@example.org", neighbour, cast["sammankallande"])
        token = Notice.objects.get(what="invite").text.split("/inbjudan/")[-1].split("/")[0].split()[0]
        page = as_user("anonymous").post(f"/konto/inbjudan/{token}/", {"name": "Ny Person"})
        assert page.status_code == 302
        neighbour.refresh_from_db()
        assert Forum.objects.visible_to(neighbour.user).get() == cast.forum
        actions.end_member(member=Member.objects.get(pk=member.pk), by=cast["sammankallande"])
        assert not ContactList.objects.visible_to(neighbour.user).exists()

    def test_nobody_invites_to_a_list_without_a_member(self, cast, neighbour):
        with pytest.raises(PermissionDenied):
            invite(
                email="ny@example.org", name="Ny", role="", boende=cast.kalleback, person=neighbour,
                by=cast["sammankallande"],
            )  # fmt: skip


class TestAFormerMember:
    def call(self, cast):
        meeting = factories.MeetingFactory(forum=cast.forum, message="Hälsning till oss")
        factories.AgendaItemFactory(meeting=meeting)
        return call_meeting(meeting=meeting, by=cast["sammankallande"])

    def test_reads_and_receives_nothing_more_of_it(self, cast, as_user, mailoutbox):
        self.call(cast)
        medlem = as_user("medlem")
        assert "Hälsning till oss" in medlem.get("/konto/meddelanden/").content.decode()
        end_member(member=cast.forum.members.get(person__user=cast["medlem"]), by=cast["sammankallande"])
        assert "Hälsning till oss" not in medlem.get("/konto/meddelanden/").content.decode()
        drain()
        hers = [letter for letter in mailoutbox if letter.to == [cast["medlem"].email]]
        assert [letter.subject.partition(":")[0] for letter in hers] == ["Du är inte längre kallad"]
        assert any(letter.to == [cast["sammankallande"].email] for letter in mailoutbox)

    def test_without_an_account_has_no_letter_waiting_unless_the_mailbox_is_anothers_too(self, cast):
        first, second = (add(cast, factories.ContactPersonFactory(email="brf@example.org")) for _time in range(2))
        self.call(cast)
        calls = Notice.objects.filter(what="meeting_call", email="brf@example.org").active()
        end_member(member=first, by=cast["sammankallande"])
        assert calls.count() == 2
        end_member(member=second, by=cast["sammankallande"])
        assert not calls.exists()


class TestMinDag:
    def test_members_have_one(self, cast):
        for name in ("medlem", "sammankallande"):
            assert landing_for(cast[name]) is None
            assert "/forum/" in [entry.url for entry in menu_for(cast[name])]
        assert landing_for(cast["granne"])

    def test_shows_what_one_has_taken_on(self, cast):
        meeting = factories.MeetingFactory(forum=cast.forum)
        person = cast.forum.members.get(person__user=cast["medlem"]).person
        factories.ActionItemFactory(meeting=meeting, person=person)
        factories.ActionItemFactory(meeting=meeting, user=cast["personal"], title="Boka kaffe")
        assert "Laga belysningen på gångvägen" in [todo.title for todo in todos_for(cast["medlem"])]
        assert "Boka kaffe" in [todo.title for todo in todos_for(cast["personal"])]
        assert not [todo for todo in todos_for(cast["granne"]) if "Boka" in todo.title]

    def test_who_has_missed_more_than_two_meetings_in_a_row_is_telephoned(self, cast, as_user):
        member = cast.forum.members.get(person__user=cast["medlem"])
        for days, presence in ((-90, "absent"), (-60, "absent"), (-30, "absent")):
            meeting = factories.MeetingFactory(forum=cast.forum, days=days, status="held")
            Attendance.objects.create(meeting=meeting, member=member, presence=presence)
            titles = [todo.title for todo in todos_for(cast["sammankallande"])]
            assert any("Medlem Alm" in title for title in titles) is (days == -30)
        as_user("sammankallande").post(f"/forum/medlem/{member.pk}/uppringd/")
        assert not [todo for todo in todos_for(cast["sammankallande"]) if "Medlem Alm" in todo.title]

    def test_as_many_queries_for_seven_forums_convened_as_for_one(self, cast, as_user):
        def convene(number):
            forum = factories.ForumFactory(boenden=[cast.kalleback], name=f"Forum {number}")
            person = cast.forum.members.get(person__user=cast["sammankallande"]).person
            Member.objects.create(forum=forum, person=person, kind="sammankallande")
            member = Member.objects.create(forum=forum, person=factories.ContactPersonFactory(name=f"Nils {number}"))
            for days in (-3, -10, -17):
                meeting = factories.MeetingFactory(forum=forum, days=days, status="held")
                Attendance.objects.create(meeting=meeting, member=member, presence="absent")
            factories.MeetingFactory(forum=forum)

        client = as_user("sammankallande")
        convene(1)
        few = queries_of(client, "/")
        for number in range(2, 8):
            convene(number)
        assert queries_of(client, "/") == few <= 15
        calls = [todo for todo in todos_for(User.objects.get(pk=cast["sammankallande"].pk)) if "Nils" in todo.title]
        assert [(todo.title.split()[2].strip(","), todo.about) for todo in calls] == [
            (str(number), f"Forum {number}") for number in range(1, 8)
        ]

    def test_who_sent_a_deputy_was_there(self, cast):
        member = cast.forum.members.get(person__user=cast["medlem"])
        deputy = add(cast, factories.ContactPersonFactory(), kind="ersattare")
        for days in (-90, -60, -30):
            meeting = factories.MeetingFactory(forum=cast.forum, days=days, status="held")
            Attendance.objects.create(meeting=meeting, member=member, presence="absent")
        Attendance.objects.create(meeting=meeting, member=deputy, presence="deputy", deputy_for=member)
        assert not [todo for todo in todos_for(cast["sammankallande"]) if "Medlem Alm" in todo.title]


def test_deleting_is_refused_outside_actions(cast):
    for model in (Forum, Member, Meeting, ActionItem):
        with pytest.raises(RuntimeError):
            model.objects.all().delete()
