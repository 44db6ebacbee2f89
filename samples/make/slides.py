"""Slides for PowerPoint and Impress: a text dealt into slides at each first-level heading."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pptx import Presentation
from pptx.presentation import Presentation as Deck
from pptx.slide import Slide as PowerPointSlide
from pptx.util import Emu, Length, Mm, Pt

from samples.make.archive import settled
from samples.make.dialect import plain
from samples.make.tree import Block, Heading, Items, Source, SpeakerNote, Table, texts_of

TITLE, CONTENT = 0, 1
"""Places of two layouts in the template that python-pptx brings."""

ROW, FEW = Mm(9), 6


@dataclass(frozen=True)
class Slide:
    """A slide's headline, its lines with their depth, its tables and what is said."""

    title: str
    lines: tuple[tuple[int, str], ...]
    tables: tuple[Table, ...]
    said: str


def slides(source: Source) -> Iterator[Slide]:
    """The slides of a text, after the title slide."""
    held: list[Block] = []
    for block in source.blocks:
        if held and isinstance(block, Heading) and block.level == 1:
            yield _slide(held)
            held = []
        held.append(block)
    if held:
        yield _slide(held)


def _slide(blocks: list[Block]) -> Slide:
    first = blocks[0]
    title = plain(first.text) if isinstance(first, Heading) else ""
    rest = blocks[1:] if title else blocks
    tables = tuple(one for one in rest if isinstance(one, Table))
    said = " ".join(plain(one.text) for one in rest if isinstance(one, SpeakerNote))
    return Slide(title, tuple(_lines(rest)), tables, said)


def _lines(blocks: list[Block]) -> Iterator[tuple[int, str]]:
    for block in blocks:
        if not isinstance(block, Table | SpeakerNote):
            depth = 1 if isinstance(block, Items) else 0
            yield from ((depth, plain(text)) for text in texts_of(block))


def write(source: Source, target: Path) -> None:
    """The document as pptx."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(9144000), Emu(6858000)
    _about(deck, source)
    _title_slide(deck, source)
    for slide in slides(source):
        _add(deck, slide, source)
    deck.save(str(target))
    settled(target)


def _about(deck: Deck, source: Source) -> None:
    core, facts = deck.core_properties, source.facts
    core.title, core.author, core.language = facts.title, facts.unit, "sv-SE"
    core.last_modified_by = facts.unit
    core.created = core.modified = facts.moment.replace(tzinfo=None)


def _title_slide(deck: Deck, source: Source) -> None:
    facts = source.facts
    page = deck.slides.add_slide(deck.slide_layouts[TITLE])
    page.placeholders[0].text_frame.text = facts.title
    page.placeholders[1].text_frame.text = "\n".join(line for line in (facts.subtitle, facts.origin) if line)


def _add(deck: Deck, slide: Slide, source: Source) -> None:
    page = deck.slides.add_slide(deck.slide_layouts[CONTENT])
    page.placeholders[0].text_frame.text = slide.title
    _fill(page, slide)
    for table in slide.tables:
        _table(page, table)
    foot = page.shapes.add_textbox(Mm(12), Mm(180), Mm(220), Mm(8)).text_frame
    foot.text = source.facts.footer
    foot.paragraphs[0].font.size = Pt(10)
    if slide.said:
        notes = page.notes_slide.notes_text_frame
        if notes is not None:
            notes.text = slide.said


def _fill(page: PowerPointSlide, slide: Slide) -> None:
    """The lines in the slide's text area, which gives way to a table below it."""
    area = page.placeholders[1]
    if not slide.lines:
        area.element.getparent().remove(area.element)
        return
    area.left, area.top, area.width = Mm(13), Mm(42), Mm(228)
    area.height = Mm(50 if slide.tables else 130)
    frame = area.text_frame
    for at, (depth, text) in enumerate(slide.lines):
        line = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
        line.text, line.level = text, max(depth - 1, 0)
        line.font.size = _size(slide)


def _size(slide: Slide) -> Length:
    """Smaller letters where there is much to say or a table below."""
    return Pt(15) if slide.tables or len(slide.lines) > FEW else Pt(18)


def _table(page: PowerPointSlide, table: Table) -> None:
    top = Mm(98 if len(page.placeholders) > 1 else 48)
    rows, columns = len(table.rows), len(table.rows[0])
    grid = page.shapes.add_table(rows, columns, Mm(15), top, Mm(222), Emu(ROW * rows)).table
    for at, row in enumerate(table.rows):
        for to, text in enumerate(row):
            cell = grid.cell(at, to)
            cell.text = plain(text)
            for line in cell.text_frame.paragraphs:
                line.font.size = Pt(12)
