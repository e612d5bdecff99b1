# SPDX-License-Identifier: EUPL-1.2
"""What is archived comes back from a page: boenden and common numbers, by the systemförvaltare."""

import pytest
from django.utils import timezone

from boenden.models import CommonEntry, ContactListEntry
from tests import factories

ARCHIVE = "/boenden/arkiv/"
NUMBERS = "/konto/gemensamma-nummer/"


class TestBoende:
    def test_comes_back_as_it_was(self, as_user, cast):
        keeper = as_user("systemforvaltare")
        assert ARCHIVE not in keeper.get("/boenden/").content.decode()
        keeper.post("/boenden/kalleback/arkivera/")
        assert ARCHIVE in keeper.get("/boenden/").content.decode()
        assert "Kallebäcks boende" in keeper.get(ARCHIVE).content.decode()
        assert keeper.post(f"{ARCHIVE}kalleback/ta-tillbaka/").url == "/boenden/kalleback/"
        assert as_user("personal").get("/boenden/kalleback/").status_code == 200
        assert "Inget boende är arkiverat" in keeper.get(ARCHIVE).content.decode()

    @pytest.mark.parametrize("name", ["forvaltningschef", "enhetschef", "granne", "outsider"])
    def test_is_brought_back_by_nobody_else(self, as_user, cast, name):
        type(cast.kalleback)._base_manager.filter(pk=cast.kalleback.pk).update(archived_at=timezone.now())
        assert as_user(name).get(ARCHIVE).status_code == 403
        assert as_user(name).post(f"{ARCHIVE}kalleback/ta-tillbaka/").status_code == 403

    def test_one_that_is_not_archived_is_not_found(self, as_user):
        assert as_user("systemforvaltare").post(f"{ARCHIVE}kalleback/ta-tillbaka/").status_code == 404
        assert as_user("systemforvaltare").get(f"{ARCHIVE}kalleback/ta-tillbaka/").status_code == 405


class TestCommonNumber:
    def test_leaves_every_list_and_comes_back_to_them(self, as_user, cast):
        common = CommonEntry.objects.get(name="Socialjouren")
        group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
        ContactListEntry.objects.create(group=group, common=common, is_shared=True)
        keeper, reader, page = as_user("systemforvaltare"), as_user("granne"), "/boenden/kalleback/kontaktlista/"
        assert keeper.post(f"{NUMBERS}{common.pk}/arkivera/").url == NUMBERS
        assert "Socialjouren" not in reader.get(page).content.decode()
        assert "Arkiverade nummer" in keeper.get(NUMBERS).content.decode()
        assert keeper.post(f"{NUMBERS}{common.pk}/ta-tillbaka/").url == NUMBERS
        assert "Socialjouren" in reader.get(page).content.decode()
        assert "Arkiverade nummer" not in keeper.get(NUMBERS).content.decode()

    def test_is_archived_by_nobody_else_and_never_by_looking(self, as_user):
        url = f"{NUMBERS}{CommonEntry.objects.first().pk}/"
        for step in ("arkivera/", "ta-tillbaka/"):
            assert as_user("enhetschef").post(url + step).status_code == 404
            assert as_user("systemforvaltare").get(url + step).status_code == 405

    def test_known_by_its_number_is_said_once(self, as_user, cast):
        group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
        ContactListEntry.objects.create(group=group, common=CommonEntry.objects.get(phone="1177"), is_shared=True)
        near = as_user("personal").get("/").content.decode()
        assert near.count(">1177<") == 1
        assert "1177 ·" not in near
        listed = as_user("granne").get("/boenden/kalleback/kontaktlista/").content.decode()
        assert listed.count("1177</a>") == 1
        assert "> 1177</span>" not in listed
