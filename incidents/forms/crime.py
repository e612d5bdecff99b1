# SPDX-License-Identifier: EUPL-1.2
"""Forms of crime statistics: a file of figures, and which areas a boende compares."""

import hashlib
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boenden.imports.uploads import check_upload, shown_name
from incidents.crime.reading import Reading, open_figures, read_figures
from incidents.models import CrimeArea, CrimeChoice, CrimeImport
from platssamverkan.ground.forms import RecordForm

NO_SUCH_TABLE = _("Filen är ingen CSV- eller Excelfil. Spara siffrorna som CSV eller Excel (.xlsx) och välj den filen.")


class CrimeImportForm(RecordForm):
    """The file, and where its figures come from."""

    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,  # told in our own words
        help_text=_("CSV eller Excel (.xlsx), en siffra på varje rad. Högst 20 MB och 50 000 rader."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx"}),
    )

    class Meta:
        model = CrimeImport
        fields = ["source", "division"]
        help_texts = {
            "source": _("Till exempel: Brå, anmälda brott, preliminära siffror för 2025."),
            "division": _("Skriv bara om områdenas gränser har ändrats, till exempel: från 2025. Serien bryts då."),
        }

    field_order = ["file", "source", "division"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reading = Reading()

    def clean(self) -> dict[str, Any]:
        """Let the file in by its content, and read all of it: nothing of it is kept but the figures."""
        cleaned = super().clean()
        upload = cleaned.get("file")
        if upload is None:
            return cleaned
        try:
            fmt, content = check_upload(upload)
            self.reading = read_figures(open_figures(content, fmt), cleaned.get("division") or "")
        except ValidationError as error:
            is_other = getattr(error, "code", "") == "no_such_file"  # that text names kinds of files for actors
            self.add_error("file", NO_SUCH_TABLE if is_other else error)
            return cleaned
        self.instance.file_name = shown_name(upload.name)
        self.instance.sha256 = hashlib.sha256(content).hexdigest()
        return cleaned


class CrimeChoiceForm(RecordForm):
    """The boende's own area, and one to compare with."""

    class Meta:
        model = CrimeChoice
        fields = ["own", "comparison"]
        help_texts = {
            "own": _("Det minsta område som det finns siffror för och som boendet ligger i."),
            "comparison": _("Ett område som liknar boendets, eller hela kommunen."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("own", "comparison"):
            field: Any = self.fields[name]
            field.queryset = CrimeArea.objects.active().order_by("name", "pk")
            field.empty_label = _("Välj") if name == "own" else _("Inget")
