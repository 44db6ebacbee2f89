"""A page's lines as paragraphs and headings."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from indexer.extraction.frames import Line
from indexer.extraction.text import clean, joined

LARGER = 1.15  # times the body's size: a heading
WIDE_GAP = 1.45  # times the usual distance from line to line: a new paragraph
SHORT_LINE = 0.8  # of its column's width: the writer ended the line
SAME_SIZE = 0.12  # share by which lines of the same writing may differ in height
NEXT_ROW = 40.0  # points to the left of the line before: the next row of a table
LONGEST_HEADING = 160  # characters
LONGEST_SENTENCE_HEADING = 8  # words, where it ends as a sentence does
_LIST_ITEM = re.compile(r"\s*(?:[•▪●◦‣\uf0b7*–—-]\s|\(?\d{1,2}[.)]\s|\(?[a-z][.)]\s|\d+\s*§)")
_ENDS_SENTENCE = re.compile(r"[.:;!?]\W*$")
_LETTERS = re.compile(r"[^\W\d_]{2}")


@dataclass(slots=True)
class Paragraph:
    """level: 0 for text; 1 for the largest headings, rising as they get smaller."""

    text: str
    level: int = 0
    size: float = 0.0


@dataclass(frozen=True, slots=True)
class Body:
    """How running text looks in a file. heading_sizes: those larger than it, largest first."""

    size: float
    is_bold: bool
    heading_sizes: tuple[float, ...] = field(default=())

    def level(self, line: Line) -> int:
        """0 where the line looks like running text."""
        is_larger = line.size >= self.size * LARGER
        if not is_larger and (self.is_bold or not line.bold or line.size < self.size * 0.95):
            return 0
        if len(line.text) > LONGEST_HEADING or not _LETTERS.search(line.text):
            return 0
        if is_larger:
            return 1 + sum(size > line.size * 1.05 for size in self.heading_sizes)
        return len(self.heading_sizes) + 1


def body_of(lines: Iterable[Line]) -> Body:
    """The size and weight that most characters have."""
    exactly: dict[tuple[float, bool], int] = {}
    for text, _, _, _, size, is_bold in lines:
        exactly[size, is_bold] = exactly.get((size, is_bold), 0) + len(text)
    counted: Counter[tuple[float, bool]] = Counter()
    for (size, is_bold), characters in exactly.items():
        counted[round(size), is_bold] += characters
    if not counted:
        return Body(0.0, is_bold=False)
    (size, is_bold), _ = counted.most_common(1)[0]
    larger = sorted({s for (s, _), many in counted.items() if s >= size * LARGER and many > 1}, reverse=True)
    return Body(size, is_bold, tuple(larger[:6]))


def paragraphs(lines: Sequence[Line], body: Body) -> list[Paragraph]:
    """Lines joined where they are one paragraph; list items and short lines stay lines of it."""
    if not lines:
        return []
    pitch = _pitch(lines)
    found: list[Paragraph] = []
    column_right = _column_rights(lines)
    before: Line | None = None
    for index, line in enumerate(lines):
        text = clean(line.text).strip()
        if not text:
            continue
        level = body.level(line)
        if before is None or _starts_paragraph(before, line, found[-1], level, pitch):
            found.append(Paragraph(text, level, line.size))
        elif _starts_line(before, line, column_right[index - 1]) and not found[-1].level:
            found[-1].text += "\n" + text
        else:
            found[-1].text = joined(found[-1].text, text)
        before = line
    return [_settled(paragraph) for paragraph in found]


def _starts_paragraph(before: Line, line: Line, current: Paragraph, level: int, pitch: float) -> bool:
    if before.text.endswith("-") and _goes_on(before, line):
        return False
    if level != current.level or (level and abs(line.size - current.size) > current.size * 0.1):
        return True
    down = line.top - before.top
    if down < -before.size / 2:  # the top of the next column, or a line drawn out of order
        return bool(_ENDS_SENTENCE.search(before.text)) or not line.text.lstrip()[:1].islower()
    if abs(down) < before.size / 2:  # the next cell of a row, or a raised number
        return False
    return down > pitch * WIDE_GAP or abs(line.size - before.size) > 0.25 * max(before.size, 1.0)


def _goes_on(before: Line, line: Line) -> bool:
    """Whether a word with a hyphen at its line's end does: then the two belong together wherever they stand."""
    return (
        abs(line.size - before.size) < SAME_SIZE * before.size
        and before.text[-2:-1].isalpha()
        and line.text.lstrip()[:1].islower()
    )


def _starts_line(before: Line, line: Line, right: float) -> bool:
    if _LIST_ITEM.match(line.text) or (line.left < before.left - NEXT_ROW and line.top > before.top):
        return True
    width = right - before.left
    return before.right - before.left < width * SHORT_LINE and not line.text.lstrip()[:1].islower()


def _pitch(lines: Sequence[Line]) -> float:
    """The usual distance from one line to the next below it, in points."""
    steps = [step for a, b in pairwise(lines) if 0 < (step := b.top - a.top) < (3 * a.size if a.size > 1 else 3)]
    return median(steps) if steps else max(line.size for line in lines)


def _column_rights(lines: Sequence[Line]) -> list[float]:
    """For each line the right edge of its column: the farthest of the lines that start at about the same left edge."""
    columns = [round(line.left / 40) for line in lines]
    farthest: dict[int, float] = {}
    for column, line in zip(columns, lines, strict=True):
        if line.right > farthest.get(column, 0.0):
            farthest[column] = line.right
    return [farthest.get(column, 0.0) for column in columns]


def _settled(paragraph: Paragraph) -> Paragraph:
    """A bold beginning of a long paragraph, or a numbered sentence, is no heading."""
    if paragraph.level and len(paragraph.text) > LONGEST_HEADING:
        paragraph.level = 0
    if (
        paragraph.level
        and paragraph.text.endswith((".", ",", ";"))
        and len(paragraph.text.split()) > LONGEST_SENTENCE_HEADING
    ):
        paragraph.level = 0
    return paragraph
