"""Running text cut into the pages that a file knows, or into sections of a size that people can look through."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from indexer.extraction.frames import RawPage
from indexer.extraction.text import clean

HEADING_STARTS_SECTION = 2  # headings of level 1 and 2
SHORTEST = 400  # characters a section has before a heading starts a new one
LONGEST = 6000  # characters; a new one starts at the next paragraph


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, table row or page break. level: 0 for text, else the heading's. note: belongs at the page's foot."""

    text: str = ""
    level: int = 0
    page_break: bool = False
    note: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """heading: the nearest one above or on it. headings: (paragraph, level) of all on it."""

    heading: str
    text: str
    headings: tuple[tuple[str, int], ...] = ()

    def page(self, number: int, reader: str) -> RawPage:
        """Itself as a page, for the report."""
        return RawPage(number, reader, text=self.text, heading=self.heading, headings=self.headings)


def pages(blocks: Iterable[Block]) -> list[Section]:
    """Pages as the file knows them, divided at page breaks only."""
    found: list[Section] = []
    page, heading = _Page(), ""
    for block in blocks:
        if block.page_break:
            if not page.is_empty():
                found.append(page.done())
                page = _Page(heading)
            continue
        heading = _heading(block) or heading
        page.add(block)
    if not page.is_empty() or not found:
        found.append(page.done())
    return found


def sections(blocks: Iterable[Block]) -> list[Section]:
    """Sections, divided at page breaks, at headings and where a section grows too long."""
    return pages(_with_breaks(blocks))


def row(cells: Iterable[Sequence[Block]]) -> Iterator[Block]:
    """A table's row as one line; what cannot stand in a line (notes, breaks) follows it.

    A row with a single filled cell is a frame around what stands in it.
    """
    filled = [blocks for blocks in cells if any(block.text.strip() or block.page_break for block in blocks)]
    if len(filled) == 1:
        yield from filled[0]
        return
    line = (" ".join(block.text for block in blocks if _is_of_line(block)) for blocks in filled)
    yield Block("\t".join(cell for cell in line if cell.strip()))
    yield from (block for blocks in filled for block in blocks if not _is_of_line(block))


def _is_of_line(block: Block) -> bool:
    return not block.note and not block.page_break


def _with_breaks(blocks: Iterable[Block]) -> Iterator[Block]:
    length = 0
    for block in blocks:
        starts = 0 < block.level <= HEADING_STARTS_SECTION and length >= SHORTEST
        if starts or (length >= LONGEST and not block.note):
            yield Block(page_break=True)
            length = 0
        length = 0 if block.page_break else length + len(block.text)
        yield block


def _heading(block: Block) -> str:
    return " ".join(clean(block.text).split()) if block.level else ""


def _tidy(text: str) -> str:
    """Clean, without the blank lines that divide paragraphs."""
    return "\n".join(line.strip() for line in clean(text).split("\n") if line.strip())


class _Page:
    def __init__(self, heading: str = "") -> None:
        self._inherited, self._own = heading, ""
        self._texts: list[str] = []
        self._notes: list[str] = []
        self._headings: list[tuple[str, int]] = []

    def is_empty(self) -> bool:
        return not self._texts and not self._notes

    def add(self, block: Block) -> None:
        text = _tidy(block.text)
        if text:
            (self._notes if block.note else self._texts).append(text)
            self._own = self._own or _heading(block)
            if block.level:
                self._headings.append((text, block.level))

    def done(self) -> Section:
        text = "\n\n".join(self._texts + self._notes)
        return Section(self._own or self._inherited, text, tuple(self._headings))
