# SPDX-License-Identifier: EUPL-1.2
"""Writing down what happened: the quick entry, changing it later, following it up and closing it."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from auditlog.models import LogEntry as Kinds
from django.utils import timezone

from boenden.models import Assignment
from incidents.models import Incident
from platssamverkan.accounts.roles import Role
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.forms import CONFIRM_FIELD
from tests import factories

NEW = "/handelser/ny/"
EVENING = "2026-11-23 22:40:00+01:00"  # a Monday


def quick(**changes):
    """What a phone sends from the quick entry."""
    return {
        "category": "storning",
        "internal_text": "Höga röster vid hållplatsen i tio minuter.",
        "when": "now",
        "place": "at_boende",
        "severity": "2",
        "done_by": "personal",
        **changes,
    }


def address(incident, page=""):
    return f"/handelser/{incident.pk}/{page}"


@pytest.fixture
def incident(cast):
    return factories.IncidentFactory(boende=cast.kalleback, created_by=cast["personal"])


class TestTheQuickEntry:
    @pytest.fixture(autouse=True)
    def _a_monday_evening(self):
        with time_machine.travel(EVENING, tick=False):
            yield

    def test_needs_category_and_text_only(self, as_user, cast):
        client = as_user("personal")
        response = client.post(NEW, quick(done=["talked", "police"]), follow=True)
        incident = Incident.objects.get()
        assert response.redirect_chain == [(address(incident), 302)]
        assert "Händelsen är sparad kl. 22.40." in response.content.decode()
        assert (incident.boende, incident.created_by) == (cast.kalleback, cast["personal"])
        assert incident.happened_at == timezone.now()
        assert incident.done == ["talked", "police"]
        assert incident.headline == "Störning vid boendet"
        assert incident.follow_up_on is None

    def test_now_is_the_now_that_the_form_shows(self, as_user):
        client = as_user("personal")
        form = client.get(NEW).context["form"]
        assert "Nu, kl. 22.40" in str(form["when"])
        with time_machine.travel("2026-11-23 22:46:00+01:00", tick=False):
            client.post(NEW, quick(opened_at=form["opened_at"].value()))
        assert timezone.localtime(Incident.objects.get().happened_at).strftime("%H.%M") == "22.40"

    @pytest.mark.parametrize(
        "opened", ["", "strunt", "2026-11-23T22:00:00", "2026-11-20T22:00:00+01:00", "2999-01-01T00:00:00+01:00"]
    )
    def test_a_form_that_lay_too_long_or_lies_means_now(self, as_user, opened):
        as_user("personal").post(NEW, quick(opened_at=opened))
        assert Incident.objects.get().happened_at == timezone.now()

    def test_another_time_and_place(self, as_user):
        as_user("personal").post(
            NEW,
            quick(
                when="other", day="2026-11-22", at="23.30", until="0030", place="elsewhere", place_text="Hållplatsen"
            ),
        )
        incident = Incident.objects.get()
        assert incident.happened_at == datetime(2026, 11, 22, 22, 30, tzinfo=UTC)
        assert incident.happened_until == datetime(2026, 11, 22, 23, 30, tzinfo=UTC)  # the next day here
        assert incident.headline == "Störning, Hållplatsen"

    @pytest.mark.parametrize(
        ("changes", "field", "message"),
        [
            ({"category": ""}, "category", "Välj vad det gäller."),
            ({"internal_text": " "}, "internal_text", "Skriv vad som hände."),
            ({"place": "elsewhere"}, "place_text", "Skriv var det hände."),
            ({"when": "other", "day": "", "at": "10.00"}, "day", "Skriv vilken dag det hände."),
            ({"when": "other", "day": "2026-11-22"}, "at", "Skriv ungefär när det hände, till exempel 22.40."),
            ({"when": "other", "day": "22/11", "at": "10.00"}, "day", "Skriv ett datum, till exempel 2026-11-23."),
            ({"when": "other", "day": "2026-11-22", "at": "tio"}, "at", "Skriv ett klockslag, till exempel 22.40."),
            ({"when": "other", "day": "2026-11-24", "at": "10.00"}, "day", "Skriv ett datum som har varit"),
            ({"when": "other", "day": "2026-11-23", "at": "23.00"}, "at", "Klockan är inte så mycket än."),
            ({"when": "other", "day": "2026-11-23", "at": "22.00", "until": "23.00"}, "until", "Klockan är inte så"),
            ({"when": "other", "day": "2026-03-29", "at": "02.30"}, "at", "Klockslaget finns inte"),
            (
                {"when": "other", "day": "2026-03-29", "at": "01.30", "until": "02.30"},
                "until",
                "Klockslaget finns inte",
            ),
            ({"when": "other", "day": "0001-01-01", "at": "00.10"}, "at", "Skriv ett datum, till exempel"),
            ({"latitude": "57,68"}, "longitude", "Skriv både latitud och longitud, eller ingen av dem."),
            ({"latitude": "57,68", "longitude": "212"}, "latitude", "Skriv både latitud (−90 till 90)"),
            ({"internal_text": "Det var 811218-9876."}, "internal_text", "Här står ett personnummer."),
            (
                {"place": "elsewhere", "place_text": "hos 811218–9876"},
                "place_text",
                "Här står ett personnummer.",
            ),
        ],
    )
    def test_bad_input_is_told_at_its_field_and_kept(self, as_user, changes, field, message):
        response = as_user("personal").post(NEW, quick(**changes))
        assert response.status_code == 422
        form = response.context["form"]
        assert message in " ".join(form.errors[field])
        assert form["internal_text"].value() == quick(**changes)["internal_text"]
        assert not Incident.objects.exists()

    def test_the_hour_that_comes_twice_is_the_first(self, as_user):
        as_user("personal").post(NEW, quick(when="other", day="2026-10-25", at="02:30"))
        assert Incident.objects.get().happened_at == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)

    def test_a_doubt_is_asked_about_once(self, as_user):
        client = as_user("personal")
        data = quick(internal_text="Anna i lägenhet 12 ropade.")
        response = client.post(NEW, data)
        assert response.status_code == 422
        assert "namn och en lägenhet" in " ".join(response.context["form"].errors["internal_text"])
        client.post(NEW, data | {CONFIRM_FIELD: response.context["form"].asked})
        assert Incident.objects.count() == 1

    def test_children_are_followed_up_the_next_working_day(self, as_user):
        client = as_user("personal")
        client.post(NEW, quick(children="on"))
        assert Incident.objects.get().follow_up_on == date(2026, 11, 24)

    def test_a_day_given_for_children_is_kept(self, as_user):
        as_user("personal").post(NEW, quick(children="on", follow_up_on="2026-11-30"))
        assert Incident.objects.get().follow_up_on == date(2026, 11, 30)

    def test_sent_twice_makes_one(self, as_user):
        client = as_user("personal")
        sent = quick(submission=client.get(NEW).context["form"]["submission"].value())
        assert client.post(NEW, sent).url == client.post(NEW, sent).url
        assert Incident.objects.count() == 1

    def test_nothing_beside_something_is_left_out(self, as_user):
        as_user("personal").post(NEW, quick(done=["nothing", "police"]))
        assert Incident.objects.get().done == ["police"]

    def test_more_opens_when_it_is_to_be_mended(self, as_user):
        client = as_user("personal")
        assert '<details class="more">' in client.get(NEW).content.decode()
        assert '<details class="more" open>' in client.post(NEW, quick(latitude="1")).content.decode()


class TestWithSeveralBoenden:
    @pytest.fixture
    def client(self, as_user, cast):
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        return as_user("personal")

    def test_one_is_chosen(self, client, cast):
        response = client.post(NEW, quick())
        assert response.context["form"].errors["boende"] == ["Välj vilket boende det gäller."]
        client.post(NEW, quick(boende=cast.alma.pk))
        assert Incident.objects.get().boende == cast.alma

    def test_the_one_the_button_stood_at_is_chosen_already(self, client, cast):
        form = client.get(f"{NEW}?boende=alma").context["form"]
        assert form["boende"].value() == cast.alma.pk
        assert 'type="radio"' in str(form["boende"])
        assert client.get(f"{NEW}?boende=strunt").context["form"]["boende"].value() is None

    def test_many_are_a_list(self, client, cast):
        for number in range(4):
            Assignment.objects.create(
                user=cast["personal"], role=Role.PERSONAL, boende=factories.BoendeFactory(name=f"Hus {number}")
            )
        assert "<select" in str(client.get(NEW).context["form"]["boende"])

    def test_another_boende_than_ones_own_is_no_choice(self, client):
        other = factories.BoendeFactory()
        assert client.post(NEW, quick(boende=other.pk)).status_code == 422

    def test_actors_are_those_of_the_boende(self, client, cast):
        here = factories.NeighbourFactory(boende=cast.alma, actor__forvaltning=cast.nordost).actor
        elsewhere = factories.NeighbourFactory(boende=cast.kalleback).actor
        assert "affected_actors" not in client.get(NEW).context["form"].fields
        form = client.get(f"{NEW}?boende=alma").context["form"]
        assert list(form.fields["affected_actors"].queryset) == [here]
        assert client.post(NEW, quick(boende=cast.alma.pk, affected_actors=[elsewhere.pk])).status_code == 422
        client.post(NEW, quick(boende=cast.alma.pk, affected_actors=[here.pk]))
        assert list(Incident.objects.get().affected_actors.all()) == [here]


class TestChanging:
    def sent(self, incident, **changes):
        happened = timezone.localtime(incident.happened_at)
        return {
            **quick(),
            "internal_text": incident.internal_text,
            "handled": incident.handled,
            "headline": incident.headline,
            "day": happened.date(),
            "at": happened.strftime("%H:%M"),
            "opened_version": incident.version,
            **changes,
        }

    def test_shows_what_is_stored(self, as_user, incident):
        Incident.objects.get(pk=incident.pk)
        form = as_user("personal").get(address(incident, "andra/")).context["form"]
        assert form["internal_text"].value() == incident.internal_text
        assert form["at"].value().strftime("%H%M") == timezone.localtime(incident.happened_at).strftime("%H%M")
        assert "when" not in form.fields
        assert "boende" not in form.fields

    def test_a_period_is_shown_again(self, as_user, cast):
        incident = factories.IncidentFactory(
            boende=cast.kalleback,
            happened_at=timezone.now() - timedelta(hours=3),
            happened_until=timezone.now() - timedelta(hours=2),
        )
        client = as_user("personal")
        assert client.get(address(incident, "andra/")).context["form"]["until"].value()
        assert "mellan kl." in client.get(address(incident)).content.decode()

    def test_keeps_the_earlier_texts_behind_the_gate(self, as_user, incident, cast):
        client = as_user("personal")
        client.post(address(incident, "andra/"), self.sent(incident, internal_text="INTERNTEXT rättad"))
        version = incident.text_versions.get()
        assert version.internal_text == "INTERNTEXT höga röster i tio minuter."
        assert version.created_by == cast["personal"]
        assert "INTERNTEXT höga röster" in client.get(address(incident)).content.decode()

    def test_a_change_of_other_facts_keeps_no_version(self, as_user, incident):
        as_user("personal").post(address(incident, "andra/"), self.sent(incident, severity="4"))
        incident.refresh_from_db()
        assert incident.severity == 4
        assert not incident.text_versions.exists()

    def test_the_second_of_two_loses_no_text(self, as_user, incident):
        opened = self.sent(incident, internal_text="Det som den andra skrev.")
        as_user("enhetschef").post(address(incident, "andra/"), self.sent(incident, internal_text="Det första."))
        response = as_user("personal").post(address(incident, "andra/"), opened)
        page = response.content.decode()
        assert response.status_code == 409
        assert "Det första." in page
        assert "Det som den andra skrev." in page
        incident.refresh_from_db()
        assert incident.internal_text == "Det första."
        assert incident.text_versions.count() == 1

    def test_a_headline_that_wrote_itself_follows(self, as_user, incident):
        client = as_user("personal")
        client.post(address(incident, "andra/"), self.sent(incident, headline=""))
        incident.refresh_from_db()
        assert incident.headline == "Störning vid boendet"
        client.post(address(incident, "andra/"), self.sent(incident, category="annat"))
        incident.refresh_from_db()
        assert incident.headline == "Händelse vid boendet"

    def test_it_is_searched_by_its_new_words(self, as_user, incident):
        as_user("personal").post(address(incident, "andra/"), self.sent(incident, internal_text="ÅSKAN slog ner"))
        incident.refresh_from_db()
        assert "åskan" in incident.search_internal
        assert "åskan" not in incident.search_open

    def test_who_wrote_is_in_the_log_and_what_is_not(self, as_user, incident, cast):
        as_user("personal").post(address(incident, "andra/"), self.sent(incident, internal_text="HEMLIG ändring"))
        rows = AuditEntry.objects.get_for_object(incident).filter(action=Kinds.Action.UPDATE)
        assert rows.latest("timestamp").actor == cast["personal"]
        assert "HEMLIG" not in str(list(AuditEntry.objects.values_list("changes", "object_repr")))


class TestItsSteps:
    def test_following_up(self, as_user, incident, cast):
        client = as_user("personal")
        form = client.get(address(incident, "folj-upp/")).context["form"]
        assert form["follow_up_on"].value()
        assert set(form.fields["follow_up_by"].queryset) == {cast["personal"], cast["enhetschef"]}
        client.post(
            address(incident, "folj-upp/"),
            {"follow_up_on": "2027-01-11", "follow_up_by": cast["personal"].pk, "opened_version": 1},
        )
        incident.refresh_from_db()
        assert (incident.status, incident.follow_up_on) == ("follow_up", date(2027, 1, 11))
        page = client.get(address(incident)).content.decode()
        assert "måndag 11 januari 2027, ansvarig Personal Ek" in page
        assert client.get(address(incident, "folj-upp/")).context["form"]["follow_up_on"].value() == date(2027, 1, 11)

    def test_following_up_needs_a_day(self, as_user, incident):
        response = as_user("personal").post(address(incident, "folj-upp/"), {"follow_up_note": "Ringa polisen."})
        assert response.status_code == 422
        assert response.context["form"].errors["follow_up_on"] == ["Skriv vilken dag händelsen ska följas upp."]
        assert response.context["form"]["follow_up_note"].value() == "Ringa polisen."

    def test_closing_and_opening_again(self, as_user, cast):
        incident = factories.IncidentFactory(
            boende=cast.kalleback, follow_up_on=timezone.localdate() - timedelta(days=1)
        )
        client = as_user("personal")
        page = client.post(address(incident, "avsluta/"), follow=True).content.decode()
        incident.refresh_from_db()
        assert incident.status == "closed"
        assert "Händelsen är avslutad." in page
        client.post(address(incident, "oppna/"))
        incident.refresh_from_db()
        assert (incident.status, incident.follow_up_on) == ("open", None)

    def test_a_day_to_come_stays_when_opened_again(self, as_user, cast):
        later = timezone.localdate() + timedelta(days=5)
        incident = factories.IncidentFactory(boende=cast.kalleback, follow_up_on=later, status="closed")
        as_user("personal").post(address(incident, "oppna/"))
        incident.refresh_from_db()
        assert incident.follow_up_on == later

    @pytest.mark.parametrize("done", [[], ["nothing"]])
    def test_closing_says_what_is_missing(self, as_user, cast, done):
        incident = factories.IncidentFactory(boende=cast.kalleback, handled="", done=done)
        page = as_user("personal").post(address(incident, "avsluta/"), follow=True).content.decode()
        incident.refresh_from_db()
        assert incident.status == "open"
        assert "Skriv hur händelsen hanterades." in page

    def test_what_was_done_is_enough_to_close(self, as_user, cast):
        incident = factories.IncidentFactory(boende=cast.kalleback, handled="", done=["police"])
        as_user("personal").post(address(incident, "avsluta/"))
        incident.refresh_from_db()
        assert incident.status == "closed"

    @pytest.mark.parametrize("step", ["avsluta", "oppna", "dra-tillbaka"])
    def test_a_step_is_never_taken_by_a_link(self, as_user, incident, step):
        assert as_user("enhetschef").get(address(incident, f"{step}/")).status_code == 405
