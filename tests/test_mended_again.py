# SPDX-License-Identifier: EUPL-1.2
"""What the next pair of fresh eyes found."""

import csv
import io
import os
import subprocess
import sys
import uuid
from datetime import date, timedelta

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from incidents.forms.incident import IncidentForm
from incidents.models import Incident
from platssamverkan.start.registry import todos_for
from tests import factories

pytestmark = pytest.mark.django_db
PAST = date(2020, 1, 1)


def posted(form) -> dict:
    """What a browser sends for an untouched form."""
    values = {field.html_name: field.value() for field in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


class TestAnsweredBySomebody:
    def test_a_quick_entry_does_not_say_that_nobody_was_affected(self, as_user):
        client = as_user("personal")
        page = client.get("/handelser/ny/")
        client.post("/handelser/ny/", posted(page.context["form"]) | {"category": "storning", "internal_text": "Rop."})
        incident = Incident.objects.get()
        assert incident.affected_neighbourhood is None
        assert "Inte besvarat" in client.get(incident.get_absolute_url()).content.decode()

    @pytest.mark.parametrize(("answer", "stored"), [("True", True), ("False", False), ("", None)])
    def test_the_answer_is_kept(self, cast, as_user, answer, stored):
        incident = factories.IncidentFactory(boende=cast.kalleback, affected_neighbourhood=None)
        address = f"{incident.get_absolute_url()}andra/"
        client = as_user("personal")
        form = client.get(address).context["form"]
        assert client.post(address, posted(form) | {"affected_neighbourhood": answer}).status_code == 302
        incident.refresh_from_db()
        assert incident.affected_neighbourhood is stored

    def test_is_asked_before_it_is_closed(self, cast):
        incident = factories.IncidentFactory(boende=cast.kalleback, affected_neighbourhood=None)
        assert incident.missing_for_closing() == ["Svara på om grannskapet påverkades."]


class TestPromisedDays:
    def test_an_incident_is_not_followed_up_in_the_past(self, as_user):
        client = as_user("personal")
        form = client.get("/handelser/ny/").context["form"]
        data = posted(form) | {"category": "storning", "internal_text": "Rop.", "follow_up_on": str(PAST)}
        answer = client.post("/handelser/ny/", data)
        assert answer.status_code == 422
        assert "Dagen har varit." in answer.content.decode()
        assert "Rop." in answer.content.decode()

    def test_nor_is_a_contact(self, as_user):
        address = "/boenden/kalleback/kontakter/ny/"
        client = as_user("personal")
        data = posted(client.get(address).context["form"])
        data |= {"channel": "telefon", "tone": "oro", "text": "Ringde.", "follow_up": "Ring", "follow_up_on": str(PAST)}
        answer = client.post(address, data)
        assert answer.status_code == 422
        assert answer.context["form"].errors["follow_up_on"] == ["Dagen har varit. Välj i dag eller en senare dag."]

    def test_one_that_is_late_can_still_be_written_about(self, cast, as_user):
        incident = factories.IncidentFactory(
            boende=cast.kalleback, status=Incident.Status.FOLLOW_UP, follow_up_on=timezone.localdate() - timedelta(9)
        )
        address = reverse("incidents:incident_follow_up", args=[incident.pk])
        client = as_user("personal")
        data = posted(client.get(address).context["form"]) | {"follow_up_note": "Talade med föreningen."}
        assert client.post(address, data).status_code == 302


def test_my_own_that_is_due_today_is_never_below_the_rest(cast):
    today = timezone.localdate()
    for number in range(9):
        factories.ContactFactory(
            boende=cast.kalleback, follow_up=f"Annans {number}", follow_up_on=today - timedelta(days=9)
        )
    me = cast["personal"]
    factories.ContactFactory(boende=cast.kalleback, follow_up="Mitt löfte", follow_up_on=today, follow_up_by=me)
    assert "Mitt löfte" in todos_for(me)[0].title


@pytest.mark.parametrize("number", ["112", "114 14", "12345"])
def test_a_short_number_is_nobodys_own(as_user, number):
    address = "/boenden/kalleback/andra/"
    client = as_user("enhetschef")
    answer = client.post(address, posted(client.get(address).context["form"]) | {"akutnummer": number})
    assert answer.status_code == 422
    assert answer.context["form"].data["akutnummer"] == number
    assert "kortnummer" in answer.context["form"].errors["akutnummer"][0]


def test_a_readers_file_holds_no_more_than_her_page(cast, as_user):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    person = factories.ContactPersonFactory(visibility="delad", phone="+46313900610", email="ordf@example.org")
    factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=True)
    for name, shown in (("granne", False), ("personal", True)):
        sent = {"format": "csv", "purpose": "utskick om vårstädningen"}
        body = b"".join(as_user(name).post("/boenden/kalleback/kontaktlista/fil/", sent)).decode("utf-8-sig")
        assert any("031-390 06 10" in cell for row in csv.reader(io.StringIO(body), delimiter=";") for cell in row)
        assert ("ordf@example.org" in body) is shown


def test_the_same_clock_is_no_difference(cast):
    incident = factories.IncidentFactory(boende=cast.kalleback, affected_neighbourhood=None)
    data = posted(IncidentForm(instance=incident)) | {"headline": "En annan rubrik"}
    form = IncidentForm(data | {"at": timezone.localtime(incident.happened_at).strftime("%H:%M")}, instance=incident)
    form.is_valid()
    form.show_conflict(Incident.objects.get())
    assert [str(difference.label) for difference in form.differences] == ["Rubrik"]


def test_without_redis_one_process_knows_what_another_has_noted():
    """A sign-out, or a wrong password, in one of the server's processes counts in all of them."""
    environment = {key: value for key, value in os.environ.items() if key != "REDIS_URL"}
    key = uuid.uuid4().hex

    def elsewhere(code: str) -> str:
        code = f"from django.core.cache import cache; {code}"
        command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", code]
        environment["DATABASE_URL"] = "sqlite://:memory:"
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
        assert not done.returncode, done.stderr
        return done.stdout.strip()

    elsewhere(f"cache.set('{key}', 'noted')")
    assert elsewhere(f"print(cache.get('{key}')); cache.delete('{key}')").splitlines()[-1] == "noted"


def test_a_buttons_address_opened_as_a_page_says_so(cast, as_user):
    incident = factories.IncidentFactory(boende=cast.kalleback)
    answer = as_user("enhetschef").get(reverse("incidents:incident_close", args=[incident.pk]))
    assert answer.status_code == 405
    assert answer["Allow"] == "POST"
    assert "Ingenting har ändrats." in answer.content.decode()
