# SPDX-License-Identifier: EUPL-1.2
"""Small makers of rows for tests. What a test is about, it says itself; the rest is filled in here."""

import factory
from factory.django import DjangoModelFactory

from boenden import models as boenden
from incidents import models as incidents
from platssamverkan.accounts.models import User


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
