# SPDX-License-Identifier: EUPL-1.2
"""Activities, costs, follow-up in counts, reminders: what works, who may, what outsiders see."""

from datetime import date, datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from boenden.models import ContactPerson
from forum.cost_table import CostReading
from forum.models import Activity, AgreementFollowUp, AgreementVersion, Contribution, Cost
from forum.registration.agreements import agreements_due, evaluations_due, signatures_due
from platssamverkan.ground.actions import action
from tests.agreements import in_force, make_agreement, ready, sign
from tests.conftest import close
from tests.factories import ActorFactory, ForumFactory


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch):
    monkeypatch.setattr("forum.actions.agreements.archive_pdf", lambda *args: b"%PDF-1.7 avtal")


@pytest.fixture
def cafe(cast) -> Activity:
    day = timezone.localdate() - timedelta(days=1)
    return Activity.objects.create(
        boende=cast.kalleback, forum=cast.forum, kind="cafe", title="Pop-up-café", happens_on=day
    )


EVALUATION = {"brukare_count": 3, "neighbour_count": 20, "gave_brukare": "Gemenskap.", "again": "yes"}


class TestActivities:
    def test_an_ombud_logs_one_and_evaluates_it(self, as_user):
        client = as_user("boendeombud")
        url = reverse("forum:activity_create", args=["kalleback"])
        day = timezone.localdate() + timedelta(days=1)
        assert client.post(url, {"title": "Promenad", "kind": "ombud", "happens_on": day}).status_code == 302
        activity = Activity.objects.get()
        client.post(reverse("forum:activity_hold", args=[activity.pk]))
        activity.refresh_from_db()
        assert activity.is_planned  # its day has not come
        evaluate = reverse("forum:activity_evaluate", args=[activity.pk])
        assert client.post(evaluate, {**EVALUATION, "opened_version": 1}).status_code == 422
        activity.happens_on = day - timedelta(days=1)
        activity.save()
        assert client.post(evaluate, {"again": "yes", "opened_version": 1}).status_code == 422
        assert client.post(evaluate, {**EVALUATION, "opened_version": 1}).status_code == 302
        activity.refresh_from_db()
        assert activity.is_evaluated
        assert "Inget är skrivet om grannskapet" in activity.functions

    def test_an_empty_evaluation_tells_at_each_field_what_to_write(self, as_user, cafe):
        url = reverse("forum:activity_evaluate", args=[cafe.pk])
        form = as_user("personal").post(url, {"opened_version": 1}).context["form"]
        assert set(form.errors) == {"brukare_count", "gave_brukare", "again"}

    def test_small_counts_are_hidden_from_members(self, as_user, cafe):
        as_user("personal").post(
            reverse("forum:activity_evaluate", args=[cafe.pk]), {**EVALUATION, "opened_version": 1}
        )
        pages = {who: as_user(who).get(cafe.get_absolute_url()).content.decode() for who in ("personal", "medlem")}
        assert "<dd>3</dd>" in pages["personal"]
        assert "<dd>3</dd>" not in pages["medlem"]
        assert "<dd>färre än fem</dd>" in pages["medlem"]

    def test_a_convener_from_outside_evaluates_without_the_small_counts(self, as_user, cafe):
        url = reverse("forum:activity_evaluate", args=[cafe.pk])
        as_user("personal").post(url, {**EVALUATION, "opened_version": 1})
        client = as_user("sammankallande")
        form = client.get(url).context["form"]
        assert (form["brukare_count"].value(), form["neighbour_count"].value()) == (None, 20)
        assert as_user("personal").get(url).context["form"]["brukare_count"].value() == 3
        sent = {"neighbour_count": "21", "gave_brukare": "Mer gemenskap.", "again": "yes", "opened_version": 2}
        conflict = client.post(url, {**sent, "opened_version": 1})
        assert conflict.status_code == 409
        assert ">3<" not in conflict.content.decode()
        assert client.post(url, sent).status_code == 302
        cafe.refresh_from_db()
        assert (cafe.brukare_count, cafe.neighbour_count, cafe.gave_brukare) == (3, 21, "Mer gemenskap.")
        client.post(url, {**sent, "brukare_count": "12", "opened_version": 3})
        cafe.refresh_from_db()
        assert cafe.brukare_count == 12

    def test_nobody_reads_names_of_forums_that_are_not_hers(self, cast, as_user, cafe):
        other = ForumFactory(boenden=[cast.kalleback], name="Ett annat forum", kind="trygghetsforum")
        url = reverse("forum:activity_update", args=[cafe.pk])
        client = as_user("sammankallande")
        assert client.get(other.get_absolute_url()).status_code == 404
        assert other.name not in client.get(url).content.decode()
        sent = {"title": "Kafé", "kind": "cafe", "happens_on": str(cafe.happens_on), "opened_version": 1}
        assert client.post(url, {**sent, "forum": other.pk}).status_code == 422
        cafe.refresh_from_db()
        assert cafe.forum == cast.forum
        create = reverse("forum:activity_create", args=["kalleback"])
        assert other.name not in as_user("boendeombud").get(create).content.decode()
        assert other.name in as_user("personal").get(create).content.decode()

    def test_one_without_a_forum_is_the_boendes_own(self, as_user, cafe):
        cafe.forum = None
        cafe.save()
        assert as_user("medlem").get(cafe.get_absolute_url()).status_code == 404
        assert as_user("sammankallande").get(cafe.get_absolute_url()).status_code == 404

    def test_a_get_holds_nothing(self, as_user, cafe):
        assert as_user("personal").get(reverse("forum:activity_hold", args=[cafe.pk])).status_code == 405


class TestCosts:
    @pytest.fixture
    def cost(self, cast, cafe) -> Cost:
        return Cost.objects.create(
            boende=cast.kalleback, forum=cast.forum, activity=cafe, title="Kaffe", day="2026-01-10", budget=1000,
            outcome=998, sharing="key",
        )  # fmt: skip

    def test_the_key_is_told_when_it_is_not_a_hundred_and_kronor_sum(self, cast, as_user, cost):
        for percent in ("37.9", "19.4", "42.6"):
            Contribution.objects.create(cost=cost, actor=ActorFactory(forvaltning=cast.sydvast), percent=percent)
        reading = CostReading(Cost.objects.for_table().get())
        assert sum(part.of_outcome for part in reading.parts) == 998
        page = as_user("medlem").get(cost.get_absolute_url()).content.decode()
        assert "Nyckeln summerar till 99,90 procent" in page

    def test_a_key_without_parts_is_not_said_to_share_anything(self, cast, as_user, cost):
        Contribution.objects.create(cost=cost, actor=ActorFactory(forvaltning=cast.sydvast), percent=0, pledged=300)
        page = as_user("medlem").get(cost.get_absolute_url()).content.decode()
        assert "Ingen har fått sin andel i nyckeln ännu" in page
        assert "Nyckeln summerar" not in page
        assert "698 kr återstår att lova" in page

    def test_a_municipal_party_with_kronor_is_a_warning_and_not_refused(self, cast, as_user, cost):
        url = reverse("forum:cost_contribution", args=[cost.pk])
        sent = {"forvaltning": cast.sydvast.pk, "percent": "50", "pledged": "400"}
        response = as_user("sammankallande").post(url, sent, follow=True)
        assert "köp ska följa reglerna om upphandling" in response.content.decode()
        assert Contribution.objects.get().is_municipal

    def test_the_forums_table_and_its_file(self, cast, as_user, cost):
        Contribution.objects.create(cost=cost, forvaltning=cast.sydvast, percent=100, pledged=400, given=300)
        page = as_user("medlem").get(reverse("forum:forum_contributions", args=[cast.forum.pk])).content.decode()
        assert "Socialförvaltningen Sydväst" in page
        url = reverse("forum:forum_contributions_export", args=[cast.forum.pk])
        response = as_user("sammankallande").post(url, {"format": "csv-rfc4180", "purpose": "Styrgruppen"})
        text = b"".join(response.streaming_content).decode()
        close(response)
        assert "Kaffe" in text
        assert "998" in text

    def test_a_cost_of_the_boende_alone(self, cast, as_user):
        url = reverse("forum:boende_cost_create", args=["kalleback"])
        sent = {"title": "Planteringar", "day": "2026-05-01", "unit": "kronor", "budget": "800", "sharing": "equal"}
        assert as_user("personal").post(url, sent).status_code == 302
        assert as_user("personal").post(url, {**sent, "budget": "-3"}).status_code == 422
        assert as_user("medlem").get(Cost.objects.get().get_absolute_url()).status_code == 404


class TestFollowUp:
    @pytest.fixture
    def iop(self, cast):
        agreement = make_agreement(cast, kind="iop", forum=cast.forum, boenden=[cast.kalleback], title="IOP")
        in_force(cast, agreement, {"forvaltning": cast.sydvast}, {"actor": ActorFactory(forvaltning=cast.sydvast)})
        for month, medling in ((1, 7), (4, 2)):
            AgreementFollowUp.objects.create(
                agreement=agreement, starts_on=date(2026, month, 1), ends_on=date(2026, month + 1, 1), people=15,
                medling=medling, text="INTERNT om gruppen",
            )  # fmt: skip
        return agreement

    def test_outsiders_cannot_work_out_a_small_count(self, as_user, iop):
        staff = as_user("personal").get(iop.get_absolute_url()).content.decode()
        member = as_user("medlem").get(iop.get_absolute_url()).content.decode()
        assert "<b>9</b>" in staff
        assert "INTERNT" in staff
        assert "minst 7" in member
        for hidden in ("<b>9</b>", '"r">2</td>', "INTERNT"):
            assert hidden not in member

    def test_a_file_hides_small_counts_from_everyone(self, as_user, iop):
        url = reverse("forum:agreement_export", args=[iop.pk])
        response = as_user("personal").post(url, {"format": "csv-rfc4180", "purpose": "Uppföljning"})
        text = b"".join(response.streaming_content).decode()
        close(response)
        assert "färre än fem" in text
        assert "INTERNT" not in text

    def test_periods_do_not_overlap(self, as_user, iop):
        url = reverse("forum:agreement_followup", args=[iop.pk])
        sent = {"starts_on": "2026-01-01", "ends_on": "2026-12-31", "medling": "9"}
        response = as_user("sammankallande").post(url, sent)
        assert response.status_code == 422
        assert "överlappar" in response.content.decode()

    def test_reminders_eight_and_six_months_before_and_for_the_review(self, iop, cast):
        ends_on = AgreementVersion.objects.get().ends_on  # 2027-12-31
        at = {due.what: due for due in agreements_due(datetime(2027, 7, 1, 12, tzinfo=timezone.get_default_timezone()))}
        assert {what: due.due_on for what, due in at.items()} == {
            "agreement_review": date(2027, 1, 15),
            "agreement_ends_8": date(2027, 4, 30),
            "agreement_ends_6": date(2027, 6, 30),
        }
        assert ends_on == date(2027, 12, 31)
        assert {due.user for due in at.values()} == {cast["sammankallande"]}
        assert at["agreement_ends_8"].series == at["agreement_ends_6"].series
        assert not list(agreements_due(datetime(2026, 12, 1, 12, tzinfo=timezone.get_default_timezone())))


def test_reminders_to_sign_and_to_evaluate(cast, as_user, cafe):
    actor = ContactPerson.objects.get(user=cast["medlem"]).actor
    agreement = make_agreement(cast, forum=cast.forum)
    version = ready(cast, agreement, {"forvaltning": cast.sydvast}, {"actor": actor})
    assert [due.user for due in signatures_due(timezone.now())] == [cast["medlem"]]
    sign(version.parties.get(actor=actor))
    assert not list(signatures_due(timezone.now()))
    cafe.created_by = cast["boendeombud"]
    cafe.save()
    assert not list(evaluations_due(timezone.now()))
    assert [due.user for due in evaluations_due(timezone.now() + timedelta(days=3))] == [cast["boendeombud"]]


@action
def archive_all(*, by) -> None:
    """Take every activity out, in one go."""
    Activity.objects.update(archived_at=timezone.now())


def test_an_archived_activity_is_not_found(as_user, cafe):
    archive_all(by=None)
    assert as_user("personal").get(cafe.get_absolute_url()).status_code == 404
