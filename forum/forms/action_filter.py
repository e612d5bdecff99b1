# SPDX-License-Identifier: EUPL-1.2
"""What the list of all forums' åtgärder is narrowed to."""

from collections.abc import Sequence
from typing import Any

import django_filters
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from boenden.models import Boende
from forum.models import ActionItem, Forum
from incidents.filters import asked_for, choice, forvaltning_filter, offer_boenden, offer_forvaltningar

LATE, FINISHED = "forsenat", "avslutat"


class ActionItemFilter(django_filters.FilterSet):
    """The åtgärder of the forums of some boenden: those that are left, unless the finished ones are asked for."""

    lage = choice(_("Läge"), [(LATE, _("försenat")), (FINISHED, _("avslutat"))], method="leave")
    forvaltning = forvaltning_filter(method="leave")
    boende = django_filters.ChoiceFilter(label=_("Boende"), empty_label=_("Alla"), method="leave")

    class Meta:
        model = ActionItem
        fields: list[str] = []

    def __init__(self, data: Any, *args: Any, boenden: Sequence[Boende], **kwargs: Any) -> None:
        asked = data or {}
        self.boenden = asked_for(boenden, asked)
        super().__init__(asked, *args, **kwargs)  # bound also where nothing is asked: that means what is left
        offer_forvaltningar(self, boenden)
        offer_boenden(self, boenden)

    def filter_queryset(self, queryset: Any) -> Any:
        """Those of the chosen boendens forums that stand so today."""
        tied = Forum.boenden.through.objects.filter(forum=OuterRef("forum"), boende__in=self.boenden)
        rows = super().filter_queryset(queryset).filter(Exists(tied))
        asked = self.form.cleaned_data.get("lage")
        if asked == FINISHED:
            return rows.filter(finished_at__isnull=False).order_by("-finished_at", "pk")
        return rows.open().filter(due_on__lt=timezone.localdate()) if asked == LATE else rows.open()

    def leave(self, rows: Any, name: str, value: str) -> Any:
        """Said by filter_queryset."""
        return rows
