# SPDX-License-Identifier: EUPL-1.2
"""What is being signed stands still, whoever tries and by whatever way; what one signs is what one has read."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from boenden.models import ContactPerson
from forum.actions.agreement_parties import remove_party, save_party, seal_supplement
from forum.actions.agreements import (
    back_to_draft,
    begin_signing,
    end_agreement,
    save_text,
    seal_version,
    start_version,
)
from forum.actions.meetings import Refused
from forum.forms.agreements import SignForm
from forum.models import Agreement, AgreementParty, AgreementPost, AgreementVersion, Signature
from forum.models.agreements import ImmutableAgreement
from forum.registration.agreements import agreements_due
from platssamverkan.ground.actions import action
from tests.agreements import in_force, make_agreement, make_party, ready, sign, write
from tests.factories import ActorFactory


@pytest.fixture(autouse=True)
def _no_paper(monkeypatch):
    """Rendering is tried in test_forum_agreements_pdf.py; here a file is a file."""
    for name in ("agreements.archive_pdf", "agreement_parties.supplement_pdf"):
        monkeypatch.setattr(f"forum.actions.{name}", lambda *args: b"%PDF-1.7 avtal")


@pytest.fixture
def agreement(cast) -> Agreement:
    return make_agreement(cast, forum=cast.forum, boenden=[cast.kalleback])


@pytest.fixture
def own(cast) -> dict:
    """The actor that `medlem` signs for."""
    return {"actor": ContactPerson.objects.get(user=cast["medlem"]).actor}


@pytest.fixture
def signing(cast, agreement, own) -> AgreementVersion:
    """A version that is being signed."""
    return ready(cast, agreement, {"forvaltning": cast.sydvast}, own)


@pytest.fixture
def joining(cast, agreement) -> AgreementParty:
    """A party that waits to join an agreement in force, in which `medlem` has no part."""
    others = ActorFactory(forvaltning=cast.sydvast, name="Stadsmissionen")
    version = in_force(cast, agreement, {"forvaltning": cast.sydvast}, {"actor": others})
    newcomer = ActorFactory(forvaltning=cast.sydvast, name="Brf Nykomlingen")
    party = AgreementParty(
        agreement_version=version, actor=newcomer, contributes="10 000 kr", joined_on=date(2026, 2, 1)
    )
    return save_party(party=party, by=cast["sammankallande"])


class TestASignedSupplement:
    @pytest.fixture
    def url(self, joining) -> str:
        sign(joining)
        return reverse("forum:agreementparty_update", args=[joining.pk])

    def test_is_not_rewritten(self, cast, as_user, joining, url):
        client = as_user("sammankallande")
        sent = {"actor": joining.actor_id, "contributes": "900 000 kr", "joined_on": "2026-02-01"}
        response = client.post(url, {**sent, "opened_version": joining.version})
        assert response.status_code == 422
        assert "har skrivit under" in response.content.decode()
        assert "900 000 kr" in response.content.decode()
        other = ContactPerson.objects.get(user=cast["sammankallande"]).actor_id
        client.post(url, {**sent, "actor": other, "opened_version": joining.version})
        stored = AgreementParty.objects.get(pk=joining.pk)
        assert (stored.contributes, stored.actor) == ("10 000 kr", joining.actor)
        assert url not in client.get(joining.agreement_version.agreement.get_absolute_url()).content.decode()

    def test_is_not_written_past_its_verb(self, cast, joining, url):
        stored = AgreementParty.objects.get(pk=joining.pk)
        stored.contributes = "900 000 kr"
        with pytest.raises(ImmutableAgreement):
            stored.save()
        with pytest.raises(Refused):
            remove_party(party=joining, by=cast["sammankallande"])

    def test_is_sealed_with_what_it_said(self, cast, joining, url):
        sealed = seal_supplement(party=joining, by=cast["sammankallande"])
        assert (sealed.contributes, sealed.is_waiting) == ("10 000 kr", False)

    def test_its_sum_is_of_what_it_says_itself(self, joining):
        before = joining.signing_sum()
        joining.contributes = "900 000 kr"
        assert joining.signing_sum() != before


def test_a_supplement_without_words_is_not_signed(cast, as_user, joining, own):
    """Nothing of it is changed from then on: it would wait for its words for ever."""
    party = AgreementParty(agreement_version=joining.agreement_version, **own, joined_on=date(2026, 2, 1))
    party = save_party(party=party, by=cast["sammankallande"])
    url = reverse("forum:agreementparty_sign", args=[party.pk])
    sent = {"role": "ordförande", "agrees": "on", "read_sum": party.signing_sum()}
    response = as_user("medlem").post(url, sent)
    assert response.status_code == 422
    assert f"Skriv vad {party} bidrar med." in response.content.decode()
    party.contributes = "Fika."
    party = save_party(party=party, by=cast["sammankallande"])
    assert as_user("medlem").post(url, {**sent, "read_sum": party.signing_sum()}).status_code == 302
    assert Signature.objects.get(party=party).sha256 == party.signing_sum()


def test_a_checksum_is_no_text_to_be_guarded():
    """Some of them hold ten digits that would be a personnummer."""
    form = SignForm({"role": "ordförande", "agrees": "on", "read_sum": "04febb5d6eec3606229288f01d7df3a3"})
    assert form.is_valid(), form.errors
    assert form.cleaned_data["read_sum"] == "04febb5d6eec3606229288f01d7df3a3"


def test_a_waiting_supplement_is_not_shown_to_other_members(as_user, joining):
    agreement, name = joining.agreement_version.agreement.get_absolute_url(), str(joining)
    pdf = reverse("forum:agreementparty_pdf", args=[joining.pk])
    assert name not in as_user("medlem").get(agreement).content.decode()
    assert as_user("medlem").get(pdf).status_code == 404
    assert name in as_user("personal").get(agreement).content.decode()
    sign(joining)
    seal_supplement(party=joining, by=None)
    assert name in as_user("medlem").get(agreement).content.decode()


def test_one_signs_what_one_has_read(cast, as_user, signing, own):
    """Opened, back to a draft, another text, being signed again: her page showed something else."""
    party = signing.parties.get(**own)
    client, url = as_user("medlem"), reverse("forum:agreementparty_sign", args=[party.pk])
    read = client.get(url).context["form"]["read_sum"].value()
    draft = back_to_draft(version=signing, by=cast["sammankallande"])
    party = draft.parties.get(**own)
    party.contributes = "900 000 kr"
    save_party(party=party, by=cast["sammankallande"])
    begin_signing(version=draft, by=cast["sammankallande"])
    response = client.post(url, {"role": "ordförande", "agrees": "on", "read_sum": read})
    assert response.status_code == 409
    page = response.content.decode()
    assert "Texten har ändrats sedan du öppnade sidan." in page
    assert "900 000 kr" in page
    assert 'value="ordförande"' in page
    assert not response.context["form"]["agrees"].value()
    assert not Signature.objects.exists()
    again = {field.html_name: field.value() for field in response.context["form"] if field.value()}
    assert client.post(url, {**again, "agrees": "on"}).status_code == 302


def test_the_sum_is_of_parties_and_amounts_too(cast, agreement):
    version = write(cast, agreement)
    sums = [version.text_sum()]
    party = make_party(version, forvaltning=cast.sydvast)
    sums.append(version.text_sum())
    party.contributes = "Annat."
    party.save()
    sums.append(version.text_sum())
    post = AgreementPost.objects.create(agreement_version=version, name="Bil", amount=1)
    sums.append(version.text_sum())
    post.amount = 2
    post.save()
    sums.append(version.text_sum())
    assert len(set(sums)) == len(sums)


def test_diarienummer_and_boenden_stand_while_it_is_being_signed(cast, as_user, agreement, signing):
    """They stand in the file that becomes of what the parties sign."""
    sign(signing.parties.first())
    agreement.refresh_from_db()
    client, url = as_user("sammankallande"), reverse("forum:agreement_update", args=[agreement.pk])
    response = client.post(url, {"diarienummer": "ANNAT-1", "opened_version": agreement.version})
    assert response.status_code == 422
    assert "ANNAT-1" in response.content.decode()
    agreement.refresh_from_db()
    assert agreement.diarienummer == "SOC-2026-00123"
    assert list(agreement.boenden.all()) == [cast.kalleback]
    assert url not in client.get(agreement.get_absolute_url()).content.decode()


class TestAnEndedAgreement:
    def test_takes_no_step_and_says_so(self, cast, as_user, agreement, signing):
        draft = Agreement.objects.get(pk=agreement.pk)
        for party in signing.parties.all():
            sign(party)
        end_agreement(agreement=draft, by=cast["sammankallande"])
        client = as_user("sammankallande")
        for step in ("begin", "back", "seal", "show"):
            response = client.post(reverse(f"forum:agreementversion_{step}", args=[signing.pk]))
            assert response.status_code == 422
            assert "Avtalet är avslutat." in response.content.decode()
        signing.refresh_from_db()
        assert signing.is_being_signed
        page = client.get(signing.get_absolute_url()).content.decode()
        assert reverse("forum:agreementversion_seal", args=[signing.pk]) not in page

    def test_shows_no_way_to_write(self, cast, as_user, agreement):
        version = agreement.versions.get()
        party, client = make_party(version, forvaltning=cast.sydvast), as_user("sammankallande")
        ways = [
            reverse("forum:agreementversion_update", args=[version.pk]),
            reverse("forum:agreementparty_update", args=[party.pk]),
        ]
        before = client.get(version.get_absolute_url()).content.decode()
        end_agreement(agreement=agreement, by=cast["sammankallande"])
        after = client.get(version.get_absolute_url()).content.decode()
        assert [(way in before, way in after) for way in ways] == [(True, False), (True, False)]

    def test_is_neither_written_nor_signed_nor_renewed(self, cast, agreement, signing):
        by, party = cast["sammankallande"], signing.parties.first()
        ended = end_agreement(agreement=agreement, by=by)
        verbs = (
            (save_text, {"version": signing}),
            (save_party, {"party": party}),
            (seal_version, {"version": signing}),
            (start_version, {"agreement": ended}),
        )
        for verb, kwargs in verbs:
            with pytest.raises(Refused) as refused:
                verb(by=by, **kwargs)
            assert refused.value.missing == ["Avtalet är avslutat."]
        party.agreement_version.agreement = ended
        assert not party.takes_signature

    def test_ends_once(self, cast, agreement):
        by = cast["sammankallande"]
        ended = end_agreement(agreement=agreement, by=by)
        assert end_agreement(agreement=agreement, by=by).version == ended.version


class TestTheLastGate:
    """Whoever finds a way past the verbs is met by the models, and whoever finds one past them by the database."""

    def test_no_bulk_write(self, signing):
        @action
        def spoil(*, by):
            AgreementParty.objects.filter(agreement_version=signing).update(contributes="Annat")

        with pytest.raises(ImmutableAgreement):
            spoil(by=None)

    def test_no_text_with_a_sum_made_anew(self, signing):
        version = AgreementVersion.objects.get(pk=signing.pk)
        version.purpose = "Annat"
        version.sha256 = version.text_sum()
        with pytest.raises(ImmutableAgreement):
            version.save()

    @pytest.mark.parametrize(
        ("table", "change"),
        [
            ("forum_agreementversion", "purpose = 'Annat'"),
            ("forum_agreementversion", "sha256 = 'annan'"),
            ("forum_agreementversion", "sha256 = '', state = 'utkast'"),
            ("forum_agreementparty", "contributes = 'Annat'"),
            ("forum_agreementparty", "archived_at = changed_at"),
            ("forum_agreementpost", "amount = 1"),
            ("forum_signature", "name = 'En annan'"),
        ],
    )
    def test_the_database_refuses(self, cast, signing, table, change):
        version = AgreementVersion.objects.get(pk=signing.pk)
        if table == "forum_agreementpost":
            version = ready(
                cast,
                make_agreement(cast, kind="iop", forum=cast.forum),
                {"forvaltning": cast.sydvast},
                {"actor": ActorFactory(forvaltning=cast.sydvast)},
            )
        sign(version.parties.first())
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            cursor.execute(f"UPDATE {table} SET {change}")  # noqa: S608 - the words stand above

    def test_the_database_takes_no_party_more(self, cast, signing):
        party = AgreementParty(agreement_version=signing, actor=ActorFactory(forvaltning=cast.sydvast))
        with pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            party.save_base()

    def test_a_signed_supplement(self, joining):
        sign(joining)
        with connection.cursor() as cursor, pytest.raises(IntegrityError, match="never changed"), transaction.atomic():
            cursor.execute("UPDATE forum_agreementparty SET contributes = 'Mer' WHERE supplement > 0")

    def test_a_draft_may_be_written(self, cast, agreement):
        version = write(cast, agreement)
        make_party(version, forvaltning=cast.sydvast)
        with connection.cursor() as cursor:
            cursor.execute("UPDATE forum_agreementparty SET contributes = 'Mer'")
            cursor.execute("UPDATE forum_agreementversion SET purpose = 'Mer'")


def test_one_agreement_of_long_ago_silences_no_reminders(cast, as_user, agreement):
    days = {"starts_on": date(1, 1, 1), "ends_on": date(1, 5, 1), "review_on": date(1, 2, 1)}
    version = write(cast, agreement, **days)
    for fields in ({"forvaltning": cast.sydvast}, {"actor": ActorFactory(forvaltning=cast.sydvast)}):
        make_party(version, **fields)
    version = begin_signing(version=version, by=cast["sammankallande"])
    for party in version.parties.all():
        sign(party)
    seal_version(version=version, by=cast["sammankallande"])
    assert list(agreements_due(timezone.now()))


@pytest.mark.parametrize("day", ["0001-05-01", "9999-12-31"])
def test_a_day_out_of_reach_is_told_at_its_field(as_user, agreement, day):
    url = reverse("forum:agreementversion_update", args=[agreement.versions.get().pk])
    response = as_user("sammankallande").post(url, {"purpose": "Trygghet.", "ends_on": day, "opened_version": 1})
    assert response.status_code == 422
    assert "ends_on" in response.context["form"].errors
    assert "Trygghet." in response.content.decode()
