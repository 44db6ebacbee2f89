"""Workbooks: a sheet a heading of level one, its remarks above its table, numbers as numbers."""

import re
from pathlib import Path

import xlsxwriter

from samples.make.archive import settled
from samples.make.dialect import plain
from samples.make.tree import Block, Heading, Source, Table, texts_of

NUMBER = re.compile(r"-?\d+(,\d+)?")
LONGEST_NAME = 31  # characters that Excel takes


def write(source: Source, target: Path) -> None:
    """The document as xlsx."""
    book = xlsxwriter.Workbook(str(target))
    book.set_properties({"title": source.facts.title, "created": source.facts.moment.replace(tzinfo=None)})
    bold = book.add_format({"bold": True})
    for name, blocks in _sheets(source):
        sheet, row = book.add_worksheet(name[:LONGEST_NAME]), 0
        for block in blocks:
            for cells in _rows(block):
                for column, cell in enumerate(cells):
                    sheet.write(row, column, _value(cell), bold if is_head(block, cells) else None)
                row += 1
            row += 1
    book.close()
    settled(target)


def is_head(block: Block, cells: list[str]) -> bool:
    """Whether these are the cells of a table's head."""
    return isinstance(block, Table) and cells == [plain(cell) for cell in block.rows[0]]


def _sheets(source: Source) -> list[tuple[str, list[Block]]]:
    found: list[tuple[str, list[Block]]] = []
    for block in source.blocks:
        if isinstance(block, Heading) and block.level == 1:
            found.append((plain(block.text), []))
        else:
            found[-1][1].append(block)
    return found


def _rows(block: Block) -> list[list[str]]:
    if isinstance(block, Table):
        return [[plain(cell) for cell in row] for row in block.rows]
    return [[plain(text)] for text in texts_of(block)]


def _value(cell: str) -> str | float:
    return float(cell.replace(",", ".")) if NUMBER.fullmatch(cell) else cell
