"""Tables of the standard template: widths, a head that is repeated on each page, figures to the right."""

from __future__ import annotations

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm
from docx.table import Table, _Cell

from webapp.report.word_styles import CELL, NUMBERS

# Widths in cm by number of columns.
WIDTHS = {2: (11.0, 5.0), 4: (6.4, 2.4, 3.6, 3.6), 6: (4.0, 3.4, 2.1, 2.0, 2.3, 2.2)}


def shape(table: Table, *, last_row: bool, together: bool) -> None:
    """together: on one page, where there is room for it."""
    table.autofit = False
    for width, column in zip(WIDTHS[len(table.columns)], table.columns, strict=True):
        column.width = Cm(width)
        for cell in column.cells:
            cell.width = column.width
            cell.paragraphs[0].paragraph_format.keep_with_next = together or None
    _set_look(table, last_row=last_row)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))  # noqa: SLF001 - python-docx has none of these
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def fill(cell: _Cell, text: str, *, number: bool) -> None:
    cell.paragraphs[0].style = NUMBERS if number else CELL
    cell.paragraphs[0].add_run(text)


def _set_look(table: Table, *, last_row: bool) -> None:
    """Which of the style's parts count: the first row always, the last where it sums up."""
    look = table._tbl.tblPr.find(qn("w:tblLook"))  # noqa: SLF001
    assert look is not None  # python-docx gives every new table one
    look.attrib.clear()
    for name, on in (("firstRow", True), ("lastRow", last_row), ("firstColumn", False), ("noHBand", True)):
        look.set(qn(f"w:{name}"), "1" if on else "0")
    look.set(qn("w:val"), "0660" if last_row else "0620")
