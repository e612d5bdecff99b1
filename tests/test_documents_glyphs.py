# SPDX-License-Identifier: EUPL-1.2
"""Characters that no font of the documents has: left out on the way in where nobody sees them, told elsewhere."""

import pytest
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone

from platssamverkan.documents.glyphs import COMMON, is_printable, unprintable
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.middleware import InputGuardMiddleware, without_unstorable
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.reading import Document
from platssamverkan.reports.models import AnnualSection, AnnualShare

YEAR = timezone.localdate().year - 1


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("ett\u2028två\u2029tre\x85fyra", "ett\ntvå\ntre\nfyra"),
        ("A \uf0e0 B \uf0fc", "A → B ✓"),
        ("\uf0b7 bänk\n\uf0a7 lampa\n\uf0d8 skylt", "• bänk\n• lampa\n• skylt"),
        ("a\x7fb\x80c\x9fd\ue000e\uf8ff\U000f0001", "abcde"),
        ("Åsa 😀 – ”hej” 中 é", "Åsa 😀 – ”hej” 中 é"),
    ],
)
def test_what_nobody_sees_is_left_out_and_line_ends_and_bullets_are_ours(typed, kept):
    assert without_unstorable(typed) == kept
    posted = QueryDict(mutable=True)
    posted["text"] = typed
    assert InputGuardMiddleware.cleaned(posted)["text"] == kept


def test_a_search_for_such_a_sign_is_an_ordinary_address(as_user):
    assert as_user("personal").get(reverse("incidents:incident_list"), {"q": "\uf0b7\u2028"}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "Åäö é ü ñ ł ő",
        "→ ☐ ✓ ● • –",
        "שלום",
        "😀 🏳️\u200d🌈",
        "a\u030a e\u0301",
        "\u00ad\u200b\u2060\ufeff\u202e",
        "½ € §",
    ],
)
def test_what_the_fonts_have_is_let_through(text):
    assert unprintable(text) == []


def test_what_they_have_not_is_found_once_each():
    assert unprintable("Hej 中文 中 och ང") == ["ང", "中", "文"]
    assert unprintable("Bara vanlig text.\r\n\tMed rader.") == []


def test_the_short_way_says_what_the_fonts_say():
    assert all(is_printable(character) for character in COMMON if character.isprintable())


@pytest.fixture
def report(cast):
    chief = cast["forvaltningschef"]
    report = actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=chief)
    for section in AnnualSection.objects.filter(report=report):
        section.text = "Text."
        actions.save_in_report(record=section, by=chief)
    actions.freeze(report=report, through=timezone.localdate().replace(year=YEAR, month=12, day=31), by=chief)
    return report


def test_an_arsrapport_with_such_a_character_is_not_approved(cast, report, as_user):
    chief = cast["forvaltningschef"]
    section = AnnualSection.objects.filter(report=report, boende=cast.kalleback).first()
    section.text = "Vi säger 谢谢."
    actions.save_in_report(record=section, by=chief)
    told = f"Avsnittet {section} har tecken som inte går att skriva ut: 谢."
    assert Document(report).left() == [(told, section.get_absolute_url())]
    with pytest.raises(Refused):
        actions.approve(report=report, by=chief)
    client = as_user("forvaltningschef")
    page = client.get(report.get_absolute_url())
    assert told in page.content.decode()
    answer = client.post(reverse("reports:annual_approve", args=[report.pk]), {"read": page.context.get("read", "")})
    assert answer.status_code in (409, 422)


def test_nor_one_with_it_in_a_table(report):
    AnnualShare.objects.create(report=report, name="西")
    assert Document(report).missing() == ["Raden 西 i en tabell har tecken som inte går att skriva ut: 西."]
