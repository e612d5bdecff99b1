# SPDX-License-Identifier: EUPL-1.2
"""The identity guard: what is refused, what is asked about, and what people must be able to write in peace."""

import time
from datetime import date, datetime, timedelta

import pytest
import time_machine
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st
from stdnum import luhn

from platssamverkan.ground.fields import refuse_personal_number
from platssamverkan.ground.forms import CONFIRM_FIELD, GuardedForm
from platssamverkan.ground.identity_guard import doubts, is_personal_number, personal_numbers

# Numbers that Skatteverket sets aside for tests.
REFUSED = [
    "811218-9876",
    "8112189876",
    "19811218-9876",
    "198112189876",
    "811218 9876",
    "19811218 9876",
    "811218–9876",  # en dash
    "811218—9876",  # em dash
    "811218−9876",  # minus
    "811218‑9876",  # non-breaking hyphen
    "811218 - 9876",
    "811218-\n9876",
    "811218.9876",
    "811218/9876",
    "811218_9876",
    "81-12-18-9876",
    "81 12 18 9876",
    "81 12 18-9876",
    "81.12.18.9876",
    "81/12/18-9876",
    "1981-12-18-9876",
    "1981 12 18 9876",
    "1981.12.18-9876",
    "8112 18-9876",
    "8112 18 9876",
    "811218-98 76",
    "81 12 18 98 76",
    "8 1 1 2 1 8 9 8 7 6",
    "8.1.1.2.1.8.9.8.7.6",
    "８１１２１８－９８７６",  # full width
    "٨١١٢١٨-٩٨٧٦",  # other digits
    "⑧①①②①⑧⑨⑧⑦⑥",
    "8112\u200b18-98\u200b76",  # zero width
    "811218\u00ad9876",  # soft hyphen
    "811218\u2060-\ufeff9876",
    "811218\u00a09876",  # no-break space
    "811218\u202f9876",
    "8\u03011\u03011218-9876",  # combining marks
    "811278-9873",  # samordningsnummer, 18 + 60
    "19811278-9873",
    "121212+1212",  # a hundred years and more
    "19121212+1212",
    "070174-0612" if luhn.is_valid("0701740612") else "811218-9876",
    "SE811218987601",  # a sole trader's VAT number
]
WRAPPED = ["{}", "Han sa {} till oss.", "({})", "pnr:{}", "nr.{}", "Det gällde {}, som ringde kl. 14.40.", "a{}b"]


@pytest.mark.parametrize("written", REFUSED)
@pytest.mark.parametrize("around", WRAPPED)
def test_a_personal_number_is_refused_however_it_is_written(written, around):
    assert personal_numbers(around.format(written))


@pytest.mark.parametrize(
    "text",
    [
        "811218-9876,811218-9876",
        "811218-9876811218-9876",
        "811218-9876/811218-9876",
        "811218-9876;19811278-9873",
        "81121898768112789873",
        "198112189876198112789873",
        "8112189876 8112789873",
        "8112189876,8112789873",
        "Berörda: 811218-9876 14.40 och 811278-9873 15.20",
        "1. 811218-9876\n2. 811278-9873",
    ],
)
def test_lists_are_refused_also_when_glued_together(text):
    assert personal_numbers(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Höga röster i tio minuter.",
        "811218-9875",  # wrong check digit
        "811332-9876",  # no such day
        "2026-11-23 14.40",
        "2026-11-23 14:40-15:20",
        "2001-01-05 09:00",
        "2026-11-23 - 2026-12-01",
        "2026-11-23–2026-12-01",
        "01.12.26-05.12.26",
        "23.11.2026-24.11.2026",
        "kl. 10.12, 11.15, 12.10, 13.20",
        "kl. 07.30-08.30",
        "0700-0830",
        "den 05-12-2026",
        "dnr N163-0345/26",
        "dnr 0345/2026",
        "dnr 2026-123456",
        "SFS 2023:196",
        "57.6809, 12.0121",
        "57.680912 12.012134",
        "57,6809 12,0121",
        "556036-0793",  # an organisation
        "bankgiro 5050-1055",
        "1 440 000 kr 2026",
        "114 14",
        "ISBN 978-91-1-234567-8",
    ],
)
def test_what_people_write_in_peace(text):
    assert not personal_numbers(text)
    assert not doubts(text)


PHONES = ["031-390 06 10", "0701-74 06 12", "070-174 06 12", "+46 70 174 06 12", "0046701740612", "+45 32 12 34 56"]


@pytest.mark.parametrize("phone", [*PHONES, "0702069999", "010-123 45 67", "08-12 34 56", "08 12 01 56 78"])
def test_a_phone_number_is_asked_about_not_refused(phone):
    text = f"Hon nås på {phone} i kväll."
    assert not personal_numbers(text)
    assert [finding.excerpt for finding in doubts(text)]


def number_on(day: date, serial: int, *, coordination: bool = False) -> str:
    """Ten digits with the right check digit."""
    nine = f"{day:%y%m}{day.day + 60 * coordination:02}{serial:03}"
    return nine + luhn.calc_check_digit(nine)


def test_ten_digits_that_could_be_a_mobile_number_are_asked_about_and_refused_with_a_dash():
    number = number_on(date(2007, 2, 3), 123)  # 0702031…
    assert not personal_numbers(number)
    assert doubts(number)
    assert personal_numbers(f"{number[:6]}-{number[6:]}")


@time_machine.travel("2026-11-24 12:00:00+01:00")
def test_a_recent_day_with_a_time_is_asked_about():
    serial = next(n for n in range(100, 160) if int(number_on(date(2026, 11, 23), n)[6:]) % 100 < 60)
    number = number_on(date(2026, 11, 23), serial)
    text = f"20{number[:6]} {number[6:]}"
    assert not personal_numbers(text)
    assert [str(finding.message) for finding in doubts(text)] == [
        "Texten innehåller siffror som kan vara ett personnummer."
    ]
    assert not doubts(f"2026-11-23 {number[6:8]}.{number[8:]}")


def test_two_days_a_century_apart_are_days():
    assert not personal_numbers("1999-04-29–2100-01-01")


@time_machine.travel("2026-11-24 12:00:00+01:00")
def test_a_day_to_come_with_a_time_is_no_excuse():
    number = number_on(date(1927, 1, 1), 1)  # 270101 0015, as nobody writes a time that has been
    assert personal_numbers(f"{number[:6]} {number[6:]}")


def test_a_day_to_come_is_nobodys_birthday():
    day = timezone.localdate() + timedelta(days=40)
    assert not is_personal_number("20" + number_on(day, 123))


def test_a_labelled_number_is_asked_about_not_refused():
    assert not personal_numbers("ordernr 8112189876")
    assert doubts("ordernr 8112189876")
    assert not doubts("ordernr 0812345678")


def test_an_odd_grouping_is_asked_about():
    assert not personal_numbers("811 218 98 76")
    assert doubts("811 218 98 76")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Anna i lägenhet 12 ropade.", True),
        ("Vi talade med Karl-Erik, lgh 1203.", True),
        ("Musik från rum 4. Det var Omar.", True),
        ("Vatten läckte i lägenhet 12.", False),
        ("Personalen gick till rum 4.", False),
        ("Anna gick ut i parken.", False),
        ("mejla anna.ek@example.org", True),
    ],
)
def test_names_with_apartments_and_addresses_are_asked_about(text, asked):
    assert bool(doubts(text)) is asked


# those born earlier share their two digits with a year that has been, and a number of theirs may be its day with a time
days = st.dates(min_value=date(timezone.localdate().year - 99, 1, 1), max_value=date(2006, 12, 31))
separators = st.sampled_from(["-", "–", " ", "\u00a0", ".", "/", " - ", "－"])
around = st.text(alphabet=st.characters(exclude_categories=["Nd", "No", "Nl", "Cs", "Lo"]), max_size=30)


@given(days, st.integers(1, 999), st.booleans(), separators, around, around, st.booleans())
@settings(deadline=None)
def test_any_number_in_any_text_is_refused(day, serial, coordination, separator, before, after, with_century):
    number = number_on(day, serial, coordination=coordination)
    written = f"{day.year // 100 if with_century else ''}{number[:6]}{separator}{number[6:]}"
    assert personal_numbers(f"{before} {written} {after}")


@given(
    days, st.integers(1, 999), st.lists(st.sampled_from("\u200b\u200c\u200d\u2060\ufeff\u00ad"), max_size=12), st.data()
)
@settings(deadline=None)
def test_nothing_unseen_hides_a_number(day, serial, marks, data):
    number = number_on(day, serial)
    number = f"{number[:6]}-{number[6:]}"
    for mark in marks:
        place = data.draw(st.integers(0, len(number)))
        number = number[:place] + mark + number[place:]
    assert personal_numbers(number)


moments = st.datetimes(min_value=datetime(1950, 1, 1), max_value=datetime(2100, 1, 1))  # noqa: DTZ001


@given(moments, moments, st.floats(55, 69), st.floats(11, 24))
@settings(deadline=None)
def test_days_times_and_places_are_never_refused(start, end, latitude, longitude):
    text = (
        f"{start:%Y-%m-%d} {start:%H.%M}-{end:%H.%M}, {start:%Y-%m-%d %H:%M}–{end:%Y-%m-%d %H:%M}, "
        f"{start:%Y-%m-%d}–{end:%Y-%m-%d}, {start:%d.%m.%Y}, {start:%d/%m} {start:%Y}, "
        f"{latitude:.4f}, {longitude:.4f} eller {latitude:.6f} {longitude:.6f}"
    )
    assert not personal_numbers(text)


@given(st.sampled_from(["031", "0303", "010", "08"]), st.text("0123456789", min_size=7, max_size=7))
@settings(deadline=None)
def test_phone_numbers_are_never_refused(area, rest):
    assert not personal_numbers(f"Ring {area}-{rest[:3]} {rest[3:5]} {rest[5:]}.")


@given(st.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_answered(text):
    assert isinstance(personal_numbers(text), list)
    assert isinstance(doubts(text), list)


@pytest.mark.parametrize("piece", ["1 ", "0701-", "a.", "a@a.", "811218-", "Lgh 1 ", "2026-11-23 "])
def test_a_long_text_takes_no_long_time(piece):
    begun = time.process_time()
    doubts(piece * 3000)
    personal_numbers(piece * 3000)
    assert time.process_time() - begun < 5  # a pattern that backtracks would take minutes


class NoteForm(GuardedForm):
    asks_about = ("text",)
    title = forms.CharField(required=False)
    text = forms.CharField()


class TestTheForm:
    def test_refuses_at_the_field_and_keeps_what_was_typed(self):
        form = NoteForm({"title": "811218-9876", "text": "Oro"})
        assert not form.is_valid()
        assert form.errors.as_data()["title"][0].code == "personal_number"
        assert form["title"].value() == "811218-9876"
        assert not form.asked

    def test_asks_once_about_what_it_doubts(self):
        data = {"text": "Hon nås på 031-390 06 10."}
        form = NoteForm(data)
        assert not form.is_valid()
        assert "«031-390 06 10»" in form.errors["text"][0]
        assert NoteForm(data | {CONFIRM_FIELD: form.asked}).is_valid()

    def test_a_confirmation_holds_for_that_very_text(self):
        form = NoteForm({"text": "Hon nås på 031-390 06 10."})
        form.is_valid()
        other = NoteForm({"text": "Hon nås på 031-390 06 11.", CONFIRM_FIELD: form.asked})
        assert not other.is_valid()

    def test_does_not_ask_about_other_fields(self):
        assert NoteForm({"title": "031-390 06 10", "text": "Oro"}).is_valid()


def test_the_validator_says_what_to_do():
    with pytest.raises(ValidationError, match="Ta bort det"):
        refuse_personal_number("811218-9876")
    refuse_personal_number("")
