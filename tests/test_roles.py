# SPDX-License-Identifier: EUPL-1.2
"""The gate: who reaches which boende."""

import pytest

from boenden.models import Boende
from platssamverkan.accounts.roles import ROLES, Right, Role, Scope


@pytest.mark.parametrize(
    ("name", "sees"),
    [
        ("systemforvaltare", {"alma", "kalleback"}),
        ("forvaltningschef", {"kalleback"}),
        ("enhetschef", {"kalleback"}),
        ("personal", {"kalleback"}),
        ("boendeombud", {"kalleback"}),
        ("outsider", {"alma"}),
        ("ended", set()),
        ("granne", set()),
    ],
)
def test_a_boende_exists_for_those_with_an_assignment_in_force(cast, name, sees):
    assert set(Boende.objects.visible_to(cast[name]).values_list("slug", flat=True)) == sees


def test_every_role_has_terms():
    assert set(ROLES) == set(Role)
    assert all(terms.scope in Scope and terms.rights <= set(Right) for terms in ROLES.values())


def test_no_incident_right_for_systemforvaltare_and_ombud():
    for role in (Role.SYSTEMFORVALTARE, Role.BOENDEOMBUD):
        assert Right.READ_INCIDENTS not in ROLES[role].rights
