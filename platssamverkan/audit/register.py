# SPDX-License-Identifier: EUPL-1.2
"""Which models are audited, and what of them is kept: every own model; of texts and personal data a digest."""

from collections.abc import Iterable

from auditlog.registry import auditlog
from django.conf import settings
from django.db import models

from platssamverkan.ground.fields import GuardedMixin, OrganisationNumberField, TelephoneField
from platssamverkan.ground.records import Record

UNTOLD_FIELDS = ["version", "changed_at", "changed_by", "search_open", "search_internal", "password", "last_login"]
DIGESTED = (
    GuardedMixin, TelephoneField, OrganisationNumberField,
    models.EmailField, models.URLField, models.TextField, models.JSONField,
)  # fmt: skip


def register_models(all_models: Iterable[type[models.Model]]) -> None:
    """Register every Record and the user with the audit log."""
    for model in all_models:
        if not issubclass(model, Record) and model._meta.label != settings.AUTH_USER_MODEL:
            continue
        fields = model._meta.get_fields()
        names = {field.name for field in fields}
        other_sides = [field.name for field in fields if field.auto_created and not field.concrete]  # told by the other
        auditlog.register(
            model,
            exclude_fields=[*other_sides, *(name for name in UNTOLD_FIELDS if name in names)],
            mask_fields=[field.name for field in fields if isinstance(field, DIGESTED)],
            mask_callable="platssamverkan.audit.digests.digest",
            m2m_fields={
                field.name for field in model._meta.many_to_many if field.name not in ("groups", "user_permissions")
            },
        )
