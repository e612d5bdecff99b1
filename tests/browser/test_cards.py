# SPDX-License-Identifier: EUPL-1.2
"""Tables as cards on a phone: what a cell holds stands beside its label, never over it or under it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from platssamverkan.export.models import MadeFile
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# texts of a card that begin left of the second column, and labels that are wider than the first
ASTRAY = """() => [...document.querySelectorAll("table.cards td[data-label]")].flatMap(cell => {
    const edge = cell.getBoundingClientRect().left + parseFloat(getComputedStyle(cell).gridTemplateColumns);
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT), found = [];
    while (walker.nextNode()) {
        const range = document.createRange();
        range.selectNodeContents(walker.currentNode);
        if (walker.currentNode.data.trim() && [...range.getClientRects()].some(box => box.width > 1 && box.left < edge))
            found.push(walker.currentNode.data);
    }
    const label = document.createElement("span"), said = getComputedStyle(cell, "::before");
    label.textContent = cell.dataset.label;
    for (const name of ["font", "whiteSpace", "overflowWrap", "hyphens"]) label.style[name] = said[name];
    label.style.cssText += `; display: block; width: ${said.width}`;
    document.body.append(label);
    if (label.scrollWidth > label.clientWidth) found.push(cell.dataset.label);
    label.remove();
    return found;
})"""


def test_a_long_label_does_not_run_into_what_cannot_be_broken(open_page, cast):
    group = factories.ContactListGroupFactory(contact_list=factories.ContactListFactory(boende=cast.kalleback))
    person = factories.ContactPersonFactory(verified_on=timezone.localdate(), verified_how="phone")
    factories.ContactListEntryFactory(group=group, label="", own_phone="", person=person)
    page = open_page("forvaltningschef")
    page.goto(reverse("reports:figure_rows", args=["kontakter_verifierade"]))
    assert page.locator("td[data-label='Senast kontrollerad']").count()
    assert page.evaluate(ASTRAY) == []


def test_what_stands_below_stands_under_what_it_belongs_to(open_page, cast):
    MadeFile.objects.create(
        what="felanmälningar", format="csv", purpose="Underlag", url=reverse("incidents:felanmalan_export"),
        created_by=cast["forvaltningschef"], state="klar", row_count=3, size=100, sha256="a" * 64, file="fil.csv",
        finished_at=timezone.now(),
    )  # fmt: skip
    page = open_page("forvaltningschef")
    page.goto(reverse("export:madefile_list"))
    cell = page.locator("td[data-label='Läge']")
    status, until = cell.locator(".status").bounding_box(), cell.locator(".meta").bounding_box()
    assert until["x"] == status["x"] and until["y"] >= status["y"] + status["height"]
    assert page.evaluate(ASTRAY) == []
