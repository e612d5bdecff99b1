# SPDX-License-Identifier: EUPL-1.2
"""A finished import, and one that waits to be confirmed, so that the pages of imports have something to show."""

from typing import Any

from boenden.actions import imports as actions
from boenden.imports.columns import match_headers
from boenden.imports.jobs import run_imports
from boenden.imports.kinds import PLANS, open_table
from boenden.models import ActorImport, ContactPerson

LIST = """Föreningar runt Kallebäck;;;;
Verksamhet;Typ av verksamhet;Besöksadress;Tfn;Kontakt
Kallebäcks bollklubb;förening;Bollgatan 1;031-390 06 81;Per Sjögren, ordförande
Cykelköket i Kallebäck;förening;Bollgatan 3;0313900682;Ordf: Lisa Hallén
Café Solrosen;Fik;Mejerigatan 2;+46 (0)31 390 06 83;
"""
MAP_LIST = """Namn,Typ,Adress,Telefon
Café Solrosen,café,Mejerigatan 2,031-390 06 84
Blomsterhandeln,affär,Mejerigatan 4,031-390 06 85
Trafikkontoret,myndighet,Mejerigatan 6,
Tandläkarna vid torget,tandläkare,Mejerigatan 8,sju siffror
Kallebäcks bollklubb,förening,Bollgatan 1,031-390 06 81
"""


def make_imports(maker: Any) -> None:
    """Bring in a list, and leave another at its preview."""
    by = maker.users["personal"]
    actions.confirm_import(actor_import=bring_in(maker, by, "Föreningar i Kallebäck.csv", LIST), by=by)
    run_imports()
    bring_in(maker, by, "Torget.csv", MAP_LIST)


def bring_in(maker: Any, by: Any, name: str, text: str) -> ActorImport:
    """Upload a file and judge its rows."""
    kind = ActorImport.Kind.ACTORS
    table = open_table(text.encode(), "csv", kind)
    actor_import = ActorImport(
        id=maker.new_id(),
        boende=maker.boenden["kalleback"],
        kind=kind,
        format="csv",
        file_name=name,
        headers=table.headers,
        mapping=match_headers(table.headers, PLANS[kind].columns),
        lawful_ground=ContactPerson.Ground.UPPDRAG,
        source="föreningarnas egen lista",
    )
    actions.create_import(actor_import=actor_import, content=text.encode(), by=by)
    actions.choose_columns(actor_import=actor_import, values={}, by=by)
    run_imports()
    return actor_import
