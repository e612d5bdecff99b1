# SPDX-License-Identifier: EUPL-1.2
"""The same number of queries for 1, 5 and 50 rows, and few of them (performance.md)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forum.models import Attendance, Invitation, Member, Question
from kartlaggning.models import ArshjulActivity, ArshjulEntry, ArshjulTemplate
from tests import factories
from tests.url_table import TABLE, WHO
from tests.voices import synpunkt
from tests.worlds import forum as worlds
from tests.worlds import kartlaggning as kartlaggning_worlds

PAGE_LIMIT = 15


def more_of_everything(cast, number: int) -> None:
    """So many more rows in every list of Kallebäck."""
    for position in range(number):
        actor = factories.ActorFactory(forvaltning=cast.sydvast, name=f"Aktör {position} {number}")
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor, next_step="Ring")
        person = factories.ContactPersonFactory(actor=actor)
        factories.ContactFactory(boende=cast.kalleback, actor=actor, person=person)
        factories.IncidentFactory(boende=cast.kalleback)
        synpunkt(cast, place_text="parken", sender=cast["granne"], responsible=cast["personal"])
        group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
        factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
        factories.BoendeFactory(forvaltning=cast.sydvast)
        more_of_the_arshjul(cast, f"{position} {number}")
        more_of_the_forum(cast, person)
        kartlaggning_worlds.one_more(cast, actor)


def more_of_the_arshjul(cast, name: str) -> None:
    """One more activity of the own year, due soon, and one more in the template."""
    due_on = timezone.localdate() + timedelta(days=3)
    ArshjulActivity.objects.create(boende=cast.kalleback, title=name, due_on=due_on, role="enhetschef")
    template = ArshjulTemplate.objects.get(forvaltning=cast.sydvast)
    ArshjulEntry.objects.create(template=template, title=name, month=5)


def more_of_the_forum(cast, person) -> None:
    """One more of everything in the forum, and in its meeting."""
    forum = factories.ForumFactory(boenden=[cast.kalleback])
    Member.objects.create(forum=forum, person=person)
    member = Member.objects.create(forum=cast.forum, person=person)
    meeting = cast.forum.meetings.earliest("starts_at")
    factories.MeetingFactory(forum=cast.forum, days=-forum.pk.int % 1000 - 30, status="held")
    worlds.attach(factories.AgendaItemFactory(meeting=meeting, section="actions"))
    factories.ActionItemFactory(meeting=meeting, person=person)
    Question.objects.create(meeting=meeting, member=member, title="Fråga")
    Invitation.objects.create(meeting=meeting, member=member)
    Attendance.objects.create(meeting=meeting, member=member, presence="absent")
    worlds.released_incident(cast)


def counts(cast, world, who: str, *, is_first: bool = False) -> dict[str, int]:
    """Queries of every page that this person may open; the first time asked twice, to fill what memory keeps."""
    client = Client()
    client.force_login(cast[who])
    found = {}
    for row in TABLE:
        if row.method != "GET" or row.statuses[WHO.index(who)] != 200:
            continue
        address = factories.address_of(row.name, world)
        if is_first:
            client.get(address)
        with CaptureQueriesContext(connection) as context:
            list(client.get(address))
        asked = [
            query["sql"] for query in context.captured_queries if not query["sql"].startswith(("SAVEPOINT", "RELEASE"))
        ]
        found[row.name] = len(asked)
    return found


LOOKED_AT_BY = ["enhetschef", "systemforvaltare", "forvaltningschef", "granne", "sammankallande", "medlem"]


@pytest.mark.parametrize("who", LOOKED_AT_BY)
@pytest.mark.usefixtures("unprinted")
@pytest.mark.once
def test_queries_do_not_grow_with_rows(cast, who):
    world = factories.one_of_everything(cast)
    more_of_everything(cast, 4)
    few = counts(cast, world, who, is_first=True)
    more_of_everything(cast, 30)
    many = counts(cast, world, who)
    grown = {name: (few[name], many[name]) for name in few if many[name] > few[name]}
    assert not grown
    costly = {name: number for name, number in many.items() if number > PAGE_LIMIT}
    assert not costly
