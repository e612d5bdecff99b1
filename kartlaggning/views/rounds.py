# SPDX-License-Identifier: EUPL-1.2
"""Pages of rounds: a boende's list, one round with its three steps, its area and its tools."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Prefetch, prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from django.views.generic import CreateView, ListView

from boenden.views.at_boende import AtBoende
from boenden.views.list_files import HasFile, may_take_out
from kartlaggning.access import may_edit, round_for, round_to_write, row_to_write
from kartlaggning.actions import rounds as actions
from kartlaggning.coverage import coverage, gaps
from kartlaggning.forms.rounds import AreaForm, PutAwayForm, RoundForm, SendBackForm, ToolForm
from kartlaggning.models import Function, Kartlaggning, Observation, Route, StepChange, ToolCheck, Walk
from kartlaggning.steps import in_order, missing_for_next
from kartlaggning.views.pages import OfRoundCreateView, OfRoundUpdateView
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.actions import Refused
from platssamverkan.ground.plain_forms import PlainFormMixin

OBSERVATIONS_SHOWN = 5


class KartlaggningListView(HasFile, AtBoende, ListView):
    """A boende's rounds, the latest year first."""

    file_view = "kartlaggning:kartlaggning_list_export"
    reads = Right.READ_KARTLAGGNING
    template_name = "kartlaggning/kartlaggning_list.html"

    def get_queryset(self) -> Any:
        return Kartlaggning.objects.visible_to(self.request.user).filter(boende=self.boende).for_list()


class KartlaggningCreateView(AtBoende, PlainFormMixin, CreateView):
    """A new round."""

    reads = Right.READ_KARTLAGGNING
    writes = Right.EDIT_KARTLAGGNING
    form_class = RoundForm
    heading = _("Ny kartläggning")
    submit = _("Börja kartläggningen")
    success_message = _("Kartläggningen är påbörjad. Börja med något av verktygen.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": Kartlaggning(boende=self.boende, year=self.free_year())}

    def free_year(self) -> int:
        """This year, or the next one at hand that has no round."""
        now = timezone.localdate().year
        taken = set(Kartlaggning.objects.active().filter(boende=self.boende).values_list("year", flat=True).order_by())
        return next((year for year in (now, now + 1, now - 1) if year not in taken), now)

    def get_sub(self) -> Any:
        return self.boende

    def get_crumbs(self) -> list[tuple[str, Any]]:
        back = reverse("kartlaggning:kartlaggning_list", args=[self.boende.slug])
        return [(self.boende.get_absolute_url(), self.boende), (back, _("Kartläggning"))]

    def save(self, form: Any) -> Kartlaggning:
        return actions.start_round(kartlaggning=form.instance, by=self.request.user)


STEP_MARKS = {-1: "klart", 0: "pagar", 1: "planerat"}


def step_line(kartlaggning: Kartlaggning) -> list[tuple[str, Any, bool]]:
    """(status, word, whether it is now) of the three steps."""
    order = list(Kartlaggning.Step.values)
    now = order.index(kartlaggning.step)
    return [
        (STEP_MARKS[(place > now) - (place < now)], str(label).capitalize(), place == now)
        for place, (_key, label) in enumerate(Kartlaggning.Step.choices)
    ]


def round_page(
    request: HttpRequest, kartlaggning: Kartlaggning, *, missing: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """The round with all that belongs to it; `missing` is what stopped it from going on."""
    prefetch_related_objects([kartlaggning], "tools", Prefetch("walks", Walk.objects.for_list()))  # asked for twice
    walks = list(kartlaggning.walks.all())
    lines = coverage(walks)
    seen = Observation.objects.filter(kartlaggning=kartlaggning).for_list()
    context = {
        "kartlaggning": kartlaggning,
        "boende": kartlaggning.boende,
        "may_edit": may_edit(request.user, kartlaggning.boende),
        "may_take_out": may_take_out(request.user, kartlaggning.boende),
        "steps": step_line(kartlaggning),
        "next_label": Kartlaggning.Step(kartlaggning.next_step).label if kartlaggning.next_step else "",
        "left": missing_for_next(kartlaggning),
        "missing": missing,
        "tools": in_order(kartlaggning.tools.all()),
        "walks": walks,
        "coverage": lines,
        "gaps": gaps(lines),
        "observations": list(seen[:OBSERVATIONS_SHOWN]),
        "functions": functions_with_ways(kartlaggning),
        "neighbours": kartlaggning.boende.neighbours.in_use().count(),
        "changes": list(StepChange.objects.filter(kartlaggning=kartlaggning).select_related("created_by")),
    }
    return render(request, "kartlaggning/kartlaggning_detail.html", context, status=status)


def functions_with_ways(kartlaggning: Kartlaggning) -> list[tuple[Function, list[Route]]]:
    """The functions that matter most first, each with the ways there."""
    ways: dict[Any, list[Route]] = {}
    for route in Route.objects.filter(kartlaggning=kartlaggning).for_list():
        ways.setdefault(route.function_id, []).append(route)
    functions = Function.objects.filter(kartlaggning=kartlaggning).ranked()
    return [(function, ways.get(function.pk, [])) for function in functions]


def kartlaggning_detail(request: HttpRequest, pk: UUID) -> HttpResponse:
    """One round."""
    return round_page(request, round_for(request.user, pk))


@require_POST
def kartlaggning_go_on(request: HttpRequest, pk: UUID) -> HttpResponse:
    """On to the next step; while something is missing, say what."""
    kartlaggning = round_to_write(request.user, pk)
    try:
        stored = actions.go_on(kartlaggning=kartlaggning, from_step=request.POST.get("from_step", ""), by=request.user)
    except Refused as refused:
        return round_page(request, kartlaggning, missing=refused.missing, status=422)
    messages.success(request, __("Nu är ni i steget %(step)s.") % {"step": stored.get_step_display()})
    return redirect(stored)


class SendBackView(OfRoundCreateView):
    """Back to the step before, with what has to be done again."""

    form_class = SendBackForm
    heading = _("Skicka tillbaka ett steg")
    submit = _("Skicka tillbaka")
    success_message = _("Kartläggningen är tillbaka i steget före.")

    def new(self) -> StepChange:
        return StepChange(kartlaggning=self.kartlaggning)

    def save(self, form: Any) -> StepChange:
        seen = form.cleaned_data["seen_step"]
        return actions.send_back(change=form.instance, by=self.request.user, from_step=seen)


class PutAwayView(OfRoundUpdateView):
    """Put away a round that was begun by mistake, after one more question."""

    model = Kartlaggning
    related = ("boende__forvaltning",)
    form_class = PutAwayForm
    heading = _("Lägg undan kartläggningen")
    submit = _("Lägg undan")
    success_message = _("Kartläggningen är undanlagd. Ingenting är raderat.")

    @property
    def kartlaggning(self) -> Kartlaggning:
        """The round itself."""
        found: Kartlaggning = self.object
        return found

    def get_sub(self) -> Any:
        return _(
            "För den som påbörjades av misstag. Den försvinner ur alla listor, med sina promenader och observationer. "
            "Nästa kartläggning går vidare från den senaste som finns kvar."
        )

    def save(self, form: Any) -> Kartlaggning:
        return actions.put_away_round(kartlaggning=form.instance, by=self.request.user)

    def get_success_url(self) -> str:
        return reverse("kartlaggning:kartlaggning_list", args=[self.object.boende.slug])


class AreaView(OfRoundUpdateView):
    """The area of the round."""

    model = Kartlaggning
    related = ("boende__forvaltning",)
    form_class = AreaForm
    heading = _("Området")
    submit = _("Spara området")
    success_message = _("Området är sparat.")

    @property
    def kartlaggning(self) -> Kartlaggning:
        """The round itself."""
        found: Kartlaggning = self.object
        return found


class ToolView(OfRoundUpdateView):
    """One of the four tools."""

    model = ToolCheck
    form_class = ToolForm
    submit = _("Spara")
    success_message = _("Verktyget är sparat.")

    def get_heading(self) -> Any:
        return self.object

    def get_sub(self) -> Any:
        return self.object.gives


@require_POST
def toolcheck_done(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The tool has been used today."""
    check = row_to_write(ToolCheck, request.user, pk)
    try:
        actions.finish_tool(check=check, by=request.user)
    except Refused as refused:
        messages.error(request, " ".join(refused.missing))
        return redirect("kartlaggning:toolcheck_update", pk=pk)
    messages.success(request, __("Verktyget är klart: %(tool)s.") % {"tool": check})
    return redirect(check.kartlaggning)
