# SPDX-License-Identifier: EUPL-1.2
"""What the demonstration's boenden tell everyone, and what their neighbours say. Nobody in it is real."""

from typing import NamedTuple

PAGES = {
    "kalleback": (
        "Vi är grannar till er i Kallebäck. Här bor vuxna som behöver ett hem och stöd i vardagen, och personal finns "
        "på plats dygnet runt.",
        "Sedan 2022 träffas boendet, fastighetsägarna och föreningarna i ett platssamverkansråd. Vi har bytt skyltar, "
        "ställt ut bänkar mellan hållplatsen och boendet och fått bättre belysning på gångvägen.\n\n"
        "Två gånger om året går vi trygghetsvandring. Då felanmäler vi det som är trasigt, och berättar här vad som "
        "hände sedan. Alla grannar är välkomna.",
    ),
    "alma": (
        "Vi är ett boende mitt i Gamlestaden. Personal finns på plats dygnet runt, och svarar när du ringer.",
        "I trygghetsforumet träffas boendet, bostadsrättsföreningarna, biblioteket och kyrkan fyra gånger om året. Där "
        "berättar vi vad som har hänt och vad vi gjorde åt det.",
    ),
}

ABOUT = {
    "grannar": (
        "Om boendet och dem som bor här",
        "Alla behöver någonstans att bo. Den som har varit utan hem länge, eller lever med ett beroende, kan behöva "
        "stöd för att bo kvar. Det får man här.\n\n"
        "De som bor här är vuxna, i olika åldrar. De har eget rum, handlar i samma affär som du och väntar på samma "
        "buss. Personal finns i huset hela dygnet.\n\n"
        "Ibland märks det att det är tungt. Då går personalen ut och pratar, och hjälper till att lösa det. Ring oss "
        "hellre en gång för mycket: vi vill veta, och vi vill vara goda grannar.\n\n"
        "Vill du veta mer? Kom på ett pop-up-kafé eller hör av dig, så berättar vi gärna.",
    ),
    "barn": (
        "Vilka bor i huset?",
        "I huset bor vuxna. En del har inte haft något hem förut. En del är sjuka i ett beroende. Det betyder att "
        "kroppen vill ha något som den inte mår bra av, och att det är svårt att sluta.\n\n"
        "De är inte arga på dig. Ibland pratar någon högt eller ser ledsen ut. Det beror inte på dig.\n\n"
        "Du får säga hej. Du behöver inte stanna.\n\n"
        "Hittar du något på marken som ser konstigt ut: rör det inte. Säg till en vuxen.\n\n"
        "Blir du rädd? Gå till en vuxen du litar på. I huset finns alltid någon som kan komma ut och hjälpa till.",
    ),
}


class Said(NamedTuple):
    """A synpunkt of the demonstration, as far as it has come."""

    boende: str
    days: int
    kind: str
    text: str
    place: str = ""
    status: str = "new"
    channel: str = "web"
    children: bool = False
    email: str = ""
    reply: str = ""
    code: str = ""
    lesson: str = ""


SYNPUNKTER = [
    Said(
        "kalleback", 52, "oro", "Det är mörkt på gångvägen från hållplatsen. Jag går hellre runt om kvällen.",
        "gångvägen vid hållplatsen", "closed", email="granne1@demo.example",
        reply="Tack för att du säger till. Vi har felanmält två lampor till stadsmiljöförvaltningen och går förbi "
        "varje kväll tills de lyser.",
        code="passed_on", lesson="Vi går längs gångvägen en gång i månaden när det är mörkt, och felanmäler genast.",
    ),
    Said(
        "kalleback", 21, "oro", "Lamporna på gångvägen är släckta igen.", "hållplatsen, gångvägen", "answered",
        reply="Vi har ringt och påmint i dag. Du kan följa felanmälan genom att svara på det här eller ringa oss.",
    ),
    Said(
        "kalleback", 2, "oro", "Ingen belysning på gångvägen vid hållplatsen. Min mamma vågar inte gå ut.",
        "gångvägen vid hållplatsen", "taken", email="granne2@demo.example",
    ),
    Said(
        "kalleback", 1, "oro", "Mina barn går till förskolan förbi bänkarna och undrar varför de som sitter där ropar. "
        "Vad ska jag säga till dem?", "bänkarna på vägen till förskolan", children=True,
        email="foralder@demo.example",
    ),
    Said(
        "kalleback", 9, "klagomal", "Det låg skräp och glas utanför entrén hela helgen.", "entrén", "taken",
        channel="phone",
    ),
    Said(
        "kalleback", 4, "berom", "Tack till er som hjälpte mig att bära hem maten när hissen var trasig.", "trapphuset",
        "closed", reply="Så roligt att höra. Vi hälsar till alla som var med.", code="nothing",
    ),
    Said(
        "kalleback", 3, "fraga", "Får man komma in och hälsa på? Vi är några i föreningen som undrar.", "",
        "answered", reply="Ja, välkomna. Öppet hus är första tisdagen i månaden klockan 15 till 17.",
    ),
    Said(
        "kalleback", 6, "fraga", "De som bor här önskar en bänk till på baksidan, i solen.", "baksidan", "taken",
        channel="husmote",
    ),
    Said("kalleback", 0, "fraga", "Vem ringer jag om det är störande musik en natt?", ""),
    Said(
        "alma", 12, "klagomal", "Höga röster under mitt fönster två nätter i rad.", "gården", "answered",
        email="granne3@demo.example",
        reply="Vi är ledsna att du blev väckt. Nattpersonalen går nu ut på gården klockan elva, och ring gärna direkt.",
    ),
    Said("alma", 1, "oro", "Det har blivit rörigare vid porten sedan i höstas.", "porten"),
]  # fmt: skip
