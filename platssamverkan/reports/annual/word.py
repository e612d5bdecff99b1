# SPDX-License-Identifier: EUPL-1.2
"""An årsrapport as DOCX, for further editing: the PDF's chapters, tables and words, in Word's own styles."""

import io
from datetime import UTC
from typing import Any

import docx
from django.utils import timezone
from django.utils.translation import gettext as _
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from platssamverkan.look.prose import blocks
from platssamverkan.reports.annual.paper import facts, report_title
from platssamverkan.reports.annual.reading import Chapter, Document, Shown
from platssamverkan.reports.annual.tables import Cell, Line, Table

LANGUAGE = "sv-SE"
INK = RGBColor(0x1B, 0x1B, 0x1B)
MARGIN, TEXT = Cm(2.5), Cm(16)  # of an A4
FIRST_COLUMN = {5: Cm(7.6), 7: Cm(3.4)}  # by how many there are; the rest share what is left
FONT, SMALL = Pt(11), Pt(9)
META = "Uppgift"  # the style of what is said small beside a figure


def word_file(document: Document) -> bytes:
    """The file."""
    paper = begun(document)
    paper.add_paragraph(report_title(document.report), style="Title")
    for term, value in facts(document):
        add_fact(paper, term, value)
    if document.report.is_draft:
        add_fact(paper, _("Utkast"), _("Årsrapporten är inte godkänd."))
    if document.report.previous:
        earlier = _("Rättelse av %(earlier)s") % {"earlier": document.report.previous}
        add_fact(paper, earlier, document.report.correction)
    add_contents(paper, document)
    for chapter in document.chapters:
        add_chapter(paper, chapter)
    add_definitions(paper, document)
    buffer = io.BytesIO()
    paper.save(buffer)
    return buffer.getvalue()


# ---------- the paper ----------


def begun(document: Document) -> Any:
    """An empty A4 in Swedish, with the styles and the footer that every page has."""
    paper = docx.Document()
    about = paper.core_properties
    about.title, about.author = report_title(document.report), document.report.forvaltning_name
    about.language, about.comments, about.subject = LANGUAGE, "", str(document.report)
    report = document.report
    made = (report.approved_at or timezone.now()).astimezone(UTC)
    about.created = about.modified = made.replace(microsecond=0, tzinfo=None)  # the library writes it as UTC
    about.last_modified_by = report.approver_name if report.approved_by_id else report.forvaltning_name
    section = paper.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = MARGIN
    style_paper(paper)
    add_footer(section.footer.paragraphs[0], document)
    return paper


def style_paper(paper: Any) -> None:
    """The styles: one face, dark headings, and the language that the spelling is checked in."""
    for language in paper.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), LANGUAGE)
    paper.styles.add_style(META, WD_STYLE_TYPE.PARAGRAPH).base_style = paper.styles["Normal"]
    sizes = {"Normal": FONT, "Title": Pt(24), "Heading 1": Pt(16), "Heading 2": Pt(13), "Caption": FONT, META: SMALL}
    for name, size in sizes.items():
        font = paper.styles[name].font
        font.name, font.size, font.color.rgb = "Calibri", size, INK
        for fonts in paper.styles[name].element.iter(qn("w:rFonts")):  # the template's headings follow its theme
            for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
                fonts.attrib.pop(qn(f"w:{theme}"), None)
    paper.styles["Caption"].paragraph_format.keep_with_next = True
    paper.styles[META].paragraph_format.space_after = Pt(2)


def add_footer(paragraph: Any, document: Document) -> None:
    """What the paper is, whether it counts, and which page of how many."""
    report = document.report
    said = [report_title(report), _("version %(edition)s") % {"edition": report.edition}]
    paragraph.style = META
    paragraph.add_run(" · ".join([*said, *([_("Utkast")] if report.is_draft else [])]))
    paragraph.paragraph_format.tab_stops.add_tab_stop(TEXT, WD_ALIGN_PARAGRAPH.RIGHT)
    paragraph.add_run("\t" + _("Sida") + " ")
    add_field(paragraph, "PAGE", "1")
    paragraph.add_run(" " + _("av") + " ")
    add_field(paragraph, "NUMPAGES", "1")


def add_field(paragraph: Any, instruction: str, shown: str) -> None:
    """Something that Word works out; `shown` until it has."""
    open_field(paragraph, instruction)
    paragraph.add_run(shown)
    close_field(paragraph)


def open_field(paragraph: Any, instruction: str) -> None:
    """The part of a field before what it shows."""
    add_mark(paragraph, "begin")
    words = OxmlElement("w:instrText")
    words.set(qn("xml:space"), "preserve")
    words.text = instruction
    paragraph.add_run()._r.append(words)
    add_mark(paragraph, "separate")


def close_field(paragraph: Any) -> None:
    """The part of a field after what it shows."""
    add_mark(paragraph, "end")


def add_mark(paragraph: Any, kind: str) -> None:
    """One of a field's three marks."""
    mark = OxmlElement("w:fldChar")
    mark.set(qn("w:fldCharType"), kind)
    paragraph.add_run()._r.append(mark)


# ---------- the text ----------


def add_fact(paper: Any, term: str, value: Any) -> None:
    """A line at the top."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.space_after = Pt(2)
    paragraph.add_run(f"{term}: ").bold = True
    paragraph.add_run(str(value))


def add_contents(paper: Any, document: Document) -> None:
    """The chapters, as a field that Word fills with pages when it is asked to."""
    paper.add_paragraph(_("Innehåll"), style="Subtitle")
    names = [name_of(chapter) for chapter in document.chapters]
    lines = [paper.add_paragraph() for _name in names]
    for line, name in zip(lines, names, strict=True):
        line.paragraph_format.space_after = Pt(2)
        if line is lines[0]:
            open_field(line, 'TOC \\o "1-1" \\h \\z \\u')
        line.add_run(name)
    if lines:
        close_field(lines[-1])


def name_of(chapter: Chapter) -> str:
    """ "3. Kallebäcks boende"."""
    return f"{chapter.number}. {chapter.title}"


def add_chapter(paper: Any, chapter: Chapter) -> None:
    """A chapter; a boende's begins a page."""
    heading = paper.add_heading(name_of(chapter), level=1)
    heading.paragraph_format.page_break_before = chapter.boende is not None
    for part in chapter.parts:
        if chapter.boende:
            paper.add_heading(f"{part.number} {part.section.title}", level=2)
        add_part(paper, part)


def add_part(paper: Any, part: Shown) -> None:
    """A section's text, in paragraphs and lines as the page shows it, and its tables."""
    written = blocks(part.section.text)
    if not (written or part.tables or part.sentences):
        paper.add_paragraph(_("Inget är skrivet här."), style=META)
    for block in written:
        if block.is_list:
            for line in block.lines:
                paper.add_paragraph(line, style="List Bullet")
        else:
            paper.add_paragraph("\n".join(block.lines))  # a single line break becomes one
    for said in part.sentences:
        paper.add_paragraph(said)
    for table in part.tables:
        add_table(paper, table)


def add_definitions(paper: Any, document: Document) -> None:
    """What each figure is, with the words it was frozen with."""
    if not document.definitions:
        return
    paper.add_heading(_("Så räknas siffrorna"), level=1).paragraph_format.page_break_before = True
    for one in document.definitions:
        paper.add_heading(one.label, level=2)
        paper.add_paragraph(f"{one.definition} {one.formula}")
        words = {"unit": one.unit, "source": one.source}
        paper.add_paragraph(_("Enhet: %(unit)s. Källa: %(source)s.") % words, style=META)


# ---------- tables ----------


def add_table(paper: Any, table: Table) -> None:
    """A table with its name above and its notes below; its head is repeated and no row is broken over two pages."""
    paper.add_paragraph(table.title, style="Caption")
    grid = paper.add_table(rows=1, cols=len(table.heads), style="Table Grid")
    grid.autofit = False
    for place, (cell, head) in enumerate(zip(grid.rows[0].cells, table.heads, strict=True)):
        write(cell, head, is_bold=True, is_number=place > 0)
    mark_row(grid.rows[0], "w:tblHeader", "w:cantSplit")
    for line in table.lines:
        add_line(grid, line)
    if table.total:
        add_line(grid, table.total, is_bold=True)
    first = FIRST_COLUMN[len(table.heads)]
    rest = (TEXT - first) // (len(table.heads) - 1)
    for column, width in zip(grid.columns, [first] + [rest] * (len(table.heads) - 1), strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for note in table.notes:
        paper.add_paragraph(note, style=META)
    paper.add_paragraph(style=META)  # air before what follows


def add_line(grid: Any, line: Line, *, is_bold: bool = False) -> None:
    """A row: its name with what has to be said of it, and its cells."""
    row = grid.add_row()
    mark_row(row, "w:cantSplit")
    write(row.cells[0], line.name, is_bold=is_bold)
    if line.meta:
        row.cells[0].add_paragraph(line.meta, style=META)
    cells: list[Cell] = line.cells
    for cell, said in zip(row.cells[1:], cells, strict=True):
        write(cell, said.text, is_bold=is_bold, is_number=True)


def write(cell: Any, text: str, *, is_bold: bool = False, is_number: bool = False) -> None:
    """What stands in a cell; numbers to the right."""
    paragraph = cell.paragraphs[0]
    paragraph.add_run(text).bold = is_bold
    paragraph.paragraph_format.space_after = Pt(0)
    if is_number:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def mark_row(row: Any, *marks: str) -> None:
    """Say that a row is the table's head, which each page repeats, or that it is not to be broken."""
    for mark in marks:
        row._tr.get_or_add_trPr().append(OxmlElement(mark))
