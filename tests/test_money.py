# SPDX-License-Identifier: EUPL-1.2
"""Kronor: as people write them, no more of them than can be meant, and every digit shown as it is."""

from decimal import Decimal
from html import unescape

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from forum.models import Contribution, Cost
from platssamverkan.look.money import MOST_KRONOR, MOST_TKR, WholeField
from platssamverkan.look.words import number
from platssamverkan.reports.annual.forms import BudgetForm, EconomyForm, ShareForm
from platssamverkan.reports.figures.models import Bevakningskostnad
from platssamverkan.reports.figures.reading import Figures
from platssamverkan.reports.models import AnnualBudget, AnnualEconomy, AnnualReport, AnnualShare
from platssamverkan.start.picture import Scope
from tests import factories

TOO_MUCH = "Talet är för stort. Skriv högst 10 000 000 000."
TOO_MANY_TKR = "Talet är för stort. Skriv högst 10 000 000."
TODAY = timezone.localdate()


def plain(text):
    return unescape(str(text)).replace("\N{NO-BREAK SPACE}", " ").replace("\N{NARROW NO-BREAK SPACE}", " ")


def text_of(answer):
    return plain(answer.content.decode())


@pytest.mark.parametrize(
    ("value", "decimals", "shown"),
    [
        (9223372036854775807, 0, "9 223 372 036 854 775 807"),
        (-9223372036854775807, 0, "-9 223 372 036 854 775 807"),
        (Decimal("9223372036854775807.25"), 2, "9 223 372 036 854 775 807,25"),
        (12400, 1, "12 400,0"),
        (True, 0, "1"),
        (1.25, 1, "1,2"),
        (2.5, 0, "2"),
        (Decimal("37.9"), 1, "37,9"),
    ],
)
def test_every_digit_of_a_number_is_its_own(value, decimals, shown):
    assert plain(number(value, decimals)) == shown


class TestBevakning:
    URL = "reports:bevakningskostnad_create"

    def post(self, cast, client, kronor):
        return client.post(reverse(self.URL), {"boende": cast.kalleback.pk, "year": 2025, "kronor": kronor})

    @pytest.mark.parametrize("written", ["204 000", "204 000 kr", "204000"])
    def test_is_written_as_people_write(self, cast, as_user, written):
        assert self.post(cast, as_user("enhetschef"), written).status_code == 302
        cost = Bevakningskostnad.objects.get()
        assert cost.kronor == 204_000
        page = text_of(as_user("enhetschef").get(reverse("reports:bevakningskostnad_update", args=[cost.pk])))
        assert 'value="204 000"' in page and 'inputmode="numeric"' in page

    @pytest.mark.parametrize("written", [str(MOST_KRONOR + 1), "9223372036854775807", "9" * 40])
    def test_that_cannot_be_meant_is_told_at_the_field_and_stays_there(self, cast, as_user, written):
        answer = self.post(cast, as_user("enhetschef"), written)
        assert answer.status_code == 422 and f'value="{written}"' in text_of(answer)
        assert [plain(words) for words in answer.context["form"].errors["kronor"]] == [TOO_MUCH]
        assert not Bevakningskostnad.objects.exists()

    def test_of_the_highest_is_summed_whole(self, cast):
        victor = factories.BoendeFactory(forvaltning=cast.sydvast, name="Victor", slug="victor")
        for boende in (cast.kalleback, victor):
            Bevakningskostnad.objects.create(boende=boende, year=2025, kronor=MOST_KRONOR)
            Cost.objects.create(
                boende=boende, title="Café", day="2025-09-01", unit="kronor", budget=1, outcome=MOST_KRONOR
            )
        scope = Scope(cast["forvaltningschef"], (cast.kalleback, victor), TODAY.replace(year=2025, day=1), TODAY)
        for key in ("bevakning", "forebyggande"):
            found = Figures(scope, [key])[key]
            assert type(found.count) is int and plain(found.value_words) == "20 000 000 000 kr"

    def test_above_it_is_refused_by_the_database_too(self, cast):
        with pytest.raises(IntegrityError), transaction.atomic():
            Bevakningskostnad.objects.create(boende=cast.kalleback, year=2025, kronor=MOST_KRONOR + 1)


ANNUAL = [
    (BudgetForm, AnnualBudget, ("budget", "outcome", "budget_before", "outcome_before"), MOST_TKR, TOO_MANY_TKR),
    (EconomyForm, AnnualEconomy, ("total", "total_before", "repayment"), MOST_KRONOR, TOO_MUCH),
    (ShareForm, AnnualShare, ("kronor", "kronor_before"), MOST_KRONOR, TOO_MUCH),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("form_class", "model", "fields", "most", "words"), ANNUAL)
class TestTheAnnualReport:
    def test_takes_the_highest_and_no_more(self, form_class, model, fields, most, words):
        instance = model(report=AnnualReport(year=2025))
        for wrong in (most + 1, 10**30):
            errors = form_class({"name": "Nordost", **dict.fromkeys(fields, str(wrong))}, instance=instance).errors
            assert {name: [plain(said) for said in errors[name]] for name in fields} == {
                name: [words] for name in fields
            }
        data = {"name": "Nordost", **dict.fromkeys(fields, f"{number(most)} {'tkr' if most == MOST_TKR else 'kr'}")}
        assert not set(fields) & set(form_class(data, instance=instance).errors)

    def test_rules_in_the_model_and_in_the_database(self, cast, form_class, model, fields, most, words):
        report = AnnualReport.objects.create(forvaltning=cast.sydvast, year=2025)
        more = {"boende": cast.kalleback} if model is AnnualBudget else {}
        if model is AnnualEconomy:
            more = {"forecast_on": TODAY}
        for name in fields:
            row = model(report=report, **{name: most + 1}, **more)
            with pytest.raises(ValidationError) as told:
                row.clean_fields(exclude=["name"])
            assert [plain(said) for said in told.value.message_dict[name]] == [words]
            with pytest.raises(IntegrityError), transaction.atomic():
                row.save()


class TestOfForums:
    def test_costs_are_written_as_people_write(self, cast, as_user):
        address = reverse("forum:boende_cost_create", args=["kalleback"])
        sent = {"title": "Café", "day": TODAY, "unit": "kronor", "sharing": "equal"}
        wrong = as_user("enhetschef").post(address, {**sent, "budget": "12 000 000 000 kr", "outcome": "5"})
        assert wrong.status_code == 422 and 'value="12 000 000 000 kr"' in text_of(wrong)
        assert [plain(words) for words in wrong.context["form"].errors["budget"]] == [TOO_MUCH]
        assert as_user("enhetschef").post(address, {**sent, "budget": "12 000 kr", "outcome": ""}).status_code == 302
        cost = Cost.objects.get()
        assert (cost.budget, cost.outcome) == (12_000, None)

    @pytest.mark.parametrize(("model", "name"), [(Cost, "budget"), (Cost, "outcome"), (Contribution, "given")])
    def test_have_an_end(self, model, name):
        with pytest.raises(ValidationError) as told:
            model(**{name: MOST_KRONOR + 1}).clean_fields()
        assert [plain(words) for words in told.value.message_dict[name]] == [TOO_MUCH]


@pytest.mark.parametrize(
    ("is_tkr", "typed", "said"),
    [
        (False, "4 187 tkr", "i kronor, inte"),
        (True, "4187500 kr", "i tusen kronor"),
        (True, "4187500:-", "i tusen kronor"),
        (False, "450.000", "utan punkt"),
        (False, "450.000 kr", "utan punkt"),
        (True, "450.000", "utan punkt"),
        (False, "450,50", "utan punkt"),
    ],
)
def test_an_amount_that_could_be_a_thousand_times_another_is_refused(is_tkr, typed, said):
    with pytest.raises(ValidationError, match=said):
        WholeField(is_tkr=is_tkr).clean(typed)


@pytest.mark.parametrize(
    ("is_tkr", "typed", "meant"),
    [
        (False, "4 187 500", 4_187_500),
        (False, "4187500 kr", 4_187_500),
        (False, "4\u00a0187\u00a0500 kr.", 4_187_500),
        (False, "450:-", 450),
        (False, "450,-", 450),
        (False, "450 kronor", 450),
        (True, "4 187 tkr", 4187),
        (True, "4187", 4187),
    ],
)
def test_an_amount_is_taken_as_people_write_it(is_tkr, typed, meant):
    assert WholeField(is_tkr=is_tkr).clean(typed) == meant
