# SPDX-License-Identifier: EUPL-1.2
"""Pages of the key figures: the overview, the dictionary, the rows behind a figure, the files."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django.views.generic import ListView, TemplateView

from boenden.models import Boende
from boenden.rights import boenden_where, has_right
from boenden.views.list_files import HasFile
from boenden.views.open_files import open_file
from platssamverkan.accounts.roles import Right
from platssamverkan.documents.renderer import render_pdf
from platssamverkan.export.asking import Asking, gives_file
from platssamverkan.export.columns import Column
from platssamverkan.export.taking_out import Lazily, TakeOut, hand_over, take_out
from platssamverkan.ground.paging import UncountedPaginator
from platssamverkan.look.words import number
from platssamverkan.reports.figures.dictionary import COMPUTED, COUNTED, INDICATORS, by_group
from platssamverkan.reports.figures.forms import OverviewForm
from platssamverkan.reports.figures.indicators import GROUP_WORDS, Indicator
from platssamverkan.reports.figures.reading import Figures, counted_behind
from platssamverkan.reports.figures.sources import Computed, Source
from platssamverkan.reports.figures.tables import Board, columns_of
from platssamverkan.reports.figures.whose import about_words, boenden_words
from platssamverkan.start.picture import Scope


def boenden_of_reports(user: Any) -> list[Boende]:
    """The boenden whose reports the user reads; none yet in a new förvaltning. Raises Http404 for who has no right."""
    boenden = boenden_where(user, Right.READ_REPORTS)
    if not boenden and not has_right(user, Right.READ_REPORTS):
        raise Http404
    return boenden


class Overview:
    """What a request asks for: a form that says whose figures and when, and the figures.

    Where the form is wrong, or there is no boende yet, it is of no boende: `is_shown` is False and nothing is counted.
    """

    def __init__(self, request: HttpRequest) -> None:
        self.form = OverviewForm(request.GET, boenden_of_reports(request.user))
        self.is_shown = bool(self.form.boenden)
        self.scope = Scope(request.user, self.form.boenden, self.form.first, self.form.last)
        self.figures = Figures(self.scope)

    @cached_property
    def about(self) -> str:
        """Whose figures they are: the boenden, the whole förvaltning, or how many boenden."""
        return about_words(self.scope.user, self.scope.boenden)

    @property
    def boenden_words(self) -> str:
        """Every boende that is counted; "" where `about` has said them."""
        words = boenden_words(self.scope.boenden)
        return "" if words == self.about else words

    @property
    def scope_id(self) -> Any:
        """The boende or the förvaltning, for the log of what is taken out; None for several."""
        boenden = self.scope.boenden
        ids = {boende.forvaltning_id for boende in boenden}
        return boenden[0].pk if len(boenden) == 1 else ids.pop() if len(ids) == 1 else None


PAGE = "reports/figures/overview.html"
NOTHING_PAGE = "reports/figures/nothing.html"


def page_context(request: HttpRequest, overview: Overview) -> dict[str, Any]:
    """What the overview's page is made of."""
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    context = {"overview": overview, "filter_form": overview.form, "query": query}
    if not overview.is_shown:
        return context
    return {**context, "figures": overview.figures, "board": Board(overview.figures)}


@require_safe
def overview_page(request: HttpRequest) -> HttpResponse:
    """Every key figure of a förvaltning, a boende, or all that one reads."""
    overview = Overview(request)
    return render(request, PAGE if overview.is_shown else NOTHING_PAGE, page_context(request, overview))


def refused(request: HttpRequest, overview: Overview) -> HttpResponse:
    """The overview without figures and with what is wrong, where something else than its page was asked for: 422."""
    if isinstance(request, Asking):
        return HttpResponse(status=422)
    return render(request, NOTHING_PAGE, page_context(request, overview), status=422)


class DictionaryView(TemplateView):
    """What every figure is: definition, source, formula."""

    template_name = "reports/figures/dictionary.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        boenden_of_reports(self.request.user)
        groups = [(group, GROUP_WORDS[group], indicators) for group, indicators in by_group()]
        return super().get_context_data(groups=groups, **kwargs)


DICTIONARY = [
    Column(gettext_lazy("Nyckel"), "key"),
    Column(gettext_lazy("Nyckeltal"), "name", show=str),
    Column(gettext_lazy("Enhet"), "unit", show=str),
    Column(gettext_lazy("Definition"), "definition", show=str),
    Column(gettext_lazy("Så räknas det"), "formula", show=str),
    Column(gettext_lazy("Tid"), "span_words", show=str),
    Column(gettext_lazy("Källa"), "source", show=str),
]


@require_POST
def dictionary_export(request: HttpRequest) -> HttpResponseBase:
    """The dictionary as a table. It says nothing of anyone, so nobody is asked what for."""
    boenden_of_reports(request.user)
    return open_file(
        request,
        rows=[indicator for _group, indicators in by_group() for indicator in indicators],
        columns=DICTIONARY,
        what=_("nyckeltalens betydelse"),
        filename=_("Nyckeltal"),
        purpose=_("veta vad siffrorna betyder"),
    )


class FigureRowsView(HasFile, ListView):
    """The rows that a figure counts, for those that no other list shows alone."""

    file_view = "reports:figure_rows_export"
    takes_out = Right.READ_REPORTS  # as the overview's own file
    template_name = "reports/figures/rows.html"
    paginate_by = 50
    paginator_class = UncountedPaginator
    page_kwarg = "sida"

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """No rows while something in the address is wrong."""
        if not self.overview.is_shown:
            return refused(request, self.overview)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def indicator(self) -> Indicator:
        """The figure of the address. Raises Http404."""
        found = INDICATORS.get(self.kwargs["key"])
        part = self.request.GET.get("del", "")
        if found is None or bool(found.parts) != bool(part) or (part and found.part(part) is None):
            raise Http404
        return found

    @cached_property
    def overview(self) -> Overview:
        """Whose figure, and when. Raises Http404."""
        return Overview(self.request)

    def get_queryset(self) -> Any:
        overview = self.overview  # the gate first: who reads no reports learns of no figure
        rows, self.count = counted_behind(overview.scope, self.indicator, self.request.GET.get("del", ""))
        return rows

    @property
    def source(self) -> Source | Computed:
        """Where the rows are from: how one is read in a list, and what its columns are called."""
        key = self.indicator.source_key
        return COUNTED[key] if key in COUNTED else COMPUTED[key]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        indicator = self.indicator
        lines = [self.source.line(row) for row in context["object_list"]]
        part = indicator.part(self.request.GET.get("del", ""))
        back = self.request.GET.copy()
        for name in ("del", "sida"):
            back.pop(name, None)
        return {
            **context,
            "indicator": indicator,
            "part": part.whole_label if part else "",
            "period": self.overview.figures.period_of(indicator.span),
            "about": self.overview.about,
            "lines": lines,
            "heads": self.source.heads,
            "count_words": ngettext("%(count)s rad", "%(count)s rader", self.count) % {"count": number(self.count)},
            # the page's own heading says whose they are, where they are one boende's
            "has_where": any(line.where and str(line.where) != self.overview.about for line in lines),
            "has_days": any(line.day for line in lines),
            "has_about": any(line.about for line in lines),
            "has_amounts": any(line.amount is not None for line in lines),
            "back": reverse("reports:overview") + (f"?{back.urlencode()}" if back else ""),
        }


def overview_offer(overview: Overview, **more: Any) -> TakeOut:
    """The overview as what can be taken out."""
    boenden = overview.scope.boenden
    return TakeOut(
        rows=Lazily(lambda: overview.figures.readings),
        columns=columns_of(boenden),
        back=reverse("reports:overview"),
        list_name=_("Översikt"),
        crumbs=[(reverse("reports:picture_list"), _("Rapporter"))],
        scope=overview.about,
        scope_id=overview.scope_id,
        size=len(boenden),
        reach=[str(boende.pk) for boende in boenden],
        filter_words=str(overview.figures.period),
        **more,
    )


@gives_file
@require_POST
def overview_pdf(request: HttpRequest) -> HttpResponseBase:
    """The overview as a tagged PDF, noted as an export; of many boenden it is made by a worker."""
    overview = Overview(request)
    if not overview.is_shown:
        return refused(request, overview)
    title = _("Översikt, %(about)s") % {"about": overview.about}
    what = overview_offer(
        overview, what=_("översikt med nyckeltal"), filename=title, paper=lambda rows: overview_paper(overview, title)
    )
    return hand_over(request, what, fmt="pdf", purpose=_("läsa och visa läget"), disposition="inline")


def overview_paper(overview: Overview, title: str) -> bytes:
    """The overview on A4."""
    figures = overview.figures
    facts = [(_("Period"), figures.period), (_("Hämtad"), figures.taken)]
    context = {"figures": figures, "board": Board(figures), "facts": facts, "overview": overview}
    context["boende"] = overview.about
    return render_pdf(template="documents/figures.html", context=context, title=title)


@gives_file
@require_http_methods(["GET", "HEAD", "POST"])
def overview_export(request: HttpRequest) -> HttpResponseBase:
    """The overview as a file: first why, then the file."""
    overview = Overview(request)
    if not overview.is_shown:
        return refused(request, overview)
    filename = _("Nyckeltal %(about)s") % {"about": overview.about}
    return take_out(request, overview_offer(overview, what=_("nyckeltal"), filename=filename))
