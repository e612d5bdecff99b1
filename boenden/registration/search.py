# SPDX-License-Identifier: EUPL-1.2
"""What is found in boenden: the boenden themselves, lines of contact lists, actors, persons, contacts."""

from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, Exists, OuterRef, QuerySet, Subquery, Value, When
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from boenden.models import Actor, Boende, Contact, ContactListEntry, ContactPerson, Neighbour
from boenden.registration.contact_lists import reader_of
from boenden.rights import boenden_where, has_right
from platssamverkan.accounts.roles import Right
from platssamverkan.ground.fields import show_telephone
from platssamverkan.ground.search import Terms, found
from platssamverkan.look.words import day_near
from platssamverkan.start.registry import Hit, SearchSource, search_sources

LETTERS_SHOWN = 100  # of a contact's text


def register() -> None:
    """Called once when Django starts."""
    search_sources.extend(
        [
            SearchSource("boenden", gettext_lazy("Boenden"), "houses", find_boenden, order=10),
            SearchSource("kontaktlistor", gettext_lazy("Kontaktlistor"), "telephone", find_entries, order=20),
            SearchSource("aktorer", gettext_lazy("Aktörer"), "shop", find_actors, order=30, all_url=all_actors),
            SearchSource("personer", gettext_lazy("Kontaktpersoner"), "person", find_persons, order=40),
            SearchSource(
                "kontakter", gettext_lazy("Kontakter"), "chat-left-text", find_contacts, order=60, all_url=all_contacts
            ),
        ]
    )


def line(*parts: Any) -> str:
    """The grey line of a hit, beginning with a capital."""
    text = " · ".join(str(part) for part in parts if part)
    return text[:1].upper() + text[1:]


def find_boenden(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Boenden by name, place, förvaltning or akutnummer."""
    if not has_right(user, Right.READ_BOENDE):
        return []
    rows = Boende.objects.visible_to(user).for_list()
    rows = found(rows, terms, "name", "address", "omrade", "forvaltning__name", phones=("akutnummer",))
    return [
        Hit(boende.name, boende.get_absolute_url(), line(boende.omrade or boende.address, boende.forvaltning))
        for boende in rows[:limit]
    ]


def find_entries(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Lines of contact lists, by what they show and nothing behind it; and by name the lists shared with the user."""
    hits = [*map(list_hit, shared_with(user, terms))]
    rows = ContactListEntry.objects.visible_to(user).filter(group__contact_list__boende__archived_at__isnull=True)
    name = Coalesce(NullIf("label", Value("")), "person__name", "actor__name", "common__name")
    when = Coalesce(NullIf("when_to_use", Value("")), "common__when_to_use")
    phone = Coalesce(NullIf("own_phone", Value("")), "person__phone", "actor__phone", "common__phone")
    rows = rows.alias(phone_shown=phone)
    rows = found(rows, terms, name, when, "person__role", "person__actor__name", phones=("phone_shown",))
    rows = rows.select_related("group__contact_list__boende", "person__actor", "actor", "common")
    rows = rows.order_by("group__contact_list__boende__name", "group__position", "position", "pk")
    return [*hits, *map(entry_hit, rows[:limit])][:limit]


def shared_with(user: Any, terms: Terms) -> list[Boende]:
    """The boenden whose lists are shared with the user, by name or by the number that stands on top."""
    slugs = [slug for _name, slug in reader_of(user)[0]]
    return list(found(Boende.objects.filter(slug__in=slugs), terms, "name", phones=("akutnummer",))) if slugs else []


def list_hit(boende: Boende) -> Hit:
    """A shared list, with the number to call first."""
    url = reverse("boenden:contactlist_detail", args=[boende.slug])
    title = _("Kontaktlista för %(boende)s") % {"boende": boende}
    return Hit(title, url, show_telephone(boende.akutnummer) if boende.akutnummer else "")


def entry_hit(entry: ContactListEntry) -> Hit:
    """A line, with the number to call at once."""
    boende = entry.group.contact_list.boende
    url = reverse("boenden:contactlist_detail", args=[boende.slug])
    reach = show_telephone(entry.phone) if entry.phone else entry.email
    return Hit(entry.name, f"{url}#grupp-{entry.group_id}", line(reach, entry.about, boende))


def around(user: Any) -> QuerySet[Neighbour]:
    """The actors around boenden, as the user's pages show them: an actor has no page but there."""
    return Neighbour.objects.visible_to(user).in_use().filter(boende__archived_at__isnull=True)


def with_neighbour(rows: Any, user: Any, actor: str) -> Any:
    """Those with a page: `neighbour` is the id of the actor as neighbour of one of the user's boenden."""
    reached = around(user).filter(actor=OuterRef(actor))
    rows = rows.filter(Exists(reached))
    return rows.annotate(neighbour=Subquery(reached.order_by("distance_m", "pk").values("pk")[:1]))


def neighbours_of(rows: list[Any]) -> dict[Any, Neighbour]:
    """The neighbours that rows name, by id."""
    return Neighbour.objects.select_related("boende").in_bulk([row.neighbour for row in rows])


def find_actors(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Actors by name, address, kind or number."""
    if not has_right(user, Right.READ_ACTORS):
        return []
    rows = with_neighbour(Actor.objects.visible_to(user).active(), user, "pk")
    rows = found(rows, terms, "name", "address", "category__name", phones=("phone",))
    named_so = Case(When(name=terms.words, then=0), default=1)
    actors = list(rows.select_related("category").order_by(named_so, "name", "pk")[:limit])
    places = neighbours_of(actors)
    return [
        Hit(actor.name, place.get_absolute_url(), line(actor.category, actor.address, place.boende))
        for actor in actors
        if (place := places.get(actor.neighbour))
    ]


def find_persons(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """Contact persons by name, role, actor, number or address."""
    if not has_right(user, Right.READ_ACTORS):
        return []
    rows = with_neighbour(ContactPerson.objects.visible_to(user).active(), user, "actor")
    rows = found(rows, terms, "name", "role", "actor__name", "email", phones=("phone",))
    persons = list(rows.select_related("actor").order_by("name", "pk")[:limit])
    places = neighbours_of(persons)
    return [
        Hit(person.name, place.get_absolute_url(), line(person.role, person.actor, place.boende))
        for person in persons
        if (place := places.get(person.neighbour))
    ]


def find_contacts(user: Any, terms: Terms, limit: int) -> list[Hit]:
    """The contact log by its text, its promise, or whom it was with; the latest first."""
    if not has_right(user, Right.READ_CONTACTS):
        return []
    rows = Contact.objects.visible_to(user).for_list().filter(boende__archived_at__isnull=True)
    rows = found(rows, terms, "text", "follow_up", "actor__name", "person__name")
    return [
        Hit(
            Truncator(contact.text).chars(LETTERS_SHOWN),
            contact.get_absolute_url(),
            line(day_near(contact.happened_on), contact.who, contact.boende),
        )
        for contact in rows[:limit]
    ]


def list_of_the_only(user: Any, terms: Terms, right: Right, name: str) -> str:
    """The filtered list of the only boende where the user holds the right; lists know no numbers."""
    boenden = boenden_where(user, right)
    if len(boenden) != 1 or terms.number:
        return ""
    return reverse(name, args=[boenden[0].slug]) + "?" + urlencode({"q": terms.words})


def all_actors(user: Any, terms: Terms) -> str:
    """The list of actors."""
    return list_of_the_only(user, terms, Right.READ_ACTORS, "boenden:neighbour_list")


def all_contacts(user: Any, terms: Terms) -> str:
    """The contact log."""
    return list_of_the_only(user, terms, Right.READ_CONTACTS, "boenden:contact_list")
