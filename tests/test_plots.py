# SPDX-License-Identifier: EUPL-1.2
"""Plots: SVG without inline style, gaps where nothing is known, breaks where nothing compares, a table beside."""

import re

import pytest
from django.template.loader import render_to_string

from platssamverkan.documents.renderer import render_pdf
from platssamverkan.look.heat import Heat
from platssamverkan.look.plots import Bars, Lines, RowBars, Series, compared, round_top

BARS = Bars(
    title="Händelser per månad", labels=["jan.", "feb."], series=[Series("2026", [5, 0]), Series("2025", [7, 2])]
)
ROWS = RowBars(title="Slag", labels=["störning", "hot"], series=[Series("2026", [4, 1]), Series("2025", [1, 0])])
LINES = Lines(
    title="Anmälda brott",
    labels=["2021", "2022", "2023", "2024", "2025"],
    series=[Series("Sydväst", [10, 12, None, 14, 15]), Series("Göteborg", [20, 21, 22, 23, 24])],
    breaks=[4],
    marks=[(1, "boendet öppnade")],
    break_words="områdesindelningen ändrades",
)
HEAT = Heat(title="När", labels=["Måndag", "Tisdag"], columns=["06–18", "18–06"], values=[[0, 3], [1, 12]])


def drawn(plot):
    return render_to_string(plot.template, {"plot": plot}) + render_to_string("plots/legend.html", {"plot": plot})


@pytest.mark.parametrize("plot", [BARS, ROWS, LINES])
def test_a_drawing_says_what_it_is_and_has_no_inline_style(plot):
    text = drawn(plot)
    assert f'<title id="plot-titel">{plot.title}</title>' in text
    assert "style=" not in text and "<style" not in text and "on" + "load" not in text
    for number in re.findall(r' (?:x|y|cx|cy|width|height)="([^"]+)"', text):
        float(number)  # a Swedish decimal comma would break the drawing


def test_a_line_stops_at_a_gap_and_at_a_break():
    own, other = LINES.lines
    assert [path.count("L") for path in own.paths] == [1]  # 2021–2022; 2024 and 2025 stand alone around the break
    assert len(own.points) == 4
    assert [path.count("L") for path in other.paths] == [3]
    assert len(LINES.break_lines) == 1
    assert "boendet öppnade" in drawn(LINES) and "områdesindelningen ändrades" in drawn(LINES)


def test_what_is_not_known_is_a_dash_in_the_table_and_never_nought():
    assert LINES.rows[2] == ("2023", ["–", "22"], "")
    assert '<td class="r number">–</td>' in render_to_string("plots/table.html", {"plot": LINES, "class": "table"})


def test_the_table_says_what_the_drawing_marks():
    """Who reads the table alone, or hears it, knows of the break and of what happened when."""
    text = render_to_string("plots/table.html", {"plot": LINES, "class": "table"}).lower()
    assert LINES.rows[4][2] == "områdesindelningen ändrades" and LINES.rows[1][2] == "boendet öppnade"
    assert text.count("områdesindelningen ändrades") == text.count("boendet öppnade") == 1
    assert text.index("2022") < text.index("boendet öppnade") < text.index("2023")


def test_a_heat_table_is_a_table_with_totals():
    text = drawn(HEAT)
    assert [row.total for row in HEAT.rows] == [3, 13] and HEAT.totals == [1, 15] and HEAT.total == 16
    assert HEAT.rows[0].cells == [(0, 0), (3, 2)] and HEAT.rows[1].cells == [(1, 1), (12, 5)]
    assert text.count('<td class="heat-') == 4 and "Totalt" in text


def test_empty_plots_are_drawn():
    assert "<svg" in drawn(Bars(title="Inget", labels=[], series=[Series("a", [])]))
    assert drawn(Heat(title="Inget", labels=["Måndag"], columns=["06–18"], values=[[0]]))


@pytest.mark.parametrize(("largest", "top"), [(0, 4), (4, 4), (7, 8), (43, 50), (318, 400), (90659, 100000)])
def test_axes_end_on_round_numbers(largest, top):
    assert round_top(largest) == top


def test_a_number_beside_the_year_before():
    assert compared(222, 251) == "251 året före, −29 (−11,6 %)"
    assert compared(3, 0) == "0 året före, +3"
    assert compared(3, None) == "kan inte jämföras med året före"


def test_the_same_drawing_stands_in_a_tagged_pdf(monkeypatch, tmp_path, settings):
    monkeypatch.setattr(
        "platssamverkan.documents.renderer.render_to_string",
        lambda *a, **k: (
            f'<html lang="sv"><head><title>x</title></head><body><h1>x</h1>{drawn(LINES)}{drawn(BARS)}</body></html>'
        ),
    )
    content = render_pdf(template="x", context={}, title="x")
    assert content.startswith(b"%PDF") and len(content) > 3000
