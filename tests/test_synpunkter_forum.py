# SPDX-License-Identifier: EUPL-1.2
"""A synpunkt on an agenda, and the wishes of a husmöte in the inbox and on an agenda."""

import pytest
from django.urls import reverse

from forum.models import AgendaItem, HeardWish, Proposal
from incidents.models import Synpunkt
from platssamverkan.notices.models import Notice
from platssamverkan.start.registry import todos_for
from tests import factories
from tests.voices import synpunkt


@pytest.fixture
def meeting(cast):
    return factories.MeetingFactory(forum=cast.forum)


@pytest.fixture
def wish(cast):
    """What was said at a husmöte last week."""
    husmote = factories.ForumFactory(boenden=[cast.kalleback], kind="husmote", name="Husmöte")
    held = factories.MeetingFactory(forum=husmote, days=-7, status="held")
    return factories.AgendaItemFactory(meeting=held, title="Bänken", outcome="De som bor här vill ha en bänk.")


def proposed(cast, meeting, **fields):
    return Proposal.objects.create(
        **{
            "synpunkt": synpunkt(cast),
            "meeting": meeting,
            "title": "Belysningen",
            "created_by": cast["personal"],
            **fields,
        }
    )


def test_a_synpunkt_is_proposed_and_taken_up(cast, as_user, meeting):
    row = synpunkt(cast, text="Avsändarens egna ord.", place_text="gångvägen")
    address = reverse("forum:synpunkt_proposal", args=[row.pk])
    for who, status in (("outsider", 404), ("granne", 404), ("forvaltningschef", 403), ("personal", 200)):
        assert as_user(who).get(address).status_code == status
    bad = as_user("personal").post(address, {"title": "Belysningen", "text": "Det är mörkt."})
    assert bad.status_code == 422
    assert "Det är mörkt." in bad.content.decode()
    as_user("personal").post(address, {"meeting": str(meeting.pk), "title": "Belysningen", "text": "Det är mörkt."})
    proposal = Proposal.objects.get()
    assert Notice.objects.filter(what="agenda_proposed", user=cast["sammankallande"]).exists()
    assert proposal.get_absolute_url() in {todo.url for todo in todos_for(cast["sammankallande"])}
    assert as_user("personal").post(proposal.get_absolute_url(), {"accepts": "ja"}).status_code == 403
    assert as_user("medlem").get(proposal.get_absolute_url()).status_code == 404
    read = as_user("sammankallande").get(proposal.get_absolute_url()).content.decode()
    assert "Avsändarens egna ord." not in read
    assert row.get_absolute_url() not in read  # a sammankallande without a role does not reach the synpunkt
    assert as_user("sammankallande").post(proposal.get_absolute_url(), {"accepts": "nej"}).status_code == 422
    assert as_user("sammankallande").post(proposal.get_absolute_url(), {"accepts": "ja"}).status_code == 302
    assert AgendaItem.objects.get(meeting=meeting).title == "Belysningen"
    assert Notice.objects.filter(what="agenda_proposal_answered", user=cast["personal"]).exists()
    assert proposal.get_absolute_url() in as_user("personal").get(row.get_absolute_url()).content.decode()
    assert row.get_absolute_url() in as_user("personal").get(proposal.get_absolute_url()).content.decode()
    again = as_user("sammankallande").post(proposal.get_absolute_url(), {"accepts": "ja"})
    assert again.status_code == 422
    assert AgendaItem.objects.count() == 1


def test_the_item_says_to_staff_and_convener_where_it_comes_from(cast, as_user, meeting):
    item = factories.AgendaItemFactory(meeting=meeting, title="Belysningen")
    proposal = proposed(cast, meeting, state="accepted", answered_by=cast["sammankallande"], item=item)
    for who, is_shown in (("personal", True), ("sammankallande", True), ("medlem", False)):
        page = as_user(who).get(meeting.get_absolute_url()).content.decode()
        assert "Belysningen" in page
        assert (proposal.get_absolute_url() in page) is is_shown


def test_a_wish_becomes_a_synpunkt(cast, as_user, wish):
    address = reverse("forum:agendaitem_synpunkt", args=[wish.pk])
    for who, status in (("outsider", 404), ("granne", 404), ("boendeombud", 403), ("forvaltningschef", 403)):
        assert as_user(who).get(address).status_code == status
    personal = as_user("personal")
    assert address in personal.get(wish.meeting.get_absolute_url()).content.decode()
    assert "De som bor här vill ha en bänk." in personal.get(address).content.decode()
    assert personal.post(address, {"kind": "", "text": "En bänk."}).status_code == 422
    assert personal.post(address, {"kind": "fraga", "text": "En bänk vid hållplatsen."}).status_code == 302
    row = Synpunkt.objects.get()
    assert (row.channel, row.boende, row.has_sender) == ("husmote", cast.kalleback, False)
    assert HeardWish.objects.get().item == wish
    assert wish.get_absolute_url() in personal.get(row.get_absolute_url()).content.decode()


def test_a_wish_becomes_a_question_for_a_forum(cast, as_user, wish, meeting):
    address = reverse("forum:agendaitem_proposal", args=[wish.pk])
    assert as_user("boendeombud").get(address).status_code == 403
    personal = as_user("personal")
    assert "De som bor här vill ha en bänk." in personal.get(address).content.decode()
    data = {"meeting": str(meeting.pk), "title": "En bänk", "text": "Fler vill kunna sitta vid hållplatsen."}
    assert personal.post(address, data).status_code == 302
    assert Proposal.objects.get().wish == wish
    internal = {**data, "meeting": str(wish.meeting.pk)}
    assert personal.post(address, internal).status_code == 422


def test_only_a_husmote_has_wishes(cast, as_user, meeting):
    item = factories.AgendaItemFactory(meeting=meeting)
    assert as_user("personal").get(reverse("forum:agendaitem_synpunkt", args=[item.pk])).status_code == 404


def test_who_convenes_the_forum_needs_no_answer(cast, as_user, meeting):
    from forum.models import Member

    Member.objects.create(forum=cast.forum, user=cast["personal"], kind="sammankallande")
    row = synpunkt(cast)
    data = {"meeting": str(meeting.pk), "title": "Belysningen", "text": ""}
    as_user("personal").post(reverse("forum:synpunkt_proposal", args=[row.pk]), data)
    assert Proposal.objects.get().state == "accepted"
    assert AgendaItem.objects.get(meeting=meeting).title == "Belysningen"
