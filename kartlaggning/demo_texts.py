# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration's kartläggningar say. The structure is real (domain.md, "Cases"), every text is made up."""

from typing import Any

TOOLS = {
    "karttjanst": "Två mataffärer, en cykelverkstad och ett café inom tio minuters gång.",
    "stadens_karta": "En förskola, biblioteket, hållplatsen och ett annat boende.",
    "sociala_medier": "Områdets grupp är lugn. Två inlägg i höstas om hållplatsen, ett tack för städdagen.",
    "promenader": "Platsen vid hållplatsen är en annan på kvällen än på dagen.",
}

# days ago, time of day, who walked, whole impression
WALKS = [
    (60, "day", "två ur personalen", "Lugnt. Förskolan är ute, flera hälsar."),
    (52, "evening", "enhetschefen och en grannskapsvärd", "Mörkt på gångvägen. Några väntar på bussen och går fort."),
    (46, "afternoon", "två ur personalen och Brf Utsikten", "Många rör sig mellan hållplatsen och Matboden."),
    (-6, "night", "", ""),
]

# kind, text, place, metres to the north and to the east of the boende
OBSERVATIONS = [
    ("belysning", "Tre lampor är släckta och det är mörkt mellan dem.", "gångvägen till hållplatsen", -20, 90),
    ("skrap", "Papperskorgen är full och det ligger förpackningar runt den.", "hållplatsen", -40, 165),
    ("vaxtlighet", "Buskarna skymmer sikten vid övergångsstället.", "korsningen", -70, 130),
    ("samling", "En plats där många sitter i solen. Två bänkar, inget tak.", "slänten vid hållplatsen", -35, 150),
    ("positivt", "Planteringarna är nya och någon har satt ut en bokhylla.", "bibliotekets entré", 330, 108),
    ("klotter", "Klotter på elskåpet, ett par månader gammalt.", "elskåpet vid infarten", 25, 35),
]

# name, actor, importance, use, the way there as metres to the north and to the east
FUNCTIONS: list[tuple[str, str, int, int, list[tuple[int, int]]]] = [
    ("Hållplatsen", "Hållplats Kallebäck", 5, 3, [(0, 0), (-10, 60), (-30, 120), (-40, 170)]),
    ("Mataffären", "Matboden i Kallebäck", 5, 3, [(0, 0), (-60, 60), (-120, 100), (-180, 120)]),
    ("Biblioteket", "Kallebäcks bibliotek", 3, 2, [(0, 0), (90, 45), (220, 70), (330, 110)]),
    ("Caféet", "Stadsmissionens café", 4, 2, [(0, 0), (150, 200), (380, 260)]),
]

ANSWERS = {
    "functions_text": "Hållplatsen och mataffären används varje dag. Caféet betyder mest av det som inte är ärenden.",
    "ways_text": "De flesta går samma väg till hållplatsen. Till caféet går man helst genom parken.",
    "area_text": "På dagen rör sig brukarna som andra. På kvällen stannar många vid hållplatsen, där det är ljust.",
    "passed_text": "Brf Utsikten och Wallenstams hus ligger längs vägarna, och förskolans grind nära den ena.",
    "affected_text": "Förskolan, Brf Utsikten och Matboden. De ska kontaktas först och få numret till oss.",
}

INSIGHTS = "Vägen mellan boendet och hållplatsen är det viktigaste. Blir den ljus och trevlig vinner alla på det."

# `days` until it is to be done, who does it, and the fields
INSATSER: list[dict[str, Any]] = [
    {
        "days": -30,
        "is_ours": False,
        "texts": {
            "title": "Två bänkar mellan hållplatsen och boendet",
            "problem": "Det finns ingenstans att vila, och trappan vid porten används i stället.",
            "cause": "Backen är brant och det är långt till närmaste bänk.",
            "principles": [1, 2],
            "value_brukare": "Någonstans att vila på vägen hem.",
            "value_surroundings": "Trappan blir fri, och äldre grannar kan också sitta.",
            "responsible_other": "Wallenstam",
            "cost": 19000,
            "effect_short": "Färre sitter i trappan.",
            "effect_long": "Fler använder gångvägen.",
        },
    },
    {
        "days": 40,
        "is_ours": True,
        "texts": {
            "title": "Felanmäl belysningen och följ upp var månad",
            "problem": "Gångvägen är mörk på kvällen.",
            "principles": [2, 4],
            "value_brukare": "Tryggare väg hem.",
            "value_surroundings": "Tryggare väg till bussen.",
            "effect_short": "Lamporna lagas inom en månad.",
        },
    },
    {
        "days": 90,
        "is_ours": True,
        "texts": {
            "title": "Grannsamverkan som stående punkt på husmötet",
            "problem": "Synpunkter från grannar når inte de som bor här.",
            "principles": [3],
            "value_brukare": "Får veta vad som sägs och kan svara.",
            "term": "long",
        },
    },
    {
        "days": 120,
        "is_ours": True,
        "texts": {
            "title": "Pop-up-café två gånger om året",
            "problem": "Grannar och brukare möts bara när något har hänt.",
            "principles": [1, 5],
            "value_brukare": "Bli sedd som granne.",
            "value_surroundings": "Lära känna dem som bor och arbetar här.",
            "cost": 10000,
            "term": "long",
        },
    },
]

NEW_INSATS: dict[str, Any] = {
    "title": "Tak över bänkarna vid hållplatsen",
    "problem": "Platsen används också när det regnar, och då står många i hållplatsens kur.",
    "principles": [1, 2],
    "value_brukare": "En plats att vara på i alla väder.",
    "value_surroundings": "Kuren blir fri för dem som väntar på bussen.",
}
