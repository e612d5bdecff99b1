# SPDX-License-Identifier: EUPL-1.2
"""Uttag shows a chief everything that leaves her boenden, of several boenden too, and no name of a boende not hers."""

import re

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.export import made_actions
from platssamverkan.export.actions import record_export
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import Export, ExportReach
from tests import factories
from tests.conftest import close
from tests.queries import queries_of
from tests.url_table import TABLE

WHY = {"purpose": "Underlag till nämnden", "format": "csv"}
LIST = "people:export_list"
GIVES = re.compile(r"(_export|_pdf|_xlsx|_docx|_vcard|_table|:files)$")
TAKERS = ["forvaltningschef", "sammankallande", "personal"]
OF_NO_BOENDE = {"reports:dictionary_export"}  # what the figures mean


def take(client, url, **more):
    """A file, taken to its end."""
    answer = client.post(url, WHY | more)
    if answer.streaming:
        b"".join(answer.streaming_content)
    close(answer)
    return answer


@pytest.fixture
def victor(cast):
    """A second boende in Sydväst."""
    return factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")


@pytest.fixture
def other_chief(cast):
    """Another förvaltningschef of Sydväst, who has taken nothing out."""
    user = factories.UserFactory(email="chef2@example.org", name="Chef Två")
    Assignment.objects.create(user=user, forvaltning=cast.sydvast, role=Role.FORVALTNINGSCHEF)
    return user


def taken_by_all(cast, world):
    """The name of each address that gives a file of rows, and what the log has of it."""
    found = {}
    for who in TAKERS:
        client = Client()
        client.force_login(cast[who])
        for row in TABLE:
            if row.method != "POST" or row.name in found or not GIVES.search(row.name):
                continue
            before = set(Export.objects.values_list("pk", flat=True))
            take(client, factories.address_of(row.name, world), what="aktorer")
            if export := Export.objects.exclude(pk__in=before).first():
                found[row.name] = export
    return found


@pytest.mark.once
def test_each_kind_of_file_is_seen_by_those_who_look_after_a_boende_in_it(cast, world, victor, other_chief, unprinted):
    cast.forum.boenden.add(victor)
    found = taken_by_all(cast, world)
    assert len(found) > 40
    for user in (cast["enhetschef"], other_chief):
        seen = set(Export.objects.visible_to(user).values_list("pk", flat=True))
        missed = {name for name, export in found.items() if export.pk not in seen}
        assert missed == OF_NO_BOENDE, user
    # and by nobody else
    assert not Export.objects.visible_to(cast["outsider"]).exclude(created_by=cast["outsider"]).exists()


@pytest.mark.parametrize("name", ["people:forvaltning_export", "boenden:commonentry_export"])
def test_what_is_of_no_boende_is_no_enhetschefs(cast, as_user, name):
    take(as_user("systemforvaltare"), reverse(name))
    assert Export.objects.get().what and not Export.objects.visible_to(cast["enhetschef"]).exists()


class TestOfSeveralBoenden:
    """Personal of Kallebäck and Victor takes out rows of both; the enhetschef of Kallebäck looks after the one."""

    @pytest.fixture(autouse=True)
    def at_both(self, cast, victor):
        Assignment.objects.create(user=cast["personal"], boende=victor, role=Role.PERSONAL)

    def test_each_chief_reads_of_it_and_only_who_has_both_reads_their_names(self, as_user, cast, other_chief):
        take(as_user("personal"), reverse("incidents:incident_export"))
        page = as_user("enhetschef").get(reverse(LIST)).content.decode()
        assert "Underlag till nämnden" in page and "flera boenden" in page and "Victor" not in page
        client = Client()
        client.force_login(other_chief)
        assert "Kallebäcks boende, Victor" in client.get(reverse(LIST)).content.decode()

    def test_a_name_is_neither_searched_out_nor_in_the_file(self, as_user, cast, victor):
        take(as_user("personal"), reverse("kartlaggning:arshjul_list_export"))
        assert Export.objects.get().scope == "Kallebäcks boende, Victor"
        client = as_user("enhetschef")
        page = client.get(reverse(LIST)).content.decode()
        assert "flera boenden" in page and "Victor" not in page
        assert "Inget uttag stämmer" in client.get(reverse(LIST) + "?scope=Victor").content.decode()
        assert "flera boenden" in client.get(reverse(LIST) + "?scope=flera").content.decode()
        file = client.post(reverse("people:export_log_export"), WHY).getvalue().decode()
        assert "flera boenden" in file and "Victor" not in file

    def test_a_filter_leaves_those_out_that_the_file_has_no_row_of(self, as_user, cast, other_chief):
        take(as_user("personal"), reverse("kartlaggning:arshjul_list_export") + "?boende=victor")
        export = Export.objects.get()
        assert (export.scope, export.filter_words) == ("Victor", "Boende: Victor")
        assert not Export.objects.visible_to(cast["enhetschef"]).exists()
        assert Export.objects.visible_to(other_chief).get() == export

    def test_a_file_that_a_worker_makes_is_seen_too(self, as_user, cast, settings, monkeypatch):
        settings.EXPORT_ROWS_AT_ONCE = 0
        monkeypatch.setattr(made_actions, "wake", lambda task: None)
        factories.IncidentFactory(boende=cast.kalleback)
        take(as_user("personal"), reverse("incidents:incident_export"))
        make_files()
        assert Export.objects.visible_to(cast["enhetschef"]).get().made


def test_an_archived_boende_leaves_the_forvaltning_its_name(cast, victor):
    """The name of an export of the whole förvaltning is its chief's to know, whatever has become of a boende."""
    about = {"what": "lista", "fmt": "pdf", "purpose": "Underlag", "content": b"", "row_count": 0}
    about |= {"scope": "Sydväst", "scope_id": cast.sydvast.pk, "reach": [cast.kalleback.pk, victor.pk]}
    record_export(by=cast["personal"], **about)
    victor.archived_at = timezone.now()
    victor.save()
    shown = Export.objects.told_to(cast["forvaltningschef"]).visible_to(cast["forvaltningschef"]).get()
    assert shown.scope_told == "Sydväst"


def test_what_is_no_id_is_no_boende(cast):
    about = {"what": "lista", "fmt": "pdf", "purpose": "Underlag", "content": b"", "row_count": 0}
    reach = [str(cast.kalleback.pk), cast.kalleback.pk, "whole", f"arsrapport {cast.alma.pk}"]
    record_export(by=cast["personal"], reach=reach, **about)
    assert [row.boende_id for row in ExportReach.objects.all()] == [cast.kalleback.pk]


def test_the_list_asks_the_same_for_few_and_many_of_several(as_user, cast, victor):
    about = {"what": "lista", "fmt": "pdf", "purpose": "Underlag", "content": b"", "row_count": 0}
    client = as_user("enhetschef")
    counts = []
    for number in (1, 9):
        for _ in range(number):
            record_export(by=cast["personal"], reach=[cast.kalleback.pk, victor.pk], **about)
        counts.append(queries_of(client, reverse(LIST)))
    assert counts[0] == counts[1]
