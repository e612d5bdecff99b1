# SPDX-License-Identifier: EUPL-1.2
"""The pages of the årshjul: wheel and list say the same, what one says is kept, and the calendar follows."""

from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from icalendar import Calendar

from kartlaggning.actions.arshjul import postpone, save_own
from kartlaggning.actions.arshjul_filling import fill_waiting, start_template
from kartlaggning.models import ArshjulActivity, ArshjulEntry
from tests.queries import queries_of

URL = "/boenden/kalleback/arshjul/"
TODAY = date(2026, 11, 23)
TODAY_NOON = datetime(2026, 11, 23, 11, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _monday():
    """A Monday in November."""
    with time_machine.travel("2026-11-23T12:00:00+01:00", tick=False):
        yield


def an_own(cast, days=10, **values):
    """An activity of Kallebäck's own."""
    values = {"title": "Byt sand", "boende": cast.kalleback, "due_on": TODAY + timedelta(days=days)} | values
    return save_own(activity=ArshjulActivity(**values), by=cast["personal"])


def page_of(client, url):
    """The page's text."""
    return client.get(url).content.decode()


class TestTheYear:
    def test_wheel_and_list_say_the_same(self, cast, as_user):
        an_own(cast, 10)
        an_own(cast, 30, title="Julgran")
        late = an_own(cast, 0, title="Lampor")
        late.due_on = TODAY - timedelta(days=3)
        late.save()
        page = page_of(as_user("forvaltningschef"), URL)
        assert "Årshjulet 2026: 1 försenad, 2 snart dags. Listan visar samma sak." in page
        assert page.count('class="shape st-forsenat"') >= 2
        assert 'style="' not in page
        assert 'role="img"' in page
        for words in ("Byt sand", "Julgran", "Lampor", "December"):
            assert words in page
        assert "Ny aktivitet" not in page

    def test_what_is_late_or_near_comes_first_and_what_is_done_is_folded_away(self, cast, as_user):
        done = an_own(cast, 1, title="Gjort")
        done.state, done.done_on, done.reason = "done", TODAY, "Gammalt skäl"
        done.next_reminder_on = done.next_escalation_on = None
        done.save()
        later = an_own(cast, 35, title="Annandagen")
        an_own(cast, 10)
        postpone(activity=later, due_on=TODAY + timedelta(days=36), reason="Röd dag.", by=cast["personal"])
        page = page_of(as_user("personal"), URL)
        body = page[page.index("<main") :]
        assert body.index("Snart dags") < body.index("Byt sand") < body.index("Annandagen") < body.index("Gjort")
        assert "Klar eller satt åt sidan, 1" in page
        assert "Gammalt skäl" not in page
        assert ">1 av 3<" in page
        assert 'class="today"' in page
        assert 'href="#aktivitet-2"' in page
        assert 'id="aktivitet-2"' in page
        assert "st-uppskjutet" in page
        assert f"personal: {cast['personal']}" in page

    def test_other_years_and_nonsense(self, cast, as_user):
        an_own(cast, 60, title="Nästa år")
        client = as_user("personal")
        assert "Nästa år" in page_of(client, f"{URL}?ar=2027")
        for asked in ("x", "99999999", "²²²²", "1066"):
            assert "Årshjulet 2026" in page_of(client, f"{URL}?ar={asked}")

    def test_what_is_left_of_last_year_stands_first(self, cast, as_user):
        with time_machine.travel("2027-01-11T12:00:00+01:00", tick=False):
            an_own(cast, 10, title="Från i fjol")
            page = page_of(as_user("personal"), URL)
        assert "Kvar från förra året" in page
        assert "Från i fjol" in page

    def test_more_than_there_is_room_for_is_counted(self, cast, as_user):
        for number in range(9):
            an_own(cast, 10, title=f"Sak {number}")
        assert ">+4<" in page_of(as_user("personal"), URL)

    def test_does_not_ask_more_for_many(self, cast, as_user):
        client = as_user("enhetschef")
        an_own(cast)
        few = [queries_of(client, url) for url in (URL, "/arshjul/", "/boenden/kalleback/", "/")]
        for number in range(12):
            an_own(cast, number, title=f"Sak {number}")
        many = [queries_of(client, url) for url in (URL, "/arshjul/", "/boenden/kalleback/", "/")]
        assert few == many
        assert many[1] <= 6
        assert max(many) <= 15

    def test_is_fetched_anew_when_asked(self, cast, as_user):
        client = as_user("personal")
        assert client.post(f"{URL}uppdatera/").url == URL
        assert ArshjulActivity.objects.filter(boende=cast.kalleback).count() > 10
        assert not ArshjulActivity.objects.filter(boende=cast.alma).exists()
        assert client.get(f"{URL}uppdatera/").status_code == 405


class TestAllBoenden:
    def test_late_first_and_only_what_one_reads(self, cast, as_user):
        an_own(cast, 20, title="Senare")
        an_own(cast, 2, title="Först")
        an_own(cast, 1, title="Annans", boende=cast.alma)
        page = page_of(as_user("personal"), "/arshjul/")
        assert page.index("Först") < page.index("Senare")
        assert "Annans" not in page

    def test_is_narrowed_by_boende_and_by_how_it_stands(self, cast, as_user):
        an_own(cast, 40, title="Senare sak")
        an_own(cast, 5, title="Nära sak")
        client = as_user("forvaltningschef")
        assert "Nära sak" in page_of(client, f"/arshjul/?boende={cast.kalleback.slug}")
        near = page_of(client, "/arshjul/?lage=snart")
        assert "Nära sak" in near
        assert "Senare sak" not in near
        assert "Ingen aktivitet passar urvalet" in page_of(client, "/arshjul/?lage=klart")
        assert client.get("/arshjul/?lage=x&boende=y").status_code == 200

    def test_min_dag_and_the_overview_show_what_is_mine(self, cast, as_user):
        an_own(cast, 3, title="Personalens")
        an_own(cast, 3, title="Chefens", role="enhetschef")
        page = page_of(as_user("personal"), "/")
        assert "Personalens" in page
        assert "Chefens" not in page
        assert "Närmast i årshjulet" in page_of(as_user("enhetschef"), "/boenden/kalleback/")


class TestSayingSomething:
    def test_done(self, cast, as_user):
        activity = an_own(cast)
        url = f"{activity.get_absolute_url()}klart/"
        data = {"done_on": TODAY, "note": "Gick bra.", "opened_version": activity.version}
        assert as_user("personal").post(url, data).url == URL
        activity.refresh_from_db()
        assert (activity.state, activity.note, activity.changed_by) == ("done", "Gick bra.", cast["personal"])
        page = page_of(as_user("forvaltningschef"), activity.get_absolute_url())
        assert "Gick bra." in page
        assert as_user("personal").post(f"{activity.get_absolute_url()}ta-upp/").status_code == 302
        activity.refresh_from_db()
        assert activity.is_open

    @pytest.mark.parametrize(
        ("page", "data", "says"),
        [
            ("klart", {"done_on": "2026-11-24", "note": "Kvar att se"}, "datum som har varit"),
            ("klart", {"done_on": "", "note": "Kvar att se"}, ""),
            ("klart", {"done_on": "2026-11-20", "note": "Kvar att se 19121212-1212"}, "personnummer"),
            ("skjut-upp", {"due_on": "2027-01-10", "reason": ""}, ""),
            ("skjut-upp", {"due_on": "2026-11-25", "reason": "Kvar att se"}, "efter den som gällde"),
            ("galler-inte", {"reason": ""}, ""),
        ],
    )
    def test_bad_input_keeps_what_was_typed(self, cast, as_user, page, data, says):
        activity = an_own(cast)
        answer = as_user("personal").post(f"{activity.get_absolute_url()}{page}/", data)
        text = answer.content.decode()
        assert answer.status_code == 422
        assert says in text
        assert "Kvar att se" in text or "Kvar att se" not in data.values()
        activity.refresh_from_db()
        assert activity.is_open
        assert activity.postponed_from is None

    def test_later_and_not_for_us(self, cast, as_user):
        client, activity = as_user("personal"), an_own(cast)
        url = activity.get_absolute_url()
        client.post(f"{url}skjut-upp/", {"due_on": "2027-01-10", "reason": "Snö", "opened_version": activity.version})
        activity.refresh_from_db()
        assert (activity.due_on, activity.postponed_from) == (date(2027, 1, 8), date(2026, 12, 3))
        assert "Uppskjutet" in page_of(client, url)
        client.post(f"{url}galler-inte/", {"reason": "Ingen sand", "opened_version": activity.version})
        assert "Gäller inte" in page_of(client, url)

    def test_two_at_once_see_each_others_words(self, cast, as_user):
        activity = an_own(cast)
        opened = activity.version
        postpone(activity=activity, due_on=date(2027, 1, 11), reason="Snö", by=cast["enhetschef"])
        data = {"due_on": "2027-01-15", "reason": "Halka", "opened_version": opened}
        answer = as_user("personal").post(f"{activity.get_absolute_url()}skjut-upp/", data)
        assert answer.status_code == 409
        assert "Snö" in answer.content.decode()
        assert "Halka" in answer.content.decode()

    def test_ones_own_is_made_changed_and_taken_away(self, cast, as_user):
        client = as_user("personal")
        data = {"title": "Öppet hus", "due_on": "2027-05-08", "role": "personal", "lead_first": 20}
        assert client.post(f"{URL}ny/", data).url == URL
        activity = ArshjulActivity.objects.get(title="Öppet hus")
        assert (activity.due_on, activity.first_on) == (date(2027, 5, 7), date(2027, 4, 17))
        url = activity.get_absolute_url()
        client.post(f"{url}andra/", {**data, "title": "Stort öppet hus", "opened_version": activity.version})
        assert "Stort öppet hus" in page_of(client, f"{URL}?ar=2027")
        assert client.post(f"{URL}ny/", {**data, "due_on": "2026-01-01"}).status_code == 422
        client.post(f"{url}ta-bort/")
        assert client.get(url).status_code == 404

    def test_what_follows_the_template_is_not_the_boendes_to_change(self, cast, as_user):
        fill_waiting(TODAY_NOON)
        activity = ArshjulActivity.objects.filter(boende=cast.kalleback).first()
        for page in ("andra", "ta-bort"):
            assert as_user("personal").post(f"{activity.get_absolute_url()}{page}/").status_code == 404


class TestTheTemplate:
    def test_an_entry_is_made_changed_and_taken_out(self, cast, as_user):
        template = start_template(forvaltning=cast.sydvast, by=None)
        client, url = as_user("forvaltningschef"), template.get_absolute_url()
        data = {"title": "Öppet hus", "rule": "before", "month": 6, "day": 6, "weeks": 4, "role": "personal"}
        assert client.post(f"{url}ny/", data).url == url
        entry = ArshjulEntry.objects.get(title="Öppet hus")
        assert ArshjulActivity.objects.get(entry=entry).due_on == date(2027, 5, 7)
        assert client.post(f"{url}ny/", data).status_code == 422  # it is there already
        changed = {**data, "rule": "yearly", "day": "", "weeks": 4, "opened_version": entry.version}
        client.post(reverse("kartlaggning:arshjulentry_update", args=[entry.pk]), changed)
        assert "Varje år, i juni" in page_of(as_user("personal"), url)
        client.post(reverse("kartlaggning:arshjulentry_archive", args=[entry.pk]))
        assert not ArshjulActivity.objects.active().filter(entry=entry).exists()

    @pytest.mark.parametrize(
        "wrong", [{"month": ""}, {"rule": "before", "weeks": ""}, {"rule": "data"}, {"title": "19121212-1212"}]
    )
    def test_bad_input_keeps_what_was_typed(self, cast, as_user, wrong):
        template = start_template(forvaltning=cast.sydvast, by=None)
        data = {"title": "Öppet hus", "rule": "yearly", "month": 6, "role": "personal", "about": "Kvar att se", **wrong}
        answer = as_user("systemforvaltare").post(f"{template.get_absolute_url()}ny/", data)
        assert answer.status_code == 422
        assert "Kvar att se" in answer.content.decode()

    def test_what_follows_the_data_has_no_rule_to_choose(self, cast, as_user):
        template = start_template(forvaltning=cast.sydvast, by=None)
        entry = template.entries.get(source="plan_review")
        page = page_of(as_user("systemforvaltare"), reverse("kartlaggning:arshjulentry_update", args=[entry.pk]))
        assert 'name="rule"' not in page
        assert 'name="lead_first"' in page

    def test_those_above_hear_in_order(self, cast, as_user):
        template = start_template(forvaltning=cast.sydvast, by=None)
        data = {"chief_after": 20, "forvaltning_after": 10, "opened_version": template.version}
        answer = as_user("forvaltningschef").post(f"{template.get_absolute_url()}andra/", data)
        assert answer.status_code == 422
        assert "samtidigt som enhetschefen eller senare" in answer.content.decode()

    def test_of_another_forvaltning_is_not_found(self, cast, as_user):
        template = start_template(forvaltning=cast.nordost, by=None)
        assert as_user("forvaltningschef").get(template.get_absolute_url()).status_code == 404


class TestTheCalendar:
    def test_ones_own_link_holds_the_days(self, cast, as_user, client):
        activity = an_own(cast)
        page = as_user("personal").post("/konto/kalender/lank/").context["link"]
        found = Calendar.from_ical(client.get(page[page.index("/kalender/") :]).content)
        events = [event for event in found.walk("VEVENT") if event["summary"] == "Byt sand, Kallebäcks boende"]
        assert [event.decoded("dtstart") for event in events] == [activity.due_on]
        assert activity.get_absolute_url() in events[0]["url"]
