"""What the marks of a result page lie on, told apart: other forms, longer words, parts of a compound on their own."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from indexer import Mark, Passage, Question, Way, forms, ways_of

_SHOWN_BETWEEN: Final = 24  # characters between two parts of a compound that are shown too: "placering i familjehem"
_PUNCTUATION: Final = re.compile(r"[^\w -]")


@dataclass(slots=True)
class Seen:
    """Of one word of the question, counted as they are written, in small letters.

    forms: other forms of it. longer: words that hold it as a part. apart: its parts near each other.
    """

    forms: Counter[str] = field(default_factory=Counter)
    longer: Counter[str] = field(default_factory=Counter)
    apart: Counter[str] = field(default_factory=Counter)


def seen_in(asked: Question, passages: Iterable[Passage]) -> Mapping[int, Seen]:
    """By the number of the question's word."""
    found: defaultdict[int, Seen] = defaultdict(Seen)
    for passage in passages:
        alone: dict[int, list[Mark]] = {}
        for mark in passage.marks:
            seen = found[mark.word]
            if mark.kind != "part":
                if mark.kind != "synonym":
                    seen.forms[passage.text[mark.start : mark.end].lower()] += 1
            elif holds(asked, mark.word, around := word_around(passage.text, mark)):
                seen.longer[around] += 1
            else:
                alone.setdefault(mark.word, []).append(mark)
        for word, parts in alone.items():
            found[word].apart.update(_together(passage.text, parts))
    return found


def holds(asked: Question, word: int, written: str) -> bool:
    """Whether a written word is the question's word or has it as a part, not only one of its parts."""
    keys = {way.keys[0] for way in ways_of(asked, word) if way.kind == "form"}
    return not keys.isdisjoint(forms(written).keys)


def synonyms(asked: Question) -> dict[int, list[Way]]:
    """Editors' synonyms by the number of the question's word; that of several words stands at the last of them."""
    places = {way.keys: (number, way) for number in range(len(asked.clauses)) for way in ways_of(asked, number)}
    found: dict[int, list[Way]] = {}
    for number, way in places.values():
        if way.kind == "synonym":
            found.setdefault(number, []).append(way)
    return found


def word_around(text: str, mark: Mark) -> str:
    """The whole word that the mark stands in, in small letters."""
    start, end = _ends(text, mark)
    return text[start:end].lower()


def _ends(text: str, mark: Mark) -> tuple[int, int]:
    start, end = mark.start, mark.end
    while start and text[start - 1].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum():
        end += 1
    return start, end


def _together(text: str, parts: Sequence[Mark]) -> Iterator[str]:
    """Each part with the next, with what stands between them where that is short."""
    for left, right in pairwise(parts):
        (start, middle), (after, end) = _ends(text, left), _ends(text, right)
        first, last = text[start:middle].lower(), text[after:end].lower()
        if text[left.start : left.end].lower() != text[right.start : right.end].lower():
            between = text[middle:after]
            near = len(between) <= _SHOWN_BETWEEN and not _PUNCTUATION.search(between)
            yield text[start:end].lower() if near and after >= middle else f"{first} … {last}"
