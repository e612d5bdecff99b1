# SPDX-License-Identifier: EUPL-1.2
"""No brukare can be pointed out (design.md rule 1): what a free text may not hold, and what it should be asked about.

A personnummer or samordningsnummer (a real date and a right check digit) is refused in every common spelling.
Digits that could as well be something else, phone numbers, e-mail addresses and "namn + lägenhet" are asked about.
One random run of ten digits in three hundred passes for a personnummer. So *how* it is written decides: dates with
times, coordinates and phone numbers are written in ways that no personnummer is.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

# Patterns for a text made `plain`: ASCII digits, one kind of dash, one kind of space, nothing invisible.
WHOLE = re.compile(r"(?<!\d)(?<!\d\.)\d{10}(?:\d\d)?(?!\d)")  # 8112189876, 198112189876; no decimals
DAY = r"(?:\d{8}|\d{6}|(?:\d{4}|\d\d)([ ./-])\d\d\1\d\d|\d{4} \d\d)"
GLUED = r"(?=\d{6,8}[-+]\d{4}(?!\d))"  # the next number of a list that has lost its separators
TWO_DAYS = r"(?!(?<=(?:19|20|21)\d\d)[./-]\d\d[./-]\d\d(?!\d))"  # 2026-11-23 - 2026-12-01
BEFORE = r"(?:(?<!\d)(?<!\d[.,])|(?<=[-+]\d{4})|(?<=\d{4},))"  # not within 57.6809
AFTER = rf"(?:(?!\d)|{GLUED}){TWO_DAYS}"
ALONE = r"(?![ ./:-]?\d)"
JOINED = re.compile(rf"{BEFORE}{DAY} ?(?:[-+/]\s{{0,2}}|[._])(?:\d{{4}}{AFTER}|\d\d[ .-]\d\d{ALONE})")
SPACED = re.compile(rf"{BEFORE}{DAY} {{1,2}}(?:\d{{4}}{AFTER}|\d\d \d\d{ALONE})")
ONE_BY_ONE = re.compile(r"(?<!\d)(?<!\d[.,])\d(?:[ .-]\d){9}(?:(?:[ .-]\d){2})?(?![ .-]?\d)")
RUN_TOGETHER = re.compile(r"(?<!\d)\d{20,}(?!\d)")  # a list without any separators
VAT_NUMBER = re.compile(r"SE ?(\d{10})01(?!\d)", re.IGNORECASE)  # a sole trader's holds the personnummer
ODD = re.compile(r"(?<!\d)(?<!\d[ .,/_+:-])\d(?:[ ./_+-]{0,2}\d){9,11}(?![ .,/_+:-]{0,2}\d)")  # any other: asked about
DAY_AND_CLOCK = re.compile(r"^(?:\d{8}|\d{6}|\d{4}-\d\d-\d\d|\d\d-\d\d-\d\d) +(?:[01]\d|2[0-4])[ .-]?[0-5]\d$")
LABELLED = re.compile(
    r"\b(?:order|beställning|ärende|dnr|diarie|faktura|ref|referens|kvitto|artikel|serie)\w*\.?:? ?(?:nr\.?:? ?)?$",
    re.IGNORECASE,
)
MOBILE = re.compile(r"^07[02369]")
AREA_CODE = re.compile(r"^0[1-9]\d{0,2}[ /-]")  # 08-, 031-, 0303-

# 0700-0830, 05-12-2026 and 0123/2026 are a time, a day and a case
NO_PHONE = (
    r"(?![012]\d[0-5]\d ?- ?[012]\d[0-5]\d(?!\d))(?!\d\d[ /-]\d\d[ /-](?:19|20)\d\d(?!\d))(?!\d{4}/(?:19|20)\d\d(?!\d))"
)
PHONE = re.compile(rf"(?<![\d.,-]){NO_PHONE}(?:(?:\+|00)[1-9]\d{{0,2}}|0[1-9])(?:[ /()-]{{0,2}}\d){{6,11}}(?!\d)")
EMAIL = re.compile(r"(?<![\w.+-])[\w.+-]+@[\w-]+\.\w[\w.-]*")
APARTMENT = re.compile(r"\b(?:lgh|lägenhet(?:en)?|rum(?:met)?)\.?\s*(?:nr\.?\s*)?\d+\w?\b", re.IGNORECASE)
NAME = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖ][a-zåäö]+)?\b")
NEARBY = 60  # characters between a name and an apartment for the two to be about one person
COMMON = """
alla allt ambulans andra bara barn barnen boende boendet boendeombudet brand branden brukare brukaren brukarna
de den denna dessutom det detta då därefter där en enhetschefen ett efter eftersom flera flertalet från för
föräldrar fönstret glas grannar grannarna granne grannen han hela hon hög höga här i idag igår ingen ingång inga
inget inne kl klockan kring larm larmet ljud ljudet lägenhet lägenheten lugnt lås man men med medan musik
musiken när nu något någon några obs och om ordningsvakt ordningsvakten personal personalen personen polis
polisen porten rum rummet räddningstjänsten sedan ser skrik skräp sopor storningsjouren störning störningen
störningsjouren städning städningen till trapphuset två tre under ungefär ute utanför vaktbolaget vakten var
vatten vattnet vi vid vänd åter även över
"""
OPENERS = frozenset(COMMON.split())  # words that open a sentence with a capital and are nobody's name


@dataclass(frozen=True)
class Finding:
    """Something in a text that may point out a person: the words to show, and the piece of text they are about."""

    message: str | Promise
    excerpt: str


def plain(text: str) -> str:
    """The text as an eye reads it: every script's digits, dashes and spaces as ours, and nothing unseen."""
    read = []
    for character in unicodedata.normalize("NFKC", text):
        kind = unicodedata.category(character)
        if kind == "Nd":
            read.append(str(unicodedata.decimal(character)))
        elif kind == "Pd" or character == "\N{MINUS SIGN}":
            read.append("-")
        elif kind == "Zs" or character == "\t":
            read.append(" ")
        elif kind not in ("Cf", "Mn", "Me"):
            read.append(character)
    return "".join(read).replace("\r", "")


def digits_of(text: str) -> str:
    """Only the digits."""
    return "".join(character for character in text if character.isdecimal())


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the three make a day that has been, so that somebody can be born on it."""
    try:
        return date(year, month, day) <= timezone.localdate()
    except ValueError:
        return False


def is_personal_number(digits: str) -> bool:
    """Whether 10 or 12 digits are a personnummer or samordningsnummer: a day that has been and Luhn's check digit.

    A samordningsnummer has 60 added to the day (folkbokföringslagen 18 a §; Skatteverket's SKV 707).
    """
    if len(digits) == 12:
        if digits[:2] not in ("18", "19", "20"):
            return False
        centuries, short = [int(digits[:2])], digits[2:]
    elif len(digits) == 10:
        centuries, short = [19, 20], digits
    else:
        return False
    year, month, day = int(short[:2]), int(short[2:4]), int(short[4:6])
    if day > 60:
        day -= 60
    return luhn.is_valid(short) and any(is_date(century * 100 + year, month, day) for century in centuries)


def are_personal_numbers(digits: str) -> bool:
    """Whether a run of digits is nothing but personal numbers, one after the other."""
    return any(
        len(digits) % size == 0
        and all(is_personal_number(digits[start : start + size]) for start in range(0, len(digits), size))
        for size in (10, 12)
    )


def is_labelled(text: str, start: int) -> bool:
    """Whether the word before says that the number is an order's, a case's or the like."""
    return bool(LABELLED.search(text[max(0, start - 30) : start]))


def could_be_mobile(written: str) -> bool:
    """Whether ten digits are written so that they may as well be a mobile number."""
    digits = digits_of(written)
    return len(digits) == 10 and bool(MOBILE.match(digits)) and not re.match(r"^\d{6}\s?[-+ ]\s?\d{4}$", written)


def could_be_clock(written: str) -> bool:
    """Whether it may as well be a recent day with a time: 20261123 1440. A day to come is no time that anything was."""
    if not DAY_AND_CLOCK.match(written):
        return False
    digits = digits_of(written)
    year, rest = (int(digits[:4]), digits[4:]) if len(digits) == 12 else (2000 + int(digits[:2]), digits[2:])
    return timezone.localdate().year - year <= 1 and is_date(year, int(rest[:2]), int(rest[2:4]))


def could_be_phone(written: str) -> bool:
    """Whether it begins as a telephone number with its area code apart."""
    return bool(AREA_CODE.match(written)) and not re.match(r"^\d{6}\D", written)


def spelled(text: str) -> Iterator[tuple[str, bool]]:
    """Every personal number in a common spelling: as written, and whether it may as well be something else."""
    for match in WHOLE.finditer(text):
        if is_personal_number(match.group()):
            yield match.group(), could_be_mobile(match.group()) or is_labelled(text, match.start())
    for match in chain(JOINED.finditer(text), SPACED.finditer(text)):
        written = match.group()
        if is_personal_number(digits_of(written)):
            yield written, could_be_mobile(written) or could_be_clock(written) or could_be_phone(written)
    for match in chain(ONE_BY_ONE.finditer(text), RUN_TOGETHER.finditer(text), VAT_NUMBER.finditer(text)):
        if are_personal_numbers(digits_of(match[1] if match.re is VAT_NUMBER else match[0])):
            yield match[0], False


def personal_numbers(text: str) -> list[str]:
    """Every piece of the text that is a personnummer or samordningsnummer beyond doubt."""
    if sum(map(str.isdecimal, unicodedata.normalize("NFKC", text))) < 10:  # most texts: done before any pattern runs
        return []
    return [written for written, is_doubtful in spelled(plain(text)) if not is_doubtful]


def doubtful_number(text: str) -> str:
    """The first piece that may be a personal number and may as well be something else; empty if there is none."""
    odd = (
        match.group()
        for match in ODD.finditer(text)
        if is_personal_number(digits_of(match.group())) and not DAY_AND_CLOCK.match(match.group())
    )
    return next((written for written, is_doubtful in spelled(text) if is_doubtful), "") or next(odd, "")


def doubts(text: str) -> list[Finding]:
    """What in the text may point out a person and should be asked about, one finding a kind."""
    text = plain(text)
    findings = []
    phone = next((match for match in PHONE.finditer(text) if not is_labelled(text, match.start())), None)
    if phone:
        findings.append(Finding(_("Texten innehåller något som ser ut som ett telefonnummer."), phone.group().strip()))
    if not phone and (number := doubtful_number(text)):
        findings.append(Finding(_("Texten innehåller siffror som kan vara ett personnummer."), number.strip()))
    if email := EMAIL.search(text):
        findings.append(Finding(_("Texten innehåller en e-postadress."), email.group()))
    if (name_and_home := named_apartment(text)) is not None:
        findings.append(name_and_home)
    return findings


def named_apartment(text: str) -> Finding | None:
    """A name near an apartment or a room."""
    for apartment in APARTMENT.finditer(text):
        around = text[max(0, apartment.start() - NEARBY) : apartment.end() + NEARBY]
        for name in NAME.findall(around):
            if name.casefold() not in OPENERS:
                message = _("Texten ser ut att nämna ett namn och en lägenhet.")
                return Finding(message, f"{name} … {apartment.group()}")
    return None
