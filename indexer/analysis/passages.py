"""The few lines of a page that show best why it is a hit."""

from __future__ import annotations

import re
from typing import NamedTuple

from indexer.analysis.marking import Mark, marks
from indexer.entry import Tokens
from indexer.questions import Question

LONGEST_HEADING = 60  # characters of a line
LONGEST_PASSAGE = 240  # characters; three lines of a result page
_MOST_MARKS = 60  # marks of a page that are weighed; more only cost time
_BREATH = 40  # characters left of the first mark where no sentence begins near
# A sentence ends before blanks and a capital letter (a digit would cut "s. 14"), a paragraph at an empty line. The
# characters that either begins with stand first, so that it is skipped to them.
_SENTENCE_END = re.compile(r"[.!?…\n](?:(?<!\n)[”\"')\]]?\s+(?=[A-ZÅÄÖÉ”\"–•(])|(?<=\n)\s*\n)")
_BLANK = re.compile(r"\s+")


class Passage(NamedTuple):
    """Text of one line, with marks at its own places. It stands at `start` to `end` in the page's text."""

    text: str
    marks: tuple[Mark, ...]
    start: int
    end: int


def passages(question: Question, text: str, tokens: Tokens, most: int = 1) -> list[Passage]:
    """At most `most` passages that do not overlap, richest in different words first; none where nothing is marked."""
    left = marks(question, text, tokens)[:_MOST_MARKS]
    found: list[Passage] = []
    while left and len(found) < most:
        passage = _around(text, left, *_densest(text, left))
        found.append(passage)
        left = [m for m in left if m.end <= passage.start or m.start >= passage.end]
    return found


def _densest(text: str, found: list[Mark]) -> tuple[int, int]:
    """Start and end of the window with most different words, then in running text, then the shortest, the earliest."""
    best, best_value = (found[0].start, found[0].end), (0, False, 0)
    if len(found) == 1:
        return best
    for i, first in enumerate(found):
        seen: set[int] = set()
        told = _in_running_text(text, first)
        for mark in found[i:]:
            if mark.end - first.start > LONGEST_PASSAGE - _BREATH:
                break
            seen.add(mark.word)
            value = len(seen), told, first.start - mark.start
            if value > best_value:
                best, best_value = (first.start, mark.end), value
    return best


def _in_running_text(text: str, mark: Mark) -> bool:
    """False on a short line of its own, such as a heading, which says less than a sentence does."""
    begin, end = text.rfind("\n", 0, mark.start) + 1, text.find("\n", mark.end)
    return (end if end >= 0 else len(text)) - begin > LONGEST_HEADING


def _around(text: str, found: list[Mark], first: int, last: int) -> Passage:
    """The passage that holds the characters first to last, with "…" where it begins or ends within a sentence."""
    start, whole_start = _start(text, first, last)
    end, whole_end = _end(text, start, last)
    before = "" if whole_start and not text[start : start + 1].islower() else "… "
    after = "" if whole_end and not _broken_off(text[start:end]) else " …"
    shift = len(before) - start
    inside = tuple(
        Mark(m.start + shift, m.end + shift, m.word, m.kind) for m in found if start <= m.start and m.end <= end
    )
    shown = text[start:end].replace("\n", " ").replace("\t", " ").replace("\r", " ")
    return Passage(f"{before}{shown}{after}", inside, start, end)


def _broken_off(shown: str) -> bool:
    """Whether a paragraph ends within a sentence, as at the foot of a page; headings end so too, but are short."""
    return len(shown) > LONGEST_HEADING and (shown[-1].isalnum() or shown[-1] in ",–-")


def _start(text: str, first: int, last: int) -> tuple[int, bool]:
    """Where the sentence of `first` begins, or a word shortly before it where that is too far away."""
    earliest = max(0, last - LONGEST_PASSAGE)
    start = -1 if earliest else 0
    for found in _SENTENCE_END.finditer(text, earliest, first + 1):
        start = found.end()
    if start >= 0:
        return start + _blanks(text, start, first), True
    blank = _BLANK.search(text, max(earliest, first - _BREATH), first)
    return (blank.end() if blank else first), False


def _blanks(text: str, start: int, first: int) -> int:
    return first - start - len(text[start:first].lstrip())


def _end(text: str, start: int, last: int) -> tuple[int, bool]:
    """The last sentence's end that fits, within the paragraph; else the last word that fits."""
    latest = max(start + LONGEST_PASSAGE, last)
    paragraph = text.find("\n\n", last, latest)
    if paragraph >= 0 or latest >= len(text):
        return len(text[: paragraph if paragraph >= 0 else len(text)].rstrip()), True
    ends = [found.start() + len(found[0].rstrip()) for found in _SENTENCE_END.finditer(text, last, latest + 1)]
    if ends:
        return ends[-1], True
    blank = max(text.rfind(" ", last, latest), text.rfind("\n", last, latest))
    return max(blank, last), False
