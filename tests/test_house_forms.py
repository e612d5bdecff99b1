# SPDX-License-Identifier: EUPL-1.2
"""Two who edit at once lose no text on any page: every form that changes a record can be set beside what is stored."""

import pytest
from django.forms import FloatField
from django.test import Client
from django.urls import get_resolver, resolve
from django.views.generic import UpdateView

from platssamverkan.ground.actions import save_record
from platssamverkan.ground.forms import RecordForm
from platssamverkan.ground.views import RecordFormMixin
from tests import factories
from tests.test_url_table import all_names
from tests.url_table import TABLE, WHO

pytestmark = pytest.mark.usefixtures("unprinted")


def update_pages(world) -> dict[str, str]:
    """The address of every page where a record is changed by its form, by the name of somebody who may."""
    pages = {}
    for row in TABLE:
        if row.method != "GET" or 200 not in row.statuses:
            continue
        address = factories.address_of(row.name, world)
        view = getattr(resolve(address).func, "view_class", object)
        if issubclass(view, UpdateView) and issubclass(view, RecordFormMixin):
            pages[address] = WHO[row.statuses.index(200)]
    return pages


def children_of(kind):
    """Every class that comes of it."""
    for child in kind.__subclasses__():
        yield child
        yield from children_of(child)


def test_every_form_takes_a_decimal_comma_and_the_numbers_of_its_map(db):
    """A number that is not localized is a number field to the browser: the map's Swedish comma empties it."""
    get_resolver().url_patterns  # noqa: B018  imports every form
    plain = [
        f"{form.__name__}.{name}"
        for form in set(children_of(RecordForm))
        for name, field in form.base_fields.items()
        if isinstance(field, FloatField) and not field.localize
    ]
    assert plain == []


def test_a_second_editor_is_shown_both_texts_on_every_page(cast):
    pages = update_pages(factories.one_of_everything(cast))
    assert len(pages) > len(list(all_names())) / 20
    differing = {}
    for address, who in pages.items():
        client = Client()
        client.force_login(cast[who])
        form = client.get(address).context["form"]
        assert isinstance(form, RecordForm), address
        stored = type(form.instance)._default_manager.filter(pk=form.instance.pk).first()
        form.show_conflict(stored or form.instance)
        if form.differences:  # nobody has changed anything: the two forms say the same
            differing[address] = form.differences
    assert not differing


@pytest.mark.parametrize(
    ("name", "who", "sent"),
    [
        ("agreement_update", "sammankallande", {"kind": "iop", "title": "Min titel"}),
        ("agreementparty_update", "sammankallande", {"contributes": "Min långa text."}),
        ("cost_update", "sammankallande", {"title": "Mitt kaffe", "day": "2026-01-01", "unit": "kronor", "budget": 1}),
        ("contribution_update", "sammankallande", {"pledged": 5}),
        ("member_update", "sammankallande", {"kind": "ersattare"}),
    ],
)
def test_forms_that_ask_whose_they_are(cast, name, who, sent):
    """The forms whose constructors ask for more than a record (whose forum, who asks) answer 409 as the others do."""
    client = Client()
    client.force_login(cast[who])
    url = factories.address_of(f"forum:{name}", factories.one_of_everything(cast))
    form = client.get(url).context["form"]
    kept = {field.html_name: value for field in form if (value := field.value()) is not None}
    save_record(record=type(form.instance).objects.get(pk=form.instance.pk), by=cast["enhetschef"])
    response = client.post(url, {**kept, **sent})
    assert response.status_code == 409
    assert response.context["form"].differences
