# SPDX-License-Identifier: EUPL-1.2
"""The whole chain: called, answered by mail, asked, held, written, justerat by two, and kept as a file."""

import hashlib
import io
import re
import subprocess
from datetime import timedelta
from pathlib import Path

import icalendar
import pikepdf
import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from forum.models import Meeting, Member, Protokoll
from forum.protokoll_jobs import make_files
from platssamverkan.notices.outbox import drain
from tests import factories
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DAY = timezone.localdate() + timedelta(days=9)
QUESTION = "Snöröjning på gångvägen"


def mail_to(mailoutbox, address: str, since: int = 0):
    """The one mail that has gone to an address since."""
    [mail] = [mail for mail in mailoutbox[since:] if mail.to == [address]]
    return mail


def call(page: Page, cast) -> Meeting:
    """The sammankallande plans a meeting, moves an item without a mouse, and calls."""
    page.goto(cast.forum.get_absolute_url())
    page.get_by_role("link", name="Nytt möte").click()
    page.get_by_label("Datum").fill(str(DAY))
    page.get_by_label("Börjar").fill("17:30")
    page.get_by_label("Slutar").fill("19:00")
    page.get_by_label("Plats").fill("Kallebäcks bibliotek")
    page.get_by_role("button", name="Planera mötet").click()
    expect(page.get_by_role("heading", name="Lägesavstämning")).to_be_visible()
    down = page.get_by_role("button", name="Flytta Lägesavstämning ned")
    down.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Flytta Lägesavstämning upp")).to_be_visible()
    page.get_by_role("link", name="Kalla till mötet").click()
    page.get_by_role("button", name="Skicka kallelsen").click()
    expect(page.get_by_role("link", name="Kalla nya medlemmar")).to_be_visible()
    return Meeting.objects.get(forum=cast.forum)


def answer_by_mail(page: Page, mail) -> None:
    """A member without an account says yes and asks a question, from the link of her mail."""
    part = next(part for part in mail.message().walk() if part.get_content_type() == "text/calendar")
    assert part.get_param("method") == "REQUEST"
    [event] = icalendar.Calendar.from_ical(part.get_payload(decode=True)).walk("VEVENT")
    assert timezone.localtime(event.decoded("DTSTART")).strftime("%H.%M") == "17.30"
    link = re.search(r"https?://[^/\s]+(/forum/kallelse/\S+)", mail.body)[1]
    page.goto(link)
    page.get_by_label("Kommer", exact=True).check()
    page.get_by_role("button", name="Spara svaret").click()
    expect(page.get_by_text("Ditt svar är sparat").first).to_be_visible()
    page.get_by_role("link", name="Ta upp en fråga").click()
    page.get_by_label("Frågan i korthet").fill(QUESTION)
    page.get_by_role("button", name="Skicka frågan").click()
    expect(page.get_by_text(QUESTION)).to_be_visible()


def hold(page: Page, meeting: Meeting) -> None:
    """The question comes onto the agenda; the day comes; who came and what was decided is noted."""
    page.goto(meeting.get_absolute_url())
    page.get_by_role("link", name=f"Svara {QUESTION}").click()
    page.get_by_label("Ja, ta med den på dagordningen").check()
    page.get_by_role("button", name="Skicka svaret").click()
    expect(page.get_by_role("heading", name="Dagordning")).to_be_visible()
    meeting.refresh_from_db()
    meeting.starts_at -= timedelta(days=10)
    meeting.ends_at -= timedelta(days=10)
    meeting.save()
    page.reload()
    page.get_by_role("button", name="Mötet är hållet").click()
    page.get_by_role("link", name="Anteckna närvaro").click()
    for row in page.locator("fieldset.attending").all():
        row.get_by_label("Närvaro").select_option("present")
    page.get_by_role("button", name="Spara närvaron").click()
    page.get_by_role("link", name=f"Anteckna {QUESTION}").click()
    page.get_by_label("Vad som sades").fill("Gångvägen är hal om morgnarna.")
    page.get_by_label("Beslut").fill("Vägen sandas före klockan sju.")
    page.get_by_role("button", name="Spara anteckningen").click()
    page.get_by_role("link", name=f"Ny åtgärd {QUESTION}").click()
    page.get_by_label("Vad ska göras").fill("Sanda gångvägen")
    page.get_by_label("Vem gör det?").select_option(label="Brf Utsikten, Lena Wikström")
    page.get_by_label("Klart senast").fill(str(DAY))
    page.locator("main button[type=submit].btn-primary").click()


def write_protokoll(page: Page, meeting: Meeting) -> None:
    """Made from the meeting, sent for comments, opened for justering by two."""
    page.goto(meeting.get_absolute_url())
    page.get_by_role("button", name="Gör protokoll").click()
    page.get_by_role("link", name="Justerare och diarienummer").click()
    page.get_by_label("Diarienummer").fill("SOC-2026-00123")
    for name in ("Sammankallande Alm", "Medlem Alm"):
        page.get_by_label(name).check()
    page.get_by_role("button", name="Spara").click()
    page.get_by_role("link", name="Skicka för synpunkter").click()
    page.locator("main button[type=submit].btn-primary").click()
    page.get_by_text("Öppna för justering").click()
    page.get_by_role("button", name="Ja, öppna nu").click()
    expect(page.get_by_text("Väntar på justering").first).to_be_visible()


def justera(open_page, meeting: Meeting) -> Protokoll:
    """Each of the two signs in and justerar; then it stands still."""
    protokoll = Protokoll.objects.get(meeting=meeting)
    for number, who in enumerate(("sammankallande", "medlem")):
        page = open_page(who)
        page.goto(protokoll.get_absolute_url())
        expect(page.get_by_text("Vägen sandas före klockan sju.")).to_be_visible()
        page.get_by_text("Justera protokollet").click()
        button = page.get_by_role("button", name="Ja, justera")
        button.click()
        expect(button).to_have_count(0, timeout=30_000)  # the last one waits for the archive copy
        protokoll.refresh_from_db()
        assert protokoll.is_sealed == bool(number)
    return protokoll


def download(page: Page, protokoll: Protokoll) -> bytes:
    """The archive copy, as a member gets it; its checksum stands on the page."""
    page.goto(protokoll.get_absolute_url())
    answer = page.request.get(page.get_by_role("link", name="Hämta som PDF").get_attribute("href"))
    assert answer.headers["content-type"] == "application/pdf"
    content = answer.body()
    expect(page.get_by_text(hashlib.sha256(content).hexdigest())).to_be_visible()
    return content


def look_into(content: bytes, tmp_path: Path) -> None:
    """Tags, language, title and what it claims to be, by one reader; its text, by another."""
    with pikepdf.open(io.BytesIO(content)) as pdf:
        root = pdf.Root
        assert root.MarkInfo.Marked
        assert str(root.Lang) == "sv"
        assert "/StructTreeRoot" in root
        assert root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as metadata:
            assert (metadata.pdfa_status, metadata["pdfuaid:part"]) == ("3A", "1")
            assert "Kallebäcks platssamverkansråd" in metadata["dc:title"]
    file = tmp_path / "protokoll.pdf"
    file.write_bytes(content)
    text = subprocess.run(["pdftotext", "-layout", file, "-"], capture_output=True, check=True, text=True).stdout
    for words in (QUESTION, "Vägen sandas före klockan sju.", "Sanda gångvägen", "Lena Wikström", "SOC-2026-00123",
                  "Medlem Alm", "2 (2)"):  # fmt: skip
        assert words in text, text


def test_from_call_to_justerat_protokoll(open_page, cast, mailoutbox, tmp_path):
    person = factories.ContactPersonFactory(
        actor=factories.ActorFactory(forvaltning=cast.sydvast, name="Brf Utsikten"),
        name="Lena Wikström", email="lena@example.org",
    )  # fmt: skip
    Member.objects.create(forum=cast.forum, person=person)
    convener = open_page("sammankallande", viewport=DESKTOP)
    meeting = call(convener, cast)
    drain()
    answer_by_mail(open_page(viewport=PHONE, javascript=False), mail_to(mailoutbox, "lena@example.org"))
    hold(convener, meeting)
    write_protokoll(convener, meeting)
    protokoll = justera(open_page, meeting)
    make_files()
    content = download(open_page("medlem", viewport=DESKTOP), protokoll)
    look_into(content, tmp_path)
