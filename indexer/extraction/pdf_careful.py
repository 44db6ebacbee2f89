"""A page's lines by pdfminer.six with layout, bounded so that no page takes it minutes.

Characters that stand on their side are kept apart, or each would become a box of its own.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Self

from pdfminer.converter import PDFLayoutAnalyzer
from pdfminer.layout import (
    LTChar,
    LTContainer,
    LTLayoutContainer,
    LTPage,
    LTTextLine,
    LTTextLineHorizontal,
)
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser

from indexer.errors import UnreadableFile
from indexer.extraction.frames import About, Line, RawPage, Report
from indexer.extraction.pdf_order import LAYOUT, in_reading_order
from indexer.extraction.registry import Task
from indexer.extraction.spent import Spent

READER = "pdfminer"
MOST_CHARACTERS = 60_000  # of a page; more is a drawing, and its layout would take seconds
_BOLD = re.compile(r"bold|black|heavy|semibold|demi", re.IGNORECASE)
_WORD_GAP = 0.2  # of a sideways character's size; a wider gap is a blank


def warm() -> None:
    """Importing this module has loaded the library; here it only learns to keep its notes to itself."""
    logging.disable(logging.CRITICAL)  # it would write several debug lines an operator of the page


class Careful:
    """Pages of one file, opened when the first page is asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: BinaryIO | None = None
        self._coming: Iterator[PDFPage] = iter(())
        self._seen: list[PDFPage] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._file is not None:
            self._file.close()

    def read(self, number: int) -> RawPage | None:
        """The page, counted from 1; None where pdfminer.six cannot read it."""
        try:
            page = self._page(number)
            if page is None:
                return None
            return _raw_page(number, self._device.read(page))
        except (MemoryError, UnreadableFile):
            raise
        except Exception:  # noqa: BLE001  a hostile file can bring about any error in it; the page stays as it was
            return None

    def _page(self, number: int) -> PDFPage | None:
        if self._file is None:
            self._file, self._device = self._path.open("rb"), _Characters()
            self._coming = PDFPage.create_pages(_document(self._file))
        while len(self._seen) < number:
            page = next(self._coming, None)
            if page is None:
                return None
            self._seen.append(page)
        return self._seen[number - 1]


def extract(task: Task, report: Report) -> None:
    """Reads without PDFium, which has died of this file; raises UnreadableFile."""
    with task.path.open("rb") as file:
        try:
            count = sum(1 for _ in PDFPage.create_pages(_document(file)))
        except (MemoryError, UnreadableFile):
            raise
        except Exception as error:
            raise UnreadableFile("damaged", f"{type(error).__name__}: {error}") from error
    report.about(About(page_count=count))
    spent = Spent(task.limits)
    last = min(count, task.first + task.limits.pages - 1, task.limits.all_pages)
    with Careful(task.path) as careful:
        for number in range(task.first, last + 1):
            report.page(careful.read(number) or RawPage(number, READER))
            if number < last and spent.enough():
                report.go_on(number + 1)
                return
    if last < count:
        report.go_on(last + 1)


def _document(file: BinaryIO) -> PDFDocument:
    try:
        return PDFDocument(PDFParser(file))
    except PDFPasswordIncorrect as error:
        raise UnreadableFile("encrypted", "a password is needed") from error


class _Characters(PDFLayoutAnalyzer):
    """Collects characters; lines, curves and pictures are not even looked at."""

    def __init__(self) -> None:
        super().__init__(PDFResourceManager(), laparams=None)
        self._interpreter = PDFPageInterpreter(self.rsrcmgr, self)
        self._page: LTPage | None = None

    def receive_layout(self, ltpage: LTPage) -> None:
        self._page = ltpage

    def paint_path(self, *_: Any, **__: Any) -> None:
        """Nothing is drawn."""

    def render_image(self, *_: Any, **__: Any) -> None:
        """Nothing is drawn."""

    def read(self, page: PDFPage) -> LTPage:
        self._interpreter.process_page(page)
        if self._page is None:
            raise ValueError("pdfminer.six gave no page")
        layout, self._page = self._page, None
        return layout


def _raw_page(number: int, page: LTPage) -> RawPage:
    upright: list[LTChar] = []
    sideways: list[LTChar] = []
    for character in _characters(page):
        (sideways if abs(character.matrix[1]) > abs(character.matrix[0]) else upright).append(character)
        if len(upright) + len(sideways) > MOST_CHARACTERS:
            break
    lines = [_line(line, page.height) for line in _in_reading_order(page, upright)]
    lines += _sideways_lines(sideways, page.height)
    kept = tuple(line for line in lines if line.text.strip())
    return RawPage(number, READER, kept, width=page.width, height=page.height)


def _characters(container: LTContainer[Any]) -> Iterator[LTChar]:
    """Characters in the order of the page's content, those inside figures too."""
    waiting = [iter(container)]
    while waiting:
        item = next(waiting[-1], None)
        if item is None:
            waiting.pop()
        elif isinstance(item, LTChar):
            yield item
        elif isinstance(item, LTContainer):
            waiting.append(iter(item))


def _in_reading_order(page: LTPage, characters: list[LTChar]) -> Iterator[LTTextLine]:
    if not characters:
        return
    container = LTLayoutContainer(page.bbox)
    lines = [line for line in container.group_objects(LAYOUT, characters) if not line.is_empty()]
    for line in lines:
        line.analyze(LAYOUT)
    yield from in_reading_order(container, lines)


def _line(line: LTTextLine, page_height: float) -> Line:
    first = next((item for item in line if isinstance(item, LTChar)), None)
    return Line(
        text=line.get_text().rstrip("\n"),
        left=round(line.x0, 1),
        top=round(page_height - line.y1, 1),
        right=round(line.x1, 1),
        size=round(first.size if first is not None and isinstance(line, LTTextLineHorizontal) else line.width, 1),
        bold=first is not None and bool(_BOLD.search(first.fontname)),
    )


def _sideways_lines(characters: list[LTChar], page_height: float) -> list[Line]:
    """Lines that run up or down the page; a new one where the next character stands in another line's place."""
    lines: list[Line] = []
    before: LTChar | None = None
    for character in characters:
        text = character.get_text()
        if before is not None and abs(character.x0 - before.x0) < before.width / 2:
            gap = max(character.y0 - before.y1, before.y0 - character.y1)
            blank = " " if gap > _WORD_GAP * character.size else ""
            lines[-1] = lines[-1]._replace(text=lines[-1].text + blank + text)
        else:
            top, size = round(page_height - character.y1, 1), round(character.width, 1)
            lines.append(Line(text, round(character.x0, 1), top, round(character.x1, 1), size, bold=False))
        before = character
    return lines
