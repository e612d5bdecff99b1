# SPDX-License-Identifier: EUPL-1.2
"""No line that is not shared, and no person who keeps to the boende, ever leaves it: not in any page or file."""

import io

import openpyxl
import pytest
import vobject
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from boenden.models import CommonEntry, ContactListEntry
from platssamverkan.export.models import Export
from tests import factories
from tests.conftest import close

LIST = "/boenden/kalleback/kontaktlista/"
FORMATS = ("pdf", "csv", "xlsx", "vcf")
TABLES = ("csv", "xlsx")


def body(response):
    assert response.status_code == 200
    return b"".join(response.streaming_content) if response.streaming else response.content


def sheet_text(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return "\n".join(" ".join(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True))


READ = {
    "pdf": lambda content: " ".join(page.extract_text() for page in PdfReader(io.BytesIO(content)).pages),
    "csv": lambda content: content.decode("utf-8-sig"),
    "xlsx": sheet_text,
    "vcf": lambda content: content.decode(),
}


def taken(client, fmt):
    """The list as a file: paper and cards at one press, tables with what for."""
    if fmt in TABLES:
        return client.post(f"{LIST}fil/", {"format": fmt, "purpose": "utskick om vårstädningen"})
    return client.post(f"{LIST}fil/{fmt}/")


def outputs(client, formats=FORMATS):
    """Everything a client can get of the list, as text."""
    found = {"page": body(client.get(LIST)).decode()}
    for fmt in formats:
        found[fmt] = READ[fmt](body(taken(client, fmt)))
    return found


@pytest.fixture
def group(cast):
    return factories.ContactListGroupFactory(contact_list=cast.contact_list)


LINES = st.lists(
    st.fixed_dictionaries(
        {
            "kind": st.sampled_from(["own", "person", "actor", "common"]),
            "is_shared": st.booleans(),
            "visibility": st.sampled_from(["boendet", "delad"]),
            "archived": st.sampled_from(["", "", "", "line", "source"]),
        }
    ),
    min_size=1,
    max_size=8,
)


def make_line(group, number, kind, is_shared, visibility, archived):
    """One line whose every word has its number in it; gives the words, and whether readers may see them."""
    word, phone = f"Ordet{number:03}x", f"+4631390{1000 + number}"
    gone = timezone.now() if archived == "source" else None
    fields = {"label": "", "own_phone": ""}
    if kind == "person":
        fields["person"] = factories.ContactPersonFactory(
            name=word, phone=phone, email=f"{word.lower()}@example.org", visibility=visibility, archived_at=gone
        )
    elif kind == "actor":
        fields["actor"] = factories.ActorFactory(name=word, phone=phone, archived_at=gone)
    elif kind == "common":
        fields["common"] = CommonEntry.objects.create(name=word, phone=phone, when_to_use="Alltid.", archived_at=gone)
    else:
        fields = {"label": word, "own_phone": phone}
        gone = None
    archived_at = timezone.now() if archived == "line" else None
    factories.ContactListEntryFactory(
        group=group, is_shared=is_shared, when_to_use=f"När {word}.", position=number, archived_at=archived_at, **fields
    )
    stands = not archived_at and not gone
    return word, stands, stands and is_shared and (kind != "person" or visibility == "delad")


@settings(
    max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(lines=LINES)
def test_a_reader_gets_exactly_what_is_shared_in_every_output(cast, as_user, group, lines):
    ContactListEntry._base_manager.update(archived_at=timezone.now())
    made = [make_line(group, number, **line) for number, line in enumerate(lines)]
    for where, text in outputs(as_user("granne"), FORMATS if len(lines) > 5 else FORMATS[1:]).items():
        for word, _stands, is_out in made:
            assert (word.lower() in text.lower()) == is_out, f"{word} in {where}"
    for where, text in outputs(as_user("enhetschef"), ["csv", "vcf"]).items():
        for word, stands, _is_out in made:
            assert (word.lower() in text.lower()) == stands, f"{word} in {where} of staff"


def test_the_pdf_of_a_reader_holds_the_shared_and_nothing_else(cast, as_user, group):
    person = factories.ContactPersonFactory(name="Hemlig Holm", visibility="boendet")
    factories.ContactListEntryFactory(group=group, label="Öppen Rad")
    factories.ContactListEntryFactory(group=group, label="Egen Rad", is_shared=False)
    factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")
    text = outputs(as_user("granne"))["pdf"]
    assert "Öppen Rad" in text
    assert "031-390 06 10" in text
    assert "Utskriven" in text
    assert "Granne Wik" in text
    assert "Listan är till för dem som fått den." in text
    for secret in ("Egen Rad", "Hemlig", "Bara boendet"):
        assert secret not in text
    assert "Egen Rad" in outputs(as_user("personal"))["pdf"]


def test_one_a4_where_it_fits(cast, as_user, group):
    client = as_user("granne")

    def pages():
        return len(PdfReader(io.BytesIO(body(client.post(f"{LIST}fil/pdf/")))).pages)

    for number in range(9):
        factories.ContactListEntryFactory(group=group, label=f"Rad {number}", position=number)
    assert pages() == 1
    for number in range(9, 19):
        factories.ContactListEntryFactory(group=group, label=f"Rad {number}", position=number)
    assert pages() == 1


def test_the_pdf_is_tagged_and_swedish(as_user, group):
    factories.ContactListEntryFactory(group=group)
    reader = PdfReader(io.BytesIO(body(as_user("granne").post(f"{LIST}fil/pdf/"))))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "sv"
    assert reader.metadata.title == "Kontaktlista för Kallebäcks boende"


def test_a_card_is_one_that_a_telephone_reads(cast, as_user, group):
    actor = factories.ActorFactory(name="Brf Utsikten")
    person = factories.ContactPersonFactory(
        actor=actor, name="Lena Wikström", visibility="delad", email="l@example.org"
    )
    entry = factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="")
    response = as_user("granne").post(f"{LIST}rader/{entry.pk}/kontaktkort/")
    assert response["Content-Type"].startswith("text/vcard")
    card = vobject.readOne(response.content.decode())
    assert (card.fn.value, card.org.value, card.title.value) == ("Lena Wikström", ["Brf Utsikten"], "ordförande")
    assert card.tel.value == "+46701740612"
    assert "email" not in card.contents  # her page shows the number alone
    cards = list(vobject.readComponents(outputs(as_user("granne"), ["vcf"])["vcf"]))
    assert [card.fn.value for card in cards] == ["Kallebäcks boende", "Lena Wikström"]


def test_the_card_of_a_line_that_is_not_shared_does_not_exist_for_a_reader(cast, as_user, group):
    entry = factories.ContactListEntryFactory(group=group, is_shared=False)
    foreign = factories.ContactListEntryFactory(
        group=factories.ContactListGroupFactory(contact_list=cast.alma.contact_list)
    )
    url = f"{LIST}rader/{entry.pk}/kontaktkort/"
    assert as_user("granne").post(url).status_code == 404
    assert as_user("personal").post(url).status_code == 200
    assert as_user("boendeombud").post(url).status_code == 200
    assert as_user("personal").post(f"{LIST}rader/{foreign.pk}/kontaktkort/").status_code == 404
    assert as_user("personal").get(url).status_code == 405


@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("anonymous", 302),
        ("systemforvaltare", 404),
        ("outsider", 404),
        ("ended", 404),
        ("boendeombud", 200),
        ("forvaltningschef", 200),
        ("enhetschef", 200),
        ("personal", 200),
        ("granne", 200),
    ],
)
def test_who_takes_files_out_and_that_it_is_logged(cast, as_user, group, name, status):
    factories.ContactListEntryFactory(group=group, label="Öppen")
    factories.ContactListEntryFactory(group=group, label="Egen", is_shared=False)
    for fmt in FORMATS:
        response = taken(as_user(name), fmt)
        assert response.status_code == status
        if status == 200:
            body(response)
            close(response)
            log = Export.objects.get(format=fmt)
            assert (log.created_by, log.scope_id, log.what) == (cast[name], cast.kalleback.pk, "kontaktlista")
            assert log.purpose == ("utskick om vårstädningen" if fmt in TABLES else "kontaktlista")
            assert log.state == Export.State.WHOLE
    if status != 200:
        assert not Export.objects.exists()


def test_files_are_asked_for_by_a_press(as_user):
    assert as_user("granne").get(f"{LIST}fil/pdf/").status_code == 405
    for fmt in ("docx", "csv", "xlsx"):  # a table is asked for with its purpose
        assert as_user("granne").post(f"{LIST}fil/{fmt}/").status_code == 404


def test_a_table_asks_what_for_and_keeps_what_was_chosen(as_user):
    refused = as_user("granne").post(f"{LIST}fil/", {"format": "csv", "purpose": "-"})
    assert refused.status_code == 422
    assert refused.context["form"]["format"].value() == "csv"
    assert "ett par ord" in refused.content.decode()
    assert not Export.objects.exists()
    assert "bara är för boendet" in as_user("personal").get(f"{LIST}fil/").content.decode()
    assert "bara är för boendet" not in as_user("granne").get(f"{LIST}fil/").content.decode()


def test_formulas_and_markup_in_names_stay_words(cast, as_user, group):
    factories.ContactListEntryFactory(group=group, label="=1+1", when_to_use="<script>alert(1)</script>")
    found = outputs(as_user("granne"))
    assert "'=1+1" in found["csv"]
    assert "=1+1" in found["xlsx"]
    assert "<script>alert" not in found["page"]
    assert "<script>alert(1)</script>" in found["pdf"].replace("\n", "")
