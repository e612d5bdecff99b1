# SPDX-License-Identifier: EUPL-1.2
"""Forms of what a boende tells everyone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boenden.models import CommonEntry
from incidents.models import PublicText
from platssamverkan.ground.forms import RecordForm


class PublicPageForm(RecordForm):
    """The public page: who we are, whom to call when, what we do together."""

    asks_about = ("lead", "body")

    class Meta:
        model = PublicText
        fields = ["lead", "numbers", "body", "is_indexed"]
        widgets = {
            "lead": forms.Textarea(attrs={"rows": 3}),
            "body": forms.Textarea(attrs={"rows": 8}),
            "numbers": forms.CheckboxSelectMultiple,
        }
        labels = {
            "lead": _("Vilka är ni?"),
            "numbers": _("Vem ringer man när?"),
            "body": _("Det gör vi tillsammans"),
            "is_indexed": _("Sökmotorer får visa sidan"),
        }
        help_texts = {
            "lead": _("Två eller tre meningar till en granne: var ni finns, och när personal är på plats."),
            "numbers": _("Akutnumret står alltid överst. De här numren kommer under det, och rättas på ett ställe."),
            "body": _("Vad ni och grannarna har gjort och ska göra. Inga namn på personal eller på dem som bor här."),
            "is_indexed": _("Annars hittar bara den som har länken eller affischen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        common: Any = self.fields["numbers"]
        common.queryset = CommonEntry.objects.for_boende(self.instance.boende).in_order()
        common.label_from_instance = entry_label
        common.one_column = True
        if self.instance.is_new:
            self.initial["lead"] = self.instance.boende.public_description[:1000]
            self.initial["numbers"] = list(common.queryset)


def entry_label(entry: CommonEntry) -> str:
    """When to call, and whom."""
    return f"{entry.when_to_use.rstrip('.')}: {entry.name}"


class MaterialForm(RecordForm):
    """Material about the boende and those who live there, for neighbours or for children."""

    asks_about = ("title", "body")

    class Meta:
        model = PublicText
        fields = ["title", "body"]
        widgets = {"body": forms.Textarea(attrs={"rows": 14})}
        labels = {"title": _("Rubrik"), "body": _("Text")}
        help_texts = {
            "body": _("Skriv om gruppen, aldrig om en person. En tom rad gör ett nytt stycke."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.kind == PublicText.Kind.CHILDREN:
            self.fields["title"].help_text = _("Till exempel: Vilka bor i huset bredvid skolan?")
            self.fields["body"].help_text = _("Korta meningar och vanliga ord. Svara på det barn brukar fråga om.")
        else:
            self.fields["title"].help_text = _("Till exempel: Om boendet och dem som bor här.")
