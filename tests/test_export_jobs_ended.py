# SPDX-License-Identifier: EUPL-1.2
"""What ends a try to make a file, and what is tried again: a database that is away, not one that says no."""

import pytest
from django.db import DataError, InterfaceError, OperationalError
from django.urls import reverse

from boenden.models import Assignment
from platssamverkan.accounts.roles import Role
from platssamverkan.export import made_jobs
from platssamverkan.export.made_jobs import make_files
from platssamverkan.export.models import MadeFile
from tests import factories
from tests.test_export_jobs import ask, mend, page, small  # noqa: F401

State = MadeFile.State


def test_what_the_database_refuses_ends_the_try(as_user, cast, monkeypatch):
    mend(cast)
    client = as_user("personal")
    made = ask(client)
    monkeypatch.setattr(made_jobs, "make", lambda made: (_ for _ in ()).throw(DataError("value too long")))
    assert make_files() == 1
    made.refresh_from_db()
    assert (made.state, made.attempts) == (State.FAILED, 1)
    assert "Något gick fel hos oss" in page(client, made)


@pytest.mark.parametrize("lost", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_asked_again(as_user, cast, monkeypatch, lost):
    mend(cast)
    made = ask(as_user("personal"))
    monkeypatch.setattr(made_jobs, "make", lambda made: (_ for _ in ()).throw(lost("away")))
    with pytest.raises(lost):
        make_files()
    made.refresh_from_db()
    assert made.state == State.RUNNING


def test_one_of_many_boenden_has_a_name_that_is_taken_everywhere(as_user, cast):
    """A förvaltning's names on end are longer than the column and any file system take."""
    for letter in "abc":
        name = f"{letter} " + "Långa boendet på ängen " * 5
        boende = factories.BoendeFactory(forvaltning=cast.sydvast, name=name[:100].strip(), slug=f"lang{letter}")
        Assignment.objects.create(user=cast["enhetschef"], boende=boende, role=Role.ENHETSCHEF)
    for _ in range(3):
        factories.IncidentFactory(boende=cast.kalleback)
    made = ask(as_user("enhetschef"), reverse("reports:figure_rows_export", args=["handelser"]))
    make_files()
    made.refresh_from_db()
    assert made.state == State.DONE, made.failure
    assert made.filename.endswith(".csv") and len(made.filename) <= 200 and len(made.filename.encode()) <= 255
