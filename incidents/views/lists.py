# SPDX-License-Identifier: EUPL-1.2
"""The list of incidents, of all the user's boenden or of one, and the file made of it."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods
from django.views.generic import TemplateView

from boenden.models import Boende
from boenden.rights import rights_at
from incidents.access import boenden_with
from incidents.columns import columns_for
from incidents.filters import IncidentFilter
from incidents.rows import render_rows
from platssamverkan.accounts.roles import Right
from platssamverkan.export.asking import gives_file
from platssamverkan.export.taking_out import TakeOut, filter_words, take_out, wrong_in
from platssamverkan.ground.keyset import page_of

PAGE_SIZE = 50
COUNTED = 1000  # more are "1000+": counting a million rows would cost more than the page (performance.md)
AFTER, BEFORE = "efter", "fore"
INTERNAL = "internal"  # beside the boenden in what a file reaches
INTERNAL_INSIDE = gettext_lazy(
    "Filen innehåller de interna texterna. Den är till för boendets personal: lämna den inte vidare."
)
NOTHING_INTERNAL = gettext_lazy(
    "Filen innehåller rubriker, uppgifter och släppta forumtexter, men inga interna texter."
)


class IncidentListView(TemplateView):
    """The incidents of the user's boenden, or with a slug of one of them."""

    template_name = "incidents/incident_list.html"
    slug: str = ""

    @cached_property
    def boende(self) -> Boende | None:
        """The one boende that the list is about."""
        if "slug" not in self.kwargs:
            return None
        boenden = Boende.objects.with_right(self.request.user, Right.READ_INCIDENTS).select_related("forvaltning")
        return get_object_or_404(boenden, slug=self.kwargs["slug"])

    @cached_property
    def boenden(self) -> list[Boende]:
        """The boenden whose incidents the user may read."""
        return [self.boende] if self.boende else boenden_with(self.request.user, Right.READ_INCIDENTS)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        user, asked = self.request.user, self.request.GET
        filtered = IncidentFilter(asked, user=user, boenden=self.boenden)
        rows = filtered.qs
        page = page_of(
            rows.rows(), filtered.order, after=asked.get(AFTER, ""), before=asked.get(BEFORE, ""), size=PAGE_SIZE
        )
        names = {boende.pk: boende.name for boende in self.boenden} if len(filtered.boenden) > 1 else {}
        count = rows.order_by().values("pk")[: COUNTED + 1].count()
        return super().get_context_data(
            boende=self.boende,
            filter_form=filtered.form,
            rows=render_rows(page.rows, names) if page.rows else "",
            count=_("%(count)s händelser") % {"count": f"{COUNTED}+" if count > COUNTED else count}
            if count != 1
            else _("1 händelse"),
            next_url=self.url_with(**{AFTER: page.after}) if page.after else "",
            previous_url=self.url_with(**{BEFORE: page.before}) if page.before else "",
            may_write=bool(filtered.staffed),
            may_take_out=any(Right.EXPORT in rights_at(user, boende) for boende in filtered.boenden),
            export_url=reverse("incidents:incident_export") + self.export_query(),
            **kwargs,
        )

    def url_with(self, **place: str) -> str:
        """The list with these filters, at another place."""
        query = self.request.GET.copy()
        for name in (AFTER, BEFORE):
            query.pop(name, None)
        query.update(place)
        return "?" + query.urlencode()

    def export_query(self) -> str:
        """The same filters, for the file."""
        query = QueryDict(self.url_with()[1:], mutable=True)
        if self.boende:
            query["boende"] = self.boende.slug
        return f"?{query.urlencode()}" if query else ""


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def incident_export(request: HttpRequest) -> HttpResponseBase:
    """The list as a file, with the filters that the list had: first why, then the file. Every one is logged."""
    boenden = [
        b for b in boenden_with(request.user, Right.EXPORT) if Right.READ_INCIDENTS in rights_at(request.user, b)
    ]
    filtered = IncidentFilter(request.GET, user=request.user, boenden=boenden)
    with_internal = all(Right.EXPORT_INTERNAL in rights_at(request.user, boende) for boende in filtered.boenden)
    scope = filtered.boenden[0] if len(filtered.boenden) == 1 else None
    return take_out(
        request,
        TakeOut(
            rows=filtered.qs.select_related("boende").order_by(*filtered.order.by),
            columns=columns_for(with_internal=with_internal),
            what=_("händelser med interna texter") if with_internal else _("händelser"),
            filename=_("Händelser %(scope)s") % {"scope": scope.name} if scope else _("Händelser"),
            back=reverse("incidents:incident_list"),
            list_name=_("Händelser"),
            scope=scope.name if scope else ", ".join(boende.name for boende in filtered.boenden),
            scope_id=scope.pk if scope else None,
            warning=INTERNAL_INSIDE if with_internal else "",
            note="" if with_internal else NOTHING_INTERNAL,
            # whoever has lost the right to the internal texts does not reach a file that holds them
            reach=[*(str(b.pk) for b in filtered.boenden), *([INTERNAL] if with_internal else [])],
            filter_words=filter_words(filtered.form),
            wrong=wrong_in(filtered.form),
        ),
    )
