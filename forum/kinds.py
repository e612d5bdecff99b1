# SPDX-License-Identifier: EUPL-1.2
"""The kinds of forum and what a meeting of each begins with. Written to be read, and changed, by someone who meets.

Sources: the guide's two levels of forum (001:983–990 and 001:1027–1050), and domain.md, "Levels of samverkan".
"""

from dataclasses import dataclass, field

from django.db.models import TextChoices
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Text = str | Promise


class Kind(TextChoices):
    """What sort of forum it is."""

    TRYGGHETSFORUM = "trygghetsforum", _("trygghetsforum")
    RAD = "rad", _("platssamverkansråd")
    NATVERK = "natverk", _("BID eller annat nätverk")
    HUSMOTE = "husmote", _("husmöte")
    VERKSAMHETSRAD = "verksamhetsrad", _("verksamhetsråd")
    OMBUDSMOTE = "ombudsmote", _("boendeombud och metodhandledare")
    STYRGRUPP = "styrgrupp", _("styrgrupp")


class Section(TextChoices):
    """What stands under an item by itself, beside the text that people write."""

    TEXT = "text", _("bara text")
    ACTIONS = "actions", _("åtgärder sedan förra mötet")
    INCIDENTS = "incidents", _("händelser som har prövats")
    NEXT = "next", _("nästa möte")


@dataclass(frozen=True)
class Item:
    """A line of an agenda template."""

    title: Text
    minutes: int
    section: Section = Section.TEXT
    text: Text = ""


@dataclass(frozen=True)
class Terms:
    """What a kind of forum is for, who is in the room, and its usual agenda."""

    purpose: Text
    agenda: tuple[Item, ...] = field(default=())
    is_internal: bool = False  # staff and ombud only; never seen by an aktör
    counts_brukare: bool = False  # brukare take part, as one number


SINCE_LAST = Item(_("Sedan förra mötet"), 10, Section.ACTIONS)
NEXT_MEETING = Item(_("Nästa möte"), 5, Section.NEXT)

KINDS: dict[str, Terms] = {
    Kind.TRYGGHETSFORUM: Terms(
        _("En sann och nyanserad bild av läget runt boendet, och lösningar som ni kommer fram till tillsammans."),
        (
            Item(_("Boendets säkerhetsarbete"), 15, text=_("Vad boendet gör, och vad som märks runt omkring.")),
            Item(_("Händelser och hur de hanterades"), 20, Section.INCIDENTS),
            Item(_("Aktörernas frågor och samråd om lösningar"), 20, text=_("Egna erfarenheter och frågor.")),
            SINCE_LAST,
            Item(_("Brottsstatistik"), 10),
            Item(_("Förebyggande åtgärder"), 10),
            NEXT_MEETING,
        ),
    ),
    Kind.RAD: Terms(
        _("Trivsel och förebyggande arbete på platsen, med alla som finns där."),
        (
            Item(_("Lägesavstämning"), 20, Section.INCIDENTS, _("Hur är läget hos var och en?")),
            SINCE_LAST,
            Item(_("Aktiviteter"), 15, text=_("Trygghetsvandring, pop-up-café, städdag.")),
            Item(_("Kostnader"), 10, text=_("Vad kostar det, och vad bidrar var och en med?")),
            Item(_("Områdets utveckling"), 15),
            NEXT_MEETING,
        ),
    ),
    Kind.NATVERK: Terms(
        _("Brukarnas perspektiv i ett nätverk som redan finns."),
        (
            Item(_("Lägesavstämning"), 15, Section.INCIDENTS),
            SINCE_LAST,
            Item(_("Gemensamma insatser"), 20),
            NEXT_MEETING,
        ),
    ),
    Kind.HUSMOTE: Terms(
        _("Personal och de som bor här pratar om huset och grannskapet."),
        (
            Item(_("Grannsamverkan"), 15, text=_("Stående punkt: hur har vi det med grannarna?")),
            Item(_("Önskemål och synpunkter"), 20, text=_("Skriv vad som sades, aldrig vem som sade det.")),
            SINCE_LAST,
            NEXT_MEETING,
        ),
        is_internal=True,
        counts_brukare=True,
    ),
    Kind.VERKSAMHETSRAD: Terms(
        _("De som bor här, personal och chefer går igenom hur boendet fungerar."),
        (
            SINCE_LAST,
            Item(_("Önskemål och synpunkter"), 20, text=_("Skriv vad som sades, aldrig vem som sade det.")),
            Item(_("Verksamheten"), 20),
            Item(_("Grannsamverkan"), 10),
            NEXT_MEETING,
        ),
        is_internal=True,
        counts_brukare=True,
    ),
    Kind.OMBUDSMOTE: Terms(
        _("Boendeombud och metodhandledare stämmer av veckan."),
        (
            SINCE_LAST,
            Item(_("Veckan som gick"), 15),
            Item(_("Veckan som kommer"), 15),
            NEXT_MEETING,
        ),
        is_internal=True,
    ),
    Kind.STYRGRUPP: Terms(
        _("Beslut om riktning och resurser."),
        (
            SINCE_LAST,
            Item(_("Lägesrapport"), 20, Section.INCIDENTS),
            Item(_("Ekonomi"), 15),
            Item(_("Beslut"), 20),
            NEXT_MEETING,
        ),
    ),
}

INTERNAL_KINDS = [kind for kind, terms in KINDS.items() if terms.is_internal]
COUNTING_KINDS = [kind for kind, terms in KINDS.items() if terms.counts_brukare]
