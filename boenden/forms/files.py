# SPDX-License-Identifier: EUPL-1.2
"""What to take out as a file, in which form, and what for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from boenden.files import CONTENTS
from platssamverkan.accounts.roles import Right
from platssamverkan.export.forms import PurposeField
from platssamverkan.ground.forms import GuardedForm


class TakeOutForm(GuardedForm):
    """Which rows, as what, and why: every file is noted in the log with its purpose."""

    what = forms.ChoiceField(label=_("Vad vill du hämta?"), widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=_("Som"),
        choices=[
            ("xlsx", _("Excel")),
            ("csv", _("CSV för Excel")),
            ("csv-rfc4180", _("CSV för andra program")),
            ("vcf", _("Kontaktkort till telefonen")),
            ("pdf", _("Utskrift på A4 (PDF)")),
        ],
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    purpose = PurposeField(help_text=_("Till exempel: utskick om grannmötet. Uttaget antecknas i loggen."))

    def __init__(self, *args: Any, rights: frozenset[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(key, str(c.label).capitalize()) for key, c in CONTENTS.items() if c.reads in rights]
        self.fields["what"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Talks make no cards."""
        cleaned = super().clean()
        what = cleaned.get("what")
        if what and cleaned.get("format") == "vcf" and not CONTENTS[what].has_cards:
            self.add_error("format", _("Kontakter blir inga kontaktkort. Välj Excel, CSV eller utskrift."))
        return cleaned
