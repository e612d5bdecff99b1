# SPDX-License-Identifier: EUPL-1.2
"""Examples: written at a boende, published by its enhetschef, found by all boenden."""

import pytest
from django.urls import reverse
from django.utils import timezone

from kartlaggning.actions.plans import start_plan
from kartlaggning.models import Example, Insats, InsatsEvaluation
from tests.worlds.kartlaggning_principles import make_example


def published(boende, by, **fields):
    """An example that everyone reads."""
    return make_example(boende, published_at=timezone.now(), published_by=by, **fields)


class TestWhoReads:
    def test_a_draft_is_the_boendes_own(self, as_user, cast):
        example = make_example(cast.kalleback)
        assert "utkast" in as_user("personal").get("/exempel/").content.decode()
        assert as_user("outsider").get(f"/exempel/{example.pk}/").status_code == 404
        assert "Bänkar vid" not in as_user("outsider").get("/exempel/").content.decode()

    def test_what_is_published_is_for_all_boenden_and_nobody_else(self, as_user, cast):
        example = published(cast.kalleback, cast["enhetschef"])
        assert as_user("outsider").get(f"/exempel/{example.pk}/").status_code == 200
        assert as_user("outsider").get(f"/exempel/{example.pk}/andra/").status_code == 403
        assert as_user("boendeombud").get(f"/exempel/{example.pk}/").status_code == 404
        assert as_user("granne").get("/exempel/").status_code == 403

    def test_is_found_by_principle_place_and_words(self, as_user, cast):
        published(cast.alma, cast["outsider"])
        published(cast.alma, cast["outsider"], title="Fika med förskolan", effect_brukare="Man hälsar.")
        client = as_user("personal")
        assert "Fika" not in client.get("/exempel/?q=b%C3%A4nkar+vid").content.decode()
        assert "Fika" in client.get("/exempel/?q=h%C3%A4lsar").content.decode()
        assert "Fika" in client.get("/exempel/?principle=2&place=hallplats").content.decode()
        assert "Inget exempel passar urvalet" in client.get("/exempel/?principle=5").content.decode()


class TestFromDraftToPublished:
    def test_personal_write_and_the_enhetschef_publishes(self, as_user, cast):
        data = {"title": "Bänkar", "principle": 2, "place": "hallplats", "text": "Två bänkar."}
        staff, chief = as_user("personal"), as_user("enhetschef")
        staff.post("/boenden/kalleback/exempel/nytt/", data)
        example = Example.objects.get()
        url = f"/exempel/{example.pk}/"
        assert staff.post(f"{url}publicera/").status_code == 403
        answer = chief.post(f"{url}publicera/", {"seen": example.version})
        assert answer.status_code == 422
        assert "Skriv vilken effekt det hade" in answer.content.decode()
        more = {**data, "effect_brukare": "Man orkar.", "think_of": "Tömningen.", "opened_version": example.version}
        staff.post(f"{url}andra/", more)
        assert chief.post(f"{url}publicera/", {"seen": example.version}).status_code == 409  # changed since
        example.refresh_from_db()
        assert chief.post(f"{url}publicera/", {"seen": example.version}).url == url
        example.refresh_from_db()
        assert (example.is_published, example.published_by) == (True, cast["enhetschef"])

    def test_a_changed_text_is_a_draft_again(self, as_user, cast):
        example = published(cast.kalleback, cast["enhetschef"])
        data = {"title": "Bänkar", "principle": 2, "place": "park", "text": "Tre bänkar.", "opened_version": 1}
        as_user("personal").post(f"/exempel/{example.pk}/andra/", data)
        example.refresh_from_db()
        assert (example.text, example.is_published) == ("Tre bänkar.", False)

    def test_is_taken_back_and_taken_away(self, as_user, cast):
        example = published(cast.kalleback, cast["enhetschef"])
        chief = as_user("enhetschef")
        assert chief.get(f"/exempel/{example.pk}/ta-tillbaka/").status_code == 405
        chief.post(f"/exempel/{example.pk}/ta-tillbaka/")
        assert as_user("outsider").get(f"/exempel/{example.pk}/").status_code == 404
        chief.post(f"/exempel/{example.pk}/ta-bort/")
        assert chief.get(f"/exempel/{example.pk}/").status_code == 404

    def test_a_text_that_may_point_somebody_out_is_asked_about(self, as_user, cast):
        data = {"title": "Bänkar", "principle": 2, "place": "park", "text": "Anna Svensson i lägenhet 1102 sa ja."}
        answer = as_user("personal").post("/boenden/kalleback/exempel/nytt/", data)
        assert answer.status_code == 422
        assert "Anna Svensson i lägenhet 1102" in answer.content.decode()


class TestFromAnInsats:
    @pytest.fixture
    def insats(self, cast):
        plan = start_plan(boende=cast.kalleback, by=cast["personal"])
        return Insats.objects.create(
            plan=plan, title="Två bänkar", problem="Få platser.", principles=[2], value_brukare="Vila.", cost=19000
        )

    def page(self, insats):
        return reverse("kartlaggning:insats_example", args=[insats.pk])

    def test_one_that_is_not_evaluated_teaches_nobody(self, as_user, insats):
        client = as_user("personal")
        assert client.get(self.page(insats)).url == insats.get_absolute_url()
        assert self.page(insats) not in client.get(insats.get_absolute_url()).content.decode()
        assert as_user("forvaltningschef").get(self.page(insats)).status_code == 403
        assert as_user("outsider").get(self.page(insats)).status_code == 404

    def test_nothing_is_published_unread(self, as_user, insats):
        InsatsEvaluation.objects.create(insats=insats, effect="Fler sitter där.", verdict="keep")
        chief = as_user("enhetschef")
        assert self.page(insats) in chief.get(insats.get_absolute_url()).content.decode()
        form = chief.get(self.page(insats)).context["form"]
        begun = {name: form[name].value() for name in form.fields if form[name].value() is not None}
        assert (begun["title"], begun["principle"], begun["effect_brukare"]) == ("Två bänkar", 2, "Fler sitter där.")
        assert "is_read" not in begun
        begun |= {"place": "hallplats", "text": "Vi ställde dem på kullen."}
        refused = chief.post(self.page(insats), begun)
        assert refused.status_code == 422
        assert "Läs igenom texterna" in refused.content.decode()
        assert "Vi ställde dem på kullen." in refused.content.decode()
        assert not Example.objects.exists()
        lacking = chief.post(self.page(insats), {**begun, "think_of": "", "is_read": "on"})
        assert (lacking.status_code, Example.objects.count()) == (422, 0)
        assert "Skriv vad andra ska tänka på." in lacking.content.decode()
        sent = chief.post(self.page(insats), {**begun, "is_read": "on"})
        example = Example.objects.get()
        assert sent.url == example.get_absolute_url()
        assert (example.is_published, example.insats) == (True, insats)
        assert chief.post(self.page(insats), {**begun, "is_read": "on"}).url == example.get_absolute_url()
        assert example.get_absolute_url() in chief.get(insats.get_absolute_url()).content.decode()
        assert as_user("outsider").get(example.get_absolute_url()).status_code == 200

    def test_personal_leave_a_draft_to_the_enhetschef(self, as_user, insats):
        InsatsEvaluation.objects.create(insats=insats, effect="Fler sitter där.", verdict="keep")
        data = {"title": "Bänkar", "principle": 2, "place": "park", "text": "Två.", "is_read": "on"}
        assert as_user("personal").post(self.page(insats), data).status_code == 302
        assert not Example.objects.get().is_published


def test_the_search_box_finds_what_the_list_finds(as_user, cast):
    example = published(cast.alma, cast["outsider"], title="Fika med förskolan")
    make_example(cast.alma, title="Förskolans utkast")
    page = as_user("personal").get("/sok/?q=f%C3%B6rskolan").content.decode()
    assert example.get_absolute_url() in page
    assert "utkast" not in page
    assert "Förskolans utkast" in as_user("outsider").get("/sok/?q=f%C3%B6rskolan").content.decode()
    for who in ("granne", "boendeombud", "systemforvaltare"):
        assert "Fika med" not in as_user(who).get("/sok/?q=f%C3%B6rskolan").content.decode()
