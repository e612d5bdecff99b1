# SPDX-License-Identifier: EUPL-1.2
"""Verbs of the keys: make one with its service, renew it, stop it, and count what it has fetched."""

import secrets
from datetime import date, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from boenden.models import Assignment, Boende, Forvaltning
from forum.tokens import token_digest
from platssamverkan.accounts.models import User
from platssamverkan.accounts.roles import Role
from platssamverkan.ground.actions import Refused, action, save_record
from platssamverkan.reports.api.models import ApiKey, ApiUse

BEGINNING = "psv_"  # so that a key that has strayed into code or a log is recognised
SHOWN = 10  # signs of it that are kept
OVERLAP = timedelta(days=7)  # for whoever puts the new key in place


def new_secret(key: ApiKey) -> str:
    """A secret for the key, which keeps how it begins and what proves it. 256 bits: a plain digest is enough."""
    secret = BEGINNING + secrets.token_urlsafe(32)
    key.prefix, key.token_digest = secret[:SHOWN], token_digest(secret)
    return secret


@action
def issue_key(
    *, key: ApiKey, name: str, forvaltning: Forvaltning | None, boende: Boende | None, by: Any
) -> tuple[ApiKey, str]:
    """Make a service that reaches a förvaltning or one boende, and its first key. The secret is kept nowhere."""
    service = User.objects.create_service(name)
    assignment = Assignment(user=service, role=Role.TJANST, forvaltning=forvaltning, boende=boende, ends_on=key.ends_on)
    key.assignment = save_record(record=assignment, by=by)
    key.forvaltning = boende.forvaltning if boende else forvaltning  # type: ignore[assignment]  # one of them is there
    secret = new_secret(key)
    return save_record(record=key, by=by), secret


@action
def renew_key(*, key: ApiKey, ends_on: date, seen: int, by: Any) -> tuple[ApiKey, str]:
    """A new key for the same service. The old one opens a week more, so that nothing has to stand still.

    Raises Refused for a key that is revoked, or changed since the version that was `seen`, and ValidationError.
    """
    old = ApiKey.objects.select_for_update(of=("self",)).select_related("assignment__boende").get(pk=key.pk)
    if old.is_revoked or old.assignment.archived_at:
        raise Refused([_("Nyckeln är återkallad. Gör en ny nyckel i stället.")])
    if old.has_moved:
        raise Refused([_("Boendet hör till en annan förvaltning nu. En ny nyckel görs där.")])
    if old.version != seen:
        raise Refused([_("Nyckeln är redan förnyad eller ändrad. Gå tillbaka till listan och se hur den står nu.")])
    new = ApiKey(assignment=old.assignment, forvaltning=old.forvaltning, purpose=old.purpose, ends_on=ends_on)
    secret = new_secret(new)
    new.full_clean(exclude=["assignment", "forvaltning"])
    old.ends_on = min(old.ends_on, timezone.localdate() + OVERLAP)
    save_record(record=old, by=by)
    old.assignment.ends_on = max(ends_on, old.ends_on)
    save_record(record=old.assignment, by=by)
    return save_record(record=new, by=by), secret


@action
def revoke_key(*, key: ApiKey, by: Any) -> ApiKey:
    """Stop a key, at once and for good; and with its last key its service's assignment."""
    stored = ApiKey.objects.select_for_update(of=("self",)).select_related("assignment").get(pk=key.pk)
    if stored.is_revoked:
        return stored
    stored.revoked_at = timezone.now()
    save_record(record=stored, by=by)
    others = ApiKey.objects.in_use().filter(assignment=stored.assignment_id)
    if not others.exists():
        stored.assignment.archived_at = timezone.now()
        save_record(record=stored.assignment, by=by)
    return stored


@action
def note_call(*, key: ApiKey, operation: str, row_count: int, by: Any) -> None:
    """Count a call and its rows. The first of a day makes a row, which the audit log tells of."""
    today = timezone.localdate()
    uses = ApiUse.objects.filter(key=key, day=today, operation=operation)
    more = {"calls": F("calls") + 1, "row_count": F("row_count") + row_count}
    if uses.update(**more):
        return
    try:
        with transaction.atomic():
            save_record(record=ApiUse(key=key, day=today, operation=operation, row_count=row_count), by=by)
    except IntegrityError:  # another call of the same moment was first
        uses.update(**more)
