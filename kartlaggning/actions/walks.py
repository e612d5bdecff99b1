# SPDX-License-Identifier: EUPL-1.2
"""Verbs of observations: write one with its photo, make a felanmälan of it."""

from typing import Any

from django.utils.translation import gettext as _

from incidents.models import Felanmalan, FelanmalanPhoto
from kartlaggning.models import Observation
from platssamverkan.documents.actions import store_document
from platssamverkan.ground.actions import action, save_record


@action
def save_observation(
    *, observation: Observation, by: Any, photo: bytes | None = None, opened_version: int | None = None
) -> Observation:
    """Write an observation. `photo` is a JPEG without metadata (documents/photos.py); it takes an earlier one's place.

    Raises EditConflict, StorageFull.
    """
    if photo:
        observation.photo = store_document(
            content=photo, title=_("Foto från promenad"), kind="foto", content_type="image/jpeg", by=by
        )
    return save_record(record=observation, by=by, opened_version=opened_version)


@action
def remove_photo(*, observation: Observation, by: Any) -> Observation:
    """Take the photo from the observation: nobody reaches it any more."""
    stored = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    stored.photo = None
    return save_record(record=stored, by=by)


@action
def report(*, observation: Observation, by: Any) -> Felanmalan:
    """Make a felanmälan of what was seen, with its place and photo. Asked again it gives the one that was made."""
    stored = Observation.objects.select_for_update(of=("self",)).get(pk=observation.pk)
    if stored.felanmalan:
        return stored.felanmalan
    felanmalan = Felanmalan(
        boende=observation.kartlaggning.boende,
        what=str(stored)[:160],
        text=stored.text,
        place_text=stored.place_text,
        latitude=stored.latitude,
        longitude=stored.longitude,
    )
    save_record(record=felanmalan, by=by)
    if stored.photo:  # the same stored file: it never changes
        save_record(record=FelanmalanPhoto(felanmalan=felanmalan, document=stored.photo), by=by)
    stored.felanmalan = felanmalan
    save_record(record=stored, by=by)
    return felanmalan
