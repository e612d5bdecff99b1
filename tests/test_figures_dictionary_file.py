# SPDX-License-Identifier: EUPL-1.2
"""The dictionary as a table: every key figure with the words that the page and the API have."""

import csv
import io

from django.urls import reverse

from platssamverkan.export.models import Export
from platssamverkan.reports.figures.dictionary import INDICATORS


def test_every_key_figure_is_in_it_with_its_words(as_user):
    client, url = as_user("forvaltningschef"), reverse("reports:dictionary_export")
    assert url in client.get(reverse("reports:dictionary")).content.decode()
    answer = client.post(url, {"format": "csv"})
    rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
    assert {row["Nyckel"] for row in rows} == set(INDICATORS) and len(rows) == len(INDICATORS)
    for row in rows:
        indicator = INDICATORS[row["Nyckel"]]
        assert (row["Nyckeltal"], row["Definition"]) == (str(indicator.name), str(indicator.definition))
        assert row["Så räknas det"] and row["Källa"] and row["Enhet"]
    assert Export.objects.get().scope_id is None


def test_a_format_there_is_not_is_404(as_user):
    assert as_user("forvaltningschef").post(reverse("reports:dictionary_export"), {"format": "exe"}).status_code == 404
