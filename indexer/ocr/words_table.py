"""The table that tesseract writes: a row for each word, with its line, its place and how sure of it tesseract is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from indexer.extraction.text import clean

WORD_LEVEL = "5"
COLUMNS = 12
LEAST_SURE = 10.0  # of 100; what is below was drawn, not written: logotypes, stamps, specks
MOST_WORDS = 20_000  # as many as a page of text may have marks for


@dataclass(frozen=True, slots=True)
class ReadWord:
    """A word with its place in pixels of what was read. sure: 0 to 100. line, paragraph: where it belongs."""

    text: str
    left: int
    top: int
    width: int
    height: int
    sure: float
    paragraph: tuple[int, int]
    line: tuple[int, int, int]


def read_words(table: str) -> list[ReadWord]:
    """In reading order. Blanks, lines that were taken for words, and what is no row of the table are left out."""
    found: list[ReadWord] = []
    for word in _words(table):
        if word.sure >= LEAST_SURE and any(map(str.isalnum, word.text)) and len(found) < MOST_WORDS:
            found.append(word)
    return found


def _words(table: str) -> Iterator[ReadWord]:
    for row in table.split("\n")[1:]:
        cells = row.split("\t", COLUMNS - 1)
        if len(cells) < COLUMNS or cells[0] != WORD_LEVEL:
            continue
        text = "".join(clean(cells[-1]).split())
        try:
            block, paragraph, line, _, left, top, width, height = map(int, cells[2:10])
            sure = float(cells[10])
        except ValueError:
            continue
        yield ReadWord(text, left, top, width, height, sure, (block, paragraph), (block, paragraph, line))
