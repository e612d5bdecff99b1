# SPDX-License-Identifier: EUPL-1.2
"""Agreements: what is missing, drafts and signatures, what is signed stays, who reads what."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from boenden.models import ContactPerson
from forum.actions.agreement_parties import save_party, seal_supplement, sign_on_paper
from forum.actions.agreements import back_to_draft, begin_signing, save_text, seal_version, start_version
from forum.actions.meetings import Refused
from forum.models import Agreement, AgreementParty, AgreementRevision, AgreementVersion, Signature
from forum.models.agreements import ImmutableAgreement
from platssamverkan.ground.actions import EditConflict
from tests.agreements import DAYS, TEXTS, in_force, make_agreement, make_party, ready, sign, write
from tests.factories import ActorFactory, BoendeFactory


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch):
    """Rendering is tried in test_forum_agreements_pdf.py; here a file is a file."""
    for name in ("agreements.archive_pdf", "agreement_parties.supplement_pdf"):
        monkeypatch.setattr(f"forum.actions.{name}", lambda *args: b"%PDF-1.7 avtal")


@pytest.fixture
def agreement(cast) -> Agreement:
    return make_agreement(cast, forum=cast.forum)


@pytest.fixture
def parties(cast) -> list[dict]:
    """A förvaltning and the actor whose contact person is `medlem`."""
    actor = ContactPerson.objects.get(user=cast["medlem"]).actor
    return [{"forvaltning": cast.sydvast}, {"actor": actor}]


def refusal(verb, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        verb(**kwargs)
    return refused.value.missing


class TestWhatIsMissing:
    def test_an_empty_draft_says_every_part(self, cast, agreement):
        missing = refusal(begin_signing, version=agreement.versions.get(), by=cast["sammankallande"])
        assert missing == [
            "Lägg till parterna: minst två.",
            "Skriv vilka syften samverkan har.",
            "Skriv inom vilka områden ni samverkar.",
            "Skriv vilka principer ni är överens om.",
            "Skriv från vilken dag det gäller.",
            "Skriv till och med vilken dag det gäller.",
            "Skriv när det ska ses över.",
        ]

    def test_an_iop_asks_for_amounts_diarienummer_and_steering(self, cast):
        iop = make_agreement(cast, kind="iop", boenden=[cast.kalleback], diarienummer="")
        missing = refusal(begin_signing, version=iop.versions.get(), by=cast["enhetschef"])
        assert {"Skriv beloppen per år, post för post.", "Skriv diarienumret."} < set(missing)
        assert any("styrgruppen" in sentence for sentence in missing)

    def test_who_contributes_what_and_who_has_not_signed(self, cast, agreement, parties):
        version = write(cast, agreement)
        make_party(version, **parties[0])
        silent = make_party(version, **parties[1], contributes="")
        assert refusal(begin_signing, version=version, by=None) == [f"Skriv vad {silent} bidrar med."]
        silent.contributes = "Fika."
        save_party(party=silent, by=cast["sammankallande"])
        version = begin_signing(version=version, by=cast["sammankallande"])
        sign(version.parties.get(forvaltning=cast.sydvast))
        assert refusal(seal_version, version=version, by=None) == [f"{silent} har inte skrivit under."]

    def test_the_pdf_is_refused_with_the_reasons(self, cast, as_user, agreement):
        version = agreement.versions.get()
        response = as_user("personal").get(reverse("forum:agreementversion_pdf", args=[version.pk]))
        assert response.status_code == 422
        assert "Skriv vilka syften samverkan har." in response.content.decode()
        page = as_user("personal").get(version.get_absolute_url())
        assert page.status_code == 200
        assert "Utkast" in page.content.decode()

    def test_the_steps_refuse_with_422(self, as_user, agreement):
        version = agreement.versions.get()
        begin = reverse("forum:agreementversion_begin", args=[version.pk])
        assert as_user("sammankallande").post(begin).status_code == 409  # nothing has been read
        response = as_user("sammankallande").post(begin, {"opened_version": version.version})
        assert response.status_code == 422
        assert "Lägg till parterna: minst två." in response.content.decode()
        assert (
            as_user("sammankallande").get(reverse("forum:agreementversion_seal", args=[version.pk])).status_code == 405
        )


class TestDrafting:
    def test_two_who_write_lose_no_text(self, cast, as_user, agreement):
        version = agreement.versions.get()
        url = reverse("forum:agreementversion_update", args=[version.pk])
        write(cast, agreement, purpose="Den andras text.")
        response = as_user("sammankallande").post(url, {"purpose": "Min text.", "opened_version": 1})
        assert response.status_code == 409
        text = response.content.decode()
        assert "Den andras text." in text
        assert "Min text." in text

    def test_bad_input_keeps_what_was_typed(self, as_user, agreement):
        url = reverse("forum:agreementversion_update", args=[agreement.versions.get().pk])
        sent = {"purpose": "Trygghet.", "starts_on": "2027-01-01", "ends_on": "2026-01-01", "opened_version": 1}
        response = as_user("sammankallande").post(url, sent)
        assert response.status_code == 422
        text = response.content.decode()
        assert "Sista dagen ska vara efter den första." in text
        assert "Trygghet." in text

    def test_each_wording_is_kept_once_and_the_differences_are_told(self, cast, as_user, agreement):
        write(cast, agreement, purpose="Trygghet för grannarna.")
        write(cast, agreement, purpose="Trygghet för grannarna.")
        write(cast, agreement, purpose="Trygghet för alla grannarna.")
        assert AgreementRevision.objects.count() == 2
        url = reverse("forum:agreement_changes", args=[agreement.pk])
        text = as_user("sammankallande").get(url).content.decode()
        assert "[tillagt:" in text
        assert "[borttaget:" not in text
        same = as_user("sammankallande").get(url, {"fran": "2", "till": "2"}).content.decode()
        assert "De två lydelserna säger samma sak." in same

    def test_a_personnummer_is_refused(self, as_user, agreement):
        url = reverse("forum:agreementversion_update", args=[agreement.versions.get().pk])
        response = as_user("sammankallande").post(url, {"purpose": "19811218-9876", "opened_version": 1})
        assert response.status_code == 422

    def test_a_double_sending_makes_one_party(self, as_user, agreement, parties):
        url = reverse("forum:agreementversion_party", args=[agreement.versions.get().pk])
        sent = {
            "forvaltning": parties[0]["forvaltning"].pk,
            "contributes": "Arbetstid.",
            "submission": "8a9f6a2e-40f5-4a08-9dd8-0a4ff0bfb3de",
        }
        client = as_user("sammankallande")
        assert [client.post(url, sent).status_code for _ in range(2)] == [302, 302]
        assert AgreementParty.objects.count() == 1

    def test_a_party_is_one_or_the_other(self, cast, as_user, agreement, parties):
        url = reverse("forum:agreementversion_party", args=[agreement.versions.get().pk])
        sent = {"forvaltning": cast.sydvast.pk, "actor": parties[1]["actor"].pk, "contributes": "Fika."}
        response = as_user("sammankallande").post(url, sent)
        assert response.status_code == 422
        assert "Välj en aktör eller en förvaltning" in response.content.decode()

    def test_a_convener_chooses_among_the_forums_actors_only(self, cast, as_user, agreement):
        ActorFactory(forvaltning=cast.sydvast, name="Hemliga föreningen")
        url = reverse("forum:agreementversion_party", args=[agreement.versions.get().pk])
        text = as_user("sammankallande").get(url).content.decode()
        assert "Föreningen medlem" in text
        assert "Hemliga föreningen" not in text


class TestSigning:
    def test_from_draft_to_force(self, cast, as_user, agreement, parties):
        version = ready(cast, agreement, *parties)
        agreement.refresh_from_db()
        assert agreement.state == "undertecknas"
        medlem = version.parties.get(actor__isnull=False)
        url = reverse("forum:agreementparty_sign", args=[medlem.pk])
        assert as_user("medlem").post(url, {"role": "ordförande"}).status_code == 422
        sent = {"role": "ordförande", "agrees": "on", "read_sum": medlem.signing_sum()}
        assert as_user("medlem").post(url, sent).status_code == 302
        signature = Signature.objects.get(party=medlem)
        assert (signature.way, signature.user, signature.name) == ("system", cast["medlem"], cast["medlem"].name)
        assert signature.sha256 == version.sha256
        assert as_user("medlem").post(url, sent).status_code == 422
        other = version.parties.get(forvaltning=cast.sydvast)
        paper = SimpleUploadedFile("papper.pdf", b"%PDF-1.7 underskrivet", content_type="application/pdf")
        sent = {
            "name": "Eva Ek",
            "role": "chef",
            "organisation": "SF",
            "signed_on": timezone.localdate(),
            "file": paper,
        }
        paper_url = reverse("forum:agreementparty_paper", args=[other.pk])
        early = as_user("sammankallande").post(paper_url, sent | {"signed_on": "2026-01-20"})
        assert "då texten bestämdes" in early.context["form"].errors["signed_on"][0]
        sent["file"] = SimpleUploadedFile("papper.pdf", b"%PDF-1.7 underskrivet", content_type="application/pdf")
        assert as_user("sammankallande").post(paper_url, sent).status_code == 302
        seal = reverse("forum:agreementversion_seal", args=[version.pk])
        assert as_user("sammankallande").post(seal).status_code == 302
        version.refresh_from_db()
        agreement.refresh_from_db()
        assert (version.state, agreement.state) == ("galler", "galler")
        assert version.document.read_verified()
        page = as_user("medlem").get(agreement.get_absolute_url()).content.decode()
        assert version.document.sha256 in page
        pdf = as_user("medlem").get(reverse("forum:agreementversion_pdf", args=[version.pk]))
        assert pdf["Content-Type"] == "application/pdf"

    def test_nobody_signs_for_another(self, cast, as_user, agreement, parties):
        version = ready(cast, agreement, *parties)
        url = reverse("forum:agreementparty_sign", args=[version.parties.get(actor__isnull=False).pk])
        assert as_user("sammankallande").get(url).status_code == 403
        assert as_user("enhetschef").post(url, {"role": "chef", "agrees": "on"}).status_code == 403
        assert as_user("outsider").get(url).status_code == 404

    def test_a_paper_of_a_wrong_kind_is_refused(self, cast, as_user, agreement, parties):
        version = ready(cast, agreement, *parties)
        url = reverse("forum:agreementparty_paper", args=[version.parties.first().pk])
        file = SimpleUploadedFile("papper.pdf", b"MZ program", content_type="application/pdf")
        sent = {"name": "Eva Ek", "role": "chef", "organisation": "SF", "signed_on": "2026-01-20", "file": file}
        response = as_user("sammankallande").post(url, sent)
        assert response.status_code == 422
        assert "Eva Ek" in response.content.decode()
        assert not Signature.objects.exists()

    def test_back_to_a_draft_until_somebody_has_signed(self, cast, agreement, parties):
        version = back_to_draft(version=ready(cast, agreement, *parties), by=cast["sammankallande"])
        assert version.is_draft
        version = begin_signing(version=version, by=cast["sammankallande"])
        sign(version.parties.first())
        assert "redan skrivit under" in refusal(back_to_draft, version=version, by=None)[0]

    def test_signing_begins_with_the_text_that_was_read(self, cast, agreement, parties):
        version = write(cast, agreement)
        for fields in parties:
            make_party(version, **fields)
        with pytest.raises(EditConflict):
            begin_signing(version=version, by=cast["sammankallande"], opened_version=1)


class TestWhatIsSignedStays:
    @pytest.fixture
    def version(self, cast, agreement, parties) -> AgreementVersion:
        return in_force(cast, agreement, *parties)

    def test_no_way_to_change_it(self, cast, as_user, version):
        by = cast["sammankallande"]
        version.purpose = "Något annat."
        assert "ny version" in refusal(save_text, version=version, by=by)[0]
        with pytest.raises(ImmutableAgreement):
            version.save()
        with pytest.raises(ImmutableAgreement):
            AgreementVersion.objects.filter(pk=version.pk).update(purpose="Något annat.")
        with pytest.raises(ImmutableAgreement):
            version.delete()
        party = version.parties.first()
        party.contributes = "Mindre."
        with pytest.raises(ImmutableAgreement):
            party.save()
        assert refusal(save_party, party=party, by=by)
        with pytest.raises(ImmutableAgreement):
            party.signatures.get().save()
        url = reverse("forum:agreementversion_update", args=[version.pk])
        response = as_user("sammankallande").post(url, {"purpose": "Något annat.", "opened_version": version.version})
        assert response.status_code == 422
        stored = AgreementVersion.objects.get(pk=version.pk)
        assert stored.purpose == TEXTS["purpose"]
        assert stored.sha256 == stored.text_sum()

    def test_title_and_kind_stand(self, cast, as_user, version):
        url = reverse("forum:agreement_update", args=[version.agreement_id])
        sent = {"title": "Annat", "kind": "iop", "diarienummer": "SOC-2026-9", "boenden": [cast.kalleback.pk]}
        assert (
            as_user("sammankallande").post(url, {**sent, "opened_version": version.agreement.version}).status_code
            == 302
        )
        agreement = Agreement.objects.get()
        assert (agreement.title, agreement.kind) == ("Avsiktsförklaring för rådet", "avsiktsforklaring")
        assert agreement.diarienummer == "SOC-2026-9"

    def test_a_correction_is_a_new_version_that_names_the_old(self, cast, version):
        by = cast["sammankallande"]
        new = start_version(agreement=version.agreement, by=by)
        assert (new.previous, new.number, new.purpose) == (version, 2, version.purpose)
        assert new.parties.count() == 2
        assert "finns redan" in refusal(start_version, agreement=version.agreement, by=by)[0]
        save_text(version=new, by=by)
        new = begin_signing(version=new, by=by)
        for party in new.parties.all():
            sign(party)
        new = seal_version(version=new, by=by)
        version.refresh_from_db()
        assert (version.state, new.state) == ("ersatt", "galler")
        assert new.document.previous == version.document
        assert AgreementVersion.objects.get(pk=version.pk).document.read_verified()

    def test_two_versions_are_never_in_force(self, version):
        other = AgreementVersion(agreement=version.agreement, number=9, state="galler", sha256="0" * 64)
        other.sha256, other.sealed_at, other.document = other.text_sum(), version.sealed_at, version.document
        with pytest.raises(IntegrityError), transaction.atomic():
            other.save()

    def test_a_party_joins_by_a_supplement(self, cast, as_user, version):
        by = cast["sammankallande"]
        actor = ContactPerson.objects.get(user=cast["sammankallande"]).actor
        url = reverse("forum:agreementversion_party", args=[version.pk])
        sent = {"actor": actor.pk, "contributes": "Fika.", "joined_on": "2026-05-01"}
        assert as_user("sammankallande").post(url, sent).status_code == 302
        party = AgreementParty.objects.get(actor=actor)
        assert party.supplement == 1
        pdf = reverse("forum:agreementparty_pdf", args=[party.pk])
        assert as_user("sammankallande").get(pdf).status_code == 422
        assert refusal(seal_supplement, party=party, by=by) == [f"{actor} har inte skrivit under."]
        sign(party)
        party = seal_supplement(party=party, by=by)
        assert party.document.read_verified()
        assert as_user("medlem").get(pdf)["Content-Type"] == "application/pdf"
        party.contributes = "Ingenting."
        with pytest.raises(ImmutableAgreement):
            party.save()

    def test_signatures_come_while_signing_only(self, version):
        signature = Signature(name="Eva", role="chef", organisation="SF", signed_on=date(2026, 1, 1))
        kwargs = {"content": b"%PDF-", "content_type": "application/pdf", "by": None}
        assert refusal(sign_on_paper, party=version.parties.first(), signature=signature, **kwargs)


class TestWhoReads:
    def test_members_read_what_is_shown_or_signed(self, cast, as_user, agreement, parties):
        client = as_user("medlem")
        assert client.get(agreement.get_absolute_url()).status_code == 404
        assert agreement.title not in client.get(reverse("forum:agreement_list")).content.decode()
        version = write(cast, agreement)
        show = reverse("forum:agreementversion_show", args=[version.pk])
        assert as_user("sammankallande").post(show).status_code == 302
        assert client.get(agreement.get_absolute_url()).status_code == 200
        assert client.get(version.get_absolute_url()).status_code == 200

    def test_a_new_draft_beside_what_holds_is_not_shown(self, cast, as_user, agreement, parties):
        old = in_force(cast, agreement, *parties)
        new = start_version(agreement=agreement, by=cast["sammankallande"])
        write(cast, agreement, purpose="Ett hemligt utkast.")
        client = as_user("medlem")
        assert client.get(new.get_absolute_url()).status_code == 404
        page = client.get(agreement.get_absolute_url()).content.decode()
        assert new.get_absolute_url() not in page
        changes = client.get(reverse("forum:agreement_changes", args=[agreement.pk]), {"till": "2"}).content.decode()
        assert "hemligt" not in changes
        assert client.get(old.get_absolute_url()).status_code == 200

    def test_a_former_member_and_other_forums_see_nothing(self, cast, as_user, agreement, parties):
        version = in_force(cast, agreement, *parties)
        for who in ("granne", "outsider", "ended", "systemforvaltare", "boendeombud"):
            assert as_user(who).get(version.get_absolute_url()).status_code == 404
        cast.forum.members.filter(person__user=cast["medlem"]).get().delete()
        assert as_user("medlem").get(version.get_absolute_url()).status_code == 404

    def test_the_boendes_own_are_the_enhetschefs(self, cast, as_user):
        iop = make_agreement(cast, kind="iop", boenden=[cast.kalleback], title="IOP")
        update = reverse("forum:agreement_update", args=[iop.pk])
        statuses = {
            who: as_user(who).get(update).status_code for who in ("enhetschef", "personal", "medlem", "outsider")
        }
        assert statuses == {"enhetschef": 200, "personal": 403, "medlem": 404, "outsider": 404}

    def test_a_new_one_at_the_boende(self, cast, as_user):
        url = reverse("forum:boende_agreement_create", args=["kalleback"])
        sent = {"kind": "skotselavtal", "title": "Skötsel av parken", "boenden": [cast.kalleback.pk]}
        assert as_user("enhetschef").post(url, sent).status_code == 302
        agreement = Agreement.objects.get()
        assert agreement.versions.get().number == 1
        assert list(agreement.boenden.all()) == [cast.kalleback]

    def test_another_boende_cannot_be_drawn_in(self, cast, as_user):
        url = reverse("forum:boende_agreement_create", args=["kalleback"])
        sent = {"kind": "iop", "title": "IOP", "boenden": [cast.alma.pk, BoendeFactory().pk]}
        assert as_user("enhetschef").post(url, sent).status_code == 422


def test_days_of_the_text_are_part_of_its_sum(cast, agreement):
    version = write(cast, agreement)
    before = version.text_sum()
    version.ends_on = date(2030, 1, 1)
    assert version.text_sum() != before
    assert DAYS["ends_on"] != version.ends_on
