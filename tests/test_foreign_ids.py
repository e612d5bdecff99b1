# SPDX-License-Identifier: EUPL-1.2
"""What is not yours looks exactly like what is not there, on every page (faults.md, case 12)."""

import re
import uuid

import pytest
from django.test import Client

from tests import factories
from tests.url_table import TABLE, WHO

UUID = r"[0-9a-f]{8}-[0-9a-f-]{27}"


@pytest.mark.once
@pytest.mark.usefixtures("unprinted")
@pytest.mark.parametrize("who", [name for name in WHO if name != "anonymous"])
def test_a_foreign_id_looks_exactly_like_a_missing_one(cast, world, who):
    """faults.md, case 12: not only the status, the page too."""
    client = Client()
    client.force_login(cast[who])
    for row in TABLE:
        address = factories.address_of(row.name, world)
        made_up, changed = re.subn(UUID, str(uuid.uuid4()), address)
        if row.method != "GET" or not changed or row.statuses[WHO.index(who)] != 404:
            continue
        real, missing = client.get(address), client.get(made_up)
        assert missing.status_code == 404
        assert without_tokens(real.content) == without_tokens(missing.content), row.name


def without_tokens(content: bytes) -> bytes:
    """The page less what differs between any two requests."""
    return re.sub(rb'name="csrfmiddlewaretoken" value="[^"]+"', b"", content)
