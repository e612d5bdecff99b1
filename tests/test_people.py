# SPDX-License-Identifier: EUPL-1.2
"""Users and their roles: who sees whom, who gives what, and what stops working when."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.urls import reverse
from django.utils import timezone

from boenden.actions.people import assign, deactivate, end_assignment
from boenden.models import Assignment, ContactListReader
from platssamverkan.accounts.models import User
from platssamverkan.accounts.rights import has_right
from platssamverkan.accounts.roles import Right, Role
from tests import factories

TODAY = timezone.localdate


def url(name, *args):
    return reverse(f"people:{name}", args=args)


def assignment_of(cast, name):
    return Assignment.objects.get(user=cast[name])


def days(assignment, **changed):
    posted = {
        "starts_on": assignment.starts_on.isoformat(),
        "ends_on": "",
        "opened_version": assignment.version,
    }
    return posted | changed


class TestHasRight:
    def test_is_held_through_a_role_today(self, cast):
        assert has_right(cast["enhetschef"], Right.INVITE)
        assert not has_right(cast["personal"], Right.INVITE)
        assert not has_right(cast["ended"], Right.READ_BOENDE)
        assert not has_right(cast["granne"], Right.READ_BOENDE)


class TestUserList:
    def test_systemforvaltare_sees_everyone_with_roles(self, as_user, cast):
        page = as_user("systemforvaltare").get(url("user_list")).content.decode()
        for user in cast.users.values():
            assert user.email in page
        assert "Läsare av kontaktlistan, Kallebäcks boende" in page

    def test_enhetschef_sees_those_at_the_own_boende(self, as_user, cast):
        page = as_user("enhetschef").get(url("user_list")).content.decode()
        assert cast["personal"].email in page
        assert cast["ended"].email in page, "she looks after who has left, too"
        assert cast["outsider"].email not in page
        assert cast["systemforvaltare"].email not in page

    def test_enhetschef_does_not_see_roles_elsewhere(self, as_user, cast):
        Assignment.objects.create(user=cast["personal"], role=Role.PERSONAL, boende=cast.alma)
        page = as_user("enhetschef").get(url("user_list")).content.decode()
        assert "Alma" not in page
        page = as_user("enhetschef").get(url("user_detail", cast["personal"].pk)).content.decode()
        assert "Alma" not in page

    @pytest.mark.parametrize("name", ["forvaltningschef", "personal", "boendeombud", "granne", "ended"])
    def test_is_refused_to_others(self, as_user, name):
        assert as_user(name).get(url("user_list")).status_code == 403

    def test_can_be_searched_in_any_case(self, as_user, cast):
        factories.UserFactory(name="Åsa Öberg", email="asa@example.org")
        for words in ("åsa", "ÅSA öb", "asa@EXAMPLE"):
            page = as_user("systemforvaltare").get(url("user_list"), {"q": words}).content.decode()
            assert "Åsa Öberg" in page
            assert cast["personal"].email not in page

    def test_can_be_narrowed_by_role_and_account(self, as_user, cast):
        client = as_user("systemforvaltare")
        page = client.get(url("user_list"), {"role": "personal"}).content.decode()
        assert cast["personal"].email in page
        assert cast["enhetschef"].email not in page
        assert "Ingen stämmer med filtret" in client.get(url("user_list"), {"is_active": "False"}).content.decode()
        User.objects.filter(pk=cast["personal"].pk).update(is_active=False)
        assert cast["personal"].email in client.get(url("user_list"), {"is_active": "False"}).content.decode()

    def test_has_pages(self, as_user, cast):
        for number in range(60):
            factories.UserFactory(name=f"Person {number:02}", email=f"p{number:02}@example.org")
        client = as_user("systemforvaltare")
        first = client.get(url("user_list"), {"q": "person"}).content.decode()
        assert "p00@example.org" in first
        assert "p59@example.org" not in first
        assert "?q=person&amp;page=2" in first
        second = client.get(url("user_list"), {"q": "person", "page": 2}).content.decode()
        assert "p59@example.org" in second
        assert client.get(url("user_list"), {"page": "x"}).status_code == 404

    @pytest.mark.parametrize("name", ["systemforvaltare", "enhetschef"])
    def test_asks_as_often_for_5_people_as_for_50(self, as_user, cast, name, django_assert_max_num_queries):
        client = as_user(name)
        asked = []
        for number in range(50):
            user = factories.UserFactory(name=f"Ny {number}", email=f"ny{number}@example.org")
            Assignment.objects.create(user=user, role=Role.PERSONAL, boende=cast.kalleback)
            if number in (4, 49):
                with django_assert_max_num_queries(15) as queries:
                    client.get(url("user_list"))
                asked.append(len(queries))
        assert asked[0] == asked[1]


class TestUserDetail:
    def test_shows_roles_with_their_days(self, as_user, cast):
        page = as_user("enhetschef").get(url("user_detail", cast["ended"].pk)).content.decode()
        assert "Inget uppdrag gäller" in page
        assert "Avslutade uppdrag" in page
        assert "Stäng av kontot" not in page, "only a systemförvaltare may"

    def test_shows_the_lists_she_reads(self, as_user, cast):
        page = as_user("systemforvaltare").get(url("user_detail", cast["granne"].pk)).content.decode()
        assert "Läser kontaktlistor" in page

    def test_of_someone_elsewhere_does_not_exist(self, as_user, cast):
        assert as_user("outsider").get(url("user_detail", cast["personal"].pk)).status_code == 404
        assert as_user("personal").get(url("user_detail", cast["enhetschef"].pk)).status_code == 404
        assert as_user("enhetschef").get(url("user_detail", cast["outsider"].pk)).status_code == 404


class TestGiveARole:
    def post(self, client, cast, who="ended", **changed):
        posted = {
            "role": "personal",
            "boende": cast.kalleback.pk,
            "starts_on": TODAY().isoformat(),
            "ends_on": "",
        }
        return client.post(url("assignment_create", cast[who].pk), posted | changed)

    def test_enhetschef_gives_a_role_at_the_own_boende(self, as_user, cast):
        response = self.post(as_user("enhetschef"), cast)
        assert response.status_code == 302
        assert has_right(User.objects.get(pk=cast["ended"].pk), Right.EDIT_INCIDENTS)
        assert Assignment.objects.get(user=cast["ended"], role="personal").created_by == cast["enhetschef"]

    @pytest.mark.parametrize("role", ["systemforvaltare", "forvaltningschef"])
    def test_enhetschef_cannot_give_a_wider_role(self, as_user, cast, role):
        response = self.post(as_user("enhetschef"), cast, role=role, boende="", forvaltning=cast.sydvast.pk)
        assert response.status_code == 422
        assert not Assignment.objects.filter(user=cast["ended"], role=role).exists()
        forged = Assignment(user=cast["ended"], role=role)
        if role == "forvaltningschef":
            forged.forvaltning = cast.sydvast
        with pytest.raises(PermissionDenied):
            assign(assignment=forged, by=cast["enhetschef"])

    def test_enhetschef_cannot_give_a_role_at_another_boende(self, as_user, cast):
        response = self.post(as_user("enhetschef"), cast, boende=cast.alma.pk)
        assert response.status_code == 422
        with pytest.raises(PermissionDenied):
            assign(assignment=Assignment(user=cast["ended"], role="personal", boende=cast.alma), by=cast["enhetschef"])
        assert not Assignment.objects.filter(user=cast["ended"], boende=cast.alma).exists()

    def test_nobody_gives_herself_a_role(self, as_user, cast):
        response = as_user("systemforvaltare").get(url("assignment_create", cast["systemforvaltare"].pk))
        assert response.status_code == 403
        with pytest.raises(PermissionDenied):
            own = Assignment(user=cast["systemforvaltare"], role="enhetschef", boende=cast.kalleback)
            assign(assignment=own, by=cast["systemforvaltare"])

    def test_systemforvaltare_gives_any_role(self, as_user, cast):
        client = as_user("systemforvaltare")
        assert self.post(client, cast, role="systemforvaltare", boende="").status_code == 302
        given = self.post(client, cast, role="forvaltningschef", boende="", forvaltning=cast.nordost.pk)
        assert given.status_code == 302
        assert self.post(client, cast, boende=cast.alma.pk).status_code == 302
        assert Assignment.objects.current().filter(user=cast["ended"]).count() == 3

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"boende": ""}, "Välj vilket boende det gäller."),
            ({"role": "forvaltningschef", "boende": ""}, "Välj vilken förvaltning det gäller."),
            ({"role": "systemforvaltare"}, "Rollen gäller hela systemet. Ta bort valet här."),
            ({"ends_on": "2020-01-01"}, "Skriv en dag som inte har varit"),
            ({"starts_on": "snart"}, "Skriv ett datum, till exempel 2026-11-23."),
            ({"role": ""}, "Välj ett alternativ."),
            ({"boende": "inte-ett-id"}, "giltigt"),
        ],
    )
    def test_bad_input_is_told_and_kept(self, as_user, cast, changed, words):
        response = self.post(as_user("systemforvaltare"), cast, **changed)
        page = response.content.decode()
        assert response.status_code == 422
        assert words in page
        if "starts_on" in changed:
            assert 'value="snart"' in page

    def test_the_last_day_cannot_come_first(self, as_user, cast):
        response = self.post(
            as_user("enhetschef"),
            cast,
            starts_on=(TODAY() + timedelta(days=9)).isoformat(),
            ends_on=(TODAY() + timedelta(days=2)).isoformat(),
        )
        assert response.status_code == 422
        assert "Sista dagen kan inte vara före första dagen." in response.content.decode()

    def test_the_same_role_twice_at_once_is_refused(self, as_user, cast):
        response = self.post(as_user("enhetschef"), cast, who="personal")
        assert response.status_code == 422
        assert "har redan den rollen då" in response.content.decode()

    def test_the_same_role_after_the_first_is_fine(self, as_user, cast):
        tomorrow = TODAY() + timedelta(days=1)
        held = assignment_of(cast, "personal")
        held.ends_on = TODAY()
        held.save()
        response = self.post(as_user("enhetschef"), cast, who="personal", starts_on=tomorrow.isoformat())
        assert response.status_code == 302
        before = TODAY() + timedelta(days=0)
        response = self.post(
            as_user("enhetschef"), cast, who="personal", starts_on=before.isoformat(), ends_on=before.isoformat()
        )
        assert response.status_code == 422

    def test_outsider_and_insider_without_right(self, as_user, cast):
        assert self.post(as_user("outsider"), cast, who="personal").status_code == 404
        assert self.post(as_user("personal"), cast).status_code == 404

    def test_a_shut_account_gets_nothing(self, as_user, cast):
        User.objects.filter(pk=cast["ended"].pk).update(is_active=False)
        assert self.post(as_user("enhetschef"), cast).status_code == 404


class TestChangeDays:
    def test_changes_them(self, as_user, cast):
        held = assignment_of(cast, "personal")
        last = TODAY() + timedelta(days=30)
        page = as_user("enhetschef").get(url("assignment_update", held.pk))
        assert page.status_code == 200
        response = as_user("enhetschef").post(url("assignment_update", held.pk), days(held, ends_on=last.isoformat()))
        assert response.status_code == 302
        held.refresh_from_db()
        assert held.ends_on == last
        assert held.is_current

    def test_two_editors_lose_nothing(self, as_user, cast):
        held = assignment_of(cast, "personal")
        client = as_user("enhetschef")
        first, second = (
            client.post(
                url("assignment_update", held.pk),
                days(held, ends_on=(TODAY() + timedelta(days=later)).isoformat()),
            )
            for later in (10, 20)
        )
        assert first.status_code == 302
        assert second.status_code == 409
        assert "Jämför och välj" in second.content.decode()

    def test_the_last_systemforvaltare_keeps_hers(self, as_user, cast):
        held = assignment_of(cast, "systemforvaltare")
        client = as_user("systemforvaltare")
        for changed in (
            {"ends_on": (TODAY() + timedelta(days=9)).isoformat()},
            {"starts_on": (TODAY() + timedelta(days=9)).isoformat()},
        ):
            response = client.post(url("assignment_update", held.pk), days(held, **changed))
            assert response.status_code == 422
            assert "Någon måste vara systemförvaltare." in response.content.decode()
        held.refresh_from_db()
        assert held.ends_on is None

    def test_outsider_and_insider_without_right(self, as_user, cast):
        held = assignment_of(cast, "personal")
        assert as_user("outsider").get(url("assignment_update", held.pk)).status_code == 404
        assert as_user("personal").get(url("assignment_update", held.pk)).status_code == 403, "she sees her own"


class TestEndARole:
    def test_stops_working_at_the_next_request(self, as_user, cast):
        working = as_user("personal")
        page = reverse("boenden:boende_detail", args=[cast.kalleback.slug])
        assert working.get(page).status_code == 200
        response = as_user("enhetschef").post(url("assignment_end", assignment_of(cast, "personal").pk))
        assert response.status_code == 302
        assert working.get(page).status_code == 404
        assert assignment_of(cast, "personal").ends_on == TODAY()

    def test_one_that_has_not_begun_is_taken_away(self, as_user, cast):
        later = Assignment.objects.create(
            user=cast["ended"], role="personal", boende=cast.kalleback, starts_on=TODAY() + timedelta(days=5)
        )
        as_user("enhetschef").post(url("assignment_end", later.pk))
        later.refresh_from_db()
        assert later.archived_at
        assert later.has_ended
        page = as_user("enhetschef").get(url("user_detail", cast["ended"].pk)).content.decode()
        assert "togs bort innan det började" in page

    def test_twice_is_told(self, as_user, cast):
        client = as_user("enhetschef")
        over = assignment_of(cast, "ended")
        page = client.post(url("assignment_end", over.pk), follow=True).content.decode()
        assert "Uppdraget är redan avslutat." in page

    def test_the_last_systemforvaltare_stays(self, as_user, cast):
        held = assignment_of(cast, "systemforvaltare")
        client = as_user("systemforvaltare")
        page = client.post(url("assignment_end", held.pk), follow=True).content.decode()
        assert "Någon måste vara systemförvaltare." in page
        held.refresh_from_db()
        assert held.is_current

    def test_one_of_two_systemforvaltare_may_go_but_a_shut_account_does_not_count(self, cast):
        other = factories.UserFactory(name="Andra Ek", email="andra@example.org")
        second = Assignment.objects.create(user=other, role=Role.SYSTEMFORVALTARE)
        User.objects.filter(pk=other.pk).update(is_active=False)
        held = assignment_of(cast, "systemforvaltare")
        with pytest.raises(ValidationError):
            end_assignment(assignment=held, by=cast["systemforvaltare"])
        User.objects.filter(pk=other.pk).update(is_active=True)
        end_assignment(assignment=held, by=cast["systemforvaltare"])
        with pytest.raises(ValidationError):
            end_assignment(assignment=second, by=other)

    def test_who_ends_her_own_lands_on_the_start_page(self, as_user, cast):
        response = as_user("enhetschef").post(url("assignment_end", assignment_of(cast, "enhetschef").pk))
        assert response.status_code == 302
        assert response.url == reverse("start")

    def test_outsider_insider_and_get(self, as_user, cast):
        held = assignment_of(cast, "personal")
        assert as_user("outsider").post(url("assignment_end", held.pk)).status_code == 404
        assert as_user("personal").post(url("assignment_end", held.pk)).status_code == 403
        assert as_user("enhetschef").get(url("assignment_end", held.pk)).status_code == 405
        held.refresh_from_db()
        assert held.is_current


class TestShutAnAccount:
    def test_signs_out_at_the_next_request_and_for_good(self, as_user, cast):
        hers = as_user("personal")
        assert hers.get(url("profile")).status_code == 200
        admin = as_user("systemforvaltare")
        assert admin.post(url("user_deactivate", cast["personal"].pk)).status_code == 302
        assert hers.get(url("profile")).status_code == 302
        page = admin.get(url("user_detail", cast["personal"].pk)).content.decode()
        assert "Kontot är avstängt" in page
        assert "Ge en roll" not in page
        assert admin.post(url("user_reactivate", cast["personal"].pk)).status_code == 302
        assert User.objects.get(pk=cast["personal"].pk).is_active
        assert hers.get(url("profile")).status_code == 302, "the old sign-in does not come back to life"

    def test_not_ones_own_and_not_the_last(self, as_user, cast):
        page = as_user("systemforvaltare").post(url("user_deactivate", cast["systemforvaltare"].pk), follow=True)
        assert "Du kan inte stänga av ditt eget konto." in page.content.decode()
        with pytest.raises(ValidationError, match="Någon måste vara systemförvaltare"):
            deactivate(user=cast["systemforvaltare"], by=cast["enhetschef"])
        assert User.objects.get(pk=cast["systemforvaltare"].pk).is_active

    @pytest.mark.parametrize("name", ["user_deactivate", "user_reactivate"])
    def test_outsider_insider_and_get(self, as_user, cast, name):
        page = url(name, cast["personal"].pk)
        assert as_user("outsider").post(page).status_code == 404
        assert as_user("enhetschef").post(page).status_code == 403
        assert as_user("personal").post(page).status_code == 404
        assert as_user("systemforvaltare").get(page).status_code == 405

    def test_an_ended_readership_is_not_shown(self, as_user, cast):
        ContactListReader.objects.get(user=cast["granne"])
        reader = ContactListReader.objects.get(user=cast["granne"])
        reader.starts_on = reader.ends_on = TODAY() - timedelta(days=1)
        reader.save()
        page = as_user("systemforvaltare").get(url("user_detail", cast["granne"].pk)).content.decode()
        assert "Läser kontaktlistor" not in page


def test_the_menu_has_what_each_looks_after(as_user):
    def page(name):
        return as_user(name).get(url("profile")).content.decode()

    for path in ("user_list", "forvaltning_list", "audit_list"):
        assert url(path) in page("systemforvaltare")
        assert url(path) not in page("personal")
        assert url(path) not in page("granne")
    assert url("user_list") in page("enhetschef")
    assert url("audit_list") not in page("enhetschef")
