# SPDX-License-Identifier: EUPL-1.2
"""No text, name, number or address of any record gets into the log, and no bulk write goes past it."""

import json

import pytest
from auditlog.diff import model_instance_diff
from auditlog.registry import auditlog
from django.apps import apps
from django.db import models

from platssamverkan.accounts.models import User
from platssamverkan.audit.actions import log_event, log_reading
from platssamverkan.audit.models import AuditEntry
from platssamverkan.ground.actions import action, archive_record, save_record
from platssamverkan.ground.records import Immutable, Record, UnauditedWrite
from tests import factories

RECORDS = [model for model in apps.get_models() if issubclass(model, Record)]
MARK = "HEMLIG"
# What no person writes, or what is on the boende's public page: the log may say it in clear.
IN_CLEAR = {
    "slug", "icon", "token_digest", "sha256", "what", "occasion", "message_id", "last_error", "file", "content_type",
    "url", "website", "kind", "rrule", "ArshjulEntry.source",
}  # fmt: skip


def marked(model):
    """An unsaved record with the mark in every field that can hold words."""
    record = model()
    for field in model._meta.concrete_fields:
        if isinstance(field, models.JSONField):
            setattr(record, field.name, {MARK: MARK})
        elif isinstance(field, models.CharField | models.TextField) and not field.choices:
            setattr(record, field.name, f"{MARK} {field.name}")
    return record


def field_names(model):
    """The fields of a model that must not be told."""
    return {
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, models.CharField | models.TextField | models.JSONField)
        and not field.choices
        and not {field.name, f"{model.__name__}.{field.name}"} & IN_CLEAR
    }


@pytest.mark.parametrize("model", [*RECORDS, User], ids=lambda model: model.__name__)
def test_of_no_record_a_text_is_told(model):
    assert auditlog.contains(model)
    changes = model_instance_diff(None, marked(model), use_json_for_changes=True)
    for name in field_names(model) & set(changes):
        assert MARK not in str(changes[name]), f"{model.__name__}.{name}"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_of_a_change_neither_the_old_nor_the_new_is_told(model):
    old, new = marked(model), marked(model)
    for name in field_names(model):
        setattr(new, name, f"NYTT {MARK}")
    changes = model_instance_diff(old, new, use_json_for_changes=True)
    for name in field_names(model) & set(changes):
        assert MARK not in str(changes[name]), f"{model.__name__}.{name}"
        assert len(set(changes[name])) == 2  # that it changed can be seen


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
@pytest.mark.parametrize(
    "write",
    [
        lambda model: model._default_manager.update(version=2),
        lambda model: model._default_manager.bulk_create([model()]),
        lambda model: model._default_manager.bulk_update([model()], ["version"]),
        lambda model: model._default_manager.all().delete(),
    ],
    ids=["update", "bulk_create", "bulk_update", "delete"],
)
def test_no_bulk_write_goes_past_the_log(model, write):
    with pytest.raises((UnauditedWrite, Immutable)):
        write(model)


def everything_in_the_log():
    """Every column of every row, as text."""
    return "\n".join(json.dumps(row, default=str, ensure_ascii=False) for row in AuditEntry.objects.values())


def test_a_records_life_leaves_rows_without_its_words(cast):
    """Made, changed, tied to others, read, told of, archived: each is a row, none of them says a word of it."""
    by = cast["enhetschef"]
    before = AuditEntry.objects.count()
    actor = factories.ActorFactory(name=f"Brf {MARK}", forvaltning=cast.sydvast)
    person = factories.ContactPersonFactory(
        actor=actor, name=f"{MARK} Wik", role=MARK, phone="+46701740699", email="hemlig@example.org", source=MARK
    )
    incident = factories.IncidentFactory(boende=cast.kalleback, headline=MARK, internal_text=MARK, handled=MARK)
    incident.internal_text = f"{MARK} igen"
    save_record(record=incident, by=by)
    incident.affected_actors.add(actor)
    log_reading(record=incident, by=by)
    log_event(record=person, by=by, event="exported")
    archive_record(record=person, by=by)
    kinds = list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))[before:]
    assert len([kind for kind in kinds if kind == 0]) >= 3
    log = everything_in_the_log()
    for secret in (MARK, "hemlig@example.org", "0701740699", "46701740699"):
        assert secret.casefold() not in log.casefold()
    assert "hmac:" in log


def test_an_action_may_write_in_bulk_and_logs_what_it_did(cast):
    @action
    def close_all(*, by):
        changed = type(cast.kalleback)._default_manager.update(version=2)
        log_event(record=cast.kalleback, by=by, event="test_closed")
        return changed

    assert close_all(by=cast["systemforvaltare"]) == 2
    assert AuditEntry.objects.filter(additional_data__event="test_closed").count() == 1
