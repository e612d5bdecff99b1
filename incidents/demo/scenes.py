# SPDX-License-Identifier: EUPL-1.2
"""What happened, as staff would write it: what, never who."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Scene:
    """One kind of event with its two texts."""

    category: str
    headline: str
    place: str
    internal: str
    done: tuple[str, ...]
    handled: str
    severity: int = 2
    affected: bool = False
    children: bool = False
    forum: tuple[str, str] | None = None


SCENES = [
    Scene(
        "storning",
        "Höga röster vid hållplatsen",
        "Hållplatsen",
        "Höga röster vid hållplatsen i ungefär tio minuter. Två grannar stannade och såg oroliga ut.",
        ("talked",),
        "Personalen gick ut och talade med de berörda. Lugnt efter tio minuter.",
        2,
        True,
        False,
        (
            "Det var höga röster vid hållplatsen en stund på kvällen.",
            "Personalen gick ut direkt, och det blev lugnt efter tio minuter.",
        ),
    ),
    Scene(
        "nedskrapning",
        "Glas på gångvägen",
        "Gångvägen mot torget",
        "Krossat glas låg på gångvägen mellan boendet och torget när dagpersonalen kom.",
        ("cleaned", "reported"),
        "Vi sopade samma eftermiddag. Felanmäld: papperskorgen saknar lock.",
        1,
        True,
        False,
        ("Det låg krossat glas på gångvägen.", "Vi sopade samma dag och felanmälde papperskorgen som saknade lock."),
    ),
    Scene(
        "otrygghet",
        "Oro på vägen till förskolan",
        "Vägen till förskolan",
        "En förälder berättade att barnen blev rädda när några satt och pratade högt vid lekplatsen på morgonen.",
        ("talked",),
        "Enhetschefen ringde förskolan. Personal står vid hållplatsen på morgnarna.",
        3,
        True,
        True,
        (
            "Föräldrar berättade om oro på vägen till förskolan.",
            "Vi ringde förskolan samma dag. Personal möter upp vid hållplatsen på morgnarna.",
        ),
    ),
    Scene(
        "storning",
        "Musik sent på kvällen",
        "",
        "Hög musik från ett öppet fönster efter klockan 23. En granne ringde akutnumret.",
        ("talked",),
        "Musiken stängdes av inom fem minuter. Grannen fick svar direkt.",
        1,
        True,
        False,
        (
            "Det spelades hög musik efter klockan 23.",
            "Musiken stängdes av inom fem minuter efter samtalet till akutnumret.",
        ),
    ),
    Scene(
        "skadegorelse",
        "Trasig port på baksidan",
        "Porten på baksidan",
        "Låset i porten på baksidan var uppbrutet vid morgonronden. Inget saknades.",
        ("reported", "cleaned"),
        "Låset byttes samma dag. Vi har bett om bättre belysning på baksidan.",
        2,
    ),
    Scene(
        "hot",
        "Hotfulla ord i entrén",
        "Entrén",
        "Två personer som inte bor här kom in i entrén och uttalade hot. De gick när personalen ringde.",
        ("police", "talked"),
        "Polisen kom efter tjugo minuter. Händelsen togs upp på husmötet.",
        4,
    ),
    Scene(
        "nedskrapning",
        "Skräp vid bänkarna",
        "Bänkarna vid gångvägen",
        "Det låg mycket skräp runt bänkarna efter helgen.",
        ("cleaned",),
        "Vi städade på förmiddagen tillsammans med några som bor här.",
        1,
        True,
        False,
        ("Det låg skräp runt bänkarna efter helgen.", "Vi städade tillsammans på måndagen."),
    ),
    Scene(
        "annat",
        "Ambulans på gården",
        "Gården",
        "Ambulans kom till gården på kvällen. Flera grannar undrade vad som hänt.",
        ("ambulance", "talked"),
        "Personalen mötte ambulansen och talade med grannarna efteråt.",
        2,
        True,
    ),
    Scene(
        "otrygghet",
        "Mörkt vid genvägen",
        "Genvägen bakom huset",
        "Lampan vid genvägen är släckt. Personal och besökare känner sig otrygga där efter klockan 17.",
        ("reported",),
        "Felanmäld till fastighetsägaren. Vi följer personalen till bussen tills lampan lyser.",
        2,
        True,
        False,
        ("Lampan vid genvägen var släckt.", "Vi felanmälde den, och fastighetsägaren lagade den veckan efter."),
    ),
    Scene(
        "storning",
        "Höga röster i trapphuset",
        "Trapphuset",
        "Höga röster och slag i dörrar i trapphuset under natten. Grannen under ringde störningsjouren.",
        ("storningsjour", "talked"),
        "Vi talade med de berörda och ringde upp grannen dagen efter.",
        2,
        True,
    ),
    Scene(
        "skadegorelse",
        "Klotter på fasaden",
        "Fasaden mot gatan",
        "Nytt klotter på fasaden mot gatan, ungefär två meter brett.",
        ("reported",),
        "Fasaden är sanerad inom två dygn.",
        1,
        True,
        False,
        ("Fasaden mot gatan klottrades ner.", "Den sanerades inom två dygn."),
    ),
    Scene(
        "annat",
        "Fin stund på gården",
        "Gården",
        "Grannar och några som bor här fikade tillsammans på gården efter städdagen.",
        ("talked",),
        "Vi bjöd på kaffe och berättade om nästa husmöte.",
        1,
        True,
        False,
        ("Grannar och boende fikade tillsammans efter städdagen.", "Vi gör om det i vår."),
    ),
]

# channel, tone, went out, text, promise or ""
TALKS = [
    (
        "phone",
        "worry",
        True,
        "Undrade över höga röster under helgen. Vi gick ut och tittade medan vi pratade.",
        "Ring upp och berätta vad vi har gjort",
    ),
    ("visit", "question", False, "Ville veta vem man ringer på natten. Fick kontaktlistan.", ""),
    ("akutnummer", "worry", True, "Ringde om musik sent på kvällen. Det var lugnt när vi kom ut.", ""),
    ("meeting", "praise", False, "Tackade för att vi hör av oss. Belysningen på baksidan gör skillnad.", ""),
    ("mail", "question", False, "Frågade hur boendet arbetar med städning runt bänkarna.", "Skicka städschemat"),
    ("spontaneous", "praise", False, "Stannade till på gården och berättade att det känns lugnare i höst.", ""),
    (
        "phone",
        "worry",
        False,
        "Orolig för barnen på vägen till förskolan. Vi kom överens om att ses.",
        "Boka ett möte på plats",
    ),
    ("visit", "other", False, "Vi presenterade oss och lämnade våra kontaktuppgifter.", "Återkom om belysningen"),
]
