# SPDX-License-Identifier: EUPL-1.2
"""Forms of an import: the file, and what its columns are."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from boenden.forms.actors import CATEGORIES_SHOWN
from boenden.imports.kinds import PLANS, Kind, open_table
from boenden.imports.tables import Table
from boenden.imports.uploads import check_upload, shown_name
from boenden.models import ActorImport, ContactPerson
from platssamverkan.accounts.roles import Right
from platssamverkan.ground import identity_guard
from platssamverkan.ground.forms import GuardedForm

SAMPLES = 3  # rows that are shown of each column
LONGEST_SAMPLE = 60
FILE_TYPES = ".csv,.txt,.tsv,.xlsx,.xlsm,.json,.geojson,.vcf"


class ImportFileForm(GuardedForm):
    """The file and what is in it."""

    file = forms.FileField(
        label=_("Fil"),
        allow_empty_file=True,  # told in our own words
        help_text=_("CSV, Excel (.xlsx), GeoJSON eller kontaktkort (.vcf). Högst 20 MB och 50 000 rader."),
        widget=forms.ClearableFileInput(attrs={"accept": FILE_TYPES}),
    )
    kind = forms.ChoiceField(label=_("Vad innehåller filen?"), widget=forms.RadioSelect, initial=Kind.ACTORS)

    def __init__(self, *args: Any, rights: frozenset[Right], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kinds = [(key, label) for key, label in Kind.choices if key in PLANS and PLANS[key].right in rights]
        self.fields["kind"].choices = [(key, str(label).capitalize()) for key, label in kinds]  # type: ignore[attr-defined]
        self.format = ""
        self.content = b""
        self.headers: list[str] = []
        self.samples: list[list[str]] = []

    def clean(self) -> dict[str, Any]:
        """Let the file in by its content, and read its first rows."""
        cleaned = super().clean()
        upload, kind = cleaned.get("file"), cleaned.get("kind")
        if upload is None or kind is None:
            return cleaned
        try:
            self.format, self.content = check_upload(upload)
            self.look_into(open_table(self.content, self.format, kind), kind)
        except ValidationError as error:
            self.add_error("file", error)
        cleaned["file_name"] = shown_name(upload.name)
        return cleaned

    def look_into(self, table: Table, kind: str) -> None:
        """Keep the header and some examples; raises ValidationError where there are none."""
        first = [cells for _line, cells in zip_some(table, SAMPLES)]
        self.headers = [header[:100] for header in table.headers]
        if any(identity_guard.personal_numbers(header) for header in self.headers):
            raise ValidationError(_("En rubrik innehåller ett personnummer. Ta bort det och försök igen."))
        if not first:
            raise ValidationError(_("Filen har inga rader under rubrikerna."))
        self.samples = [[cells[place] for cells in first] for place in range(len(self.headers))]
        self.samples = [[shown_sample(text) for text in column if text] for column in self.samples]


def zip_some(table: Table, count: int) -> Any:
    """The first rows, no more are read."""
    return (line for _number, line in zip(range(count), table.rows, strict=False))


def shown_sample(text: str) -> str:
    """An example of what a column holds, short, and never a personnummer."""
    if identity_guard.personal_numbers(text):
        return str(_("(personnummer)"))
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"


class ImportColumnsForm(GuardedForm):
    """What each column is. Known names are chosen already; what is left out is not brought in."""

    category = forms.ModelChoiceField(
        CATEGORIES_SHOWN.all(),
        label=_("Slag när filen inte säger det"),
        required=False,
        empty_label=_("Inget: sådana rader blir felaktiga"),
    )
    lawful_ground = forms.ChoiceField(
        label=_("Varför får kontaktpersonerna sparas?"),
        required=False,
        choices=[("", _("Välj")), *ContactPerson.Ground.choices],
        help_text=_("Gäller alla nya kontaktpersoner i filen som inte har en egen grund."),
    )
    source = forms.CharField(
        label=_("Varifrån kom kontaktpersonernas uppgifter?"),
        required=False,
        max_length=200,
        help_text=_("Till exempel: styrelselista som föreningen lämnade i mars."),
    )

    def __init__(self, *args: Any, actor_import: ActorImport, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor_import = actor_import
        self.plan = PLANS[actor_import.kind]
        choices = [("", _("Ta inte med")), *((column.key, column.header) for column in self.plan.columns)]
        own = {}
        for place, header in enumerate(actor_import.headers):
            examples = ", ".join(actor_import.samples[place]) if place < len(actor_import.samples) else ""
            own[f"column_{place}"] = forms.ChoiceField(
                label=header or _("Kolumn %(number)s utan rubrik") % {"number": place + 1},
                choices=choices,
                required=False,
                initial=actor_import.mapping[place],
                help_text=_("Till exempel: %(examples)s") % {"examples": examples} if examples else "",
            )
            own[f"column_{place}"].hide_optional = True  # type: ignore[attr-defined]
        self.fields = own | self.fields
        self.sections = [(_("Kolumnerna i filen"), list(own))]
        self.limit_to_kind()

    def limit_to_kind(self) -> None:
        """Ask only what the kind of file needs."""
        owners = {column.owner for column in self.plan.columns}
        if not {"actor.category"} & {column.key for column in self.plan.columns}:
            del self.fields["category"]
        else:
            self.sections.append((_("Aktörer"), ["category"]))
        if "person" not in owners:
            del self.fields["lawful_ground"], self.fields["source"]
        else:
            self.sections.append((_("Kontaktpersoner"), ["lawful_ground", "source"]))
        for name in ("category", "lawful_ground", "source"):
            if name in self.fields:
                self.fields[name].hide_optional = True  # type: ignore[attr-defined]  # it depends on the columns
                self.fields[name].initial = getattr(self.actor_import, name)

    @property
    def mapping(self) -> list[str]:
        """What each column has been said to be."""
        return [self.cleaned_data.get(f"column_{place}", "") for place in range(len(self.actor_import.headers))]

    def clean(self) -> dict[str, Any]:
        """No two columns the same, those that are needed chosen, and a ground where persons come in."""
        cleaned = super().clean()
        mapping = self.mapping
        for place, key in enumerate(mapping):
            if key and key in mapping[:place]:
                self.add_error(f"column_{place}", _("Två kolumner kan inte vara samma sak. Välj något annat."))
        headers = {column.key: column.header for column in self.plan.columns}
        for key in self.plan.required:
            if key not in mapping:
                self.add_error(None, _("Välj vilken kolumn som är %(name)s.") % {"name": str(headers[key]).casefold()})
        if "person.name" in mapping and "lawful_ground" in self.fields:
            self.ask_why(mapping)
        return cleaned

    def ask_why(self, mapping: list[str]) -> None:
        """Persons come in with a ground and a source: the file's own, or one for all."""
        asked = {"lawful_ground": _("Välj varför de får sparas."), "source": _("Skriv varifrån uppgifterna kom.")}
        for name, message in asked.items():
            if f"person.{name}" not in mapping and not self.cleaned_data.get(name) and name not in self.errors:
                self.add_error(name, message)
