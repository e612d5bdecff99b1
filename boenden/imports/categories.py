# SPDX-License-Identifier: EUPL-1.2
"""What others call the kinds of actors, in lists and on maps."""

from collections.abc import Mapping

from boenden.imports.columns import folded

OTHER_NAMES = {
    "bostadsrättsförening": "brf bostadsrätt bostadsrättsföreningar",
    "fastighetsägare": "hyresvärd bostadsbolag bostadsföretag fastighetsbolag fastighet samfällighet",
    "förskola": "dagis daghem förskolor kindergarten",
    "skola": "grundskola gymnasieskola gymnasium skolor school fritidshem",
    "butik": "affär mataffär matbutik livsmedel livsmedelsbutik livsmedelsaffär butiker kiosk handel shop frisör bank",
    "Systembolag": "systembolaget alcohol",
    "apotek": "pharmacy apoteket",
    "restaurang": "café cafe kafé fik pizzeria pub bar krog restauranger",
    "vårdcentral": "hälsocentral vård bvc tandläkare tandvård sjukhus läkare klinik",
    "bibliotek": "library stadsbibliotek",
    "kyrka": "församling trossamfund moské svenskakyrkan",
    "förening": "idéburen ideell idéburenorganisation organisation civilsamhälle föreningar",
    "idrott och fritid": "idrott idrottsförening fritid fritidsgård gym sport simhall idrottsplats",
    "park": "lekplats grönområde parker torg",
    "hållplats/lokaltrafik": "hållplats busshållplats spårvagnshållplats kollektivtrafik lokaltrafik västtrafik",
    "polis": "polisen polisstation police",
    "vaktbolag": "bevakning bevakningsföretag väktare ordningsvakt",
    "annat boende": "boende äldreboende gruppboende vandrarhem",
    "enskild granne": "granne privatperson",
}

# OpenStreetMap's tags (wiki.openstreetmap.org, "Map features"), the telling ones first
OSM_TAGS = {
    ("shop", "alcohol"): "Systembolag",
    ("amenity", "kindergarten"): "förskola",
    ("amenity", "childcare"): "förskola",
    ("amenity", "school"): "skola",
    ("amenity", "college"): "skola",
    ("amenity", "pharmacy"): "apotek",
    ("amenity", "library"): "bibliotek",
    ("amenity", "place_of_worship"): "kyrka",
    ("amenity", "police"): "polis",
    ("amenity", "restaurant"): "restaurang",
    ("amenity", "cafe"): "restaurang",
    ("amenity", "fast_food"): "restaurang",
    ("amenity", "pub"): "restaurang",
    ("amenity", "bar"): "restaurang",
    ("amenity", "clinic"): "vårdcentral",
    ("amenity", "doctors"): "vårdcentral",
    ("amenity", "hospital"): "vårdcentral",
    ("amenity", "dentist"): "vårdcentral",
    ("amenity", "social_facility"): "annat boende",
    ("amenity", "community_centre"): "förening",
    ("amenity", "social_centre"): "förening",
    ("amenity", "bus_station"): "hållplats/lokaltrafik",
    ("amenity", "bank"): "butik",
    ("healthcare", "*"): "vårdcentral",
    ("highway", "bus_stop"): "hållplats/lokaltrafik",
    ("public_transport", "*"): "hållplats/lokaltrafik",
    ("railway", "tram_stop"): "hållplats/lokaltrafik",
    ("railway", "station"): "hållplats/lokaltrafik",
    ("leisure", "park"): "park",
    ("leisure", "garden"): "park",
    ("leisure", "playground"): "park",
    ("leisure", "*"): "idrott och fritid",
    ("club", "*"): "förening",
    ("office", "association"): "förening",
    ("office", "ngo"): "förening",
    ("office", "security"): "vaktbolag",
    ("office", "estate_agent"): "fastighetsägare",
    ("shop", "*"): "butik",
}
BY_OTHER_NAME = {folded(name): category for category, names in OTHER_NAMES.items() for name in names.split()}


def category_of_tags(tags: Mapping[str, str]) -> str:
    """The guide's name for what OpenStreetMap's tags describe; empty when they describe no actor."""
    for (key, value), category in OSM_TAGS.items():
        if key in tags and value in ("*", tags[key]):
            return category
    return ""


def usual_name(text: str) -> str:
    """The guide's name for what somebody calls a kind of actor; else as it was written."""
    word = folded(text)
    if "=" in text:  # a tag: amenity=kindergarten
        key, _sign, value = text.partition("=")
        return category_of_tags({key.strip(): value.strip()}) or text
    return BY_OTHER_NAME.get(word) or category_of_tags({"amenity": text}) or text
