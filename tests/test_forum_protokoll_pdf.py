# SPDX-License-Identifier: EUPL-1.2
"""A protokoll on paper: what the file holds, that it is accessible and archivable, and that nothing breaks it."""

import io
import re
from datetime import timedelta

import pypdf
import pytest
from django.urls import reverse
from django.utils import timezone

from forum import protokoll_jobs as jobs
from forum.actions import protokoll_files as files
from forum.models import ProtokollFile
from forum.paper import render_protokoll
from forum.protokoll_text import checksum, leave_out, pages_of
from platssamverkan.documents.actions import StorageFull
from tests.pdf.reading import objects_of, streams_of
from tests.test_documents_pdf import Judge, unbroken
from tests.worlds.forum_protokoll import held_meeting, sealed_protokoll

HARD = "Hög musik 🎵👨‍👩‍👧 שלום flaggstångsknoppsförgyllarassistentutbildningsverksamhet " + "å" * 900
FETCHES = (
    '<img src="http://127.0.0.1:9/a"><link rel=attachment href="file:///etc/passwd"><iframe src="file:///etc/passwd">'
    '<style>@import url("http://127.0.0.1:9/b");</style> url(file:///etc/passwd)'
)


def action(title="Laga lampan") -> dict:
    return {
        "title": title,
        "responsible": "Brf Utsikten, Lena",
        "organisation": "Brf Utsikten",
        "due_on": "2026-12-20",
        "status": "pågår",
    }


def item(number: int, text="Mörkt på gångvägen.", **more) -> dict:
    return {
        "number": number, "left_out": False, "title": f"Punkt {number}", "text": text, "decision": "Lampan lagas.",
        "postponed": False, "followed": [], "actions": [action()], "incidents": [], **more,
    }  # fmt: skip


def content(items=2, text="Mörkt på gångvägen.", **more) -> dict:
    """A composed text."""
    return {
        "forum": "Kallebäcks platssamverkansråd",
        "kind": "platssamverkansråd",
        "boenden": ["Kallebäcks boende"],
        "forvaltningar": ["Socialförvaltningen Sydväst"],
        "starts_at": "2026-12-01T12:30:00+00:00",
        "ends_at": "2026-12-01T14:00:00+00:00",
        "place": "Biblioteket",
        "convener": "Åsa Ek",
        "brukare_count": None,
        "attendance": [
            {"name": "Åsa Ek", "organisation": "Boendet", "presence": "närvarande", "detail": ""},
            {"name": "Örjan Alm", "organisation": "Brf Utsikten", "presence": "ersatte någon", "detail": "för Lena"},
        ],
        "other_actions": [action("Ring kommunen")],
        "edition": 1,
        "replaces": None,
        "correction": "",
        "diarienummer": "SOC-2026-00123",
        "justerare": ["Åsa Ek"],
        "attendance_left_out": False,
        "items": [item(number, text) for number in range(1, items + 1)],
        **more,
    }


SIGNATURES = [{"name": "Åsa Ek", "justerat_at": "2026-12-09T09:00:00+00:00", "sha256": "0" * 64}]


def text_of(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.mark.pdf
def test_vera_agrees(tmp_path):
    judge = Judge(tmp_path)
    incident = {"day": "2026-11-20", "boende": "Alma", "what": "Höga röster.", "handled": "Vi gick ut."}
    full = content(3, HARD, brukare_count=4)
    full["items"][0] |= {"followed": [action()], "incidents": [incident], "postponed": True}
    corrected = {**full, "edition": 2, "correction": "Fel dag.", "replaces": {"edition": 1, "sealed_on": "2026-12-09"}}
    judge.ask("archive", render_protokoll(corrected, signatures=SIGNATURES, archive=True), "PDFUA-1", "PDFA-3A")
    judge.ask("draft", render_protokoll(content(), is_draft=True), "PDFUA-1")
    public = leave_out(content(40), range(2, 12), attendance=True)
    judge.ask("public", render_protokoll(public, archive=True, is_public=True, original="1" * 64), "PDFUA-1", "PDFA-3A")
    verdicts = judge.verdicts()
    assert len(verdicts) == len(judge.asked)
    assert all(ok for ok, _rules in verdicts.values()), verdicts


@pytest.mark.pdf
class TestWhatItHolds:
    def test_title_language_pages_and_headers(self):
        pdf = render_protokoll(content(40), signatures=SIGNATURES, archive=True)
        reader = pypdf.PdfReader(io.BytesIO(pdf))
        assert reader.metadata.title == "Protokoll Kallebäcks platssamverkansråd 1 december 2026"
        assert reader.trailer["/Root"]["/Lang"] == "sv"
        pages = [page.extract_text() for page in reader.pages]
        assert all(f"{number} ({len(pages)})" in text for number, text in enumerate(pages, 1))
        assert all("SOC-2026-00123" in text for text in pages)
        kinds = [thing.get("/S") for thing in objects_of(pdf) if isinstance(thing, dict)]
        assert kinds.count("/TH") >= 3 + 2 + 40 * 4 + 4 + 3
        words = text_of(pdf)
        assert "40. Punkt 40" in words
        assert checksum(content(40))[:8] in words

    def test_hard_signs_and_long_words_survive(self):
        words = unbroken(text_of(render_protokoll(content(1, HARD))))
        for sign in ("🎵", "flaggstångsknoppsförgyllarassistent", "å" * 900):
            assert sign in words

    def test_nothing_is_fetched_or_attached(self):
        """faults.md, case 16: markup in any field is text."""
        words = dict.fromkeys(("forum", "kind", "place", "convener", "correction", "diarienummer"), FETCHES)
        hostile = content(1, FETCHES, **words, replaces={"edition": 1, "sealed_on": "2026-12-09"}, boenden=[FETCHES])
        hostile["items"][0] |= {"title": FETCHES, "decision": FETCHES, "actions": [action(FETCHES)]}
        hostile["attendance"][0] |= {"name": FETCHES, "organisation": FETCHES}
        pdf = render_protokoll(hostile, signatures=[{**SIGNATURES[0], "name": FETCHES}], archive=True)
        assert b"root:" not in streams_of(pdf)
        assert not any(isinstance(thing, dict) and thing.get("/Type") == "/EmbeddedFile" for thing in objects_of(pdf))
        assert unbroken("file:///etc/passwd") in unbroken(text_of(pdf))

    def test_what_is_left_out_is_marked_and_not_there(self):
        whole = content(3)
        whole["items"][1]["text"] = "Hemligt om grannen."
        words = text_of(render_protokoll(leave_out(whole, [2], attendance=True), is_public=True))
        assert "2. Utelämnad" in words
        assert "Hemligt" not in words
        for name in ("Örjan Alm", "Åsa Ek", "Lena"):
            assert name not in words
        assert re.search(r"1\. Punkt 1.*3\. Punkt 3", words, re.DOTALL)

    def test_the_estimate_of_pages_is_near(self):
        for items in (3, 40):
            text = content(items)
            pages = len(pypdf.PdfReader(io.BytesIO(render_protokoll(text))).pages)
            assert pages <= pages_of(text) <= 2 * pages + 1


@pytest.fixture
def sealed(cast, db):
    return sealed_protokoll(held_meeting(cast.forum, 10), cast["medlem"])


@pytest.fixture
def drawn(monkeypatch):
    monkeypatch.setattr(files, "draw", lambda file: b"%PDF-1.7 ritad")


def page(name, thing) -> str:
    return reverse(f"forum:{name}", args=[thing.pk])


class TestPublic:
    @pytest.mark.usefixtures("drawn")
    def test_is_made_once_for_each_choice(self, as_user, sealed):
        client = as_user("sammankallande")
        choices = [{"items": ["1"], "attendance": "on"}, {"items": ["1"], "attendance": "on"}, {"attendance": "on"}]
        urls = [client.post(page("protokoll_public", sealed), choice).url for choice in choices]
        assert urls[0] == urls[1] != urls[2]
        read = as_user("medlem").get(urls[0]).content.decode()
        assert "Punkten är utelämnad i den offentliga varianten." in read
        assert "Lampan lagas." not in read
        assert sealed.sha256 in read
        assert "Görs i ordning" in read
        jobs.make_files()
        assert as_user("medlem").get(urls[0] + "pdf/").content == b"%PDF-1.7 ritad"

    def test_not_before_the_justering(self, as_user, sealed):
        again = as_user("sammankallande").post(page("protokoll_correct", sealed)).url
        assert as_user("sammankallande").get(f"{again}offentlig/").status_code == 403


class TestFiles:
    def test_the_file_and_its_checksum_are_shown(self, as_user, sealed):
        document = sealed.paper.document
        client = as_user("medlem")
        assert document.sha256 in client.get(page("protokoll_detail", sealed)).content.decode()
        answer = client.get(page("protokoll_pdf", sealed))
        assert answer.content == document.read_verified()
        assert answer["Content-Type"] == "application/pdf"

    def test_a_full_disk_is_tried_again(self, sealed, monkeypatch, cast):
        def full(**_kwargs):
            raise StorageFull(28, "full")

        monkeypatch.setattr(files, "store_document", full)
        monkeypatch.setattr(files, "draw", lambda file: b"%PDF-1.7")
        variant = files.make_public(protokoll=sealed, numbers=[], attendance=True, by=cast["sammankallande"])
        assert jobs.make_files() == 0
        assert variant.paper.state == "waiting"

    @pytest.mark.usefixtures("drawn")
    def test_a_variant_is_made_in_the_background(self, sealed, monkeypatch, cast, as_user):
        variant = files.make_public(protokoll=sealed, numbers=[1], attendance=True, by=cast["sammankallande"])
        file = ProtokollFile.objects.get(public=variant)
        assert (file.state, file.document) == ("waiting", None)
        shown = as_user("sammankallande").get(page("publicprotokoll_detail", variant)).content.decode()
        assert "Görs i ordning" in shown
        assert jobs.make_files() == 1
        file.refresh_from_db()
        assert file.is_ready
        assert file.document.read_verified() == b"%PDF-1.7 ritad"
        assert jobs.make_files() == 0

    def test_one_that_cannot_be_made_is_shown_and_tried_again(self, sealed, monkeypatch, cast, as_user):
        def broken(file):
            raise ValueError("broken")

        monkeypatch.setattr(files, "draw", broken)
        variant = files.make_public(protokoll=sealed, numbers=[1], attendance=True, by=cast["sammankallande"])
        for _ in range(jobs.MAX_ATTEMPTS):
            jobs.make_files()
        file = ProtokollFile.objects.get(public=variant)
        assert file.has_failed
        client = as_user("sammankallande")
        assert "Försök igen" in client.get(page("publicprotokoll_detail", variant)).content.decode()
        monkeypatch.setattr(files, "draw", lambda file: b"%PDF-1.7 ritad")
        assert client.post(page("protokollfile_retry", file)).status_code == 302
        assert jobs.make_files() == 1

    def test_two_at_most_and_a_lost_one_is_taken_again(self, cast, db):
        now = timezone.now()
        for _ in range(3):
            ProtokollFile.objects.create(forum=cast.forum)
        taken = [jobs.claim(now=now, by=None) for _ in range(3)]
        assert [file is not None for file in taken] == [True, True, False]
        assert jobs.claim(now=now + jobs.LEASE + timedelta(seconds=1), by=None) is not None

    def test_all_of_a_forum_in_one_file(self, sealed, as_user, cast):
        client = as_user("medlem")
        listed = page("protokoll_list", cast.forum)
        for _ in range(2):
            assert client.post(page("protokoll_pack", cast.forum)).status_code == 302
        file = ProtokollFile.objects.get(forum=cast.forum)
        assert jobs.make_files() == 1
        file.refresh_from_db()
        assert (file.done, file.total) == (1, 1)
        assert page("protokollfile_detail", file) in client.get(listed).content.decode()
        answer = client.get(page("protokollfile_detail", file))
        assert answer["Content-Disposition"].startswith("attachment")
        with jobs.zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
            (name,) = packed.namelist()
            assert packed.read(name) == sealed.paper.document.read_verified()
        assert as_user("personal").get(page("protokollfile_detail", file)).status_code == 404
