# SPDX-License-Identifier: EUPL-1.2
"""Verification: the letter, the page behind its link, and what the boende sees of the answer."""

import re
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.models import QuerySet
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from boenden.actions.removals import propose_long_unverified, remove_person
from boenden.actions.verifications import ask_person, ask_unverified, send_due_letters, write_queued_letters
from boenden.models import ActorImport, ActorImportRow, ContactPerson, RemovalProposal, Verification
from platssamverkan.notices.models import Notice
from platssamverkan.notices.outbox import drain
from platssamverkan.notices.providers import batches
from platssamverkan.notices.sweeping import sweep
from platssamverkan.start.registry import todos_for
from tests import factories

PAGE = "/boenden/kalleback/aktorer/bekraftelser/"
LIST = "/boenden/kalleback/kontaktlista/"


@pytest.fixture
def person(cast):
    actor = factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten")
    factories.NeighbourFactory(boende=cast.kalleback, actor=actor)
    return factories.ContactPersonFactory(
        actor=actor, name="Lena Wikström", email="lena@example.org", visibility="delad"
    )


@pytest.fixture
def entry(cast, person):
    group = factories.ContactListGroupFactory(contact_list=cast.contact_list)
    return factories.ContactListEntryFactory(group=group, person=person, label="", own_phone="", is_shared=True)


def link_in(letter) -> str:
    return re.search(r"/konto/bekrafta/[A-Za-z]+/", letter).group()


@pytest.fixture
def ask(cast, person, entry):
    """Ask the person; gives the link in her letter."""

    def asked(reason="asked"):
        ask_person(person=person, boende=cast.kalleback, reason=reason, by=cast["personal"])
        return link_in(Notice.objects.filter(what="verification").latest("created_at").text)

    return asked


def corrected(**fields):
    sent = {"answer": "corrected", "name": "Lena Wikström", "role": "kassör", "phone": "070-174 06 99"}
    return sent | {"email": "lena@example.org", "visibility": "delad", "opened_version": 1} | fields


class TestLetter:
    def test_the_first_tells_what_the_law_asks_and_none_of_her_data(self, ask, person, mailoutbox):
        ask()
        assert drain() == 1
        letter = mailoutbox[0]
        assert letter.to == ["lena@example.org"]
        assert letter.subject == "Du står som kontaktperson hos Kallebäcks boende"
        for words in (
            "personuppgiftsansvarig", "Socialförvaltningen Sydväst", "dataskyddsombud", "artikel 6.1 e",
            "möte på boendet", "de som boendets chef delar kontaktlistan med", "enskilda grannar", "på två år",
            "invända", "imy.se", "031-390 06 10", "allmän handling", "fungerar en gång",
        ):  # fmt: skip
            assert words in letter.body, words
        assert "070-174 06 12" not in letter.body
        assert not Notice.objects.get(what="verification").text  # the link is not kept

    def test_only_a_digest_of_the_link_is_kept_and_a_newer_one_replaces_it(self, ask):
        first, second = ask(), ask()
        assert first != second
        for verification in Verification.objects.all():
            assert verification.token_digest not in first + second
        assert Client().get(first).status_code == 404
        assert Client().get(second).status_code == 200

    def test_without_an_address_nobody_is_asked(self, cast, person, as_user):
        person.email = ""
        person.save()
        with pytest.raises(ValidationError, match="e-postadress"):
            ask_person(person=person, boende=cast.kalleback, by=cast["personal"])
        answer = as_user("personal").post(
            f"/boenden/kalleback/personer/{person.pk}/be-om-bekraftelse/", {"bekraftelser": "1"}, follow=True
        )
        assert "har ingen e-postadress" in answer.content.decode()

    def test_all_unverified_are_asked_once(self, cast, person, as_user):
        checked = {"verified_on": timezone.localdate(), "verified_how": "phone"}
        factories.ContactPersonFactory(actor=person.actor, email="ny@example.org", **checked)
        factories.ContactPersonFactory(actor=person.actor, email="")
        assert as_user("personal").post(f"{PAGE}be-alla/").url == PAGE
        assert [verification.person for verification in Verification.objects.all()] == [person]
        assert ask_unverified(boende=cast.kalleback, by=cast["personal"]) == 0
        assert "1 brev håller på att skrivas" in as_user("personal").get(PAGE).content.decode()
        assert not Notice.objects.exists(), "the request writes none"
        assert [write_queued_letters(timezone.now()), write_queued_letters(timezone.now())] == [1, 0]
        letter = Notice.objects.get(what="verification").text
        assert Client().get(link_in(letter)).status_code == 200
        assert Verification.objects.get().created_by == cast["personal"]
        assert "håller på att skrivas" not in as_user("personal").get(PAGE).content.decode()

    def test_asking_all_takes_the_same_queries_for_any_number(self, cast, person):
        def ask_all(count):
            for number in range(count):
                factories.ContactPersonFactory(actor=person.actor, email=f"{count}-{number}@example.org")
            with CaptureQueriesContext(connection) as captured:
                assert ask_unverified(boende=cast.kalleback, by=cast["personal"]) >= count
            return len(captured)

        assert ask_all(3) >= ask_all(40)
        assert ask_all(3) <= 20

    def test_who_is_asked_alone_or_removed_meanwhile_gets_no_second_letter(self, cast, person):
        other = factories.ContactPersonFactory(actor=person.actor, email="ny@example.org")
        assert ask_unverified(boende=cast.kalleback, by=cast["personal"]) == 2
        ask_person(person=person, boende=cast.kalleback, by=cast["personal"])
        remove_person(person=other, by=cast["enhetschef"])
        assert write_queued_letters(timezone.now()) == 0

    def test_the_letter_names_the_dataskyddsombud_where_one_is_known(self, cast, person, settings):
        settings.DPO_EMAIL = "ombud@kommunen.example"
        ask_person(person=person, boende=cast.kalleback, by=cast["personal"])
        letter = Notice.objects.get(what="verification").text
        assert "dataskyddsombud når du på ombud@kommunen.example." in letter
        assert "genom förvaltningen" not in letter
        cast.sydvast.dpo_email = "sydvast@kommunen.example"
        cast.sydvast.save()
        page = Client().get(link_in(letter)).content.decode()
        assert 'href="mailto:sydvast@kommunen.example"' in page
        assert "Så här är det antecknat: ”" in page


class TestWhenItIsDue:
    def run(self, days=0):
        with time_machine.travel(timezone.now() + timedelta(days=days), tick=False):
            return send_due_letters(timezone.now())

    def test_a_week_after_she_was_entered_and_then_a_year_later_once(self, person):
        assert [self.run(6), self.run(8), self.run(9), self.run(300)] == [0, 1, 0, 0]
        assert Verification.objects.get().reason == Verification.Reason.FIRST
        assert [self.run(374), self.run(375)] == [1, 0]
        assert Verification.objects.filter(reason=Verification.Reason.YEARLY).count() == 1

    def test_not_within_a_year_since_she_was_verified(self, person):
        Verification.objects.create(
            person=person,
            boende=person.actor.neighbours.get().boende,
            reason="first",
            token_digest="0" * 64,
            created_at=timezone.now() - timedelta(days=400),
        )
        person.verified_on, person.verified_how = timezone.localdate() - timedelta(days=100), "phone"
        person.save()
        assert self.run() == 0
        assert self.run(300) == 1

    def test_not_to_who_objected_has_no_address_or_stands_at_no_boende(self, cast, person):
        RemovalProposal.objects.create(person=person, reason="objection")
        factories.ContactPersonFactory(actor=person.actor)
        factories.ContactPersonFactory(email="ingen@example.org")
        assert self.run(30) == 0

    def test_the_sweep_does_it_and_proposes_who_is_unverified_for_two_years(self, person, monkeypatch):
        monkeypatch.delitem(batches, "arshjul")  # which tells of other things
        person.created_at = timezone.now() - timedelta(days=731)
        person.save()
        assert sweep() == 2
        assert sweep() == 0
        assert RemovalProposal.objects.get().reason == RemovalProposal.Reason.UNVERIFIED
        assert Verification.objects.count() == 1


class TestPublicPage:
    def test_looking_changes_nothing_and_tells_nobody_else(self, ask, person):
        link = ask()
        before = (ContactPerson.objects.get(pk=person.pk).version, Verification.objects.get().version)
        client = Client()
        page = client.get(link)
        text = " ".join(page.content.decode().split())
        for words in ("Lena Wikström", "070-174 06 12", "lena@example.org", "möte på boendet", "(delas)", "imy.se"):
            assert words in text, words
        assert (ContactPerson.objects.get(pk=person.pk).version, Verification.objects.get().version) == before
        assert page["Referrer-Policy"] == "no-referrer"
        assert "noindex" in page["X-Robots-Tag"]
        assert "no-store" in page["Cache-Control"]
        assert not client.cookies

    def test_she_confirms_once_without_a_cookie(self, ask, person):
        link = ask()
        client = Client(enforce_csrf_checks=True)
        answer = client.post(link, {"answer": "confirmed"}, headers={"Origin": "null"})
        assert answer.url == "/konto/bekrafta/tack/?svar=confirmed"
        assert "Tack för ditt svar" in client.get(answer.url).content.decode()
        person.refresh_from_db()
        assert (person.verified_on, person.verified_how) == (timezone.localdate(), "self")
        assert client.get(link).status_code == 404
        assert client.post(link, {"answer": "confirmed"}).status_code == 302  # a double click, and nothing more
        assert client.post(link, {"answer": "objected"}).status_code == 404
        assert not client.cookies
        assert Verification.objects.get().answer == "confirmed"

    @pytest.mark.parametrize("how", ["forged", "expired", "removed", "archived", "moved"])
    def test_a_link_that_does_not_work_tells_nothing(self, cast, ask, person, how):
        link = ask()
        if how == "forged":
            link = "/konto/bekrafta/finns-inte/"
        elif how == "expired":
            verification = Verification.objects.get()
            verification.expires_at = timezone.now() - timedelta(seconds=1)
            verification.save()
        elif how == "removed":
            remove_person(person=person, by=cast["enhetschef"])
        elif how == "archived":
            person.archived_at = timezone.now()
            person.save()
        else:
            person.email = "annan@example.org"
            person.save()
        got = [Client().get(link), Client().post(link, corrected()), Client().post(link, {"answer": "confirmed"})]
        assert {response.status_code for response in got} == {404}
        assert len({response.content for response in got}) == 1
        page = got[0].content.decode()
        assert "Länken gäller inte längre" in page
        assert "Lena" not in page
        assert "Utsikten" not in page

    def test_bad_input_is_told_and_kept(self, ask, person):
        answer = Client().post(ask(), corrected(name="", role="19121212-1212", phone="nej"))
        assert answer.status_code == 422
        assert set(answer.context["correction"].errors) == {"name", "role", "phone"}
        assert 'value="nej"' in answer.content.decode()
        assert '<details class="choice-more" open>' in answer.content.decode()
        person.refresh_from_db()
        assert person.role == "ordförande"
        assert Verification.objects.get().answer == ""

    def test_staff_who_changed_her_meanwhile_are_not_overwritten(self, ask, person):
        link = ask()
        person.version, person.role = 2, "vice ordförande"
        person.save()
        answer = Client().post(link, corrected())
        assert answer.status_code == 409
        assert "vice ordförande" in answer.content.decode()
        assert Client().get(link).status_code == 200

    def test_it_answers_only_so_often(self, db, monkeypatch):
        monkeypatch.setattr("boenden.views.verification_answers.MOST_A_MINUTE", 2)
        assert [Client().get("/konto/bekrafta/finns-inte/").status_code for _ in range(3)] == [404, 404, 429]


class TestAnswers:
    def test_a_correction_holds_and_the_enhetschef_sees_before_and_after(self, cast, ask, person, as_user):
        link = ask()
        assert Client().post(link, corrected()).url.endswith("?svar=corrected")
        person.refresh_from_db()
        assert (person.role, person.phone, person.verified_how) == ("kassör", "+46701740699", "self")
        assert "En rättelse att läsa" in [todo.title for todo in todos_for(cast["enhetschef"])]
        assert Notice.objects.get(what="own_data_corrected").url == PAGE
        chief = as_user("enhetschef")
        page = " ".join(chief.get(PAGE).content.decode().split())
        assert "<del>ordförande</del> <ins>kassör</ins>" in page
        assert "<del>070-174 06 12</del> <ins>070-174 06 99</ins>" in page
        read = f"{PAGE}{Verification.objects.get().pk}/last/"
        assert as_user("personal").post(read).status_code == 403
        assert chief.get(read).status_code == 405
        assert chief.post(read).url == PAGE
        assert "<del>" not in chief.get(PAGE).content.decode()
        assert "En rättelse att läsa" not in [todo.title for todo in todos_for(cast["enhetschef"])]
        assert Verification.objects.get().read_by == cast["enhetschef"]

    def test_a_correction_made_signed_in_is_shown_too(self, cast, person, entry, as_user):
        person.user = cast["granne"]
        person.save()
        as_user("granne").post(f"/konto/mina-uppgifter/{person.pk}/", corrected())
        assert "<ins>kassör</ins>" in as_user("enhetschef").get(PAGE).content.decode()

    def test_an_objection_takes_her_off_shared_lists_at_once(self, cast, ask, person, entry, as_user):
        assert "070-174 06 12" in as_user("granne").get(LIST).content.decode()
        Client().post(ask(), {"answer": "objected", "text": "Jag vill inte stå kvar."})
        assert "070-174 06 12" not in as_user("granne").get(LIST).content.decode()
        page = as_user("enhetschef").get(PAGE).content.decode()
        assert "Jag vill inte stå kvar." in page
        assert re.search(r'class="tag">.*Delas inte</span>', page)
        assert 'href="/boenden/kalleback/kontakter/?q=Lena%20Wikstr%C3%B6m"' in page, "what the log says of her"
        assert "En invändning att pröva" in [todo.title for todo in todos_for(cast["enhetschef"])]
        notice = Notice.objects.get(what="objection")
        assert (notice.user, notice.status) == (cast["enhetschef"], Notice.Status.WAITING)
        share = {"name": person.name, "phone": "070-174 06 12", "lawful_ground": "uppdrag", "source": "möte"}
        update = f"/boenden/kalleback/personer/{person.pk}/andra/"
        answer = as_user("enhetschef").post(update, share | {"visibility": "delad"})
        assert answer.status_code == 422
        assert "Invändningen är inte prövad" in answer.content.decode()
        person.refresh_from_db()
        entry.refresh_from_db()
        person.visibility, entry.is_shared = "delad", True  # as an import might
        person.save()
        entry.save()
        assert "070-174 06 12" not in as_user("granne").get(LIST).content.decode()

    def test_a_personnummer_in_an_objection_is_refused(self, ask):
        answer = Client().post(ask(), {"answer": "objected", "text": "Jag är 19121212-1212"})
        assert answer.status_code == 422
        assert "personnummer" in answer.content.decode()
        assert not RemovalProposal.objects.exists()

    @pytest.mark.parametrize(("ground", "answer"), [("uppdrag", "ended"), ("samtycke", "withdrawn")])
    def test_who_leaves_is_proposed(self, ask, person, entry, ground, answer):
        person.lawful_ground = ground
        person.save()
        Client().post(ask(), {"answer": "ended"})
        assert Verification.objects.get().answer == answer
        entry.refresh_from_db()
        assert RemovalProposal.objects.get().reason == ("ended" if ground == "uppdrag" else "consent")
        assert entry.is_shared == (ground == "uppdrag")


class TestRemoval:
    @pytest.fixture
    def proposal(self, ask, person):
        Client().post(ask(), corrected(name="Lena W"))
        Client().post(ask(), {"answer": "objected", "text": "Jag heter Lena."})
        return RemovalProposal.objects.get()

    def test_removing_erases_her_everywhere(self, proposal, person, entry, as_user):
        url = f"{PAGE}forslag/{proposal.pk}/ta-bort/"
        assert as_user("personal").post(url).status_code == 403
        assert as_user("outsider").post(url).status_code == 404
        assert as_user("enhetschef").get(url).status_code == 405
        assert as_user("enhetschef").post(url).url == PAGE
        person.refresh_from_db()
        entry.refresh_from_db()
        assert person.archived_at
        assert entry.archived_at
        kept = [person.name, person.role, person.phone, person.email, person.source]
        kept += [str(v.changes) + v.text + v.email for v in Verification.objects.all()]
        kept += [f"{n.subject} {n.text} {n.email}" for n in Notice.objects.all()]
        assert not re.search("Lena|lena|70174|070-", " ".join(kept))
        assert as_user("enhetschef").post(url).status_code == 404

    def test_a_restored_backup_forgets_her_again(self, cast, person, entry, tmp_path, capsys):
        held = {"name": person.name, "phone": person.phone, "email": person.email, "archived_at": None}
        other = factories.ContactPersonFactory(actor=person.actor, name="Bo Ek")
        remove_person(person=person, by=cast["enhetschef"])
        call_command("forget_again", "--list")
        (tmp_path / "list.txt").write_text(capsys.readouterr().out)
        for given in ([], [str(tmp_path / "list.txt")]):
            QuerySet(ContactPerson).filter(pk=person.pk).update(**held)  # as a backup from before would have her
            if given:
                default_storage.delete(f"removed/{person.pk}")
            for number in (1, 0):
                call_command("forget_again", *given)
                assert f"1 on the list, {number} removed again." in capsys.readouterr().out
            person.refresh_from_db()
            assert (person.phone, person.email, bool(person.archived_at)) == ("", "", True)
        other.refresh_from_db()
        assert (other.name, other.archived_at) == ("Bo Ek", None)
        with pytest.raises(CommandError, match="no list"):
            call_command("forget_again", str(tmp_path / "missing.txt"))

    def test_removing_reaches_the_rows_of_imports(self, cast, person):
        upload = ActorImport.objects.create(
            boende=cast.kalleback, file_name="a.csv", format="csv", status="forhandsvisning"
        )
        cells = ["Brf Utsikten", "LENA WIKSTRÖM, ordf", "070 - 174 06 12", "lena@example.org", "Bra lokal"]
        reasons = ["Rad 2 säger något annat.", "Lena Wikström ändras: roll: tomt → ordf."]
        row = ActorImportRow.objects.create(
            actor_import=upload, line=3, cells=cells, title="Lena Wikström", reasons=reasons
        )
        other = ActorImportRow.objects.create(actor_import=upload, line=4, cells=["Lena Ek", "0701740613"], title="A")
        remove_person(person=person, by=cast["enhetschef"])
        row.refresh_from_db()
        other.refresh_from_db()
        assert row.cells == ["Brf Utsikten", "", "", "", "Bra lokal"]
        assert (row.title, row.reasons) == ("", ["Rad 2 säger något annat."])
        assert (other.cells, other.title) == (["Lena Ek", "0701740613"], "A")

    def test_a_short_name_empties_no_cell_that_only_begins_like_it(self, cast, person):
        person.name = "Bo"
        person.save()
        upload = ActorImport.objects.create(
            boende=cast.kalleback, file_name="a.csv", format="csv", status="forhandsvisning"
        )
        cells = ["Bostadsrättsföreningen", "Bo", "Bo, ordf"]
        row = ActorImportRow.objects.create(actor_import=upload, line=2, cells=cells, title="Bostadsrättsföreningen")
        remove_person(person=person, by=cast["enhetschef"])
        row.refresh_from_db()
        assert (row.cells, row.title) == (["Bostadsrättsföreningen", "", ""], "Bostadsrättsföreningen")

    def test_keeping_takes_a_reason_and_a_day_and_comes_back(self, proposal, as_user):
        url = f"{PAGE}forslag/{proposal.pk}/behall/"
        chief = as_user("enhetschef")
        today = timezone.localdate()
        bad = chief.post(url, {"kept_why": "Vi har talat om det", "kept_until": today + timedelta(days=800)})
        assert bad.status_code == 422
        assert "högst ett år bort" in bad.content.decode()
        assert "Vi har talat om det" in bad.content.decode()
        sent = {"kept_why": "Vi har talat om det", "kept_until": today + timedelta(days=90), "opened_version": 1}
        assert as_user("personal").post(url, sent).status_code == 403
        assert chief.post(url, sent).url == PAGE
        assert not RemovalProposal.objects.open().exists()
        proposal.refresh_from_db()
        proposal.kept_until = today - timedelta(days=1)
        proposal.save()
        assert "Vi har talat om det" in chief.get(PAGE).content.decode()

    def test_staff_mark_that_the_role_has_ended_and_a_check_takes_nothing_back(self, person, as_user):
        url = f"/boenden/kalleback/personer/{person.pk}/prova-uppgifterna/"
        assert as_user("personal").get(url).status_code == 405
        as_user("personal").post(url, {"reason": "ended"})
        as_user("personal").post(url, {"reason": "objection"})
        as_user("personal").post(f"/boenden/kalleback/personer/{person.pk}/kontrollerad/", {"how": "phone"})
        assert [proposal.reason for proposal in RemovalProposal.objects.open()] == ["ended"]

    def test_who_is_checked_is_no_longer_proposed_as_unverified(self, person, as_user):
        propose_long_unverified(timezone.now() + timedelta(days=731))
        assert RemovalProposal.objects.open().filter(person=person).exists()
        as_user("personal").post(f"/boenden/kalleback/personer/{person.pk}/kontrollerad/", {"how": "phone"})
        assert not RemovalProposal.objects.open().filter(person=person).exists()


def test_the_page_shows_what_the_boende_may_read(person, entry, ask, as_user):
    ask()
    page = as_user("personal").get(PAGE).content.decode()
    assert "inget svar ännu" in page
    assert "Be alla om bekräftelse" in page
    assert "Be alla" not in as_user("forvaltningschef").get(PAGE).content.decode()
