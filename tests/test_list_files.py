# SPDX-License-Identifier: EUPL-1.2
"""Lists as files: the list's rows and filter, logged with what for, nothing that should stay, and not for everyone."""

import csv
import io
import re
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from forum.models import Activity, Agreement, Contribution, Cost
from incidents.models import Felanmalan
from kartlaggning.models import ArshjulActivity, Insats, Observation, Plan
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.start.picture import Scope
from tests import factories
from tests.queries import queries_of
from tests.voices import synpunkt
from tests.worlds.kartlaggning import begun_round

WHY = {"purpose": "Underlag till nämnden"}
TODAY = timezone.localdate()
HERE = ["kalleback"]


def rows_of(client, url, fmt="csv"):
    """The rows of the file, by their headers."""
    answer = client.post(url, WHY | {"format": fmt})
    assert answer.status_code == 200, answer.content.decode()[:2000]
    text = answer.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text), delimiter=";" if fmt == "csv" else ","))


def mend(cast, what, **more):
    return Felanmalan.objects.create(**{"boende": cast.kalleback, "what": what, "place_text": "gångvägen", **more})


class TestFelanmalningar:
    URL = reverse("incidents:felanmalan_export")

    def test_follow_the_filter_and_are_noted(self, as_user, cast):
        mend(cast, "=HYPERLINK(1)", ground="own")
        mend(cast, "Lampan")
        mend(cast, "Bänken", boende=cast.alma, ground="own")
        client = as_user("personal")
        assert {row["Vad som ska lagas"] for row in rows_of(client, self.URL)} == {"'=HYPERLINK(1)", "Lampan"}
        assert [row["Vad som ska lagas"] for row in rows_of(client, f"{self.URL}?var=own")] == ["'=HYPERLINK(1)"]
        assert [row["Vad som ska lagas"] for row in rows_of(client, f"{self.URL}?q=lamp", "csv-rfc4180")] == ["Lampan"]
        export = Export.objects.latest("created_at")
        assert (export.what, export.purpose, export.row_count) == ("felanmälningar", WHY["purpose"], 1)
        assert (export.created_by, export.state) == (cast["personal"], "whole")

    def test_are_linked_from_the_list_with_its_filter(self, as_user, cast):
        mend(cast, "Lampan")
        page = as_user("personal").get(reverse("incidents:felanmalan_list"), {"q": "lamp"}).content.decode()
        assert f'href="{self.URL}?q=lamp"' in page
        asking = as_user("personal").get(f"{self.URL}?q=lamp").content.decode()
        assert "samma urval som listan" in asking
        assert f'href="{reverse("incidents:felanmalan_list")}?q=lamp"' in asking

    def test_are_excel_too(self, as_user, cast):
        mend(cast, "Lampan")
        answer = as_user("forvaltningschef").post(self.URL, WHY | {"format": "xlsx"})
        assert answer.getvalue().startswith(b"PK")

    def test_are_not_given_without_a_purpose_or_in_no_format(self, as_user):
        answer = as_user("personal").post(self.URL, {"format": "csv", "purpose": " "})
        assert answer.status_code == 422 and not Export.objects.exists()
        assert as_user("personal").post(self.URL, WHY | {"format": "pdf"}).status_code == 422

    def test_take_the_same_queries_for_many(self, as_user, cast):
        client = as_user("personal")
        mend(cast, "Lampan")
        few = queries_of(client, self.URL)
        for number in range(20):
            mend(cast, f"Lampa {number}")
        assert queries_of(client, self.URL) == few


def test_synpunkter_do_not_say_who_sent_them(as_user, cast):
    synpunkt(
        cast, text="Mörkt vid porten.", sender=cast["granne"], sender_email="avsandare@example.org",
        sender_phone="+46701740699", note="HEMLIG anteckning",
    )  # fmt: skip
    synpunkt(cast, boende=cast.alma, text="Någon annans.")
    here = reverse("incidents:synpunkt_export_boende", args=HERE)
    for url, who in ((reverse("incidents:synpunkt_export"), "forvaltningschef"), (here, "enhetschef")):
        (row,) = rows_of(as_user(who), url)
        assert row["Synpunkten"] == "Mörkt vid porten."
        said = " ".join([*row, *row.values()])
        for hidden in ("avsandare", "701740699", "Granne", "HEMLIG", "referens"):
            assert hidden not in said
    assert len(rows_of(as_user("enhetschef"), f"{here}?slag=oro")) == 1
    assert rows_of(as_user("enhetschef"), f"{here}?slag=berom") == []
    assert Export.objects.filter(scope_id=cast.kalleback.pk).exists()


def test_the_arshjul_of_one_and_of_all(as_user, cast):
    for title, days, more in (
        ("Sen", -400, {}), ("Nu", 0, {}), ("Gjord", 0, {"state": "done", "done_on": TODAY}),
        ("Nästa år", 400, {}),
    ):  # fmt: skip
        ArshjulActivity.objects.create(
            boende=cast.kalleback, title=title, due_on=TODAY + timedelta(days=days), role="personal", **more
        )
    titles = [
        row["Aktivitet"] for row in rows_of(as_user("forvaltningschef"), reverse("kartlaggning:arshjul_list_export"))
    ]
    assert set(titles) == {"Sen", "Nu", "Nästa år"}
    url = reverse("kartlaggning:arshjul_export", args=HERE)
    assert {row["Aktivitet"] for row in rows_of(as_user("personal"), url)} == {"Sen", "Nu", "Gjord"}
    another = rows_of(as_user("personal"), f"{url}?ar={(TODAY + timedelta(days=400)).year}")
    assert [row["Aktivitet"] for row in another] == ["Nästa år"]


def test_the_insatser_of_a_plan_leave_the_incident_where_it_is(as_user, cast):
    incident = factories.IncidentFactory(boende=cast.kalleback, headline="Hemlig rubrik")
    plan = Plan.objects.create(boende=cast.kalleback)
    Insats.objects.create(plan=plan, title="Två bänkar", incident=incident, principles=[2], cost=19000)
    (row,) = rows_of(as_user("forvaltningschef"), reverse("kartlaggning:plan_export", args=[plan.pk]))
    assert (row["Insats"], row["Kostnad i kronor"]) == ("Två bänkar", "19000") and row["Principer"].startswith("2.")
    assert "Hemlig" not in " ".join(row.values()) and "INTERNTEXT" not in " ".join(row.values())


def test_the_observations_of_a_round_follow_their_filter(as_user, cast):
    kartlaggning = begun_round(cast)
    for kind in ("belysning", "skrap"):
        Observation.objects.create(
            kartlaggning=kartlaggning, seen_on=TODAY, kind=kind, text=kind, place_text="gångvägen"
        )
    url = reverse("kartlaggning:observation_export", args=[kartlaggning.pk])
    assert len(rows_of(as_user("personal"), url)) == 2


def test_the_activities_of_a_boende(as_user, cast):
    for title, kind in (("Café", "cafe"), ("Städdag", "staddag")):
        Activity.objects.create(boende=cast.kalleback, kind=kind, title=title, happens_on=date(2026, 5, 1))
    url = reverse("forum:activity_export", args=HERE)
    assert [row["Vad"] for row in rows_of(as_user("enhetschef"), f"{url}?kind=cafe")] == ["Café"]
    assert as_user("boendeombud").post(url, WHY | {"format": "csv"}).status_code == 403
    page = as_user("boendeombud").get(reverse("forum:activity_list", args=HERE)).content.decode()
    assert url not in page and "Café" in page


def test_agreements_of_the_boenden_alone(as_user, cast):
    own = Agreement.objects.create(kind="iop", title="Partnerskap")
    own.boenden.add(cast.kalleback)
    Agreement.objects.create(kind="avsiktsforklaring", title="Avsikt", forum=cast.forum)
    Agreement.objects.create(kind="iop", title="Almas").boenden.add(cast.alma)
    for url in (reverse("forum:agreement_list_export"), reverse("forum:boende_agreement_export", args=HERE)):
        rows = rows_of(as_user("forvaltningschef"), url)
        assert {row["Avtal"]: row["Boenden"] for row in rows} == {"Partnerskap": cast.kalleback.name, "Avsikt": ""}
    assert as_user("sammankallande").get(reverse("forum:agreement_list_export")).status_code == 403


def test_forums_and_the_meetings_of_one(as_user, cast):
    factories.ForumFactory(boenden=[cast.alma], name="Almas råd")
    factories.MeetingFactory(forum=cast.forum, days=-5, status="held")
    factories.MeetingFactory(forum=cast.forum, days=9)
    (row,) = rows_of(as_user("personal"), reverse("forum:forum_export"))
    assert row["Forum"] == cast.forum.name and row["Senaste mötet"] < row["Nästa möte"]
    url = reverse("forum:meeting_export", args=[cast.forum.pk])
    assert [row["Läge"] for row in rows_of(as_user("personal"), url)] == ["planerat", "hållet"]
    assert url in as_user("personal").get(cast.forum.get_absolute_url()).content.decode()
    assert as_user("medlem").get(url).status_code == 403 and as_user("outsider").get(url).status_code == 404
    assert url not in as_user("medlem").get(cast.forum.get_absolute_url()).content.decode()


def test_boenden_are_those_where_one_may_take_rows_out(as_user, cast):
    Assignment.objects.create(user=cast["personal"], role=Role.BOENDEOMBUD, boende=cast.alma)
    (row,) = rows_of(as_user("personal"), reverse("boenden:boende_export"))
    assert row["Boende"] == cast.kalleback.name and row["Förvaltning"] == cast.sydvast.name
    assert as_user("systemforvaltare").get(reverse("boenden:boende_export")).status_code == 403


def test_what_a_boende_has_paid(as_user, cast):
    cost = Cost.objects.create(boende=cast.kalleback, title="Kaffe", day=TODAY, budget=900)
    Contribution.objects.create(cost=cost, actor=factories.ActorFactory(forvaltning=cast.sydvast), pledged=900)
    url = reverse("forum:boende_contributions_export", args=HERE)
    (row,) = rows_of(as_user("forvaltningschef"), url)
    assert (row["Budget"], row["Har lovat"]) == ("900", "900")
    assert url in as_user("forvaltningschef").get(reverse("forum:boende_contributions", args=HERE)).content.decode()


def test_a_cost_that_nobody_has_a_part_of_is_a_line_too(as_user, cast):
    Cost.objects.create(boende=cast.kalleback, title="Blommor", day=TODAY, budget=500, outcome=450)
    (row,) = rows_of(as_user("forvaltningschef"), reverse("forum:boende_contributions_export", args=HERE))
    assert (row["Vad det gäller"], row["Budget"], row["Utfall"], row["Part"]) == ("Blommor", "500", "450", "")


def late_figures(cast, *boenden):
    """What is late at these boenden, as the overview counts it."""
    return Figures(Scope(cast["forvaltningschef"], boenden, TODAY.replace(month=1, day=1), TODAY))


def test_what_is_late_is_read_in_the_rooms_own_lists_with_their_files(as_user, cast):
    victor = factories.BoendeFactory(name="Victor", slug="victor", forvaltning=cast.sydvast)
    for boende in (cast.kalleback, victor):
        forum = factories.ForumFactory(boenden=[boende], name=f"Råd {boende}")
        meeting = factories.MeetingFactory(forum=forum, days=-30, status="held")
        for title, days, status in (("Sen", -5, "ongoing"), ("I tid", 5, "planned"), ("Klar", -5, "done")):
            done = timezone.now() if status == "done" else None
            factories.ActionItemFactory(
                meeting=meeting, title=f"{title} {boende}", due_on=TODAY + timedelta(days=days), status=status,
                finished_at=done, user=cast["personal"],
            )  # fmt: skip
            ArshjulActivity.objects.create(
                boende=boende, title=f"{title} {boende}", due_on=TODAY + timedelta(days=days), role="personal",
                **({"state": "done", "done_on": TODAY} if done else {}),
            )  # fmt: skip
    client = as_user("forvaltningschef")
    for boenden in ((victor,), (cast.kalleback, victor)):
        found = late_figures(cast, *boenden)
        names = {f"Sen {boende}" for boende in boenden}
        for key, column in (("arshjul_sena", "Aktivitet"), ("atgarder_sena", "Åtgärd")):
            page = client.get(found[key].url)
            assert {str(row) for row in page.context["object_list"]} == names and found[key].value == len(names)
            assert "Hämta som fil" in page.content.decode()
            file_url = page.context["file_url"] + found[key].url[found[key].url.index("?") :]
            assert {row[column] for row in rows_of(client, file_url)} == names
    left = client.get(reverse("forum:atgarder")).content.decode()
    assert "I tid Victor" in left and "Klar Victor" not in left
    finished = client.get(reverse("forum:atgarder"), {"lage": "avslutat", "boende": "victor"}).content.decode()
    assert "Klar Victor" in finished and "I tid" not in finished and "Kallebäck</" not in finished.split("<tbody>")[1]
    assert "Sen " not in as_user("outsider").get(reverse("forum:atgarder")).content.decode()


def test_people_are_taken_out_by_those_who_look_after_them(as_user, cast):
    rows = rows_of(as_user("systemforvaltare"), reverse("people:user_export"))
    assert {"Namn", "Roll", "E-post", "Öppet konto", "Senast inloggad"} == set(rows[0])
    assert cast["personal"].email in {row["E-post"] for row in rows}
    own = {row["E-post"] for row in rows_of(as_user("enhetschef"), reverse("people:user_export"))}
    assert cast["personal"].email in own and cast["outsider"].email not in own
    (one,) = rows_of(as_user("systemforvaltare"), f"{reverse('people:user_export')}?q={cast['personal'].email}")
    assert one["E-post"] == cast["personal"].email


def test_the_members_of_a_forum_without_how_they_are_reached(as_user, cast):
    url = reverse("forum:member_list_export", args=[cast.forum.pk])
    rows = rows_of(as_user("sammankallande"), url)
    assert len(rows) >= 2 and "@" not in " ".join(" ".join(row.values()) for row in rows)
    assert as_user("medlem").post(url, WHY | {"format": "csv"}).status_code == 403
    assert url not in as_user("medlem").get(reverse("forum:member_list", args=[cast.forum.pk])).content.decode()


FILES = ["incidents:synpunkt_export_boende", "kartlaggning:arshjul_export", "forum:activity_export"]


@pytest.mark.parametrize("name", FILES)
def test_nobody_outside_finds_them(as_user, name):
    url = reverse(name, args=HERE)
    for who in ("outsider", "granne", "ended", "systemforvaltare"):
        assert as_user(who).post(url, WHY | {"format": "csv"}).status_code == 404
    assert not Export.objects.exists()


def test_no_list_file_names_who_sent_or_what_is_internal():
    """A whitelist is read by people: these words never stand in one."""
    from boenden.views.list_files import ListFile

    def below(cls):
        return [cls, *(found for child in cls.__subclasses__() for found in below(child))]

    keys = {column.key for view in below(ListFile) for column in view.columns if isinstance(column.key, str)}
    assert len(keys) > 50 and not {key for key in keys if re.search("sender|internal|reference$|incident", key)} - {
        "reference"  # the recipient's number for a felanmälan
    }


class TestActorsAndContacts:
    URL = reverse("boenden:files", args=HERE)

    def sent(self, client, query, what):
        answer = client.post(f"{self.URL}?{query}", WHY | {"what": what, "format": "csv"})
        return list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))

    def test_follow_the_filter_of_the_list_one_came_from(self, as_user, cast):
        for name, affected in (("Brf Utsikten", 5), ("Kiosken", 1)):
            actor = factories.ActorFactory(forvaltning=cast.sydvast, name=name)
            factories.NeighbourFactory(boende=cast.kalleback, actor=actor, affected=affected)
            factories.ContactFactory(boende=cast.kalleback, actor=actor, text=f"Talade med {name}.")
        client = as_user("personal")
        everything = self.sent(client, "vad=aktorer", "aktorer")
        narrowed = self.sent(client, "vad=aktorer&affected=4", "aktorer")
        assert len(everything) == 2 and "Brf Utsikten" in narrowed[0].values() and len(narrowed) == 1
        assert len(self.sent(client, "vad=kontakter&q=kiosken", "kontakter")) == 1
        assert len(self.sent(client, "vad=aktorer&q=kiosken", "kontakter")) == 2  # another list's filter

    def test_the_link_has_the_filter(self, as_user, cast):
        factories.ContactFactory(boende=cast.kalleback, text="Talade om en lampa.")
        page = as_user("personal").get(reverse("boenden:contact_list", args=HERE), {"q": "lampa"}).content.decode()
        assert f'href="{self.URL}?q=lampa&amp;vad=kontakter"' in page
        assert "samma urval" in as_user("personal").get(f"{self.URL}?q=lampa&vad=kontakter").content.decode()
        assert "samma urval" not in as_user("personal").get(f"{self.URL}?vad=kontakter").content.decode()
