# SPDX-License-Identifier: EUPL-1.2
"""Whose figures they are, in words: nobody may take those of two boenden for the whole förvaltning's."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from boenden.models import Boende
from boenden.rights import boenden_of_forvaltningar
from platssamverkan.look.words import all_of

FEW = 3  # boenden that are named one by one


def boenden_words(boenden: Sequence[Boende]) -> str:
    """Every one by name, in the order they come."""
    return all_of([boende.name for boende in boenden])


def about_words(user: Any, boenden: Sequence[Boende]) -> str:
    """The boenden where they are few, a förvaltning where they are all of it, else how many of how many förvaltningar.

    A förvaltning is whole when every boende of it that is not archived is there, also those that the reader has not.
    One query, none for whoever reads whole förvaltningar: hers have been read.
    """
    if len(boenden) == 1:
        return boenden[0].name
    names = {boende.forvaltning_id: boende.forvaltning.name for boende in boenden}
    (forvaltning, name), *others = names.items()
    if not others and len(boenden) == number_in(user, forvaltning):
        return name
    if len(boenden) <= FEW:
        return boenden_words(boenden)
    if not others:
        return _("%(count)s boenden i %(name)s") % {"count": len(boenden), "name": name}
    return _("%(count)s boenden i %(of)s förvaltningar") % {"count": len(boenden), "of": len(names)}


def number_in(user: Any, forvaltning: Any) -> int:
    """How many boenden a förvaltning has that are not archived."""
    read = sum(boende.forvaltning_id == forvaltning for boende in boenden_of_forvaltningar(user))
    return read or Boende.objects.active().filter(forvaltning=forvaltning).count()


def first_named(boenden: Sequence[Boende]) -> str:
    """The first few by name, and how many more there are: "Ada, Alma, Victor och 2 till"."""
    names = [boende.name for boende in boenden[:FEW]]
    left = len(boenden) - len(names)
    return all_of([*names, _("%(count)s till") % {"count": left}] if left else names)


def named(boenden: Sequence[Boende]) -> str:
    """The few by name, else how many: for the middle of a sentence."""
    return boenden_words(boenden) if len(boenden) <= FEW else _("%(count)s boenden") % {"count": len(boenden)}
