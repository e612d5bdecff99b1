# SPDX-License-Identifier: EUPL-1.2
"""Bringing in a file of actors: upload, columns, preview, confirmation, and what a messy file holds."""

import io
import json

import openpyxl
import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from boenden.imports.jobs import run_imports
from boenden.models import Actor, ActorImport, ActorImportRow, ContactPerson, Neighbour
from tests import factories

URL = "/boenden/kalleback/importer/"
PERSONS = {"lawful_ground": "uppdrag", "source": "styrelselista"}


def upload(client: Client, content, name="aktörer.csv", kind="aktorer"):
    """Send a file; gives the answer."""
    content = content.encode() if isinstance(content, str) else content
    return client.post(f"{URL}ny/", {"file": SimpleUploadedFile(name, content), "kind": kind})


def columns_of(actor_import, **chosen):
    """The columns form as it is shown, with some of it chosen otherwise."""
    return {f"column_{place}": key for place, key in enumerate(actor_import.mapping)} | chosen


def preview(client, content, name="aktörer.csv", kind="aktorer", **chosen):
    """Bring a file in as far as its preview; gives the import."""
    answer = upload(client, content, name, kind)
    assert answer.status_code == 302, answer.content.decode()
    actor_import = ActorImport.objects.order_by("-created_at").first()
    answer = client.post(answer["Location"], columns_of(actor_import, **chosen))
    assert answer.status_code == 302, answer.content.decode()
    run_imports()
    actor_import.refresh_from_db()
    return actor_import


def bring_in(client, content, name="aktörer.csv", kind="aktorer", **chosen):
    """Bring a file in and confirm it; gives the import."""
    actor_import = preview(client, content, name, kind, **chosen)
    assert actor_import.status == "forhandsvisning", actor_import.failure
    client.post(f"{URL}{actor_import.pk}/bekrafta/")
    run_imports()
    actor_import.refresh_from_db()
    return actor_import


def outcomes(actor_import):
    return [row.outcome for row in actor_import.rows.for_list()]


def reasons(actor_import):
    return [" ".join(row.reasons) for row in actor_import.rows.for_list()]


def made():
    """The actors that somebody has made, not those of the cast."""
    return Actor.objects.exclude(created_by=None)


def xlsx(rows):
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


@pytest.fixture
def personal(as_user):
    return as_user("personal")


@pytest.fixture(autouse=True)
def _nobody_is_woken(monkeypatch):
    monkeypatch.setattr("boenden.actions.imports.wake", lambda task: None)


MESSY = (
    "Aktörer runt boendet;;;;;\r\n"
    ";;;;;\r\n"
    "Verksamhet;Typ av verksamhet;Tfn;Mejl;Kontakt;Besöksadress\r\n"
    "Brf Ängen;brf;070 174 06 12;styrelsen@angen.example;Anna Ek, ordförande;Solgatan 1\r\n"
    ";;;;;\r\n"
    "Förskolan Å;Dagis;031-390 06 10;;;Solgatan 3\r\n"
    "Matboden;Mataffär;+46 (0)31 390 06 11;;Ordf: Bo Lind;Solgatan 5\r\n"
    "Västra skolan;Grundskola;0046313900612;;;Solgatan 7\r\n"
    "Biblioteket;bibliotek;031/3900613, 031-390 06 14;;;Solgatan 9\r\n"
    "Torget;rymdstation;;;;\r\n"
    "Trevliga AB;butik;inte ett nummer;;;\r\n"
    ";butik;;;;Solgatan 11\r\n"
)


@pytest.mark.parametrize("encoding", ["cp1252", "utf-8", "utf-8-sig", "utf-16"])
def test_a_messy_file_comes_in_and_its_faulty_rows_stop_nothing(personal, cast, encoding):
    done = bring_in(personal, MESSY.encode(encoding), **PERSONS)
    assert outcomes(done) == ["ny"] * 5 + ["felaktig"] * 3
    assert [row.line for row in done.rows.for_list()] == [4, 6, 7, 8, 9, 10, 11, 12]
    assert "rymdstation" in reasons(done)[5]
    assert "Telefon" in reasons(done)[6]
    assert reasons(done)[7] == "Namn saknas."
    phones = {actor.name: actor.phone for actor in made()}
    assert phones == {
        "Brf Ängen": "+46701740612",
        "Förskolan Å": "+46313900610",
        "Matboden": "+46313900611",
        "Västra skolan": "+46313900612",
        "Biblioteket": "+46313900613",
    }
    anna, bo = ContactPerson.objects.exclude(created_by=None).order_by("name")
    assert (anna.name, anna.role, anna.phone, anna.source) == ("Anna Ek", "ordförande", "+46701740612", "styrelselista")
    assert (bo.name, bo.role) == ("Bo Lind", "ordf")
    assert Neighbour.objects.filter(boende=cast.kalleback, actor__in=made()).count() == 5
    categories = dict(made().values_list("name", "category__name"))
    assert categories["Förskolan Å"] == "förskola"
    assert categories["Matboden"] == "butik"


@pytest.mark.parametrize("sign", [",", "\t", ";", "|"])
def test_any_separator(personal, sign):
    text = "\n".join(line.replace(";", sign) for line in ["Namn;Slag", "Brf Ett;brf", "Brf Två;brf"])
    assert outcomes(preview(personal, text)) == ["ny", "ny"]


def test_the_preview_writes_nothing_and_its_rows_are_links_by_outcome(personal):
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\nBrf Två;okänt\n")
    assert not made().exists()
    page = personal.get(f"{URL}{shown.pk}/").content.decode()
    assert "Brf Ett" in page
    assert "Brf Två" in page
    page = personal.get(f"{URL}{shown.pk}/?visa=felaktig").content.decode()
    assert "Brf Ett" not in page
    assert "okänt" in page
    assert personal.get(f"{URL}{shown.pk}/?visa=vad&sida=x").status_code == 200
    assert "aktörer.csv" in personal.get(URL).content.decode()


def test_columns_can_be_changed_before_and_after_the_preview(personal):
    text = "Vad;Hur;Namn\nfel;brf;Brf Ett\n"
    shown = preview(personal, text, column_0="", column_1="actor.category")
    assert outcomes(shown) == ["ny"]
    answer = personal.post(f"{URL}{shown.pk}/kolumner/", {"column_0": "actor.name", "column_1": "actor.category"})
    assert answer.status_code == 302
    run_imports()
    assert shown.rows.get().title == "fel"
    assert ActorImportRow.objects.count() == 1


def test_columns_ask_for_what_is_missing_and_keep_what_was_chosen(personal):
    answer = upload(personal, "Vad;Kontakt;Namn\na;Anna Ek;c\n")
    url = answer["Location"]
    answer = personal.post(url, {"column_0": "actor.note", "column_1": "person.name", "column_2": "actor.note"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Två kolumner kan inte vara samma sak" in page
    assert "Välj vilken kolumn som är namn" in page
    assert "Välj varför de får sparas" in page
    assert '<option value="actor.note" selected>' in page


def test_the_same_again_is_unchanged_and_what_differs_is_told(personal):
    head = "Namn;Slag;Adress;Telefon;Organisationsnummer\n"
    bring_in(personal, head + "Brf Ett;brf;Solgatan 1;031-390 06 10;769600-0012\nBrf Två;brf;Solgatan 2;;\n")
    again = bring_in(personal, head + "brf  ett;brf;;0701740612;7696000012\nBRF TVÅ;;solgatan 2;;\n")
    assert outcomes(again) == ["andrad", "andrad"]
    assert "Samma organisationsnummer." in reasons(again)[0]
    assert "telefon" in reasons(again)[0]
    one = Actor.objects.get(organisation_number="7696000012")
    assert one.phone == "+46701740612"
    assert one.address == "Solgatan 1", "an empty cell takes nothing away"
    assert one.version == 2
    assert made().count() == 2


def test_same_name_within_fifty_metres_is_the_same_and_further_away_is_not(personal, cast):
    factories.ActorFactory(forvaltning=cast.sydvast, name="Matboden", latitude=57.68, longitude=12.01)
    text = "Namn;Slag;Latitud;Longitud\nMATBODEN;butik;57,6803;12,01\nMatboden;butik;57.69;12.01\n"
    shown = preview(personal, text)
    assert outcomes(shown) == ["andrad", "ny"]
    assert "Knyts till boendet." in reasons(shown)[0]


def test_twice_in_the_file_is_once_in_the_register(personal):
    line = "Brf Ett;brf;Solgatan 1;{};0701740612\n"
    text = "Namn;Slag;Adress;Kontakt;Tfn\n" + "".join(map(line.format, ["Anna Ek", "Bo Ek", "Anna Ek"]))
    done = bring_in(personal, text, **PERSONS)
    assert outcomes(done) == ["ny", "andrad", "oforandrad"]
    assert "Hör ihop med rad 2." in reasons(done)[1]
    assert reasons(done)[2] == "Samma som rad 2."
    assert made().get().persons.count() == 2


def test_a_later_row_of_the_file_never_replaces_what_an_earlier_one_said(personal, cast):
    """What is empty may be filled, another person may come; which of two notes is right, only a person knows."""
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Två", phone="+46313900610", note="")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    text = (
        "Namn;Slag;Adress;Tfn;Anteckning;Kontakt;Bro till andra\n"
        "Brf Ett;brf;Solgatan 1;031-390 06 10;Bra lokal;Anna Ek;ja\n"
        "BRF ETT;brf;Solgatan 1;;Dålig lokal;;nej\n"
        "Brf Ett;brf;Solgatan 1;070-174 06 12;;Bo Ek;\n"
        "Brf Ett;brf;Solgatan 1;070-174 06 13;;Anna Ek;\n"
        "Brf Två;;;031-390 06 10;;;\n"
        "Brf Två;;;031-390 06 11;;;\n"
        "Brf Två;;;;Nyrenoverad;;\n"
        "Brf Två;;;0313900610;Nyrenoverad;;\n"
    )
    done = bring_in(personal, text, **PERSONS)
    said = reasons(done)
    assert outcomes(done) == ["ny", "felaktig", "andrad", "felaktig", "oforandrad", "felaktig", "andrad", "oforandrad"]
    assert said[1] == "Rad 2 säger något annat: anteckning. Behåll en av raderna."
    assert "Ny kontaktperson: Bo Ek." in said[2]
    assert said[3] == "Rad 2 säger något annat: telefon. Behåll en av raderna."
    assert said[5] == "Rad 6 säger något annat: telefon. Behåll en av raderna."
    assert said[6].startswith("Hör ihop med rad 6.")
    assert said[7] == "Samma som rad 6."
    one = made().get()
    assert (one.name, one.phone, one.note) == ("Brf Ett", "+46313900610", "Bra lokal")
    assert dict(one.persons.values_list("name", "phone")) == {"Anna Ek": "+46313900610", "Bo Ek": "+46701740612"}


def test_the_preview_shows_old_and_new_and_the_import_keeps_neither(personal, cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ett", phone="+46313900610", note="")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    factories.ContactPersonFactory(actor=actor, name="Anna Ek", role="kassör")
    text = f"Namn;Tfn;Anteckning;Kontaktperson;Roll\nBrf Ett;031-390 06 11;{'Stor gård. ' * 9};Anna Ek;ordförande\n"
    shown = preview(personal, text, **PERSONS)
    assert reasons(shown) == [
        "Samma namn. Ändras: telefon: 031-390 06 10 → 031-390 06 11, "
        "anteckning: tomt → Stor gård. Stor gård. Stor gård. Stor g…. "
        "Anna Ek ändras: kontaktpersonens roll: kassör → ordförande."
    ]
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    run_imports()
    assert reasons(shown) == ["Samma namn. Ändras: telefon, anteckning. Anna Ek ändras: kontaktpersonens roll."]


def test_a_chains_shops_share_a_number_and_stay_two(personal):
    text = "Namn;Slag;Adress;Orgnr\nButik Norr;butik;Solgatan 1;556036-0793\nButik Syd;butik;Solgatan 99;556036-0793\n"
    assert outcomes(bring_in(personal, text)) == ["ny", "ny"]
    assert outcomes(bring_in(personal, text)) == ["oforandrad", "oforandrad"]


@pytest.mark.parametrize("where", ["note", "unmapped", "phone", "orgnr", "name"])
def test_a_personnummer_anywhere_refuses_the_row_and_is_kept_nowhere(personal, where):
    cells = {"name": "Brf Två", "phone": "", "orgnr": "", "note": "", "unmapped": ""}
    cells[where] = "811218-9876"
    head = "Namn;Slag;Telefon;Orgnr;Anteckning;Något annat\nBrf Ett;brf;;;;\n"
    done = bring_in(personal, head + "{name};brf;{phone};{orgnr};{note};{unmapped}\n".format(**cells))
    assert outcomes(done) == ["ny", "felaktig"]
    faulty = done.rows.get(outcome="felaktig")
    assert (faulty.cells, faulty.title, faulty.line) == ([], "", 3)
    assert "personnummer" in faulty.reasons[0]
    assert not done.file
    kept = json.dumps([list(done.rows.values("cells", "title", "reasons")), done.samples, done.headers])
    assert "9876" not in kept
    _folders, files = default_storage.listdir("imports") if default_storage.exists("imports") else ([], [])
    assert not files


def test_the_faulty_rows_are_a_file_that_can_be_mended(personal):
    done = bring_in(personal, "Namn;Slag\nBrf Ett;brf\n=Brf Två;okänt\n")
    answer = personal.post(f"{URL}{done.pk}/felaktiga/csv/")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert text.splitlines()[0] == "Rad;Att rätta;Namn;Slag"
    assert "3;" in text
    assert "okänt" in text
    assert "'=Brf Två" in text
    mended = bring_in(personal, text.replace(";okänt", ";brf"))
    assert outcomes(mended) == ["ny"]
    assert Actor.objects.filter(name="=Brf Två").exists()
    assert personal.post(f"{URL}{done.pk}/felaktiga/xlsx/").status_code == 200


def test_cells_are_kept_only_where_they_are_needed(personal):
    done = bring_in(personal, "Namn;Slag\nBrf Ett;brf\nBrf Två;okänt\n")
    assert [row.cells for row in done.rows.for_list()] == [[], ["Brf Två", "okänt"]]


def test_confirmed_twice_it_is_imported_once(personal):
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    for _ in range(3):
        assert personal.post(f"{URL}{shown.pk}/bekrafta/").status_code == 302
    assert run_imports() == 1
    assert personal.post(f"{URL}{shown.pk}/bekrafta/").status_code == 302
    assert run_imports() == 0
    assert made().count() == 1


def test_cancelled_it_leaves_nothing(personal):
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    personal.post(f"{URL}{shown.pk}/avbryt/")
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    run_imports()
    shown.refresh_from_db()
    assert shown.status == "avbruten"
    assert not made().exists()
    assert shown.rows.get().title == ""
    assert "Ingenting är importerat" in personal.get(f"{URL}{shown.pk}/").content.decode()


def test_each_record_is_in_the_log_with_who(personal, cast):
    from platssamverkan.audit.models import AuditEntry

    bring_in(personal, "Namn;Slag;Adress\nBrf Ett;brf;Solgatan 1\n")
    bring_in(personal, "Namn;Slag;Adress;Tfn\nBrf Ett;brf;Solgatan 1;0701740612\n")
    actor = made().get()
    created, changed = AuditEntry.objects.filter(object_pk=str(actor.pk)).order_by("pk")
    assert created.actor == changed.actor == cast["personal"]
    assert set(changed.changes) == {"phone"}
    assert "Solgatan" not in json.dumps(created.changes)
    assert (actor.created_by, actor.changed_by) == (cast["personal"], cast["personal"])


def test_spreadsheets_come_in_with_numbers_days_and_formulas(personal):
    rows = [["Namn", "Slag", "Tfn", "Lat", "Lon", "Enskild", "Samtycke"],
            ["=1+1", "brf", 701740612, 57.6801, 12.01, None, None],
            [None] * 7,
            ["Brf Två", "brf", "031-390 06 10", 57, 12, False, None]]  # fmt: skip
    done = bring_in(personal, xlsx(rows), "lista.xlsx")
    assert outcomes(done) == ["felaktig", "ny"], "a formula without a result is an empty cell"
    actor = made().get()
    assert (actor.phone, actor.latitude) == ("+46313900610", 57.0)


OSM = {
    "type": "FeatureCollection",
    "features": [
        {
            "type": "Feature",
            "id": "node/8112189876",
            "properties": {
                "@id": "node/8112189876",
                "amenity": "kindergarten",
                "name": "Smultronet",
                "addr:street": "Solgatan",
                "addr:housenumber": "3",
                "phone": "+46 31 390 06 10;+46 31 390 06 11",
            },
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[12.0, 57.68], [12.001, 57.68], [12.001, 57.681], [12.0, 57.68]]],
            },
        },
        {
            "type": "Feature",
            "properties": {"shop": "alcohol", "brand": "Systembolaget"},
            "geometry": {"type": "Point", "coordinates": [12.01, 57.68]},
        },
        {
            "type": "Feature",
            "properties": {"leisure": "playground", "addr:street": "Solgatan", "addr:housenumber": "9"},
            "geometry": {"type": "MultiPolygon", "coordinates": [[[[12, 57], [12.1, 57], [12.1, 57.1], [12, 57]]]]},
        },
        {"type": "Feature", "properties": {"amenity": "bench"}, "geometry": {"type": "Point", "coordinates": [12, 57]}},
        {"type": "Feature", "properties": {"name": "Bo 811218-9876", "shop": "yes"}, "geometry": None},
    ],
}


def test_a_map_comes_in_with_its_tags_and_shapes(personal):
    done = bring_in(personal, json.dumps(OSM), "karta.geojson")
    assert outcomes(done) == ["ny", "ny", "ny", "felaktig", "felaktig"]
    found = {a.name: (a.category.name, a.address) for a in made().select_related("category")}
    assert found == {
        "Smultronet": ("förskola", "Solgatan 3"),
        "Systembolaget": ("Systembolag", ""),
        "Park vid Solgatan 9": ("park", "Solgatan 9"),
    }
    smultronet = Actor.objects.get(name="Smultronet")
    assert 57.68 < smultronet.latitude < 57.681
    assert smultronet.phone == "+46313900610"
    assert Neighbour.objects.get(actor=smultronet).distance_m > 0
    assert outcomes(preview(personal, json.dumps(OSM), "karta.geojson"))[:3] == ["oforandrad"] * 3


def test_another_maps_own_names_are_columns(personal):
    document = {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "properties": {"Namn": "Västra skolan", "Typ": "Grundskola", "OBJECTID": 7},
                "geometry": {"type": "LineString", "coordinates": [[12, 57], [12.2, 57]]},
            }
        ],
    }
    done = bring_in(personal, json.dumps(document), "skolor.json")
    assert outcomes(done) == ["ny"]
    assert made().get().longitude is not None


def test_an_archived_actor_comes_back(personal, cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ett", organisation_number="7696000012")
    neighbour = factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    Client.post(personal, f"/boenden/kalleback/aktorer/{neighbour.pk}/arkivera/")
    done = bring_in(personal, "Namn;Slag;Orgnr\nBrf Ett;brf;769600-0012\n")
    assert "tas fram igen" in reasons(done)[0]
    actor.refresh_from_db()
    neighbour.refresh_from_db()
    assert actor.archived_at is None
    assert neighbour.archived_at is None


def test_a_right_that_has_ended_stops_a_confirmed_import(personal, cast):
    from boenden.models import Assignment

    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    Assignment.objects.get(user=cast["personal"]).delete()
    run_imports()
    shown.refresh_from_db()
    assert shown.status == "misslyckad"
    assert not made().exists()


def test_the_register_changed_meanwhile_and_the_plan_is_made_anew(personal, cast, monkeypatch):
    from boenden.imports import jobs

    shown = preview(personal, "Namn;Slag;Adress\nBrf Ett;brf;Solgatan 1\n")
    personal.post(f"{URL}{shown.pk}/bekrafta/")
    judge = jobs.judge

    def judge_and_be_overtaken(*args):
        judgements = judge(*args)
        factories.ActorFactory(forvaltning=cast.sydvast, name="brf ett", address="Solgatan 1")
        return judgements

    monkeypatch.setattr(jobs, "judge", judge_and_be_overtaken)
    run_imports()
    shown.refresh_from_db()
    assert outcomes(shown) == ["andrad"]
    assert Actor.objects.filter(name__iexact="brf ett").count() == 1


def test_a_get_on_a_transition_is_405(personal):
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    for step in ("bekrafta", "avbryt", "felaktiga/csv"):
        assert personal.get(f"{URL}{shown.pk}/{step}/").status_code == 405


def test_an_import_of_another_boende_is_not_found(personal, as_user):
    shown = preview(personal, "Namn;Slag\nBrf Ett;brf\n")
    outsider = as_user("outsider")
    assert outsider.get(f"/boenden/alma/importer/{shown.pk}/").status_code == 404
    assert outsider.post(f"/boenden/alma/importer/{shown.pk}/bekrafta/").status_code == 404


def test_the_file_is_read_while_columns_are_chosen_and_lies_nowhere_after(cast, as_user):
    client = as_user("personal")
    upload(client, "Namn;Slag;Anteckning\nBrf A;bostadsrättsförening;19121212-1212\nBrf B;butik;x\n")
    [actor_import] = ActorImport.objects.all()
    run_imports()
    actor_import.refresh_from_db()
    assert (actor_import.status, actor_import.file.name) == (ActorImport.Status.UPLOADED, "")
    assert [row.cells for row in actor_import.rows.for_list()] == [[], ["Brf B", "butik", "x"]]
    assert run_imports() == 0
    client.post(f"{actor_import.get_absolute_url()}kolumner/", columns_of(actor_import))
    run_imports()
    actor_import.refresh_from_db()
    assert (actor_import.status, actor_import.faulty_count) == (ActorImport.Status.PREVIEW, 1)


def test_a_file_that_cannot_be_read_to_its_end_says_so_before_columns_are_chosen(cast, as_user, monkeypatch):
    upload(as_user("personal"), "Namn;Slag\nBrf A;butik\n")
    monkeypatch.setattr("boenden.imports.tables.MOST_ROWS", -1)
    run_imports()
    [actor_import] = ActorImport.objects.all()
    assert actor_import.status == ActorImport.Status.FAILED
    assert "50 000 rader" in actor_import.failure


def test_a_personal_number_in_two_cells_is_not_kept(cast, as_user):
    found = preview(as_user("personal"), "Namn;Slag;Född;Sista\nBrf A;bostadsrättsförening;19121212;1212\n")
    assert found.faulty_count == 1
    assert [row.cells for row in found.rows.for_list()] == [[]]
