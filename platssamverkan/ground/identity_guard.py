# SPDX-License-Identifier: EUPL-1.2
"""No brukare can be pointed out (design.md rule 1): what a free text may not hold, and what it should be asked about.

A personnummer or samordningsnummer (a real date and a right check digit, however it is written) is refused.
Ten digits that could as well be a mobile number, phone numbers, e-mail addresses and "namn + lägenhet" are asked about.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from stdnum import luhn

# Digits may be broken up by what people put between them: spaces, any dash, dots, slashes, invisible marks.
GAP = r"[\s\-\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff\u00ad./+_,:]{0,3}"
NUMBER = re.compile(r"(?<!\d)\d(?:" + GAP + r"\d){9,11}(?!\d)")
LONGER = re.compile(r"(?<!\d)\d(?:[\-\u2010-\u2015\u2212\u200b-\u200d\u2060\ufeff\u00ad./+_ \u00a0]?\d){9,}(?!\d)")
PLAIN_MOBILE = re.compile(r"^07[02369]\d")
MOBILE = re.compile(r"^(?:\+46|0046|0)[\s\-]?7[02369][\d\s\-]+$")
PHONE = re.compile(r"(?<![\d-])(?:\+46|0046|0)(?:[\s\-/()]{0,2}\d){7,11}(?!\d)")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
APARTMENT = re.compile(r"\b(?:lgh|lägenhet(?:en)?|rum(?:met)?)\.?\s*(?:nr\.?\s*)?\d+\w?\b", re.IGNORECASE)
NAME = re.compile(r"\b[A-ZÅÄÖÉ][a-zåäöéü]{1,}(?:-[A-ZÅÄÖ][a-zåäö]+)?\b")
NEARBY = 60  # characters between a name and an apartment for the two to be about one person


@dataclass(frozen=True)
class Finding:
    """Something in a text that may point out a person: the words to show, and the piece of text they are about."""

    message: str | Promise
    excerpt: str


def digits_of(text: str) -> str:
    """Only the digits, with other scripts' digits read as ours."""
    return "".join(str(unicodedata.decimal(c)) for c in text if unicodedata.decimal(c, None) is not None)


def is_personal_number(digits: str) -> bool:
    """Whether 10 or 12 digits are a personnummer or samordningsnummer: a real date and Luhn's check digit.

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


def is_date(year: int, month: int, day: int) -> bool:
    """Whether the three make a day in the calendar."""
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def plain(text: str) -> str:
    """Compatible forms folded (full-width digits and the like), so that a spelling cannot hide a number."""
    return unicodedata.normalize("NFKC", text)


def candidates(text: str) -> list[tuple[str, str]]:
    """(as written, digits) for every run in the text that could be a personal number, also inside longer runs."""
    found = []
    for match in [*NUMBER.finditer(text), *LONGER.finditer(text)]:
        written = match.group()
        digits = digits_of(written)
        found.append((written, digits))
        # "19121212-1212 2" or a list of numbers with spaces between: look at every group-aligned piece too
        groups = [digits_of(group) for group in re.split(r"[^\d]+", written) if group]
        for start in range(len(groups)):
            joined = ""
            for group in groups[start:]:
                joined += group
                if len(joined) in (10, 12):
                    found.append((written, joined))
    return found


def looks_like_mobile(written: str, digits: str) -> bool:
    """Whether ten digits are written so that they may as well be a mobile number: ask, do not refuse."""
    return len(digits) == 10 and bool(PLAIN_MOBILE.match(digits)) and not re.search(r"\d{6}[-+]\d{4}$", written.strip())


def personal_numbers(text: str) -> list[str]:
    """Every piece of the text that is a personnummer or samordningsnummer beyond doubt."""
    return [
        written
        for written, digits in candidates(plain(text))
        if is_personal_number(digits) and not looks_like_mobile(written, digits)
    ]


def doubts(text: str) -> list[Finding]:
    """What in the text may point out a person and should be asked about, one finding a kind."""
    text = plain(text)
    findings = []
    phone = PHONE.search(text)
    doubtful = next((w for w, d in candidates(text) if is_personal_number(d) and looks_like_mobile(w, d)), None)
    if phone or doubtful:
        excerpt = phone.group() if phone else doubtful or ""
        findings.append(Finding(_("Texten innehåller något som ser ut som ett telefonnummer."), excerpt.strip()))
    if email := EMAIL.search(text):
        findings.append(Finding(_("Texten innehåller en e-postadress."), email.group()))
    for apartment in APARTMENT.finditer(text):
        around = text[max(0, apartment.start() - NEARBY) : apartment.end() + NEARBY]
        names = [name for name in NAME.findall(around) if not begins_sentence(name, around)]
        if names:
            message = _("Texten ser ut att nämna ett namn och en lägenhet.")
            findings.append(Finding(message, f"{names[0]} … {apartment.group()}"))
            break
    return findings


def begins_sentence(name: str, text: str) -> bool:
    """Whether a capital only opens a sentence, as far as can be told: then it need not be a name."""
    return all(
        not text[: match.start()].strip() or text[: match.start()].rstrip()[-1] in ".!?:\n"
        for match in re.finditer(rf"\b{re.escape(name)}\b", text)
    )
