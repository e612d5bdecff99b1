# SPDX-License-Identifier: EUPL-1.2
"""The overview on paper begins on its first page, names each table once, and is PDF/UA."""

import io
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from pypdf import PdfReader

from platssamverkan.reports.figures.indicators import GROUP_WORDS, Group
from tests import factories
from tests.test_documents_pdf import Judge

URL = reverse("reports:overview_pdf") + "?fran=2025-01-01&till=2025-12-31"


@pytest.mark.pdf
def test_the_overview_on_paper(cast, as_user, tmp_path):
    factories.BoendeFactory(forvaltning=cast.sydvast, opened_on=datetime(2024, 6, 1, tzinfo=UTC).date())
    for year in (2024, 2025):
        factories.IncidentFactory(boende=cast.kalleback, happened_at=datetime(year, 3, 1, tzinfo=UTC))
    content = as_user("forvaltningschef").post(URL).content
    pages = [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(content)).pages]
    assert "Händelser som rörde barn" in pages[0] and len(pages) <= 7
    for group in (Group.HAPPENED, Group.LATE, Group.PLANS, Group.COSTS):
        assert " ".join(pages).count(str(GROUP_WORDS[group])) == 1, group
    assert "1 jan. 2025–31 dec. 2025, jämfört med 1 jan. 2024–31 dec. 2024." in pages[0]
    Judge(tmp_path).ask("oversikt", content, "PDFUA-1")
