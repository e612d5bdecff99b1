# SPDX-License-Identifier: EUPL-1.2
"""Verbs of functions and ways."""

from typing import Any

from django.utils.translation import gettext as _

from kartlaggning.models import Function, Kartlaggning, Route
from platssamverkan.ground.actions import Refused, action, put_away, save_record


@action
def archive_function(*, function: Function, by: Any) -> Function:
    """Take a function out of the round. Raises Refused while ways lead to it."""
    if Route.objects.active().filter(function=function).exists():
        raise Refused([_("Ta först bort vägarna som leder dit.")])
    return put_away(record=function, by=by)


@action
def copy_ways(*, earlier: Kartlaggning, to: Kartlaggning, by: Any) -> None:
    """The functions and ways of an earlier round, into a new one that goes on from there."""
    copies = {}
    for function in Function.objects.active().filter(kartlaggning=earlier).order_by("created_at", "pk"):
        copies[function.pk] = Function(
            kartlaggning=to,
            name=function.name,
            actor=function.actor,
            importance=function.importance,
            use=function.use,
            note=function.note,
        )
        save_record(record=copies[function.pk], by=by)
    for route in Route.objects.active().filter(kartlaggning=earlier).order_by("created_at", "pk"):
        if route.function_id in copies:
            copy = Route(
                kartlaggning=to,
                function=copies[route.function_id],
                name=route.name,
                line=route.line,
                note=route.note,
            )
            save_record(record=copy, by=by)
