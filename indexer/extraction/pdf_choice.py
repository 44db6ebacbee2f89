"""Which pages the careful reader reads again, and which of two readings stands.

The thresholds and how they were found: docs/decisions/0003-two-pdf-readers.md.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from indexer.extraction.frames import Line, RawPage

FEWEST_CHARACTERS = 20  # with fewer, though text is drawn on the page, something is not understood
MOST_STRANGE = 0.02  # share of characters without a meaning: private use, replacement, (cid:N)
MOST_SINGLE = 0.25  # share of words that are one letter: characters set one by one, glued by no reader
FEWEST_WORDS = 20  # before that share says anything
MOST_JUMPS = 0.10  # share of lines that jump back up the page where no column starts
FEWEST_JUMPS = 3  # one or two are a footer drawn first, or a page number
MOST_LINES = 3000  # a map or a plot: its labels have no order to find, and layout would take minutes
KEPT_LETTERS = 0.9  # of the first reading's letters, that the second must hold to take its place

_CID = re.compile(r"\(cid:\d+\)")
_STRANGE = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0e-\x1f\x7f-\x9f\U000f0000-\U0010fffd]")
_SINGLE = re.compile(r"\b[^\W\d_]\b")
_WORD = re.compile(r"[^\W\d_]{2,}")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Quality:
    """What can be said of a reading without knowing the page."""

    characters: int
    words: int
    strange: float
    single: float
    jumps: int
    lines: int

    @property
    def is_rubbish(self) -> bool:
        return self.characters < FEWEST_CHARACTERS or self.strange > MOST_STRANGE or self.single > MOST_SINGLE

    @property
    def is_in_doubt(self) -> bool:
        return self.jumps >= FEWEST_JUMPS and self.jumps > MOST_JUMPS * self.lines


def quality(page: RawPage) -> Quality:
    """Counts what the rules ask for."""
    text = "\n".join(line.text for line in page.lines)
    words = text.split()
    characters = sum(map(len, words))
    strange = len(_STRANGE.findall(text)) + (sum(map(len, _CID.findall(text))) if "(cid:" in text else 0)
    with_single = " ".join([word for word in words if len(word) == 1 or not word.isalpha()])  # no other can hold one
    return Quality(
        characters=characters,
        words=len(words),
        strange=strange / characters if characters else 0.0,
        single=len(_SINGLE.findall(with_single)) / len(words) if len(words) >= FEWEST_WORDS else 0.0,
        jumps=jumps(page.lines),
        lines=len(page.lines),
    )


def content(page: RawPage) -> tuple[int, int]:
    """(letters, words of two letters or more) of a reading."""
    text = "\n".join(line.text for line in page.lines)
    return len(_LETTER.findall(text)), len(_WORD.findall(text))


def jumps(lines: tuple[Line, ...]) -> int:
    """How often the next line stands higher than the one before without standing to its right, as a new column does."""
    return sum(
        next_top < top and next_top < top - max(size, 1.0) / 2 and next_left < right - size
        for (_, _, top, right, size, _), (_, next_left, next_top, _, _, _) in pairwise(lines)
    )


def needs_second_reading(page: RawPage) -> bool:
    """Whether the careful reader should read the page, too."""
    if not page.draws_text or len(page.lines) > MOST_LINES:
        return False
    seen = quality(page)
    return seen.is_rubbish or seen.is_in_doubt


def better(first: RawPage, second: RawPage) -> RawPage:
    """The reading that stands. The second must lose none of the words, and mend what the first was doubted for.

    It takes the first's place where it holds 90 % of the first's letters, is no stranger, and either has more whole
    words (where the first was rubbish) or jumps back up the page less often (where its order was in doubt).
    """
    one, other = quality(first), quality(second)
    (letters, words), (other_letters, other_words) = content(first), content(second)
    if other_letters < KEPT_LETTERS * letters or other.strange > max(one.strange, MOST_STRANGE):
        return first
    if one.is_rubbish:
        return second if other_words > words or (other_letters and other.strange < one.strange) else first
    return second if other.jumps < one.jumps else first
