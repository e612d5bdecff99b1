# SPDX-License-Identifier: EUPL-1.2
"""The list of incidents: filters, search, order and pages in the address; the file that follows it."""

import re
from datetime import timedelta
from io import BytesIO
from itertools import chain

import openpyxl
import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from boenden.models import Assignment
from incidents.actions import fill_search
from incidents.models import Incident
from incidents.views import lists
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from tests import factories
from tests.queries import queries_of

URL = "/handelser/"
TITLES = re.compile(r'class="what" href="[^"]+">([^<]+)<')


def make(boende, headline, hours=1, **fields):
    """An incident so many hours ago."""
    incident = factories.IncidentFactory.build(
        boende=boende, headline=headline, happened_at=timezone.now() - timedelta(hours=hours), **fields
    )
    fill_search(incident)
    incident.save()
    return incident


def titles(client, query="", url=URL):
    """The headlines on the page, in order."""
    response = client.get(url + query)
    assert response.status_code == 200
    return TITLES.findall(response.content.decode())


class TestWhatItShows:
    def test_a_neutral_headline_and_how_it_was_handled(self, as_user, cast):
        make(cast.kalleback, "Glas på gångvägen", children=True, severity=4)
        page = as_user("personal").get(URL).content.decode()
        assert "Personalen gick ut och talade med de berörda." in page
        assert "INTERNTEXT" not in page
        assert "Bara för boendet" in page
        assert "Rör barn" in page
        assert "Mycket allvarlig" in page
        assert "1 händelse<" in page

    def test_what_was_done_stands_in_for_words(self, as_user, cast):
        make(cast.kalleback, "A", handled="", done=["police", "ambulance", "gammalt"])
        make(cast.kalleback, "B", handled="", done=["nothing"])
        make(cast.kalleback, "C", handled="x" * 400)
        page = as_user("personal").get(URL).content.decode()
        assert "Ringde polisen, ringde ambulans." in page
        assert "Inget är antecknat om vad ni gjorde än." in page
        assert "x" * 219 + "…" in page

    def test_what_people_type_is_escaped(self, as_user, cast):
        make(cast.kalleback, "<script>a</script>", handled="<img src=x>")
        page = as_user("personal").get(URL).content.decode()
        assert "<script>a" not in page
        assert "&lt;img src=x&gt;" in page

    def test_days_of_follow_up_and_days_far_away(self, as_user, cast):
        make(cast.kalleback, "A", follow_up_on=timezone.localdate() - timedelta(days=1))
        make(cast.kalleback, "B", hours=24 * 800, status="closed", follow_up_on=timezone.localdate())
        page = as_user("personal").get(URL).content.decode()
        assert page.count("Följs upp ") == 1
        assert "st-forsenat" in page
        assert str((timezone.now() - timedelta(days=800)).year) in page

    def test_the_boende_is_named_where_they_are_several(self, as_user, cast):
        make(cast.kalleback, "A")
        assert ">Kallebäcks boende</span>" not in as_user("personal").get(URL).content.decode()
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        assert ">Kallebäcks boende</span>" in as_user("personal").get(URL).content.decode()

    def test_ones_own_boenden_only(self, as_user, cast):
        make(cast.kalleback, "Här")
        make(cast.alma, "Där")
        assert titles(as_user("personal")) == titles(as_user("forvaltningschef")) == ["Här"]
        assert titles(as_user("outsider")) == ["Där"]

    def test_one_boende_at_its_own_address(self, as_user, cast):
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        make(cast.kalleback, "Här")
        make(cast.alma, "Där", hours=2)
        client = as_user("personal")
        assert titles(client) == ["Här", "Där"]
        assert titles(client, url="/boenden/alma/handelser/") == ["Där"]
        assert as_user("enhetschef").get("/boenden/alma/handelser/").status_code == 404

    def test_empty_says_why_it_helps(self, as_user, cast):
        assert "Anteckna det som händer" in as_user("personal").get(URL).content.decode()
        assert "när personalen har antecknat dem" in as_user("forvaltningschef").get(URL).content.decode()
        assert "Ingen händelse passar urvalet" in as_user("personal").get(f"{URL}?barn=on").content.decode()

    def test_only_writers_get_the_button(self, as_user):
        assert "/handelser/ny/" in as_user("personal").get(URL).content.decode()
        assert "/handelser/ny/" not in as_user("forvaltningschef").get(URL).content.decode()

    def test_an_archived_one_is_not_shown(self, as_user, cast):
        make(cast.kalleback, "Arkiverad", archived_at=timezone.now())
        assert titles(as_user("personal")) == []


class TestFilters:
    @pytest.fixture
    def client(self, as_user, cast):
        day = 24
        make(cast.kalleback, "Gammal", hours=40 * day, severity=4, status="closed")
        make(cast.kalleback, "Barn", hours=3 * day, children=True, category="otrygghet")
        released = {"released_at": timezone.now(), "released_by": cast["enhetschef"]}
        make(cast.kalleback, "Släppt", hours=2, forum_what="a", forum_handled="b", **released)
        make(cast.kalleback, "Påverkade", hours=1, affected_neighbourhood=True, severity=1)
        return as_user("personal")

    @pytest.mark.parametrize(
        ("query", "found"),
        [
            ("", ["Påverkade", "Släppt", "Barn", "Gammal"]),
            ("?kategori=otrygghet", ["Barn"]),
            ("?allvar=4", ["Gammal"]),
            ("?status=closed", ["Gammal"]),
            ("?forumtext=slappt", ["Släppt"]),
            ("?forumtext=ej", ["Påverkade", "Barn", "Gammal"]),
            ("?barn=on", ["Barn"]),
            ("?grannskap=on", ["Påverkade"]),
            ("?ordning=aldst", ["Gammal", "Barn", "Släppt", "Påverkade"]),
            ("?ordning=allvarligast", ["Gammal", "Släppt", "Barn", "Påverkade"]),
            ("?kategori=storning&status=open&forumtext=ej", ["Påverkade"]),
        ],
    )
    def test_each_narrows_the_list(self, client, query, found):
        assert titles(client, query) == found

    def test_a_period_holds_its_last_day(self, client):
        on = timezone.localdate(timezone.now() - timedelta(days=3))
        assert titles(client, f"?fran={on}&till={on}") == ["Barn"]
        assert titles(client, f"?till={on}") == ["Barn", "Gammal"]
        assert "Gammal" not in titles(client, f"?fran={on}")

    @pytest.mark.parametrize(
        "query",
        [
            "?fran=igår",
            "?kategori=strunt",
            "?allvar=x",
            "?status=x&barn=x",
            "?ordning=x",
            "?fran=0001-01-01&till=9999-12-31",
        ],
    )
    def test_nonsense_is_told_and_narrows_nothing(self, client, query):
        assert len(titles(client, query)) >= 1

    def test_an_error_is_told_at_its_field_and_kept(self, client):
        page = client.get(f"{URL}?fran=igår").content.decode()
        assert "Skriv ett datum, till exempel 2026-11-23." in page
        assert 'value="igår"' in page

    def test_what_is_chosen_is_shown_as_chosen(self, client):
        page = client.get(f"{URL}?kategori=otrygghet&barn=on&q=glas&fran=2026-01-01").content.decode()
        assert '<option value="otrygghet" selected>Otrygghet</option>' in page
        assert 'id="id_barn" checked' in page
        assert 'value="glas"' in page
        assert 'type="date" name="fran" class="form-control" id="id_fran" value="2026-01-01"' in page
        assert '<details class="filters" open>' in page
        assert '<details class="filters">' in client.get(URL).content.decode()

    def test_one_of_several_boenden(self, client, cast):
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        make(cast.alma, "Där")
        assert titles(client, "?boende=alma") == ["Där"]
        assert len(titles(client, "?boende=strunt")) == 5


class TestSearch:
    def test_every_word_in_any_case(self, as_user, cast):
        make(cast.kalleback, "Åska över ÄNGEN")
        make(cast.kalleback, "Åska", place="elsewhere", place_text="Torget")
        client = as_user("personal")
        assert titles(client, "?q=åska ängen") == ["Åska över ÄNGEN"]
        assert titles(client, "?q=TORGET") == ["Åska"]
        assert titles(client, "?q=100%25") == []
        assert len(titles(client, "?q=" + "åska+" * 20 + "finnsinte")) == 2  # so many words are not read

    def test_the_internal_text_for_staff_only(self, as_user, cast):
        """For a förvaltningschef the search would answer what the text says, with no reading logged."""
        make(cast.kalleback, "Rubrik", internal_text="Någon ropade zebra.", follow_up_note="Fråga om giraffen")
        assert titles(as_user("personal"), "?q=zebra giraffen") == ["Rubrik"]
        assert titles(as_user("forvaltningschef"), "?q=zebra") == []
        assert titles(as_user("forvaltningschef"), "?q=rubrik") == ["Rubrik"]

    def test_the_internal_text_where_one_is_staff_only(self, as_user, cast):
        """Förvaltningschef in one, staff in another: only the second's internal texts are searched."""
        Assignment.objects.create(user=cast["forvaltningschef"], role=Role.PERSONAL, boende=cast.alma)
        make(cast.kalleback, "Läser", internal_text="zebra")
        make(cast.alma, "Arbetar", internal_text="zebra")
        assert titles(as_user("forvaltningschef"), "?q=zebra") == ["Arbetar"]
        assert titles(as_user("forvaltningschef"), "?q=zebra&boende=kalleback") == []


class TestPages:
    @pytest.fixture(autouse=True)
    def _short_pages(self, monkeypatch):
        monkeypatch.setattr(lists, "PAGE_SIZE", 4)

    @pytest.fixture
    def all_titles(self, cast):
        """Ten, some at the very same moment, so that the id decides."""
        same = timezone.now() - timedelta(hours=30)
        for number in range(10):
            incident = make(cast.kalleback, f"H{number}", hours=number, severity=number % 3 + 1)
            if number in (3, 4, 5):
                Incident.objects.filter(pk=incident.pk)
                incident.happened_at = same
                incident.save()

    @staticmethod
    def walk(client, query, rel):
        """Every page by its own link, from the first (or by `prev` from the last)."""
        seen, url = [], URL + query
        for _ in range(6):
            page = client.get(url).content.decode()
            seen.append(TITLES.findall(page))
            link = re.search(rf'href="([^"]+)" rel="{rel}"', page)
            if not link:
                return seen, url
            url = URL + link[1].replace("&amp;", "&")
        raise AssertionError("the pages never end")

    @pytest.mark.parametrize("query", ["", "?ordning=aldst", "?ordning=allvarligast", "?kategori=storning"])
    def test_each_is_seen_once_there_and_back(self, as_user, all_titles, query):
        client = as_user("personal")
        there, last = self.walk(client, query, "next")
        assert [len(page) for page in there] == [4, 4, 2]
        assert sorted(chain.from_iterable(there)) == [f"H{number}" for number in range(10)]
        back, _first = self.walk(client, last.removeprefix(URL), "prev")
        assert back[::-1] == there

    @pytest.mark.parametrize(
        "place",
        [
            "x",
            "~",
            "1~2",
            "a~b~c",
            "1~" + "f" * 31,
            "9" * 30 + "~" + "0" * 32,
            "~~~~",
            "-1~" + "0" * 32,
            "٣~" + "0" * 32,
        ],
    )
    @pytest.mark.parametrize("name", ["efter", "fore"])
    def test_a_place_that_is_none_is_the_first_page(self, as_user, all_titles, place, name):
        client = as_user("personal")
        response = client.get(URL, {name: place})
        assert response.status_code == 200
        if "~" not in place or place.startswith(("a", "~", "9", "x")):
            assert TITLES.findall(response.content.decode()) == titles(client)

    def test_a_place_of_another_order_is_the_first_page(self, as_user, all_titles):
        client = as_user("personal")
        link = re.search(r'href="([^"]+)" rel="next"', client.get(URL).content.decode())[1]
        assert titles(client, link + "&ordning=allvarligast") == titles(client, "?ordning=allvarligast")
        assert titles(client, "?ordning=allvarligast&efter=99999~1~" + "0" * 32) == titles(
            client, "?ordning=allvarligast"
        )

    def test_before_everything_is_an_empty_page_without_links(self, as_user, all_titles):
        page = as_user("personal").get(URL, {"fore": "99999999999999999~" + "0" * 32}).content.decode()
        assert 'rel="prev"' not in page

    @given(st.text(max_size=60), st.text(max_size=60))
    @settings(deadline=None, max_examples=40, suppress_health_check=list(HealthCheck))
    def test_any_address_is_answered(self, as_user, cast, after, words):
        response = as_user("personal").get(URL, {"efter": after, "q": words, "fran": after, "ordning": words})
        assert response.status_code in (200, 400)  # 400: characters that nothing can keep

    def test_the_count_is_capped(self, as_user, all_titles, monkeypatch):
        assert "10 händelser" in as_user("personal").get(URL).content.decode()
        monkeypatch.setattr(lists, "COUNTED", 5)
        assert "5+ händelser" in as_user("personal").get(URL).content.decode()


class TestItsCost:
    @pytest.mark.parametrize("who", ["personal", "forvaltningschef"])
    def test_queries_are_few_and_do_not_grow(self, as_user, cast, who):
        client = as_user(who)
        for number in range(5):
            make(cast.kalleback, f"H{number}")
        few = queries_of(client, URL)
        for number in range(60):
            make(cast.kalleback, f"I{number}", children=True, follow_up_on=timezone.localdate())
        assert queries_of(client, URL) == few <= 6
        assert queries_of(client, f"{URL}?q=h&kategori=storning") == few

    def test_a_place_is_found_in_the_index(self, cast):
        from incidents.filters import NEWEST, ORDERS
        from platssamverkan.ground.keyset import page_of

        make(cast.kalleback, "H")
        rows = Incident.objects.active().at([cast.kalleback]).rows()
        place = ORDERS[NEWEST].place(rows[0])
        with connection.execute_wrapper(lambda run, sql, *rest: seen.append(sql) or run(sql, *rest)):
            seen: list[str] = []
            page_of(rows, ORDERS[NEWEST], after=place, size=50)
        assert re.search(r'\("incidents_incident"."happened_at", "incidents_incident"."id"\) < \(', seen[0])


class TestTheFile:
    FILE = f"{URL}uttag/"

    def take_out(self, client, query="", **data):
        return client.post(self.FILE + query, {"format": "csv", "purpose": "Underlag till forumet", **data})

    def text(self, response):
        return b"".join(response.streaming_content).decode()

    @pytest.fixture(autouse=True)
    def _rows(self, cast):
        make(cast.kalleback, "Glas", internal_text="INTERNTEXT glas", handled="HANTERAT glas", category="nedskrapning")
        released = {"released_at": timezone.now(), "released_by": cast["enhetschef"]}
        make(
            cast.kalleback,
            "Oro",
            internal_text="INTERNTEXT oro",
            forum_what="FORUM släppt",
            forum_handled="b",
            **released,
        )
        make(cast.kalleback, "Rop", forum_what="FORUM ej släppt", forum_handled="b")
        make(cast.alma, "Där", internal_text="INTERNTEXT där")

    def test_the_staffs_own_has_the_internal_texts(self, as_user, cast):
        text = self.text(self.take_out(as_user("personal")))
        assert "INTERNTEXT glas" in text
        assert "HANTERAT glas" in text
        assert "INTERNTEXT där" not in text
        assert "FORUM ej släppt" not in text
        export = Export.objects.get()
        assert (export.created_by, export.scope, export.scope_id) == (
            cast["personal"], cast.kalleback.name, cast.kalleback.pk,
        )  # fmt: skip
        assert (export.what, export.row_count, export.purpose) == (
            "händelser med interna texter", 3, "Underlag till forumet",
        )  # fmt: skip

    def test_the_forvaltningschefs_has_none(self, as_user):
        text = self.text(self.take_out(as_user("forvaltningschef")))
        assert "Glas" in text
        assert "FORUM släppt" in text
        assert not re.search("INTERNTEXT|HANTERAT|ej släppt", text)

    def test_several_boenden_with_one_that_is_not_ones_own(self, as_user, cast):
        Assignment.objects.create(user=cast["forvaltningschef"], role=Role.PERSONAL, boende=cast.alma)
        client = as_user("forvaltningschef")
        assert "INTERNTEXT" not in self.text(self.take_out(client))
        assert "INTERNTEXT där" in self.text(self.take_out(client, "?boende=alma"))
        assert Export.objects.filter(scope="Alma, Kallebäcks boende", scope_id=None).exists()

    def test_follows_the_filter(self, as_user):
        assert "Oro" not in self.text(self.take_out(as_user("personal"), "?kategori=nedskrapning"))

    def test_the_search_is_no_oracle_here_either(self, as_user):
        assert "Glas" not in self.text(self.take_out(as_user("forvaltningschef"), "?q=interntext"))

    def test_as_a_sheet(self, as_user):
        content = b"".join(self.take_out(as_user("personal"), format="xlsx").streaming_content)
        sheet = openpyxl.load_workbook(BytesIO(content)).active
        assert {row[3].value for row in sheet.iter_rows(min_row=2)} == {"Glas", "Oro", "Rop"}

    def test_says_what_for_first(self, as_user):
        client = as_user("personal")
        assert "Filen innehåller de interna texterna." in client.get(self.FILE).content.decode()
        assert "inga interna texter" in as_user("forvaltningschef").get(self.FILE).content.decode()
        response = self.take_out(client, purpose="")
        assert response.status_code == 422
        assert response.context["form"].errors["purpose"] == ["Skriv vad uppgifterna ska användas till."]
        assert client.post(self.FILE).status_code == 422
        assert not Export.objects.exists()

    def test_the_list_leads_to_it_with_its_filters(self, as_user):
        client = as_user("personal")
        assert f'href="{self.FILE}?kategori=otrygghet&amp;barn=' not in client.get(URL).content.decode()
        page = client.get("/boenden/kalleback/handelser/?kategori=nedskrapning").content.decode()
        assert f'href="{self.FILE}?kategori=nedskrapning&amp;boende=kalleback"' in page
        assert f'href="{self.FILE}"' in client.get(URL).content.decode()
