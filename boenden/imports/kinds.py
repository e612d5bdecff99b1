# SPDX-License-Identifier: EUPL-1.2
"""The kinds of files there are, and how a file of any format is opened."""

from boenden.imports.actors import ActorPlan
from boenden.imports.cards import card_table
from boenden.imports.columns import match_headers
from boenden.imports.contacts import ContactPlan
from boenden.imports.lists import ListPlan
from boenden.imports.maps import map_table
from boenden.imports.persons import PersonPlan
from boenden.imports.plans import Plan
from boenden.imports.tables import Known, Table, csv_lines, table_of, xlsx_lines
from boenden.models import ActorImport

Kind, Format = ActorImport.Kind, ActorImport.Format

PLANS: dict[str, type[Plan]] = {
    Kind.ACTORS: ActorPlan,
    Kind.PERSONS: PersonPlan,
    Kind.CONTACTS: ContactPlan,
    Kind.LIST: ListPlan,
}


def known_in(kind: str) -> Known:
    """How many of a row's cells are names of columns that the kind knows."""
    columns = PLANS[kind].columns
    return lambda cells: sum(1 for key in match_headers(cells, columns) if key)


def open_table(content: bytes, fmt: str, kind: str) -> Table:
    """The file as a table. Raises ValidationError, at once or while the rows are read, for what cannot be read."""
    known = known_in(kind)
    if fmt == Format.GEOJSON:
        return map_table(content, known)
    if fmt == Format.VCARD:
        return card_table(content)
    return table_of(csv_lines(content, known) if fmt == Format.CSV else xlsx_lines(content), known)
