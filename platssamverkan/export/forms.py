# SPDX-License-Identifier: EUPL-1.2
"""The one question before rows are taken out: as what, and what for."""

import re
from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from platssamverkan.ground.forms import GuardedForm

FORMATS = [("xlsx", _("Excel")), ("csv", _("CSV för Excel")), ("csv-rfc4180", _("CSV för andra program"))]
PAPER = ("pdf", _("Utskrift på A4 (PDF)"))


WORD = re.compile(r"[^\W\d_]{3}")  # three letters on end
NO_WORD = _("Skriv med ett par ord vad uppgifterna ska användas till.")


class PurposeField(forms.CharField):
    """What rows are to be used for, said with at least one word: the log is read by somebody."""

    default_validators = [RegexValidator(WORD, NO_WORD)]

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Vad ska uppgifterna användas till?"))
        kwargs.setdefault("max_length", 400)
        kwargs.setdefault("error_messages", {"required": _("Skriv vad uppgifterna ska användas till.")})
        super().__init__(**kwargs)


class TakeOutForm(GuardedForm):
    """Why rows are taken out, and as what."""

    format = forms.ChoiceField(
        label=_("Fil"),
        choices=FORMATS,
        widget=forms.RadioSelect,
        initial="xlsx",
    )
    purpose = PurposeField(
        help_text=_("Till exempel: underlag till trygghetsforum 1 december. Uttaget antecknas i loggen.")
    )

    def __init__(self, *args: Any, has_paper: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if has_paper:
            self.fields["format"].choices = [PAPER, *FORMATS]  # type: ignore[attr-defined]
            self.fields["format"].initial = PAPER[0]
