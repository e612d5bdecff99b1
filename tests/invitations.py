# SPDX-License-Identifier: EUPL-1.2
"""The secret links of invitations, as they stand in letters."""

import re

from django.urls import reverse

from platssamverkan.notices.models import Notice


def url(name, *args):
    """The address of a page about people."""
    return reverse(f"people:{name}", args=args)


def token_in(text):
    """The secret of the link in a letter."""
    return re.search(r"/konto/inbjudan/(\w+)/", text)[1]


def last_token():
    """The secret in the latest letter that waits to be sent."""
    return token_in(Notice.objects.order_by("-created_at").first().text)


def accept_url(token):
    """Where a letter's link leads."""
    return url("invite_accept", token)
