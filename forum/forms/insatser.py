# SPDX-License-Identifier: EUPL-1.2
"""Which insats an åtgärd belongs to, for those who work with the plan."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from forum.insatser import choices_for, tied_today
from forum.models import ActionItem
from platssamverkan.ground.forms import RecordForm


class InsatsChoice(forms.ModelChoiceField):
    """An insats with the boende whose plan it stands in."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.plan.boende}: {obj}"


def let_choose(form: RecordForm, by: Any) -> None:
    """Give the form of an åtgärd its field for the insats; it begins at how the insats stands today."""
    form.initial["insats"] = tied_today(form.instance)
    form.fields["insats"] = InsatsChoice(
        label=_("Insats i boendets plan"),
        queryset=choices_for(by, form.instance),
        required=False,
        empty_label=_("Ingen insats"),
        help_text=_("Bara boendets personal ser det. Medlemmarna i forumet ser det inte."),
    )


class TieForm(RecordForm):
    """Which insats it belongs to."""

    class Meta:
        model = ActionItem
        fields = ["insats"]

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        let_choose(self, by)
