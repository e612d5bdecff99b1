# SPDX-License-Identifier: EUPL-1.2
"""An agreement is drafted together: the forum's people say what they think of a draft, and are answered."""

import pytest
from django.urls import reverse

from boenden.models import ContactPerson
from forum.actions.agreements import begin_signing, show_draft
from forum.models import AgreementComment, AgreementFollowUp, AgreementVersion
from platssamverkan.ground.actions import save_record
from platssamverkan.notices.models import Notice
from tests.agreements import make_agreement, make_party, ready, write
from tests.factories import ActorFactory
from tests.queries import queries_of


@pytest.fixture
def draft(cast) -> AgreementVersion:
    """A draft with its parties, written and shown."""
    version = write(cast, make_agreement(cast, forum=cast.forum))
    make_party(version, forvaltning=cast.sydvast)
    make_party(version, actor=ActorFactory(forvaltning=cast.sydvast))
    return show_draft(version=version, by=cast["sammankallande"])


@pytest.fixture
def said(cast, draft) -> AgreementComment:
    comment = AgreementComment(agreement_version=draft, text="Nämn hållplatsen också.")
    return save_record(record=comment, by=cast["medlem"])


def address(draft) -> str:
    return reverse("forum:agreementversion_comment", args=[draft.pk])


def test_a_member_says_something_and_is_answered(cast, as_user, draft):
    client, url = as_user("medlem"), address(draft)
    assert url in client.get(draft.get_absolute_url()).content.decode()
    sent = {"text": "Nämn hållplatsen.", "submission": client.get(url).context["form"]["submission"].value()}
    for _time in range(2):
        assert client.post(url, sent).status_code == 302
    comment = AgreementComment.objects.get()
    assert (comment.created_by, comment.agreement_version) == (cast["medlem"], draft)
    assert Notice.objects.get(what="agreement_comment").user == cast["sammankallande"]
    answer = reverse("forum:agreementcomment_answer", args=[comment.pk])
    convener = as_user("sammankallande")
    assert "Nämn hållplatsen." in convener.get(answer).content.decode()
    refused = convener.post(answer, {"state": "noted", "opened_version": 1})
    assert refused.status_code == 422
    assert "Skriv varför texten inte ändras." in refused.content.decode()
    sent = {"state": "taken", "answer": "Tack, den är med nu.", "opened_version": 1}
    assert convener.post(answer, sent).status_code == 302
    assert convener.post(answer, {**sent, "answer": "Nej."}).status_code == 409
    assert "Tack, den är med nu." in as_user("medlem").get(draft.get_absolute_url()).content.decode()


def test_bad_input_keeps_what_was_typed(as_user, draft):
    response = as_user("medlem").post(address(draft), {"text": "Ring 19121212-1212."})
    assert response.status_code == 422
    assert "text" in response.context["form"].errors
    assert "Ring" in response.content.decode()


def test_others_neither_read_nor_answer(as_user, said):
    comment, answer = address(said.agreement_version), reverse("forum:agreementcomment_answer", args=[said.pk])
    found = {who: (as_user(who).get(comment).status_code, as_user(who).post(answer).status_code) for who in (
        "personal", "medlem", "granne", "outsider", "boendeombud",
    )}  # fmt: skip
    assert found == {
        "personal": (200, 403), "medlem": (200, 403),
        "granne": (404, 404), "outsider": (404, 404), "boendeombud": (404, 404),
    }  # fmt: skip


def test_a_draft_that_is_not_shown_takes_none(cast, as_user):
    version = make_agreement(cast, forum=cast.forum).versions.get()
    assert as_user("medlem").get(address(version)).status_code == 404
    assert as_user("sammankallande").get(address(version)).status_code == 403
    own = make_agreement(cast, kind="iop", boenden=[cast.kalleback]).versions.get()
    assert show_draft(version=own, by=cast["enhetschef"]).takes_comments is False  # no forum drafts it together


def test_from_the_signing_on_they_are_for_those_who_read_the_whole(cast, as_user, draft, said):
    answer = reverse("forum:agreementcomment_answer", args=[said.pk])
    opened = said.version
    begin_signing(version=draft, by=cast["sammankallande"])
    assert said.text not in as_user("medlem").get(draft.get_absolute_url()).content.decode()
    assert as_user("medlem").post(answer).status_code == 404
    assert as_user("medlem").post(address(draft), {"text": "För sent."}).status_code == 403
    assert said.text in as_user("personal").get(draft.get_absolute_url()).content.decode()
    sent = {"state": "taken", "answer": "För sent.", "opened_version": opened}
    assert as_user("sammankallande").post(answer, sent).status_code == 422


def test_queries_are_the_same_for_many(cast, as_user, draft, said):
    client, url = as_user("medlem"), draft.get_absolute_url()
    few = queries_of(client, url)
    for number in range(5):
        row = AgreementComment(agreement_version=draft, text=f"Synpunkt {number}")
        save_record(record=row, by=cast["sammankallande"])
    assert queries_of(client, url) == few <= 15


@pytest.mark.parametrize("who", ["sammankallande", "medlem", "enhetschef"])
def test_the_longest_page_asks_few_questions(cast, as_user, who):
    """An IOP with amounts and follow-up that is being signed, with comments from when it was drafted."""
    iop = make_agreement(cast, kind="iop", forum=cast.forum)
    own = ContactPerson.objects.get(user=cast["medlem"]).actor
    version = show_draft(version=iop.versions.get(), by=cast["sammankallande"])
    save_record(record=AgreementComment(agreement_version=version, text="Bra."), by=cast["medlem"])
    ready(cast, iop, {"forvaltning": cast.sydvast}, {"actor": own})
    AgreementFollowUp.objects.create(agreement=iop, starts_on="2026-01-01", ends_on="2026-03-31", people=15, medling=2)
    assert queries_of(as_user(who), iop.get_absolute_url()) <= 15
