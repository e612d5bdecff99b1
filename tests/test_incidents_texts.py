# SPDX-License-Identifier: EUPL-1.2
"""Two texts for an incident (design.md rule 2): who reads which, what is logged, and what outsiders may read."""

import pytest
from auditlog.models import LogEntry as Kinds
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from incidents.models import Incident, IncidentTextVersion, ReleasedText
from platssamverkan.audit.models import AuditEntry
from tests import factories
from tests.queries import queries_of

SECRET = "INTERNTEXT"
WHAT, HOW = "Det var höga röster en stund.", "Personalen gick ut och det blev lugnt."


def address(incident, page=""):
    return f"/handelser/{incident.pk}/{page}"


@pytest.fixture
def incident(cast):
    return factories.IncidentFactory(boende=cast.kalleback)


@pytest.fixture
def written(cast):
    """With a forum text, not released."""
    return factories.IncidentFactory(boende=cast.kalleback, forum_what=WHAT, forum_handled=HOW)


@pytest.fixture
def released(as_user, written):
    as_user("enhetschef").post(address(written, "slapp/"), {"opened_version": 1})
    written.refresh_from_db()
    return written


def readings(incident):
    return AuditEntry.objects.get_for_object(incident).filter(action=Kinds.Action.ACCESS)


class TestReading:
    @pytest.mark.parametrize("who", ["personal", "enhetschef", "forvaltningschef"])
    def test_each_opening_leaves_one_row(self, as_user, cast, incident, who):
        client = as_user(who)
        for times in (1, 2):
            assert SECRET in client.get(address(incident)).content.decode()
            assert readings(incident).count() == times
        assert readings(incident).first().actor == cast[who]

    @pytest.mark.parametrize("who", ["systemforvaltare", "boendeombud", "granne", "outsider", "ended"])
    def test_for_everyone_else_it_does_not_exist(self, as_user, incident, who):
        client = as_user(who)
        pages = ["", "andra/", "folj-upp/", "forumtext/", "slapp/"]
        assert {client.get(address(incident, page)).status_code for page in pages} == {404}
        steps = ["andra/", "slapp/", "dra-tillbaka/", "avsluta/", "oppna/", "folj-upp/", "forumtext/"]
        assert {client.post(address(incident, step)).status_code for step in steps} == {404}
        assert not readings(incident).exists()

    @pytest.mark.parametrize("who", ["systemforvaltare", "boendeombud", "granne", "ended"])
    @pytest.mark.parametrize(
        "url", ["/handelser/", "/handelser/ny/", "/handelser/uttag/", "/boenden/kalleback/handelser/"]
    )
    def test_there_are_no_incidents_at_all(self, as_user, who, url):
        assert as_user(who).get(url).status_code == 404

    def test_the_forvaltningschef_reads_and_changes_nothing(self, as_user, incident):
        client = as_user("forvaltningschef")
        assert client.get("/handelser/ny/").status_code == 403
        assert {client.get(address(incident, p)).status_code for p in ("andra/", "forumtext/", "slapp/")} == {403}
        steps = ["andra/", "slapp/", "dra-tillbaka/", "avsluta/", "oppna/", "folj-upp/", "forumtext/"]
        assert {client.post(address(incident, step)).status_code for step in steps} == {403}
        page = client.get(address(incident)).content.decode()
        assert "Skriv forumtext" not in page
        assert "avsluta/" not in page

    def test_an_archived_one_is_gone(self, as_user, cast):
        from django.utils import timezone

        gone = factories.IncidentFactory(boende=cast.kalleback, archived_at=timezone.now())
        assert as_user("personal").get(address(gone)).status_code == 404

    def test_its_queries_do_not_grow(self, as_user, incident):
        client = as_user("enhetschef")
        few = queries_of(client, address(incident))
        for number in range(5):
            IncidentTextVersion.objects.create(incident=incident, internal_text=f"tidigare {number}")
            incident.affected_actors.add(factories.ActorFactory())
        assert queries_of(client, address(incident)) == few <= 15


class TestWritingTheForumText:
    def test_the_staff_writes_it(self, as_user, incident):
        client = as_user("personal")
        response = client.post(
            address(incident, "forumtext/"),
            {"forum_what": WHAT, "forum_handled": HOW, "opened_version": 1},
            follow=True,
        )
        page = response.content.decode()
        assert "Enhetschefen läser igenom den och släpper den." in page
        assert WHAT in page
        incident.refresh_from_db()
        assert not incident.is_released

    def test_no_person_may_be_pointed_out_in_it(self, as_user, incident):
        response = as_user("personal").post(
            address(incident, "forumtext/"), {"forum_what": "Ring 031-390 06 10", "forum_handled": "811218-9876"}
        )
        assert response.status_code == 422
        assert {"forum_what", "forum_handled"} == set(response.context["form"].errors)

    def test_a_change_after_the_release_withdraws_it_first(self, as_user, released):
        client = as_user("personal")
        assert "Ändrar du den tas den tillbaka" in client.get(address(released, "forumtext/")).content.decode()
        client.post(
            address(released, "forumtext/"),
            {"forum_what": "Något annat.", "forum_handled": HOW, "opened_version": released.version},
        )
        released.refresh_from_db()
        assert not released.is_released
        assert released.withdrawn_at
        text = released.released_texts.get()
        assert (text.forum_what, bool(text.withdrawn_at)) == (WHAT, True)
        assert WHAT in client.get(address(released)).content.decode()  # what neighbours could read is on record

    def test_saving_it_unchanged_leaves_it_released(self, as_user, released):
        page = as_user("personal").post(
            address(released, "forumtext/"),
            {"forum_what": WHAT, "forum_handled": HOW, "opened_version": released.version},
            follow=True,
        )
        released.refresh_from_db()
        assert released.is_released
        assert "Enhetschefen läser igenom" not in page.content.decode()

    def test_a_change_of_the_internal_text_leaves_it_released(self, released, cast):
        from incidents.actions import save_incident

        released.internal_text = "Mer om det interna."
        save_incident(incident=released, by=cast["personal"], opened_version=released.version)
        released.refresh_from_db()
        assert released.is_released


class TestReleasing:
    def test_shows_what_outsiders_will_read_and_nothing_else(self, as_user, written):
        page = as_user("enhetschef").get(address(written, "slapp/")).content.decode()
        assert WHAT in page
        assert HOW in page
        assert SECRET not in page
        assert written.handled not in page

    def test_is_the_enhetschefs(self, as_user, written):
        assert as_user("personal").get(address(written, "slapp/")).status_code == 403
        assert as_user("personal").post(address(written, "slapp/"), {"opened_version": 1}).status_code == 403
        assert "Enhetschefen läser igenom texten" in as_user("personal").get(address(written)).content.decode()

    def test_says_who_and_when(self, released, cast):
        assert (released.released_by, bool(released.released_at)) == (cast["enhetschef"], True)
        text = released.released_texts.get()
        assert (text.forum_what, text.forum_handled, text.created_by) == (WHAT, HOW, cast["enhetschef"])
        events = AuditEntry.objects.get_for_object(released).filter(additional_data__event="forum_text_released")
        assert events.count() == 1

    @pytest.mark.parametrize(
        ("what", "how", "missing"),
        [
            ("", "", ["Skriv vad som hände, så som grannarna kan läsa det.", "Skriv hur det hanterades."]),
            (WHAT, "", ["Skriv hur det hanterades."]),
        ],
    )
    def test_is_refused_with_what_is_missing(self, as_user, cast, what, how, missing):
        incident = factories.IncidentFactory(boende=cast.kalleback, forum_what=what, forum_handled=how)
        response = as_user("enhetschef").post(address(incident, "slapp/"), {"opened_version": 1})
        assert response.status_code == 422
        assert response.context["missing"] == missing
        assert all(sentence in response.content.decode() for sentence in missing)
        incident.refresh_from_db()
        assert not incident.is_released

    @pytest.mark.parametrize("version", ["", "0", "2", "-1", "x", "9" * 40, "²"])
    def test_is_of_the_very_text_that_was_read(self, as_user, written, version):
        response = as_user("enhetschef").post(address(written, "slapp/"), {"opened_version": version})
        assert response.status_code == 409
        assert "Läs igenom texten igen" in response.content.decode()
        written.refresh_from_db()
        assert not written.is_released

    def test_twice_is_once(self, as_user, released):
        assert "Texten är redan släppt." in as_user("enhetschef").get(address(released, "slapp/")).content.decode()
        as_user("enhetschef").post(address(released, "slapp/"), {"opened_version": released.version})
        assert released.released_texts.count() == 1

    def test_can_be_taken_back_and_done_again(self, as_user, released):
        client = as_user("enhetschef")
        page = client.post(address(released, "dra-tillbaka/"), follow=True).content.decode()
        assert "Forumtexten är återtagen." in page
        released.refresh_from_db()
        assert not released.is_released
        client.post(address(released, "dra-tillbaka/"))  # a second time changes nothing
        client.post(address(released, "slapp/"), {"opened_version": released.version})
        released.refresh_from_db()
        assert released.is_released
        assert released.withdrawn_at is None
        assert released.released_texts.filter(withdrawn_at__isnull=False).count() == 1
        assert released.released_texts.count() == 2

    def test_taking_back_is_the_enhetschefs(self, as_user, released):
        assert as_user("personal").post(address(released, "dra-tillbaka/")).status_code == 403


class TestTheDatabaseAgrees:
    def test_nothing_half_is_released(self, released, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            Incident.objects.create(
                boende=cast.kalleback,
                category="storning",
                internal_text="x",
                released_at=released.released_at,
                released_by=cast["enhetschef"],
                forum_what=WHAT,
            )

    def test_one_released_text_at_a_time(self, released):
        with pytest.raises(IntegrityError), transaction.atomic():
            ReleasedText.objects.create(incident=released, forum_what="a", forum_handled="b")

    def test_a_personal_number_gets_in_by_no_way(self, incident):
        incident.internal_text = "811218-9876"
        with pytest.raises(ValidationError):
            incident.save()

    def test_words_for_people(self, incident, released):
        version = IncidentTextVersion(incident=incident)
        assert [str(thing) for thing in (incident, Incident(), version, released.released_texts.get())] == [
            "Höga röster vid hållplatsen",
            "händelse",
            "tidigare text",
            "släppt forumtext",
        ]
