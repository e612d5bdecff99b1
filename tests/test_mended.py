# SPDX-License-Identifier: EUPL-1.2
"""What fresh eyes found: each was a way to lose a text, to crash or to see too much."""

import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from boenden.actions.actors import save_record
from boenden.actions.contact_lists import save_entry
from boenden.actions.people import change_assignment
from boenden.actions.persons import save_person
from boenden.models import Assignment, Boende, ContactListEntry, ContactPerson
from incidents.models import Incident
from platssamverkan.ground.fields import parse_telephone
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_followed_up_incident_keeps_its_text_when_the_day_is_cleared(cast, as_user):
    incident = factories.IncidentFactory(
        boende=cast.kalleback, status=Incident.Status.FOLLOW_UP, follow_up_on=timezone.localdate()
    )
    page = as_user("personal").get(f"{incident.get_absolute_url()}andra/")
    data = {name: field.value() for name, field in ((f.html_name, f) for f in page.context["form"])}
    data = {name: value for name, value in data.items() if value not in (None, False)}
    data |= {"internal_text": "Ny text som inte får försvinna.", "follow_up_on": ""}
    answer = as_user("personal").post(f"{incident.get_absolute_url()}andra/", data)
    assert answer.status_code == 422
    assert "Ny text som inte får försvinna." in answer.content.decode()
    assert "Skriv vilken dag händelsen ska följas upp." in answer.content.decode()


def test_an_open_boende_cannot_lose_its_akutnummer(cast, as_user):
    page = as_user("enhetschef").get("/boenden/kalleback/andra/")
    data = {field.html_name: field.value() for field in page.context["form"]}
    data = {name: value for name, value in data.items() if value not in (None, False)} | {"akutnummer": ""}
    answer = as_user("enhetschef").post("/boenden/kalleback/andra/", data)
    assert answer.status_code == 422
    assert "Ett öppet boende behöver ett akutnummer." in answer.content.decode()
    assert Boende.objects.get(slug="kalleback").akutnummer


@pytest.mark.parametrize("typed", ["811218-9876", "8112189876", "+46 811218-9876", "198112189876"])
def test_a_personnummer_is_no_telephone_number(typed):
    with pytest.raises(ValidationError):
        parse_telephone(typed)


def test_telephone_numbers_still_are():
    assert parse_telephone("0701740612") == "+46701740612"
    assert parse_telephone("+45 32 12 34 56") == "+4532123456"
    assert parse_telephone("114 14") == "11414"


@pytest.mark.parametrize("change", [{"label": "En annan"}, {"own_phone": "+46701740699"}])
def test_a_shared_line_with_another_name_or_number_waits_for_the_enhetschef(cast, change):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    entry = factories.ContactListEntryFactory(group=group, is_shared=True)
    for name, value in change.items():
        setattr(entry, name, value)
    save_entry(entry=entry, may_share=False, by=cast["personal"])
    entry.refresh_from_db()
    assert not entry.is_shared


def test_persons_of_an_archived_actor_leave_the_list(cast):
    person = factories.ContactPersonFactory(visibility=ContactPerson.Visibility.DELAD)
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
    person.actor.archived_at = timezone.now()
    save_record(record=person.actor, by=cast["enhetschef"])
    assert not ContactListEntry.objects.visible_to(cast["granne"]).exists()


def test_nobody_prolongs_her_own_role_and_an_ended_one_is_not_revived(cast):
    own = Assignment.objects.get(user=cast["enhetschef"])
    with pytest.raises(PermissionDenied):
        change_assignment(assignment=own, by=cast["enhetschef"])
    ended = Assignment.objects.get(user=cast["ended"])
    ended.ends_on = timezone.localdate() + timedelta(days=30)
    with pytest.raises(ValidationError):
        change_assignment(assignment=ended, by=cast["enhetschef"])


def test_staff_who_keep_a_person_to_the_boende_take_her_off_the_shared_lists(cast):
    person = factories.ContactPersonFactory(visibility=ContactPerson.Visibility.DELAD)
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    entry = factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
    for visibility in (ContactPerson.Visibility.BOENDET, ContactPerson.Visibility.DELAD):
        person.visibility = visibility
        save_person(person=person, by=cast["personal"])
    entry.refresh_from_db()
    assert not entry.is_shared


@pytest.mark.parametrize("query", ["until=9999-12-31", "since=0001-01-01"])
def test_days_outside_every_calendar_do_not_break_the_log(cast, as_user, query):
    assert as_user("systemforvaltare").get(f"/konto/logg/?{query}").status_code == 200


class TestSendingTwice:
    def form(self, **changes) -> dict:
        return {
            "submission": str(uuid.UUID(int=7)),
            "category": "storning",
            "when": "now",
            "place": "at_boende",
            "severity": "2",
            "done_by": "personal",
            "internal_text": "Höga röster.",
        } | changes

    def test_the_same_form_makes_one_incident(self, cast, as_user):
        client = as_user("personal")
        answers = [client.post("/handelser/ny/", self.form()) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 302]
        assert answers[0]["Location"] == answers[1]["Location"]
        assert Incident.objects.count() == 1

    def test_another_text_is_kept_and_asked_about(self, cast, as_user):
        client = as_user("personal")
        client.post("/handelser/ny/", self.form())
        answer = client.post("/handelser/ny/", self.form(internal_text="Något helt annat."))
        assert answer.status_code == 422
        assert "Något helt annat." in answer.content.decode()
        assert "Det du skickade förut är sparat." in answer.content.decode()

    def test_somebody_elses_id_is_replaced(self, cast, as_user):
        theirs = factories.IncidentFactory(boende=cast.alma)
        answer = as_user("personal").post("/handelser/ny/", self.form(submission=str(theirs.pk)))
        assert answer.status_code == 422
        assert str(theirs.pk) not in answer.content.decode()
