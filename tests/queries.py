# SPDX-License-Identifier: EUPL-1.2
"""How many queries a page takes."""

from django.db import connection
from django.test.utils import CaptureQueriesContext


def queries_of(client, url):
    """The number of queries of the page, its session already in the cache."""
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def queries_of_reading(read):
    """The number of queries that a call takes."""
    with CaptureQueriesContext(connection) as queries:
        read()
    return len(queries)
