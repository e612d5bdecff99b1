# SPDX-License-Identifier: EUPL-1.2
"""Choosing who is a party: an actor around the boenden or in the forum, or a förvaltning."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from boenden.models import Actor, Boende, Forvaltning, Neighbour
from forum.models import Forum, Member


def actors_for(user: Any, forum: Forum | None, boenden: Iterable[Boende], chosen: Any = None) -> QuerySet[Actor]:
    """The actors that the user may name: those in the forum, those around the boenden that she sees, the one chosen."""
    around = Neighbour.objects.in_use().filter(boende__in=[boende.pk for boende in boenden]).values("actor")
    seen = Actor.objects.visible_to(user).filter(pk__in=around).values("pk")
    members = Member.objects.current().filter(forum=forum, person__isnull=False).values("person__actor")
    allowed = Q(pk__in=seen) | Q(pk=chosen)
    if forum:
        allowed |= Q(pk__in=members)
    return Actor.objects.active().filter(allowed).order_by("name")


class PartyChoices:
    """For a form with `actor` and `forvaltning`, one of which is chosen."""

    def __init__(self, *args: Any, by: Any, forum: Forum | None, boenden: Iterable[Boende], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields  # type: ignore[attr-defined]
        fields["actor"].queryset = actors_for(by, forum, boenden, self.instance.actor_id)  # type: ignore[attr-defined]
        fields["actor"].empty_label = _("Ingen aktör")
        fields["actor"].help_text = _("Aktörer i forumet och runt boendet.")
        fields["forvaltning"].queryset = Forvaltning.objects.active().order_by("name")
        fields["forvaltning"].empty_label = _("Ingen förvaltning")
