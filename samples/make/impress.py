"""OpenDocument slides with a table and what the speaker says, for Impress."""

from pathlib import Path

from odfdo import Document, DrawPage, Element, Frame, Paragraph

from samples.make.archive import settled
from samples.make.opendocument import describe, table_of
from samples.make.slides import Slide, slides
from samples.make.tree import Source, Table

WIDE = "24cm"
NOTES = (
    '<presentation:notes><draw:frame presentation:class="notes" svg:width="16cm" '
    'svg:height="12cm" svg:x="2cm" svg:y="14cm"><draw:text-box/></draw:frame>'
    "</presentation:notes>"
)


def write(source: Source, target: Path) -> None:
    """The document as odp."""
    deck = Document("presentation")
    deck.body.clear()
    describe(deck, source)
    deck.body.append(_title_page(source))
    for number, slide in enumerate(slides(source), 2):
        deck.body.append(_page(slide, number))
    deck.save(str(target))
    settled(target)


def _title_page(source: Source) -> DrawPage:
    facts = source.facts
    page = _blank(1)
    page.append(_frame([facts.title], "title", "6cm", "4cm"))
    lines = [line for line in (facts.subtitle, facts.origin) if line]
    page.append(_frame(lines, "subtitle", "11cm", "4cm"))
    return page


def _page(slide: Slide, number: int) -> DrawPage:
    page = _blank(number)
    page.append(_frame([slide.title], "title", "1cm", "2.5cm"))
    lines = [f"{'• ' * depth}{text}" for depth, text in slide.lines]
    height = "5cm" if slide.tables else "14cm"
    if lines:
        page.append(_frame(lines, "outline", "4.5cm", height))
    for at, table in enumerate(slide.tables):
        page.append(_table(table, f"Tabell{number}-{at}", "11cm" if lines else "5cm"))
    if slide.said:
        page.append(_notes(slide.said))
    return page


def _blank(number: int) -> DrawPage:
    return DrawPage(f"sida{number}", f"Sida {number}", "presentation")


def _frame(lines: list[str], kind: str, top: str, height: str) -> Frame:
    text = [Paragraph(line) for line in lines]
    style = f"Mpr{1 if kind == 'title' else 2}"
    frame = Frame.text_frame(
        text,
        size=(WIDE, height),
        position=("2cm", top),
        presentation_class=kind,
    )
    frame.presentation_style = style
    frame.layer = "layout"
    return frame


def _table(table: Table, name: str, top: str) -> Frame:
    size = (WIDE, f"{len(table.rows)}cm")
    frame = Frame(name, size=size, position=("2cm", top), layer="layout")
    frame.append(table_of(table, name))
    return frame


def _notes(said: str) -> Element:
    notes = Element.from_tag(NOTES)
    box = notes.get_element("descendant::draw:text-box")
    if box is not None:
        box.append(Paragraph(said))
    return notes
