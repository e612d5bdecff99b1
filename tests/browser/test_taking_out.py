# SPDX-License-Identifier: EUPL-1.2
""" "Hämta filen" gives a file: the script that keeps a form's text must not swallow the answer."""

import pytest
from django.urls import reverse

from tests.browser.conftest import DESKTOP

pytestmark = pytest.mark.browser

LISTS = [
    ("reports:overview_export", []),
    ("reports:implementation_export", []),
    ("reports:bevakningskostnad_list_export", []),
    ("reports:figure_rows_export", ["handelser_barn"]),
    ("incidents:incident_export", []),
]


def test_a_press_on_hamta_filen_downloads_it_and_the_page_stays(open_page):
    page = open_page("enhetschef", viewport=DESKTOP)
    for name, args in LISTS:
        page.goto(reverse(name, args=args))
        page.get_by_label("Vad ska uppgifterna").fill("Till ledningsgruppens möte")
        with page.expect_download() as download:
            page.get_by_role("button", name="Hämta filen").click()
        file = download.value
        suffix = file.suggested_filename.rpartition(".")[2]  # the report that has paper offers that first
        assert file.path().read_bytes().startswith({"xlsx": b"PK", "pdf": b"%PDF"}[suffix]), name
        assert page.get_by_role("button", name="Hämta filen").is_visible(), name
