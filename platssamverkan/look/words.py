# SPDX-License-Identifier: EUPL-1.2
"""Dates, numbers and telephone numbers as people write them in Swedish (LOOK.md, "Swedish microcopy")."""

from datetime import date, datetime, timedelta
from decimal import Decimal

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MONTHS_SHORT = [
    gettext_lazy("jan."),
    gettext_lazy("feb."),
    gettext_lazy("mars"),
    gettext_lazy("april"),
    gettext_lazy("maj"),
    gettext_lazy("juni"),
    gettext_lazy("juli"),
    gettext_lazy("aug."),
    gettext_lazy("sep."),
    gettext_lazy("okt."),
    gettext_lazy("nov."),
    gettext_lazy("dec."),
]


def local(moment: datetime) -> datetime:
    """The moment on the clock here."""
    return timezone.localtime(moment) if timezone.is_aware(moment) else moment


def as_date(value: date) -> date:
    """The day here, of a day or a moment."""
    return local(value).date() if isinstance(value, datetime) else value


def day(value: date) -> str:
    """ "tisdag 1 december", with the year when it is not this one."""
    value = as_date(value)
    return format_date(value, "l j F" if value.year == timezone.localdate().year else "l j F Y")


def day_short(value: date) -> str:
    """ "1 dec.", with the year when it is not this one."""
    value = as_date(value)
    text = f"{value.day} {MONTHS_SHORT[value.month - 1]}"
    return text if value.year == timezone.localdate().year else f"{text} {value.year}"


def day_year(value: date) -> str:
    """ "1 dec. 2026": a day with its year, always, where it is read years later."""
    value = as_date(value)
    return f"{value.day} {MONTHS_SHORT[value.month - 1]} {value.year}"


def period_words(first: date, last: date) -> str:
    """ "1 jan. 2026–31 okt. 2026"; of one day "31 okt. 2026"."""
    return day_year(first) if first == last else f"{day_year(first)}–{day_year(last)}"


def day_near(value: date) -> str:
    """ "i dag", "i går", "i morgon", else "lördag 21 nov.", in another year "21 nov. 2025"."""
    value = as_date(value)
    today = timezone.localdate()
    near = {timedelta(0): _("i dag"), timedelta(1): _("i morgon"), timedelta(-1): _("i går")}
    if word := near.get(value - today):
        return word
    return f"{format_date(value, 'l')} {day_short(value)}" if value.year == today.year else day_short(value)


def clock(value: datetime) -> str:
    """ "kl. 14.40" """
    return _("kl. %(time)s") % {"time": format_date(local(value), "H.i")}


def when(value: datetime) -> str:
    """ "i dag kl. 21.15", "lördag 21 nov. kl. 14.40" """
    return f"{day_near(value)} {clock(value)}"


def number(value: float | Decimal, decimals: int = 0) -> str:
    """With a decimal comma and a narrow space between thousands: "12 400", "1,2".

    A whole number is written out by its own digits: as a float a very large one becomes another.
    """
    if isinstance(value, int):
        value = Decimal(value)
    return f"{value:,.{decimals}f}".replace(",", "\N{NARROW NO-BREAK SPACE}").replace(".", ",")


def signed(value: float) -> str:
    """With its sign, a real minus: "+3", "−2", "0"."""
    decimals = 0 if float(value).is_integer() else 1
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return sign + number(abs(value), decimals)


def distance(metres: float) -> str:
    """ "90 m" to the nearest ten, "1,2 km" from a kilometre on."""
    rounded = round(metres / 10) * 10
    if rounded < 1000:
        return f"{rounded}\N{NO-BREAK SPACE}m"
    return f"{number(metres / 1000, 1)}\N{NO-BREAK SPACE}km"


COUNTED = [
    gettext_lazy("En"),
    gettext_lazy("Två"),
    gettext_lazy("Tre"),
    gettext_lazy("Fyra"),
    gettext_lazy("Fem"),
    gettext_lazy("Sex"),
    gettext_lazy("Sju"),
    gettext_lazy("Åtta"),
    gettext_lazy("Nio"),
    gettext_lazy("Tio"),
    gettext_lazy("Elva"),
    gettext_lazy("Tolv"),
]


def all_of(words: list[str]) -> str:
    """A list as it is said: "problem, ansvarig och dag"."""
    if len(words) < 2:
        return "".join(words)
    return _("%(first)s och %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}


def things_to_mend(count: int) -> str:
    """The error summary's heading: "Två saker behöver rättas"."""
    if count == 1:
        return _("En sak behöver rättas")
    word = COUNTED[count - 1] if 0 < count <= len(COUNTED) else count
    return _("%(count)s saker behöver rättas") % {"count": word}
