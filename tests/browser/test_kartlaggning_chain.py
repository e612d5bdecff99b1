# SPDX-License-Identifier: EUPL-1.2
"""Three steps in an afternoon, from a file of actors to an approved plan, and the årshjul that remembers it."""

import io
import re
from datetime import timedelta

import pytest
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from boenden.imports.jobs import run_imports
from boenden.models import ActorCategory
from kartlaggning.models import Insats, Kartlaggning, Observation, Plan, Route
from platssamverkan.notices.outbox import drain
from platssamverkan.notices.sweeping import sweep
from tests.browser.conftest import DESKTOP, PHONE

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TODAY = timezone.localdate()
HOME = (57.6809, 12.0121)
ACTORS = """Namn;Slag;Latitud;Longitud
Matboden i Kallebäck;butik;57,6825;12,0121
Förskolan Smultronet;förskola;57,6817;12,0123
Kyrkan på höjden;kyrka;57,6880;12,0300
"""
INSATSER = [
    ("Två bänkar vid hållplatsen", "Det finns ingenstans att sitta."),
    ("Laga lampan på gångvägen", "Det är mörkt på kvällen."),
    ("Pop-up-café", "Grannar och brukare möts sällan."),
    ("Grannskapet på varje husmöte", "Personalen pratar sällan om grannskapet."),
]


@pytest.fixture
def placed(cast):
    """Kallebäck has its place, so that maps have a middle."""
    cast.kalleback.latitude, cast.kalleback.longitude = HOME
    cast.kalleback.save()
    for name in ("Butik", "Förskola", "Kyrka"):  # a migration's rows are gone once a test has emptied the tables
        ActorCategory.objects.get_or_create(name=name)
    return cast


def save(page: Page, said: str) -> None:
    """Press the form's main button; the page says that it is saved."""
    page.locator("main button[type=submit].btn-primary").click()
    expect(page.get_by_text(said).first).to_be_visible()


def begin(page: Page) -> Kartlaggning:
    """This year's round."""
    page.goto("/boenden/kalleback/kartlaggning/")
    page.get_by_role("link", name="Ny kartläggning").click()
    page.get_by_role("button", name="Börja kartläggningen").click()
    expect(page.get_by_role("heading", name=f"Kartläggning {TODAY.year}")).to_be_visible()
    return Kartlaggning.objects.get()


def import_actors(page: Page, kartlaggning: Kartlaggning) -> None:
    """The actors of a file, from the round's own page."""
    page.get_by_role("link", name="Importera från en fil").click()
    page.get_by_label("Fil").set_input_files(
        {"name": "aktörer.csv", "mimeType": "text/csv", "buffer": ACTORS.encode("windows-1252")}
    )
    page.locator("main button[type=submit].btn-primary").click()
    page.get_by_role("button", name="Granska raderna").click()
    page.wait_for_url(re.compile(r"/importer/[0-9a-f-]{36}/\?"))  # with the way back to the round
    run_imports()
    page.reload()
    page.get_by_role("button", name="Importera 3 rader").click()
    run_imports()
    page.goto(kartlaggning.get_absolute_url())
    expect(page.get_by_text("3 aktörer är knutna till boendet")).to_be_visible()


def use_tools(page: Page) -> None:
    """The four tools, a press each; that of the promenader once there is one."""
    page.reload()
    while (buttons := page.get_by_role("button", name=re.compile("^Markera som klart"))).count():
        left = buttons.count()
        buttons.first.click()
        expect(buttons).to_have_count(left - 1)


def photo() -> bytes:
    """A picture that says where it was taken."""
    image, file = Image.new("RGB", (64, 48), "green"), io.BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Kameratillverkaren"
    image.save(file, "JPEG", exif=exif)
    return file.getvalue()


def observe(page: Page, kind: str, text: str, *, place: str = "", with_photo: bool = False) -> None:
    """An observation of the promenad: its place by words, or by a press on the map."""
    page.get_by_role("link", name="Ny observation").click()
    page.get_by_label("Slag").select_option(label=kind)
    page.get_by_label("Vad ni såg").fill(text)
    if place:
        page.locator("[name=place_text]").fill(place)
    else:
        page.get_by_role("button", name="Sätt platsen i kartans mitt").click()
        expect(page.get_by_label("Latitud")).not_to_have_value("")
    if with_photo:
        page.get_by_label("Foto").set_input_files({"name": "gångväg.jpg", "mimeType": "image/jpeg", "buffer": photo()})
    page.get_by_role("button", name="Spara observationen").click()
    expect(page.get_by_text("Observationen är sparad").first).to_be_visible()


def walk(page: Page, kartlaggning: Kartlaggning) -> None:
    """A promenad with three observations, on a phone; one of them becomes a felanmälan with a press."""
    page.goto(kartlaggning.get_absolute_url())
    page.get_by_role("link", name="Ny promenad").click()
    page.get_by_label("Dag", exact=True).fill(str(TODAY))
    page.get_by_label("Kväll").check()
    page.get_by_role("button", name="Spara promenaden").click()
    page.get_by_role("link", name="Kväll, ").click()
    promenad = page.url
    page.get_by_role("link", name="Promenaden är gången").click()
    page.get_by_label("Vilka som gick").fill("Två ur personalen")
    page.get_by_role("button", name="Spara", exact=True).click()
    expect(page.get_by_text("Promenaden är antecknad").first).to_be_visible()
    observe(page, "Belysning", "Lampan är trasig.", place="gångvägen", with_photo=True)
    page.goto(promenad)
    observe(page, "Skräp", "Papperskorgen är full.")
    page.goto(promenad)
    observe(page, "Något positivt", "Ny bokhylla i entrén.", place="bibliotekets entré")
    page.goto(Observation.objects.get(kind="belysning").get_absolute_url())
    page.get_by_role("button", name="Gör en felanmälan").click()
    expect(page.get_by_text("Felanmälan är gjord").first).to_be_visible()


def draw_way(page: Page, kartlaggning: Kartlaggning) -> None:
    """A function that matters and the way there, drawn on the map."""
    page.goto(kartlaggning.get_absolute_url())
    page.get_by_role("link", name="Ny funktion").click()
    page.get_by_label("Funktion", exact=True).fill("Mataffären")
    page.get_by_label("Aktör").select_option(label="Matboden i Kallebäck")
    page.get_by_label("5 – väldigt mycket").check()
    page.get_by_label("varje dag").check()
    page.get_by_role("button", name="Spara funktionen").click()
    page.get_by_role("link", name="Ny väg dit").click()
    points = page.get_by_label("Vägens punkter")
    points.fill(f"{HOME[0]}, {HOME[1]}\n57.6817, 12.0121")
    page.locator(".map-canvas").scroll_into_view_if_needed()
    page.get_by_role("button", name="Lägg en punkt i kartans mitt").click()
    page.wait_for_function("document.querySelector('[name=line]').value.trim().split('\\n').length === 3")
    page.get_by_role("button", name="Ångra senaste punkten").click()
    page.wait_for_function("document.querySelector('[name=line]').value.trim().split('\\n').length === 2")
    points.fill(f"{points.input_value()}\n57.6825, 12.0121")
    page.get_by_role("button", name="Spara vägen").click()
    expect(page.get_by_text("Till Mataffären").first).to_be_visible()
    assert len(Route.objects.get().line) == 3


def analyse(page: Page, kartlaggning: Kartlaggning) -> None:
    """On to the second step; the evidence stands under the questions before anything is written."""
    page.goto(kartlaggning.get_absolute_url())
    page.get_by_role("button", name="Gå vidare till analys").click()
    expect(page.get_by_text("Nu är ni i steget analys").first).to_be_visible()
    page.get_by_role("link", name="Analysen").click()
    expect(page.get_by_role("row", name="Till Mataffären").first).to_contain_text("Förskolan Smultronet")
    expect(page.get_by_role("row", name="Till Mataffären").first).not_to_contain_text("Kyrkan")
    page.get_by_role("link", name="Skriv analysen").click()
    for field in page.locator("main textarea").all():
        field.fill("De flesta går till mataffären, förbi förskolan.")
    save(page, "Analysen är sparad.")
    page.goto(kartlaggning.get_absolute_url())
    page.get_by_role("button", name="Gå vidare till plan").click()
    expect(page.get_by_text("Nu är ni i steget plan").first).to_be_visible()


def write_plan(page: Page) -> Plan:
    """Four insatser; the page says what is missing until it is there."""
    page.get_by_role("button", name="Skriv planen").click()
    expect(page.get_by_role("heading", name="Plan, version 1")).to_be_visible()
    plan = Plan.objects.get()
    for title, problem in INSATSER:
        page.goto(plan.get_absolute_url())
        page.get_by_role("link", name="Ny insats").click()
        page.get_by_label("Insats", exact=True).fill(title)
        page.get_by_label("Problem eller behov").fill(problem)
        page.get_by_label("2. Helt, rent").or_(page.get_by_label("Helt, rent")).first.check()
        page.get_by_label("Värde för brukarna").fill("En plats att vara på.")
        page.get_by_label("Värde för omgivningen").fill("En vackrare väg hem.")
        page.get_by_label("Ansvarig utanför boendet").fill("Fastighetsägaren")
        save(page, "Insatsen är sparad i planen.")
    page.goto(plan.get_absolute_url())
    expect(page.get_by_text("saknar dag för uppföljning").first).to_be_visible()
    for insats in Insats.objects.all():
        page.goto(insats.get_absolute_url())
        page.get_by_role("link", name="Ändra", exact=True).click()
        page.get_by_label("Följs upp").fill(str(TODAY + timedelta(days=90)))
        save(page, "Insatsen är ändrad.")
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Insikter och översyn").click()
    page.locator("main textarea").first.fill("Vägen till mataffären är det viktigaste.")
    page.get_by_label("Ses över senast").fill(str(TODAY + timedelta(days=20)))
    save(page, "Planen är sparad.")
    expect(page.get_by_text("Enhetschefen godkänner planen.")).to_be_visible()
    return plan


def hear_of_the_review(page: Page, mailoutbox) -> None:
    """The plan's review is in the årshjul by itself, and a letter tells the one who is responsible."""
    sweep()
    page.goto("/boenden/kalleback/arshjul/")
    expect(page.locator("main a.title", has_text="Se över planen, version 1")).to_be_visible()
    drain()
    letters = [mail for mail in mailoutbox if "Se över planen" in mail.subject]
    assert [mail.to for mail in letters] == [["enhetschef@example.org"]]


def test_from_actors_to_the_reminder_of_the_plans_review(open_page, placed, mailoutbox):
    page = open_page("personal", viewport=DESKTOP)
    kartlaggning = begin(page)
    import_actors(page, kartlaggning)
    walk(open_page("personal", viewport=PHONE), kartlaggning)
    use_tools(page)
    draw_way(page, kartlaggning)
    analyse(page, kartlaggning)
    plan = write_plan(page)

    chief = open_page("enhetschef", viewport=DESKTOP)
    chief.goto(plan.get_absolute_url())
    chief.get_by_role("button", name="Godkänn planen").click()
    expect(chief.get_by_text("Gäller").first).to_be_visible()
    plan.refresh_from_db()
    assert plan.is_in_force
    assert plan.review_on
    kept = Observation.objects.get(kind="belysning").photo
    assert b"Kameratillverkaren" not in kept.file.read()
    hear_of_the_review(chief, mailoutbox)
