# SPDX-License-Identifier: EUPL-1.2
"""Whose figures they are stands at their head and in every file: a part of a förvaltning is never taken for all."""

import csv
import io
from html import unescape

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.export.models import Export
from tests import factories
from tests.test_documents_pdf import text_of as text_of_pdf

OVERVIEW, EXPORT, PDF, MATRIX_FILE = (
    reverse(f"reports:{name}") for name in ("overview", "overview_export", "overview_pdf", "implementation_export")
)
WHY = {"purpose": "Till ledningsgruppen", "format": "csv"}


def text_of(answer):
    return unescape(answer.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


@pytest.fixture
def five(cast):
    """Five boenden in Sydväst; the enhetschef has the first two of them."""
    names = ("Högsbohöjd", "Victor", "Änggården", "Åkern")
    made = [factories.BoendeFactory(forvaltning=cast.sydvast, name=n, slug=f"b{i}") for i, n in enumerate(names)]
    Assignment.objects.create(user=cast["enhetschef"], role=Role.ENHETSCHEF, boende=made[0])
    return made


class TestAnEnhetschefOfTwoOfFive:
    def test_reads_her_boenden_by_name(self, cast, as_user, five):
        whose = f"Högsbohöjd och {cast.kalleback.name}"
        client = as_user("enhetschef")
        page = text_of(client.get(OVERVIEW))
        assert f"<title>Översikt, {whose}" in page and f"{whose}. " in page
        assert f"Översikt, {cast.sydvast.name}" not in page and f"{cast.sydvast.name}. " not in page
        rows = text_of(client.get(reverse("reports:figure_rows", args=["handelser"])))
        assert f"{whose}, " in rows

    def test_has_their_names_in_her_files(self, cast, as_user, five):
        client = as_user("enhetschef")
        answer = client.post(EXPORT, WHY)
        assert "gsboh" in answer["Content-Disposition"] and "Socialf" not in answer["Content-Disposition"]
        rows = list(csv.DictReader(io.StringIO(answer.getvalue().decode("utf-8-sig")), delimiter=";"))
        assert {row["Boenden"] for row in rows} == {f"Högsbohöjd, {cast.kalleback.name}"}
        client.post(MATRIX_FILE, WHY)
        assert {export.scope for export in Export.objects.all()} == {f"Högsbohöjd och {cast.kalleback.name}"}

    @pytest.mark.pdf
    def test_has_them_on_paper(self, cast, as_user, five):
        paper = " ".join(text_of_pdf(as_user("enhetschef").post(PDF).content).split())
        assert f"Översikt, Högsbohöjd och {cast.kalleback.name}" in paper and cast.sydvast.name not in paper


class TestMore:
    def test_of_many_it_says_how_many(self, cast, as_user, five):
        for boende in five[1:3]:
            Assignment.objects.create(user=cast["enhetschef"], role=Role.ENHETSCHEF, boende=boende)
        assert f"4 boenden i {cast.sydvast.name}. " in text_of(as_user("enhetschef").get(OVERVIEW))

    def test_the_whole_is_named_by_the_forvaltning(self, cast, as_user, five):
        assert f"<title>Översikt, {cast.sydvast.name}" in text_of(as_user("forvaltningschef").get(OVERVIEW))
        Assignment.objects.create(user=cast["forvaltningschef"], role=Role.FORVALTNINGSCHEF, forvaltning=cast.nordost)
        assert "6 boenden i 2 förvaltningar. " in text_of(as_user("forvaltningschef").get(OVERVIEW))

    def test_what_is_archived_is_no_part_of_the_whole(self, cast, as_user, five):
        for boende in five[1:]:
            boende.archived_at = timezone.now()
            boende.save()
        assert f"<title>Översikt, {cast.sydvast.name}" in text_of(as_user("enhetschef").get(OVERVIEW))
