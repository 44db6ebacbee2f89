"""The tree as reportlab's flowing pieces, in fonts that know Swedish."""

from collections.abc import Iterator
from html import escape
from pathlib import Path

from reportlab.lib.colors import HexColor
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase.pdfmetrics import registerFont, registerFontFamily
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, Spacer, TableStyle
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Line
from reportlab.platypus import Table as Grid

from samples.make.dialect import Run, runs
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

FIRST_COLUMN = 40
FONTS = Path("/usr/share/fonts/truetype")
FILES = {
    "Body": "noto/NotoSerif-Regular.ttf",
    "Body-Bold": "noto/NotoSerif-Bold.ttf",
    "Body-Italic": "noto/NotoSerif-Italic.ttf",
    "Head": "noto/NotoSans-Bold.ttf",
}
for _name, _file in FILES.items():
    registerFont(TTFont(_name, str(FONTS / _file)))
registerFontFamily("Body", "Body", "Body-Bold", "Body-Italic", "Body-Bold")

BODY = ParagraphStyle(
    "body",
    fontName="Body",
    fontSize=10,
    leading=14.5,
    spaceAfter=7,
    alignment=TA_JUSTIFY,
    hyphenationLang="sv_SE",
    embeddedHyphenation=1,
    uriWasteReduce=0.3,
)
STYLES = {
    "body": BODY,
    "long": ParagraphStyle("long", BODY, fontSize=11.5, leading=19, spaceAfter=10),
    "cell": ParagraphStyle("cell", fontName="Body", fontSize=8.5, leading=11),
    "note": ParagraphStyle("note", fontName="Body", fontSize=8, leading=10.5),
    "caption": ParagraphStyle("caption", fontName="Head", fontSize=9, spaceBefore=6, keepWithNext=1),
    "title": ParagraphStyle("title", fontName="Head", fontSize=22, leading=28, spaceAfter=8),
    "subtitle": ParagraphStyle("subtitle", fontName="Head", fontSize=13, leading=18),
    "origin": ParagraphStyle("origin", fontName="Body", fontSize=9, leading=13, spaceAfter=20),
    "h1": ParagraphStyle("h1", fontName="Head", fontSize=16, leading=21, spaceBefore=12, spaceAfter=8, keepWithNext=1),
    "h2": ParagraphStyle("h2", fontName="Head", fontSize=12, leading=16, spaceBefore=9, spaceAfter=5, keepWithNext=1),
    "h3": ParagraphStyle(
        "h3",
        fontName="Head",
        fontSize=10.5,
        leading=14,
        spaceBefore=6,
        spaceAfter=3,
        keepWithNext=1,
    ),
}
LINES = TableStyle(
    [
        ("LINEBELOW", (0, 0), (-1, -1), 0.4, HexColor("#888888")),
        ("BACKGROUND", (0, 0), (-1, 0), HexColor("#e6edf3")),
        ("VALIGN", (0, 0), (-1, -1), "TOP"),
    ]
)


def drawn(block: Block, source: Source, *, first: bool) -> Iterator[Flowable]:
    """One block; chapters of a long report begin on a new page."""
    body = STYLES["long" if source.long else "body"]
    match block:
        case Heading(level, text):
            if source.long and level == 1 and not first:
                yield NewPage()
            yield Line(markup(text), STYLES[f"h{min(level, 3)}"])
        case Paragraph(text) | SpeakerNote(text):
            yield Line(markup(text), body)
        case Items(items, numbered):
            yield from _items(items, body, numbered=numbered)
        case Table(rows, caption):
            yield from _table(rows, caption)
        case PageBreak():
            yield NewPage()


def _items(items: tuple[str, ...], body: ParagraphStyle, *, numbered: bool) -> Iterator[Flowable]:
    style = ParagraphStyle("item", body, leftIndent=14, spaceAfter=3)
    for number, item in enumerate(items, 1):
        yield Line(markup(item), style, bulletText=f"{number}." if numbered else "•")
    yield Spacer(1, body.spaceAfter)


def _table(rows: tuple[tuple[str, ...], ...], caption: str) -> Iterator[Flowable]:
    if caption:
        yield Line(markup(caption), STYLES["caption"])
    cells = [[Line(markup(cell), STYLES["cell"]) for cell in row] for row in rows]
    yield Grid(cells, colWidths=_widths(len(rows[0])), style=LINES, spaceBefore=4, spaceAfter=12, repeatRows=1)


def _widths(columns: int) -> list[str]:
    """The first column, which holds the words, wider than those with figures."""
    first = FIRST_COLUMN if columns > 1 else 100
    return [f"{first}%", *[f"{(100 - first) / (columns - 1):.2f}%" for _ in range(columns - 1)]]


def markup(text: str) -> str:
    """A line in reportlab's own small HTML."""
    return "".join(_run(run) for run in runs(text))


def _run(run: Run) -> str:
    if run.note:
        return f"<super>{escape(run.note)}</super>"
    text = escape(run.text, quote=False)
    text = f"<b>{text}</b>" if run.bold else text
    return f"<i>{text}</i>" if run.italic else text
