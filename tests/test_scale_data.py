# SPDX-License-Identifier: EUPL-1.2
"""Data for measuring: seeded, replaced by the next run, never in production, and valid as any other."""

import pytest
from django.core.management import CommandError, call_command

from boenden.models import Boende
from incidents.actions import fill_search
from incidents.models import Incident
from incidents.scale import scale_email
from platssamverkan.accounts.models import User
from tests import factories


def make(capsys, **options):
    call_command("scale_data", **{"boenden": 3, "handelser": 40, **options})
    return capsys.readouterr().out


def everything():
    return list(Incident.objects.order_by("id").values_list("id", "happened_at", "headline", "severity", "status"))


def test_the_same_numbers_give_the_same_rows(db, capsys):
    assert "3 boenden, 40 händelser" in make(capsys)
    first = everything()
    make(capsys)
    assert everything() == first
    make(capsys, seed=7)
    assert everything() != first
    assert (Boende.objects.count(), Incident.objects.count()) == (3, 40)


def test_leaves_other_rows_alone(cast, capsys):
    own = factories.IncidentFactory(boende=cast.kalleback)
    make(capsys)
    make(capsys)
    assert Incident.objects.filter(pk=own.pk).exists()


def test_the_rows_are_whole(db, capsys):
    make(capsys)
    for incident in Incident.objects.all():
        incident.full_clean()
        searched = incident.search_open, incident.search_internal
        fill_search(incident)
        assert searched == (incident.search_open, incident.search_internal)


@pytest.mark.parametrize(("role", "sees"), [("personal", 1), ("chef", 1)])
def test_someone_reads_them(client, capsys, db, role, sees):
    make(capsys)
    user = User.objects.get(email=scale_email(role, 1))
    assert not user.has_usable_password()
    client.force_login(user)
    assert client.get("/handelser/").status_code == 200
    assert Incident.objects.visible_to(user).values("boende").distinct().count() == sees


@pytest.mark.parametrize("options", [{"boenden": 0}, {"handelser": -1}])
def test_nonsense_is_refused(db, capsys, options):
    with pytest.raises(CommandError):
        make(capsys, **options)


def test_it_is_not_for_production(db, capsys, settings):
    settings.IS_PRODUCTION = True
    with pytest.raises(CommandError, match="measuring"):
        make(capsys)
