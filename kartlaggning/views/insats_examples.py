# SPDX-License-Identifier: EUPL-1.2
"""The page where an evaluated insats is made an example for all boenden: its texts are read before they leave."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as __
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView

from boenden.rights import rights_at
from kartlaggning.access import row_to_write
from kartlaggning.actions import examples as actions
from kartlaggning.examples import drafted, example_of
from kartlaggning.forms.examples import InsatsExampleForm
from kartlaggning.models import Example, Insats
from kartlaggning.views.insatser import TO_PLAN
from kartlaggning.views.pages import Crumbs, RoundFormView
from kartlaggning.views.plans import plan_crumbs
from platssamverkan.accounts.roles import Right


class InsatsExampleView(RoundFormView, CreateView):
    """An example with the insats's own words to begin with. The enhetschef publishes it in the same step."""

    form_class = InsatsExampleForm
    heading = _("Gör insatsen till ett exempel")

    @cached_property
    def insats(self) -> Insats:
        """The insats. Raises Http404 or PermissionDenied."""
        found: Insats = row_to_write(Insats, self.request.user, self.kwargs["pk"], TO_PLAN)
        return found

    @property
    def publishes(self) -> bool:
        """Whether what she saves is for all boenden at once."""
        return Right.APPROVE_PLAN in rights_at(self.request.user, self.get_boende())

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """There already: go there. Without an evaluation there is nothing to learn from it."""
        if not request.user.is_authenticated:
            return super().dispatch(request, *args, **kwargs)
        if example := example_of(self.insats):
            return redirect(example)
        if self.insats.latest_evaluation is None:
            messages.error(request, __("Utvärdera insatsen först, så kan andra lära av den."))
            return redirect(self.insats)
        return super().dispatch(request, *args, **kwargs)

    @property
    def submit(self) -> Any:
        """What the button does for her."""
        return _("Publicera för alla boenden") if self.publishes else _("Spara exemplet")

    @property
    def success_message(self) -> Any:
        """What has been done."""
        if self.publishes:
            return _("Exemplet är publicerat. Alla boenden kan läsa det.")
        return _("Exemplet är sparat som utkast. Enhetschefen publicerar det.")

    def get_boende(self) -> Any:
        return self.insats.plan.boende

    def get_crumbs(self) -> Crumbs:
        return [*plan_crumbs(self.insats.plan), (self.insats.get_absolute_url(), self.insats)]

    def get_sub(self) -> Any:
        return _("Texterna kommer ur er plan. Ta bort det som bara rör er: alla boenden läser.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return {**super().get_form_kwargs(), "instance": drafted(self.insats)}

    def save(self, form: Any) -> Example:
        return actions.example_of_insats(example=form.instance, by=self.request.user, publishes=self.publishes)
