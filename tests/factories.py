# SPDX-License-Identifier: EUPL-1.2
"""Small makers of rows for tests. What a test is about, it says itself; the rest is filled in here."""

import importlib
import pkgutil
from datetime import timedelta

import factory
from django.urls import get_resolver, reverse
from django.utils import timezone
from factory.django import DjangoModelFactory

from boenden import models as boenden
from forum import models as forum
from incidents import models as incidents
from platssamverkan.accounts.models import User
from tests import worlds


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        django_get_or_create = ("email",)

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    name = factory.Sequence(lambda n: f"Person Nummer{n}")


class ForvaltningFactory(DjangoModelFactory):
    class Meta:
        model = boenden.Forvaltning
        django_get_or_create = ("name",)

    name = "Socialförvaltningen Sydväst"


class BoendeFactory(DjangoModelFactory):
    class Meta:
        model = boenden.Boende
        django_get_or_create = ("slug",)

    forvaltning = factory.SubFactory(ForvaltningFactory)
    name = factory.Sequence(lambda n: f"Boende {n}")
    slug = factory.Sequence(lambda n: f"boende-{n}")
    type = boenden.Boende.Type.KOLLEKTIVT
    akutnummer = "+46313900610"
    latitude = 57.6809
    longitude = 12.0121


class ActorCategoryFactory(DjangoModelFactory):
    class Meta:
        model = boenden.ActorCategory
        django_get_or_create = ("name",)

    name = "bostadsrättsförening"


class ActorFactory(DjangoModelFactory):
    class Meta:
        model = boenden.Actor

    forvaltning = factory.SubFactory(ForvaltningFactory)
    name = factory.Sequence(lambda n: f"Brf Utsikten {n}")
    category = factory.SubFactory(ActorCategoryFactory)


class NeighbourFactory(DjangoModelFactory):
    class Meta:
        model = boenden.Neighbour

    boende = factory.SubFactory(BoendeFactory)
    actor = factory.SubFactory(ActorFactory)


class ContactPersonFactory(DjangoModelFactory):
    class Meta:
        model = boenden.ContactPerson

    actor = factory.SubFactory(ActorFactory)
    name = factory.Sequence(lambda n: f"Lena Wikström {n}")
    role = "ordförande"
    phone = "+46701740612"
    lawful_ground = boenden.ContactPerson.Ground.UPPDRAG
    source = "möte på boendet"


class ContactListFactory(DjangoModelFactory):
    class Meta:
        model = boenden.ContactList
        django_get_or_create = ("boende",)

    boende = factory.SubFactory(BoendeFactory)


class ContactListGroupFactory(DjangoModelFactory):
    class Meta:
        model = boenden.ContactListGroup
        django_get_or_create = ("contact_list", "name")

    contact_list = factory.SubFactory(ContactListFactory)
    name = "Störning pågår"


class ContactListEntryFactory(DjangoModelFactory):
    class Meta:
        model = boenden.ContactListEntry

    group = factory.SubFactory(ContactListGroupFactory)
    label = "Störningsjouren"
    own_phone = "+46313900630"
    when_to_use = "Hög musik eller höga röster i trapphuset."
    is_shared = True


class ContactFactory(DjangoModelFactory):
    class Meta:
        model = boenden.Contact

    boende = factory.SubFactory(BoendeFactory)
    channel = boenden.Contact.Channel.PHONE
    tone = boenden.Contact.Tone.QUESTION
    text = "Undrade över belysningen på gångvägen."


class IncidentFactory(DjangoModelFactory):
    class Meta:
        model = incidents.Incident

    boende = factory.SubFactory(BoendeFactory)
    category = incidents.Incident.Category.STORNING
    headline = "Höga röster vid hållplatsen"
    internal_text = "INTERNTEXT höga röster i tio minuter."
    handled = "Personalen gick ut och talade med de berörda."
    affected_neighbourhood = False


class ForumFactory(DjangoModelFactory):
    class Meta:
        model = forum.Forum
        skip_postgeneration_save = True

    name = factory.Sequence(lambda n: f"Råd {n}")
    kind = forum.Forum.Kind.RAD

    @factory.post_generation
    def boenden(self, create, extracted, **kwargs):
        self.boenden.set(extracted or [])


class MeetingFactory(DjangoModelFactory):
    """A meeting in a week, an hour and a half long; `days` moves it."""

    class Meta:
        model = forum.Meeting

    class Params:
        days = 7

    forum = factory.SubFactory(ForumFactory)
    starts_at = factory.LazyAttribute(lambda made: timezone.now() + timedelta(days=made.days))
    ends_at = factory.LazyAttribute(lambda made: made.starts_at + timedelta(minutes=90))
    place = "Kallebäcks bibliotek"


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = forum.AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    title = factory.Sequence(lambda n: f"Punkt {n}")


class ActionItemFactory(DjangoModelFactory):
    class Meta:
        model = forum.ActionItem

    meeting = factory.SubFactory(MeetingFactory)
    forum = factory.SelfAttribute("meeting.forum")
    title = "Laga belysningen på gångvägen"
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))


def one_of_everything(cast) -> dict:
    """One row of every kind at Kallebäck, and what each URL of the house needs to be reached."""
    from boenden.models import Assignment, Invite
    from platssamverkan.notices.models import Notice

    boende = cast.kalleback
    actor = ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    neighbour = NeighbourFactory(boende=boende, actor=actor, next_step="Återkom om belysningen")
    person = ContactPersonFactory(actor=actor, user=cast["granne"], visibility="delad")
    group = ContactListGroupFactory(contact_list=cast.contact_list)
    entry = ContactListEntryFactory(group=group)
    reader = cast.contact_list.readers.get(user=cast["granne"])
    contact = ContactFactory(boende=boende, actor=actor)
    incident = IncidentFactory(boende=boende)
    common = boenden.CommonEntry.objects.create(name="Provjouren", phone="+46313900649", when_to_use="Vid prov.")
    invite = Invite.objects.create(
        email="ny@example.org", name="Ny Person", role="personal", boende=boende, token_digest="0" * 64
    )
    assignment = Assignment.objects.get(user=cast["personal"])
    notice = Notice.objects.create(
        what="prov",
        occasion="1",
        user=cast["personal"],
        subject="Ett prov",
        text="Ett prov.",
        status="failed",
        last_error="ConnectionRefusedError",
    )
    here = {"slug": boende.slug}
    at = {
        "neighbour": neighbour, "actor": neighbour, "person": person, "contactlistgroup": group,
        "contactlistentry": entry, "contactlistreader": reader, "contact": contact,
    }  # fmt: skip
    single = {
        "incident": incident, "commonentry": common, "notice": notice, "own_data": person,
        "user": cast["personal"], "assignment": assignment, "invite": invite, "forvaltning": cast.sydvast,
    }  # fmt: skip
    # where a page of one noun hangs on another's id
    by_name = {
        "assignment_create": {"assignment_create": cast["personal"]},
        "person_create": {"person_create": neighbour},
    }
    world = {"here": here, "at": at, "single": single, "by_name": by_name}
    for room in pkgutil.iter_modules(worlds.__path__, f"{worlds.__name__}."):
        importlib.import_module(room.name).add(cast, world)
    return world


def address_of(name: str, world: dict) -> str:
    """The address of a URL name, filled with the world's things as its pattern asks."""
    *namespaces, local = name.split(":")
    resolver = get_resolver()
    for namespace in namespaces:
        resolver = resolver.namespace_dict[namespace][1]
    patterns = (possibility[0] for possibility in resolver.reverse_dict.getlist(local))
    parameters = {parameter for pattern in patterns for _template, names in pattern for parameter in names}
    values: dict = {**world["here"], "token": "finns-inte", "fmt": "csv", "step": "network", "sida": "personal"}
    values["token"] = world.get("tokens", {}).get(local, values["token"])
    values["fmt"] = {"contactlist_export": "vcf"}.get(local, values["fmt"])
    if "pk" in parameters:
        things = {**world["single"], **world["at"], **world["by_name"].get(local, {})}
        values["pk"] = next(things[key].pk for key in sorted(things, key=len, reverse=True) if local.startswith(key))
    return reverse(name, kwargs={key: values[key] for key in parameters})
