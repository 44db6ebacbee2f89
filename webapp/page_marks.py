"""Where the question's words stand on a page: in its text, and on its picture."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from indexer import Mark, Question, WordBox, mark_words
from webapp.pictures import PlacedWords

AIR = 1.5  # points around a marked word
WORD = re.compile(r"\w+")
LONGEST_WORD = 80  # characters looked at on either side of a mark
PARAGRAPHS = re.compile(r"\n\s*\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text; `hit` is the number of the hit in the document, 0 for what is not marked; kind: of its mark."""

    text: str
    hit: int = 0
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on the page in points; `hit` counts on this page from 1, a divided word has two boxes of one hit."""

    x: float
    y: float
    width: float
    height: float
    hit: int
    kind: str

    def numbered_from(self, first_hit: int) -> Box:
        """The same box with its number in the document."""
        return replace(self, hit=self.hit + first_hit - 1) if self.hit else self


def paragraphs(text: str, marks: Sequence[Mark], first_hit: int) -> list[list[Piece]]:
    """The page's text by paragraph, cut at its marks, which are numbered from first_hit."""
    found, start = [], 0
    for gap in (*PARAGRAPHS.finditer(text), None):
        end = gap.start() if gap else len(text)
        if text[start:end].strip():
            found.append(list(_pieces(text, start, end, marks, first_hit)))
        start = gap.end() if gap else end
    return found


def _pieces(text: str, start: int, end: int, marks: Sequence[Mark], first_hit: int) -> Iterator[Piece]:
    at = start
    for number, mark in enumerate(marks, first_hit):
        if mark.start >= end or mark.end <= start:
            continue
        if mark.start > at:
            yield Piece(text[at : mark.start])
        yield Piece(text[max(at, mark.start) : min(mark.end, end)], number, mark.kind)
        at = mark.end
    if at < end:
        yield Piece(text[at:end])


def boxes(question: Question, placed: PlacedWords, text: str, marks: Sequence[Mark]) -> list[Box]:
    """Marks on the picture, numbered like those in the text.

    A running header stands on the picture but not in the text, and columns may come in another order; so each mark of
    the picture takes the number of a mark with the same neighbours, else of one with the same word. Others have 0.
    """
    text_there, found = mark_words(question, [one.text for one in placed.words])
    numbers = _numbers(_surroundings(text_there, [one.mark for one in found]), _surroundings(text, marks))
    return [
        _box(placed.words[word], first, last, number, one.mark.kind)
        for one, number in zip(found, numbers, strict=True)
        for word, first, last in one.words
    ]


Surroundings = tuple[str, str, str]  # the word before, the marked one, the word after


def _numbers(pictured: Sequence[Surroundings], written: Sequence[Surroundings]) -> list[int]:
    found = [0] * len(pictured)
    left = dict(enumerate(written, 1))
    for compared in (slice(0, 3), slice(1, 2)):  # the whole surroundings, then the word alone
        for place, one in enumerate(pictured):
            if not found[place]:
                alike = (number for number, other in left.items() if one[compared] == other[compared])
                found[place] = next(alike, 0)
                left.pop(found[place], None)
    return found


def _surroundings(text: str, marks: Sequence[Mark]) -> list[Surroundings]:
    return [
        (
            _last_word(text[max(0, mark.start - LONGEST_WORD) : mark.start]),
            _plain(text[mark.start : mark.end]),
            _first_word(text[mark.end : mark.end + LONGEST_WORD]),
        )
        for mark in marks
    ]


def _plain(text: str) -> str:
    return " ".join(WORD.findall(text.casefold()))


def _last_word(text: str) -> str:
    return _plain(text).rpartition(" ")[2]


def _first_word(text: str) -> str:
    return _plain(text).partition(" ")[0]


def _box(one: WordBox, first: int, last: int, hit: int, kind: str) -> Box:
    """Over the letters `first` to `last` of the word, taken as equally wide."""
    wide = one.width / max(len(one.text), 1)
    left, right = one.x + wide * first, one.x + wide * last
    return Box(left - AIR, one.y - AIR, right - left + 2 * AIR, one.height + 2 * AIR, hit, kind)
