"""Word documents: heading styles, tables, margins, footnotes and a pull quote in a text box."""

from pathlib import Path

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph as WordParagraph

from samples.make import word_parts
from samples.make.archive import settled
from samples.make.dialect import plain, runs
from samples.make.tree import (
    Block,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    Source,
    SpeakerNote,
    Table,
)

FONTS = {"Normal": "Liberation Serif", "Title": "Liberation Sans"}
SMALL = Pt(9)


def write(source: Source, target: Path) -> None:
    """The document as docx."""
    word = Document()
    _set_up(word, source)
    _front(word, source)
    for block in source.blocks:
        _add(word, block, source)
    word_parts.add_footnotes(word, source)
    word.save(str(target))
    settled(target)


def _set_up(word: WordDocument, source: Source) -> None:
    facts = source.facts
    core = word.core_properties
    core.title, core.subject, core.author = facts.title, facts.subtitle, facts.unit
    core.language, core.comments, core.last_modified_by = "sv-SE", "", facts.unit
    core.created = core.modified = facts.moment.replace(tzinfo=None)
    word_parts.speak_swedish(word)
    _styles(word, source)
    _margins(word, source)


def _styles(word: WordDocument, source: Source) -> None:
    normal = word.styles["Normal"]
    normal.font.name, normal.font.size = FONTS["Normal"], Pt(12 if source.long else 11)
    normal.paragraph_format.line_spacing = 1.5 if source.long else 1.15
    normal.paragraph_format.space_after = Pt(8)
    word.styles["Heading 1"].paragraph_format.page_break_before = source.long
    for name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
        fonts = word.styles[name].element.rPr.rFonts
        fonts.attrib.clear()
        fonts.set(qn("w:ascii"), FONTS["Title"])
        fonts.set(qn("w:hAnsi"), FONTS["Title"])


def _margins(word: WordDocument, source: Source) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.left_margin, section.right_margin = Mm(32), Mm(28)
    section.header.paragraphs[0].add_run(source.facts.header).font.size = SMALL
    below = section.footer.paragraphs[0]
    below.add_run(f"{source.facts.footer}\t\t").font.size = SMALL
    word_parts.add_page_number(below)


def _front(word: WordDocument, source: Source) -> None:
    facts = source.facts
    word.add_heading(facts.title, level=0)
    if facts.subtitle:
        word.add_paragraph(facts.subtitle, style="Subtitle")
    word.add_paragraph(facts.origin)
    if source.has_title_page:
        word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        word.add_paragraph("Innehåll", style="TOC Heading")
        for one in source.headings:
            _contents_line(word, one)


def _contents_line(word: WordDocument, heading: Heading) -> None:
    line = word.add_paragraph(plain(heading.text))
    line.paragraph_format.left_indent = Mm(6 * (heading.level - 1))
    line.paragraph_format.space_after = Pt(2)


def _add(word: WordDocument, block: Block, source: Source) -> None:
    match block:
        case Heading(level, text):
            word.add_heading(plain(text), level)
        case Paragraph(text):
            _paragraph(word, text, source)
        case Items(items, numbered):
            _list(word, items, source, numbered=numbered)
        case Table():
            _table(word, block)
        case PageBreak():
            word.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        case SpeakerNote(text):
            _write(word.add_paragraph(style="Quote"), text, source)


def _list(word: WordDocument, items: tuple[str, ...], source: Source, *, numbered: bool) -> None:
    """A list; every numbered one begins at one."""
    number = word_parts.fresh_numbering(word) if numbered else None
    for item in items:
        line = word.add_paragraph(style="List Number" if numbered else "List Bullet")
        if number is not None:
            word_parts.count_by(line, number)
        _write(line, item, source)


def _paragraph(word: WordDocument, text: str, source: Source) -> None:
    """Running text; a paragraph all in italics stands in a text box beside it."""
    line = word.add_paragraph()
    line.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    pieces = list(runs(text))
    if len(pieces) == 1 and pieces[0].italic:
        run = line.add_run()
        run._r.append(parse_xml(word_parts.text_box(pieces[0].text)))  # noqa: SLF001
    else:
        _write(line, text, source)


def _write(line: WordParagraph, text: str, source: Source) -> None:
    names = list(source.notes)
    for piece in runs(text):
        if piece.note in names:
            word_parts.add_mark(line, names.index(piece.note))
            continue
        run = line.add_run(piece.text)
        run.bold, run.italic = piece.bold or None, piece.italic or None


def _table(word: WordDocument, block: Table) -> None:
    if block.caption:
        caption = word.add_paragraph(plain(block.caption), style="Caption")
        caption.paragraph_format.keep_with_next = True
    table = word.add_table(len(block.rows), len(block.rows[0]), style="Light Grid Accent 1")
    for cells, row in zip(table.rows, block.rows, strict=True):
        for cell, text in zip(cells.cells, row, strict=True):
            line = cell.paragraphs[0]
            line.text = plain(text)
            line.paragraph_format.space_after, line.paragraph_format.line_spacing = Pt(2), 1.0
    word.add_paragraph()
