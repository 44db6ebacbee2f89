"""PDF through reportlab: one or two columns, a plain list of contents, margins."""

from collections.abc import Iterator
from functools import partial
from pathlib import Path

from reportlab import rl_config
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import (
    BaseDocTemplate,
    Flowable,
    Frame,
    NextPageTemplate,
    PageTemplate,
)
from reportlab.platypus import PageBreak as NewPage
from reportlab.platypus import Paragraph as Line

from samples.make.reportlab_story import STYLES, drawn, markup
from samples.make.tree import Source

LEFT, BOTTOM, GAP = 30 * mm, 28 * mm, 8 * mm
WIDTH, HEIGHT = A4[0] - 2 * LEFT, A4[1] - 2 * BOTTOM


def write(source: Source, target: Path, encrypt: StandardEncryption | None = None) -> None:
    """The document as PDF; with `encrypt` it opens only with a password."""
    rl_config.invariant = 1
    template = _template(source, target, encrypt)
    template.build([*_front(source), *_text(source)])


def _template(source: Source, target: Path, encrypt: StandardEncryption | None) -> BaseDocTemplate:
    facts = source.facts
    template = BaseDocTemplate(
        str(target),
        pagesize=A4,
        encrypt=encrypt,
        lang="sv",
        title=facts.title,
        author=facts.unit,
        subject=facts.subtitle,
    )
    margins = partial(_margins, source)
    columns = 2 if facts.layout.endswith("columns") else 1
    template.addPageTemplates(
        [
            PageTemplate("front", [_frame(0, 1)], onPage=margins),
            PageTemplate("text", [_frame(at, columns) for at in range(columns)], onPage=margins),
        ]
    )
    return template


def _frame(at: int, columns: int) -> Frame:
    width = (WIDTH - GAP * (columns - 1)) / columns
    return Frame(LEFT + at * (width + GAP), BOTTOM, width, HEIGHT, 0, 0, 0, 0)


def _margins(source: Source, canvas: Canvas, template: BaseDocTemplate) -> None:
    canvas.setFont("Body", 8.5)
    canvas.drawString(LEFT, A4[1] - 16 * mm, source.facts.header)
    canvas.drawString(LEFT, 14 * mm, source.facts.footer)
    canvas.drawRightString(A4[0] - LEFT, 14 * mm, str(template.page))
    canvas.line(LEFT, A4[1] - 18 * mm, A4[0] - LEFT, A4[1] - 18 * mm)


def _front(source: Source) -> Iterator[Flowable]:
    """The title, on a page of its own for reports."""
    facts = source.facts
    yield NextPageTemplate("text")
    yield Line(markup(facts.title), STYLES["title"])
    if facts.subtitle:
        yield Line(markup(facts.subtitle), STYLES["subtitle"])
    yield Line(markup(facts.origin), STYLES["origin"])
    if source.has_title_page or source.facts.layout.endswith("columns"):
        yield NewPage()  # a block measured on a wide page must not be drawn in a column


def _text(source: Source) -> Iterator[Flowable]:
    for at, block in enumerate(source.blocks):
        yield from drawn(block, source, first=at == 0)
    if source.notes:
        yield Line("Noter", STYLES["h2"])
    for number, note in enumerate(source.notes.values(), 1):
        yield Line(f"{number}. {markup(note)}", STYLES["note"])
