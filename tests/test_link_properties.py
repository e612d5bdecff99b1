# SPDX-License-Identifier: EUPL-1.2
"""Whatever is sent to a page that a link in a letter opens, or to the sign-in: never a 5xx, nothing forbidden stored.

What the forms are called and may hold is read from the pages themselves.
"""

import re
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import models, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from boenden.actions.invites import invite
from boenden.actions.verifications import ask_person
from forum.actions import action_items, forums, meetings
from forum.models import ActionItem, Member, Protokoll
from platssamverkan.accounts.roles import Role
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from platssamverkan.ground.identity_guard import personal_numbers
from platssamverkan.notices.models import Notice
from tests import factories
from tests.public_inputs import anything, as_sent, many
from tests.worlds.forum_protokoll import held_meeting, protokoll_of
from tests.worlds.surveys import survey_of

BY_LINK = ["verification", "invitation", "question", "action_item", "protokoll", "survey", "invite"]
SIGN_IN = ["account_login", "account_request_login_code", "account_reset_password"]
NAME = re.compile(r'<(?:input|textarea|select)[^>]*?\bname="([^"]+)"')
VALUE = re.compile(r'<(?:input|button|option)[^>]*?\bvalue="([^"]{1,40})"')


def path_in(what, start):
    """The link that begins so in the latest letter of a kind."""
    text = Notice.objects.filter(what=what).latest("created_at").text
    return next(urlsplit(word).path for word in text.split() if start in word)


@pytest.fixture
def links(cast):
    """A link of each kind, as it stands in a letter."""
    by = cast["sammankallande"]
    actor = factories.NeighbourFactory(boende=cast.kalleback).actor
    person = factories.ContactPersonFactory(actor=actor, email="polis@example.org")
    ask_person(person=person, boende=cast.kalleback, reason="asked", by=cast["personal"])
    forums.add_member(member=Member(forum=cast.forum, person=person), by=by)
    meeting = meetings.plan_meeting(meeting=factories.MeetingFactory.build(forum=cast.forum), by=by)
    meetings.call_meeting(meeting=meeting, by=by)
    call = f"/forum/kallelse/{meeting.invitations.get(member__person=person).link_token}/"
    held = held_meeting(cast.forum, 3)
    invited = held.invitations.create(member=Member.objects.get(person=person))
    protokoll_of(held, Protokoll.State.COMMENTS)
    due = timezone.localdate() + timedelta(days=5)
    item = ActionItem(forum=cast.forum, meeting=meeting, title="Gå förbi", person=person, due_on=due)
    item = action_items.save_action_item(item=item, by=by)
    survey = survey_of(cast)
    asked = survey.invitations.create(member=Member.objects.get(person=person))
    invite(email="ny@example.org", name="Ny Lind", role=Role.PERSONAL, boende=cast.kalleback, by=cast["enhetschef"])
    return {
        "verification": path_in("verification", "/konto/bekrafta/"),
        "invitation": call,
        "question": f"{call}fraga/",
        "action_item": f"/forum/uppgift/{item.link_token}/",
        "protokoll": f"/forum/kallelse/{invited.link_token}/protokoll/",
        "survey": reverse("forum:survey_open", args=[asked.link_token]),
        "invite": path_in("invite", "/konto/inbjudan/"),
    }


def guarded_texts():
    """Every text of every table that the guard looks after."""
    for model in apps.get_models():
        fields = [f.attname for f in model._meta.concrete_fields if isinstance(f, GuardedCharField | GuardedTextField)]
        if fields and model is not AuditEntry:
            for row in models.QuerySet(model).values_list(*fields):
                yield from (text for text in row if text)


def is_answered(address, data):
    """Send what hypothesis made up, in fields that the page has and in others; look at all that is stored."""
    cache.clear()
    sid = transaction.savepoint()
    client = Client(raise_request_exception=False)
    page = client.get(address)
    assert page.status_code == 200
    html = page.content.decode()
    names = sorted({*NAME.findall(html), "opened_version", "submission", "identity_confirmed"})
    values = st.one_of(anything, st.sampled_from(sorted({*VALUE.findall(html), "x"})))
    fields = data.draw(st.fixed_dictionaries({}, optional=dict.fromkeys(names, values)))
    response = client.post(address, as_sent(fields))
    assert response.status_code < 500, (address, fields)
    for text in guarded_texts():
        assert not personal_numbers(text) and "\x00" not in text
    transaction.savepoint_rollback(sid)


@pytest.mark.parametrize("kind", BY_LINK)
@many
@given(data=st.data())
def test_a_page_behind_a_link_takes_anything(links, kind, data):
    is_answered(links[kind], data)


@pytest.mark.parametrize("name", SIGN_IN)
@many
@given(data=st.data())
def test_the_sign_in_takes_anything(cast, name, data):
    is_answered(reverse(name), data)
