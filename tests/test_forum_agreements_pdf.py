# SPDX-License-Identifier: EUPL-1.2
"""The archive's file of an agreement and of a supplement: PDF/A-3a and PDF/UA-1, with what was agreed in it."""

import io

import pypdf
import pytest

from boenden.models import ContactPerson
from forum.actions.agreement_parties import save_party, seal_supplement
from forum.models import AgreementParty
from tests.agreements import in_force, make_agreement, sign
from tests.test_documents_pdf import Judge, text_of, unbroken

pytestmark = pytest.mark.pdf


def test_the_archive_files(cast, tmp_path):
    judge = Judge(tmp_path)
    actor = ContactPerson.objects.get(user=cast["medlem"]).actor
    agreement = make_agreement(cast, forum=cast.forum, boenden=[cast.kalleback])
    version = in_force(cast, agreement, {"forvaltning": cast.sydvast}, {"actor": actor, "contributes": "Fika 🎵."})
    party = AgreementParty(
        agreement_version=version, joined_on=version.starts_on, contributes="Lokal.",
        actor=ContactPerson.objects.get(user=cast["sammankallande"]).actor,
    )  # fmt: skip
    party = save_party(party=party, by=cast["sammankallande"])
    sign(party)
    party = seal_supplement(party=party, by=cast["sammankallande"])
    iop = make_agreement(cast, kind="iop", boenden=[cast.kalleback], title="IOP om boendeombud")
    iop = in_force(cast, iop, {"forvaltning": cast.sydvast}, {"actor": actor}, by="enhetschef")
    for name, document in (("avtal", version.document), ("tillagg", party.document), ("iop", iop.document)):
        judge.ask(name, document.read_verified(), "PDFUA-1", "PDFA-3A")
    reader = pypdf.PdfReader(io.BytesIO(version.document.read_verified()))
    assert reader.metadata.title == "Avsiktsförklaring för rådet"
    assert reader.trailer["/Root"]["/Lang"] == "sv"
    text = unbroken(text_of(version.document.read_verified()))
    for said in ("Trygghet för alla", "Gångvägen", "Fika", "Eva Ek", "SOC-2026-00123", version.sha256, "på papper"):
        assert unbroken(said) in text
    assert unbroken("1 440 000") in unbroken(text_of(iop.document.read_verified()))
    assert unbroken("ansluter sig till") in unbroken(text_of(party.document.read_verified()))
    verdicts = judge.verdicts()
    assert len(verdicts) == 6
    assert all(passed for passed, _rules in verdicts.values()), verdicts
