# SPDX-License-Identifier: EUPL-1.2
"""What goes out comes in again unchanged: any actor that can be saved, and whatever stands in the register."""

import contextlib
import uuid
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from boenden.files import CARDS, CONTENTS
from boenden.imports.columns import match_headers
from boenden.imports.jobs import holds_number
from boenden.imports.kinds import PLANS, open_table
from boenden.list_lines import STAFF_COLUMNS
from boenden.models import Actor, ActorCategory, ActorImport, ContactPerson, Neighbour
from boenden.views.contact_list_files import lines
from boenden.views.contact_lists import Reading
from platssamverkan.export.csv_writer import EXCEL, RFC4180, csv_chunks
from platssamverkan.export.vcard_writer import vcards
from platssamverkan.export.xlsx_writer import write_xlsx
from platssamverkan.ground.actions import action
from platssamverkan.ground.coordinates import are_swapped
from platssamverkan.ground.middleware import is_storable
from tests import factories

FORMATS = ("csv", "csv-rfc4180", "xlsx")
PHONES = ["", "+46701740612", "+46313900610", "112", "11414", "+4532123456", "+46462222222", "+12125550123"]
EMAILS = ["", "anna@example.org", "Bo.Ek+list@example.org"]


def file_of(rows, columns, fmt, tmp_path):
    """The bytes of a file as the exporter makes it."""
    if fmt == "vcf":
        return vcards(rows, columns)
    if fmt == "xlsx":
        path = tmp_path / f"{uuid.uuid4()}.xlsx"
        write_xlsx(path, rows, columns)
        return path.read_bytes()
    return b"".join(csv_chunks(rows, columns, EXCEL if fmt == "csv" else RFC4180))


def plan_of(content, fmt, kind, cast):
    """The file judged against the register as it is: the plan, and what becomes of each row."""
    fmt = fmt.partition("-")[0]
    table = open_table(content, fmt, kind)
    plan_class = PLANS[kind]
    actor_import = ActorImport(
        boende=cast.kalleback,
        kind=kind,
        format=fmt,
        headers=table.headers,
        mapping=match_headers(table.headers, plan_class.columns),
        lawful_ground="uppdrag",
        source="ur en fil",
    )
    plan = plan_class(actor_import, cast["personal"])
    judged = []
    for line, cells in table.rows:
        assert not holds_number(cells), cells
        judged.append(plan.judge(line, cells[: table.kept]))
    return plan, judged


def one_line(size):
    characters = st.characters(codec="utf-8", exclude_categories=["Cc", "Co", "Zl", "Zp"]).filter(is_storable)
    return st.text(characters, max_size=size).map(str.strip) | st.sampled_from(["=1+1", "'=1", "-", "@a", "ja", "007"])


def many_lines(size):
    return st.lists(one_line(20), max_size=4).map("\n".join).map(str.strip)


@st.composite
def degrees(draw):
    if draw(st.booleans()):
        return None, None
    place = draw(st.floats(-90, 90)), draw(st.floats(-180, 180))
    assume(not are_swapped(*place))  # refused, in the form as in the file
    return place


ACTORS = st.fixed_dictionaries(
    {
        "name": one_line(40).filter(bool),
        "address": one_line(40),
        "phone": st.sampled_from(PHONES),
        "email": st.sampled_from(EMAILS),
        "website": st.sampled_from(["", "https://example.org/å?x=1", "http://example.org"]),
        "organisation_number": st.sampled_from(["", "5560360793", "7696000012"]),
        "note": many_lines(60),
        "place": degrees(),
        "is_person": st.booleans(),
    }
)
TIES = st.fixed_dictionaries(
    {
        "affected": st.sampled_from([None, 1, 5]),
        "interest": st.sampled_from(Neighbour.Interest.values),
        "is_bridge": st.booleans(),
        "is_resource": st.booleans(),
        "next_step": one_line(30),
    }
)
PERSONS = st.fixed_dictionaries(
    {
        "name": one_line(30).filter(bool) | st.sampled_from(["Ek, Anna", "Anna Ek (ordf)"]),
        "role": one_line(20),
        "phone": st.sampled_from(PHONES[1:]),
        "email": st.sampled_from(EMAILS),
        "lawful_ground": st.sampled_from(ContactPerson.Ground.values),
        "source": one_line(30).filter(bool),
        "visibility": st.sampled_from(ContactPerson.Visibility.values),
        "verified_on": st.sampled_from([None, date(2026, 1, 31), date(1999, 12, 31)]),
    }
)


class Undone(Exception):
    """Ends what an example wrote."""


@contextlib.contextmanager
def undone():
    """Whatever is written is taken back."""
    with contextlib.suppress(Undone), transaction.atomic():
        yield
        raise Undone


def make(cast, facts, tie, persons):
    """The rows, if the model's rules let them be saved."""
    facts = dict(facts)
    facts["latitude"], facts["longitude"] = facts.pop("place")
    if facts["is_person"]:
        facts |= {"organisation_number": "", "consent_on": date(2026, 1, 2)}
    category = ActorCategory.objects.get(name="butik")
    actor = Actor(forvaltning=cast.sydvast, category=category, **facts)
    step_on = date(2026, 12, 24) if tie["next_step"] else None
    rows = [actor, Neighbour(boende=cast.kalleback, actor=actor, next_step_on=step_on, **tie)]
    rows += [ContactPerson(actor=actor, verified_how="phone" if p["verified_on"] else "", **p) for p in persons]
    for row in rows:
        try:
            row.full_clean(exclude=["actor", "boende"])
        except ValidationError:
            assume(False)
        row.save()
    return actor


FACTS = st.lists(st.tuples(ACTORS, TIES, st.lists(PERSONS, max_size=2)), min_size=1, max_size=3)
SMALL = settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))


@SMALL
@given(facts=FACTS, fmt=st.sampled_from(FORMATS))
def test_any_actor_that_can_be_saved_comes_in_again_unchanged(cast, tmp_path, facts, fmt):
    with undone():
        for fact in facts:
            make(cast, *fact)
        for kind in ("aktorer", "personer"):
            content = CONTENTS[kind]
            rows = list(content.rows(cast.kalleback, cast["personal"]))
            if rows:
                _plan, judged = plan_of(file_of(rows, content.columns, fmt, tmp_path), fmt, kind, cast)
                assert len(judged) == len(rows)
                assert {j.outcome for j in judged} == {"oforandrad"}, judged


@action
def write(*, plan, by):
    """Write a plan."""
    plan.write()


NOT_COMPARED = {
    "id",
    "version",
    "created_at",
    "created_by",
    "changed_at",
    "changed_by",
    "actor",
    "distance_m",
}  # a derived figure


def facts_of(cast):
    """What the register says, for comparison."""
    rows = CONTENTS["aktorer"].rows(cast.kalleback, cast["personal"])
    return sorted(
        repr([
            [(f.name, rounded(getattr(record, f.name))) for f in record._meta.fields if f.name not in NOT_COMPARED]
            for record in (row.actor, row.neighbour, row.person) if record
        ])
        for row in rows
    )  # fmt: skip


def rounded(value):
    return round(value, 7) + 0.0 if isinstance(value, float) else value


@SMALL
@given(fact=FACTS.map(lambda facts: facts[:1]), fmt=st.sampled_from(FORMATS))
def test_any_actor_that_can_be_saved_survives_an_empty_register(cast, tmp_path, fact, fmt):
    assume(len({" ".join(p["name"].casefold().split()) for p in fact[0][2]}) == len(fact[0][2]))
    assume(all(p["role"] or ("," not in p["name"] and "(" not in p["name"]) for p in fact[0][2]))
    with undone():
        actor = make(cast, *fact[0])
        before = facts_of(cast)
        content = CONTENTS["aktorer"]
        file = file_of(list(content.rows(cast.kalleback, cast["personal"])), content.columns, fmt, tmp_path)
        for rows in (actor.persons, actor.neighbours, Actor.objects.filter(pk=actor.pk)):
            QuerySet.delete(rows.all())
        plan, judged = plan_of(file, fmt, "aktorer", cast)
        assert judged[0].outcome == "ny", judged
        write(plan=plan, by=cast["personal"])
        assert facts_of(cast) == before


@pytest.fixture
def register(cast):
    """A bit of everything around Kallebäck."""
    brf = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen", phone="+46313900610", latitude=57.68,
                                 longitude=12.01, address="Solgatan 1", organisation_number="7696000012")  # fmt: skip
    twin = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Ängen", address="Solgatan 99")
    for actor in (brf, twin):
        factories.NeighbourFactory(boende=cast.kalleback, actor=actor, affected=4)
    anna = factories.ContactPersonFactory(actor=brf, name="Anna Ek", email="anna@example.org", visibility="delad")
    factories.ContactPersonFactory(actor=brf, name="Bo Ek", phone="", email="bo@example.org", role="")
    promise = {"follow_up": "ringa", "follow_up_by": cast["personal"], "follow_up_on": date(2026, 12, 1)}
    factories.ContactFactory(boende=cast.kalleback, actor=brf, person=anna, went_out=True, **promise)
    factories.ContactFactory(boende=cast.kalleback, text="=Undrade\növer \"ljuset\"; 'nu'")
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    factories.ContactListEntryFactory(group=group, hours="vardagar kl. 8–16")
    factories.ContactListEntryFactory(group=group, label="", own_phone="", person=anna)
    return cast


@pytest.mark.parametrize("fmt", FORMATS)
@pytest.mark.parametrize("kind", CONTENTS)
def test_a_file_of_each_kind_comes_in_again_unchanged(register, kind, fmt, tmp_path):
    content = CONTENTS[kind]
    rows = list(content.rows(register.kalleback, register["personal"]))
    assert len(rows) > 1
    _plan, judged = plan_of(file_of(rows, content.columns, fmt, tmp_path), fmt, kind, register)
    assert [j.outcome for j in judged] == ["oforandrad"] * len(rows), judged


@pytest.mark.parametrize("fmt", FORMATS)
def test_the_contact_list_comes_in_again_unchanged(register, fmt, tmp_path):
    rows = list(lines(Reading(register.contact_list, register["personal"])))
    _plan, judged = plan_of(file_of(rows, STAFF_COLUMNS, fmt, tmp_path), fmt, "lista", register)
    assert [j.outcome for j in judged] == ["oforandrad"] * len(rows), judged
    assert len(rows) > 2


@pytest.mark.parametrize("kind", ["aktorer", "personer"])
def test_the_cards_come_in_again_unchanged(register, kind, tmp_path):
    rows = list(CONTENTS[kind].rows(register.kalleback, register["personal"]))
    _plan, judged = plan_of(file_of(rows, CARDS, "vcf", tmp_path), "vcf", "aktorer", register)
    assert [j.outcome for j in judged] == ["oforandrad"] * len(rows), judged
