"""PDF through fpdf2: a plain sheet in DejaVu, as small in-house tools make them."""

from dataclasses import dataclass
from pathlib import Path

from fpdf import FPDF
from fpdf.enums import XPos, YPos
from fpdf.fonts import FontFace

from samples.make.dialect import plain
from samples.make.tree import Block, Heading, Items, PageBreak, Source, Table, texts_of

FONTS = Path("/usr/share/fonts/truetype/dejavu")
SIZES = {1: 14, 2: 12, 3: 11, 4: 10}
BODY = 10


@dataclass(frozen=True)
class Sheet:
    """A PDF being written, and the hand that writes in it."""

    pdf: FPDF

    def write_line(self, text: str, size: int = BODY, style: str = "", indent: int = 0) -> None:
        """A paragraph, broken at the right margin."""
        self.pdf.set_font("body", style, size)
        self.pdf.set_x(self.pdf.l_margin + indent)
        self.pdf.multi_cell(0, size * 0.52, text, align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.pdf.ln(2)


def write(source: Source, target: Path) -> None:
    """The document as PDF, notes last."""
    sheet, facts = Sheet(_empty(source)), source.facts
    sheet.write_line(facts.title, 18, "B")
    for line in filter(None, (facts.subtitle, facts.origin)):
        sheet.write_line(line)
    for block in source.blocks:
        _draw(sheet, block)
    for name, text in source.notes.items():
        sheet.write_line(f"{name}) {plain(text)}", 8)
    _margins(sheet.pdf, source)
    sheet.pdf.output(str(target))


def _empty(source: Source) -> FPDF:
    pdf, facts = FPDF(format="A4"), source.facts
    pdf.add_font("body", "", FONTS / "DejaVuSans.ttf")
    pdf.add_font("body", "B", FONTS / "DejaVuSans-Bold.ttf")
    pdf.set_title(facts.title)
    pdf.set_author(facts.unit)
    pdf.set_lang("sv")
    pdf.set_creation_date(facts.moment)
    pdf.set_margins(25, 28, 25)
    pdf.set_auto_page_break(auto=True, margin=25)
    pdf.add_page()
    return pdf


def _margins(pdf: FPDF, source: Source) -> None:
    """Header and footer on every page, written last, when the number of pages is known."""
    pdf.set_auto_page_break(auto=False)
    for page in range(1, pdf.pages_count + 1):
        pdf.page = page
        pdf.set_font("body", size=8)
        pdf.set_xy(25, 12)
        pdf.cell(0, 5, source.facts.header, border="B")
        pdf.set_xy(25, -15)
        pdf.cell(0, 5, source.facts.footer)
        pdf.set_xy(25, -15)
        pdf.cell(0, 5, f"Sida {page} av {pdf.pages_count}", align="R")


def _draw(sheet: Sheet, block: Block) -> None:
    match block:
        case Heading(level, text):
            sheet.pdf.ln(3)
            sheet.write_line(plain(text), SIZES[level], "B")
        case Items(items, numbered):
            for number, item in enumerate(items, 1):
                mark = f"{number}." if numbered else "•"
                sheet.write_line(f"{mark} {plain(item)}", indent=5)
        case Table():
            _table(sheet, block)
        case PageBreak():
            sheet.pdf.add_page()
        case _:
            for text in texts_of(block):
                sheet.write_line(plain(text))


def _table(sheet: Sheet, block: Table) -> None:
    if block.caption:
        sheet.write_line(plain(block.caption), 9, "B")
    sheet.pdf.set_font("body", size=9)
    head = FontFace(emphasis="BOLD", fill_color=(230, 236, 242))
    rows = [[plain(cell) for cell in row] for row in block.rows]
    with sheet.pdf.table(rows=rows, headings_style=head, text_align="LEFT", line_height=5.5):
        pass
    sheet.pdf.ln(4)
