# SPDX-License-Identifier: EUPL-1.2
"""Every list of the house has a file, or a reason here why it has none; and every file is safe to open."""

import csv
import inspect
import io
import re
from itertools import cycle

import openpyxl
import pytest
from django.apps import apps
from django.db import DatabaseError, models, transaction
from django.db.models.functions import Concat, Substr
from django.test import RequestFactory
from django.urls import URLPattern, URLResolver, get_resolver, resolve
from django.views.generic.list import MultipleObjectMixin

from boenden.views.list_files import HasFile, ListFile
from platssamverkan.export.asking import is_file_view
from platssamverkan.export.csv_writer import original
from platssamverkan.export.models import Export
from platssamverkan.ground.fields import GuardedCharField, GuardedTextField
from tests import factories
from tests.url_table import LIBRARY, TABLE, WHO

# lists whose file is a view of another kind, or has an address that depends on where the list is read
FILES = {
    "boenden:neighbour_list": ["boenden:files"],
    "boenden:contact_list": ["boenden:files"],
    "incidents:incident_list": ["incidents:incident_export"],
    "incidents:incident_list_boende": ["incidents:incident_export"],
    "incidents:synpunkt_list": ["incidents:synpunkt_export"],
    "incidents:synpunkt_list_boende": ["incidents:synpunkt_export_boende"],
    "notices:notice_list": ["notices:failed_export"],
    "forum:decision_list": ["forum:decision_export"],
    "forum:survey_list_forum": ["forum:survey_list_forum_export"],
    "forum:survey_list_boende": ["forum:survey_list_boende_export"],
    "reports:release_list": ["reports:release_export"],
    "reports:forum_release_list": ["reports:forum_release_export"],
}
# and those that have none
NO_FILE = {
    "demo:letter_list": "the demonstration's letter box, which no real installation has",
    "boenden:contact_start": "chooses the boende that a contact is noted at; boenden have a file",
    "boenden:contactlist_list": "leads to contact lists, each of which has files of its own",
    "boenden:own_data": "one person's own data, on paper what she asks the förvaltning for (GDPR art. 15)",
    "export:madefile_list": "the files themselves, one's own",
    "boenden:boende_map": "a map; what stands on it are other lists' rows, with their files",
    "forum:calendarfeed_list": "one's own secret links: a file would spread them",
    "incidents:publictext_list": "three texts that are read through, with PDF",
    "kartlaggning:arshjultemplate_list": "leads to templates; what comes of them is the årshjul, which has a file",
    "reports:picture_list": "leads to reports, each of which has its files",
}
WHY = {"purpose": "Underlag till nämnden"}
ASKED = ["forvaltningschef", "enhetschef", "systemforvaltare"]
DANGERS = ['=HYPERLINK("http://x.example")', "+1", "-1", "@x", "\t=1", "\r=1"]
NUMBER = re.compile(r"-?\d+([.,]\d+)?")
NONE_HERE = {"boenden:boende_archive_export"}  # the world has no such row


def every_view(resolver=None, namespace=""):
    """(name, view) of every address: the class, or the function without what is wrapped round it."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from every_view(pattern, inner)
        elif isinstance(pattern, URLPattern):
            view = getattr(pattern.callback, "view_class", None) or inspect.unwrap(pattern.callback)
            yield f"{namespace}{pattern.name}", view


VIEWS = {name: view for name, view in every_view() if not name.startswith(LIBRARY)}


def is_a(view, kind):
    return inspect.isclass(view) and issubclass(view, kind)


def is_list(name, view):
    """A page of rows: by what it is built of, or by what it is called."""
    if is_a(view, ListFile):
        return False
    return is_a(view, (MultipleObjectMixin, HasFile)) or re.search(r"_list(_boende|_forum)?$", name) is not None


LISTS = {name: view for name, view in VIEWS.items() if is_list(name, view)}


def test_every_list_has_a_file_or_a_reason():
    without = {name for name, view in LISTS.items() if not (is_a(view, HasFile) and view.file_view)}
    assert without == {*FILES, *NO_FILE}
    assert not set(FILES) & set(NO_FILE)


def test_the_files_exist():
    named = {view.file_view for view in LISTS.values() if is_a(view, HasFile) and view.file_view}
    named |= {name for names in FILES.values() for name in names}
    assert named <= set(VIEWS)
    files = {name for name, view in VIEWS.items() if is_a(view, ListFile)}
    assert {VIEWS[name].list_view for name in files if VIEWS[name].list_view} <= set(VIEWS)


def test_no_list_file_lacks_its_words():
    for name, view in VIEWS.items():
        if is_a(view, ListFile):
            headers = [str(column.header) for column in view.columns]
            assert headers and len(set(headers)) == len(headers), name
            assert view.what, name


def statuses(method):
    return {row.name: dict(zip(WHO, row.statuses, strict=True)) for row in TABLE if row.method == method}


ASKS = {
    name: row
    for name, row in statuses("POST").items()
    if name.endswith(("_export", "_export_boende")) and 422 in row.values()
}


def test_every_file_that_is_asked_for_may_be_made_by_a_worker(world):
    """No other page is called in somebody's name; see platssamverkan/export/asking.py."""
    for name in ASKS:
        assert is_file_view(resolve(factories.address_of(name, world).partition("?")[0])), name


OPEN = ["incidents:crime_series_export", "reports:release_export", "reports:forum_release_export"]


def test_whoever_may_not_take_rows_out_gets_no_file():
    """What the table says of each is walked by tests/test_url_table.py; this reads the table itself."""
    assert len(ASKS) > 45
    for name, row in ASKS.items():
        assert row["anonymous"] == 302, name
        assert {row["ended"], row["granne"], row["boendeombud"]} <= {403, 404}, name
        assert row["outsider"] in (403, 404, 422), name  # 422 where the list is of her own boende


def endanger():
    """Put something before every free text in the database that a program could take for a formula."""
    dangers = cycle(DANGERS)
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, (GuardedCharField, GuardedTextField)):
                text = Concat(models.Value(next(dangers)), models.F(field.name), output_field=models.TextField())
                if field.max_length:
                    text = Substr(text, 1, field.max_length)
                rows = models.QuerySet(model).exclude(**{field.name: ""})
                try:
                    with transaction.atomic():
                        rows.update(**{field.name: text})
                except DatabaseError:  # what the database itself never lets anyone change
                    continue


def texts_of(answer, flavour):
    """The rows of a CSV file as lists of cells."""
    content = answer.getvalue()
    assert content.startswith(b"\xef\xbb\xbf") == (flavour == "csv")
    text = content.decode("utf-8-sig")
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=";" if flavour == "csv" else ",", strict=True))


def risky(rows):
    """The cells that a program could take for a formula."""
    return [cell for row in rows for cell in row if re.match("[=+\\-@\t\r]", cell) and not NUMBER.fullmatch(cell)]


def columns_at(view, url):
    """What a list's file at an address has as its columns."""
    one = view()
    one.request = RequestFactory().get(url)
    one.kwargs = resolve(one.request.path_info).kwargs
    return one.get_columns()


@pytest.mark.once
@pytest.mark.usefixtures("unprinted")
def test_every_file_is_asked_for_and_safe(cast, world, as_user):
    endanger()
    guarded = 0
    for name, row in ASKS.items():
        who = next(who for who in ASKED if row[who] == 422)
        url, client = factories.address_of(name, world), as_user(who)
        refused = client.post(url, {"format": "csv", "purpose": " "})
        page = refused.content.decode()
        assert refused.status_code == 422 and 'id="id_purpose_error"' in page, name
        rows = texts_of(client.post(url, WHY | {"format": "csv"}), "csv")
        plain = texts_of(client.post(url, WHY | {"format": "csv-rfc4180"}), "csv-rfc4180")
        book = openpyxl.load_workbook(io.BytesIO(client.post(url, WHY | {"format": "xlsx"}).getvalue()))
        cells = [cell for line in book.active.iter_rows() for cell in line]
        view = VIEWS[name]
        if is_a(view, ListFile):
            assert rows[0] == [str(column.header) for column in columns_at(view, url)], name
        assert len(set(rows[0])) == len(rows[0]) and rows[0] == plain[0], name
        assert {len(line) for line in [*rows, *plain]} == {len(rows[0])}, name
        assert len(rows) > 1 or name in NONE_HERE, name
        assert not risky(rows) and not risky(plain), name
        assert not [cell for cell in cells if cell.data_type == "f" or cell.hyperlink], name
        guarded += sum(text.startswith("'") for line in rows for text in line)
        if name != "people:audit_export":  # each of these files is a row more there
            found = {original(text) for line in rows[1:] for text in line if text.startswith("'")}
            assert {text for text in found if text.isprintable()} <= {cell.value for cell in cells}, name
    assert guarded > 100


@pytest.mark.usefixtures("unprinted")
def test_public_figures_are_given_without_a_question_and_noted(world, as_user):
    for name in OPEN:
        for who in ("forvaltningschef", "medlem") if "forum" in name else ("forvaltningschef",):
            rows = texts_of(as_user(who).post(factories.address_of(name, world), {"format": "csv"}), "csv")
            assert len(rows) > 1 and not risky(rows), name
    assert Export.objects.filter(state="whole", purpose="öppna siffror").count() == 4
    assert as_user("forvaltningschef").post(factories.address_of(name, world), {"format": "exe"}).status_code == 404
