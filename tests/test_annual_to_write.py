# SPDX-License-Identifier: EUPL-1.2
"""What is to be written in an årsrapport, on Min dag until it is, and in letters; and where reports begin."""

from datetime import date, datetime, timedelta

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.notices.models import Notice
from platssamverkan.notices.sweeping import sweep
from platssamverkan.reports.annual import actions
from platssamverkan.reports.annual.to_write import due_day, sections_due
from platssamverkan.reports.models import AnnualComment, AnnualSection
from platssamverkan.start.registry import todos_for
from tests import factories
from tests.queries import queries_of, queries_of_reading

YEAR = timezone.localdate().year - 1
FRONT = reverse("reports:picture_list")


@pytest.fixture
def report(cast):
    cast.bifrost = factories.BoendeFactory(forvaltning=cast.sydvast, name="Bifrost", slug="bifrost")
    return actions.start_report(forvaltning=cast.sydvast, year=YEAR, by=cast["forvaltningschef"])


def anew(user):
    """The same person at her next request."""
    return type(user).objects.get(pk=user.pk)


def lines_of(user) -> list[tuple[str, str]]:
    return [(str(todo.title), todo.about) for todo in todos_for(anew(user)) if "årsrapporten" in str(todo.title)]


def write(report, boende, by, number=100) -> None:
    for section in AnnualSection.objects.filter(report=report, boende=boende, text="", is_required=True)[:number]:
        section.text = f"Om {section.title}."
        actions.save_in_report(record=section, by=by)


class TestMinDag:
    def test_it_stands_until_it_is_written(self, cast, report):
        chief, enhetschef = cast["forvaltningschef"], cast["enhetschef"]
        assert lines_of(enhetschef) == [(f"Skriv 5 avsnitt i årsrapporten {YEAR}", "Kallebäcks boende")]
        assert lines_of(chief) == [(f"Skriv 4 avsnitt i årsrapporten {YEAR}", "Socialförvaltningen Sydväst")]
        for who in ("personal", "systemforvaltare", "granne", "outsider", "sammankallande"):
            assert not lines_of(cast[who])
        write(report, cast.kalleback, enhetschef, 4)
        assert lines_of(enhetschef)[0][0] == f"Skriv ett avsnitt i årsrapporten {YEAR}"
        write(report, cast.kalleback, enhetschef)
        assert not lines_of(enhetschef)

    def test_a_comment_stands_until_it_is_seen_to(self, cast, report):
        enhetschef = cast["enhetschef"]
        write(report, cast.kalleback, enhetschef)
        section = AnnualSection.objects.get(report=report, boende=cast.kalleback, title="Mål")
        for by in ("forvaltningschef", "enhetschef"):
            comment = AnnualComment(report=report, section=section, boende=cast.kalleback, text="Hur många?")
            actions.save_in_report(record=comment, by=cast[by])
        assert lines_of(enhetschef) == [(f"Svara på en kommentar i årsrapporten {YEAR}", "Kallebäcks boende")]
        sweep(timezone.now())
        told = {notice.user: notice for notice in Notice.objects.filter(what="annual_comment")}
        assert set(told) == {enhetschef, cast["forvaltningschef"]}  # each of the other's
        assert not any("Hur många" in notice.text for notice in told.values())
        actions.settle_comment(comment=AnnualComment.objects.get(created_by=cast["forvaltningschef"]), by=enhetschef)
        assert not lines_of(enhetschef)

    def test_a_comment_on_a_shared_text_is_for_whoever_decides_the_report(self, cast, report):
        chief, enhetschef = cast["forvaltningschef"], cast["enhetschef"]
        for section in AnnualSection.objects.filter(report=report):
            section.text = "Klart."
            actions.save_in_report(record=section, by=chief)
        shared = AnnualSection.objects.get(report=report, title="Året i korthet")
        comment = AnnualComment(report=report, section=shared, text="Hur många?")
        actions.save_in_report(record=comment, by=enhetschef)
        assert lines_of(chief) == [(f"Svara på en kommentar i årsrapporten {YEAR}", "Socialförvaltningen Sydväst")]
        for who in ("enhetschef", "personal", "systemforvaltare", "outsider"):
            assert not lines_of(cast[who])
        sweep(timezone.now())
        told = Notice.objects.get(what="annual_comment")
        assert told.user == chief and told.url == shared.get_absolute_url()
        assert told.text == "Någon har kommenterat avsnittet Året i korthet."

    def test_it_asks_no_query_of_its_own(self, cast, report, as_user):
        user = anew(cast["enhetschef"])
        few = queries_of_reading(lambda: todos_for(user))
        write(report, cast.kalleback, cast["enhetschef"])
        user = anew(cast["enhetschef"])
        assert queries_of_reading(lambda: todos_for(user)) == few
        assert queries_of(as_user("enhetschef"), "/") <= 15


class TestLetters:
    def test_at_the_beginning_a_week_before_and_when_it_is_late(self, cast, report):
        begun = timezone.localdate(report.created_at)
        last = due_day(YEAR, begun)
        assert last == max(date(YEAR + 1, 1, 31), begun + timedelta(days=30))
        found = []
        for day in (begun, begun + timedelta(days=1), last - timedelta(days=7), last, last + timedelta(days=3)):
            with time_machine.travel(timezone.make_aware(datetime.combine(day, datetime.min.time())), tick=False):
                sweep(timezone.now())
            found = list(Notice.objects.filter(user=cast["enhetschef"], what__startswith="annual").order_by("pk"))
        assert {notice.what for notice in found} == {"annual_begun", "annual_soon", "annual_late"}
        assert len(found) == 3
        assert "5 avsnitt om Kallebäcks boende" in found[0].text
        assert not Notice.objects.filter(what__startswith="annual").exclude(user=cast["enhetschef"]).exists()

    def test_whoever_has_written_is_left_alone(self, cast, report):
        write(report, cast.kalleback, cast["enhetschef"])
        assert not list(sections_due(timezone.now()))


class TestWhereReportsBegin:
    def entries(self, client) -> list[str]:
        return [str(entry.label) for entry in client.get(FRONT).context["reports"]]

    def test_each_role_sees_what_she_may_open(self, cast, as_user, report):
        every = [
            "Översikt",
            "Genomförande",
            "Årsrapporter",
            "Kostnader för bevakning",
            "Nyckeltal",
            "API för datalager",
        ]
        for who in ("forvaltningschef", "enhetschef"):
            client = as_user(who)
            answer = client.get(FRONT)
            assert [str(entry.label) for entry in answer.context["reports"]] == every
            for entry in answer.context["reports"]:
                page = client.get(entry.url)
                assert page.status_code == 200
                assert f'<li><a href="{FRONT}">Rapporter</a></li>' in page.content.decode()
        assert not self.entries(as_user("personal"))
        assert reverse("reports:release_list", args=["kalleback"]) in as_user("personal").get(FRONT).content.decode()
        for who in ("granne", "systemforvaltare"):
            assert as_user(who).get(FRONT).status_code == 404

    def test_a_forvaltning_without_boenden_is_told_so(self, cast, as_user):
        chief = factories.UserFactory(email="chef.ny@example.org")
        new = factories.ForvaltningFactory(name="Socialförvaltningen Ny")
        Assignment.objects.create(user=chief, role=Role.FORVALTNINGSCHEF, forvaltning=new)
        cast.users["ny"] = chief
        answer = as_user("ny").get(FRONT)
        assert answer.status_code == 200
        assert "Inget boende ännu" in answer.content.decode()
