"""Where a question's words stand in a text, found in its stored tokens: no text is analysed again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer import fields
from indexer.analysis.part_spans import part_span
from indexer.analysis.tokens import analyse, folded_with, span, words_of
from indexer.entry import Tokens
from indexer.questions import Needle, Question


class Mark(NamedTuple):
    """Characters start to end of a text hold the question's word number `word` (order of `Question.words`).

    kind: "exact" as it was typed, "form" another form of it, "part" a part of a compound, "synonym" an editors'
    synonym. A tuple, as a result page has hundreds of them.
    """

    start: int
    end: int
    word: int
    kind: str = "exact"


def marks(question: Question, text: str, tokens: Tokens) -> list[Mark]:
    """All marks in the order of the text; where two overlap (a phrase and its word) the longer stays."""
    if not question.needles or not tokens.spans:
        return []
    haystack = _Haystack(text, tokens)
    return _apart(sorted(mark for needle in question.needles for mark in haystack.marks(needle)))


class _Haystack:
    """A text with its tokens between blanks. With a blank for each "/" every key stands between blanks too."""

    def __init__(self, text: str, tokens: Tokens) -> None:
        self.text, self.tokens = text, tokens
        self.parts = f" {tokens.parts} "
        self.keys = self.parts.replace("/", " ")

    def marks(self, needle: Needle) -> Iterable[Mark]:
        """Each place where a word or phrase stands, by the ways that decide what is found."""
        if needle.exact:
            return self._written(needle)
        if len(needle.tokens) > 1:
            return self._near(needle)
        found = self._finds(needle.tokens[0])
        return self._keyed(needle, needle.tokens[0], found) if found else ()

    def _written(self, needle: Needle) -> Iterator[Mark]:
        exact, length = f" {self.tokens.exact} ", len(needle.tokens)
        sought = f" {' '.join(needle.tokens)}{'' if needle.start else ' '}"
        for index, _ in _counted(exact, _finds(exact, sought)):
            yield Mark(*span_of(self.tokens, index, length), needle.word, needle.kind)

    def _finds(self, key: str) -> list[int]:
        """Offsets of the blanks before the key."""
        return _finds(self.keys, f" {key} ")

    def _keyed(self, needle: Needle, key: str, found: list[int]) -> Iterator[Mark]:
        """What stands behind a blank is a word of its own, what stands behind a "/" a part of one."""
        for index, at in _counted(self.parts, found):
            start, end = span(self.tokens.spans, index)
            written = self.text[start:end]
            if self.parts[at] == " ":
                yield Mark(start, end, needle.word, "exact" if words_of(written) == [needle.typed] else needle.kind)
            else:
                first, last = _part(written, key)
                yield Mark(start + first, start + last, needle.word, _inside(needle.kind))

    def _near(self, needle: Needle) -> Iterator[Mark]:
        """Nothing unless each key stands near the next, as the index asks; then all that stand so."""
        found = [self._finds(key) for key in needle.tokens]
        if needle.whole:
            found = [self._outside(self._finds(needle.whole), offsets) for offsets in found]
        if not all(found):
            return
        kept: list[set[int]] = [set() for _ in found]
        slop = fields.documents().near
        for number, (left, right) in enumerate(pairwise(found)):
            if needle.tokens[number] != needle.tokens[number + 1]:
                pairs = self._pairs(left, right, slop)
                if not pairs:
                    return
                kept[number].update(at for at, _ in pairs)
                kept[number + 1].update(at for _, at in pairs)
        for key, some in zip(needle.tokens, kept, strict=True):
            yield from self._keyed(needle, key, sorted(some))

    def _outside(self, wholes: list[int], offsets: list[int]) -> list[int]:
        """Those that do not stand in a token together with the word's own key."""
        if not wholes:
            return offsets
        held = {index for index, _ in _counted(self.parts, wholes)}
        return [at for index, at in _counted(self.parts, offsets) if index not in held]

    def _pairs(self, left: list[int], right: list[int], slop: int) -> list[tuple[int, int]]:
        """Offsets of both, where so many keys at most stand between them."""
        lefts, rights = ([index for index, _ in _counted(self.keys, some)] for some in (left, right))
        found = []
        for at, index in zip(left, lefts, strict=True):
            first, last = bisect_left(rights, index + 1 - slop), bisect_right(rights, index + 1 + slop)
            found += [(at, other) for other in right[first:last]]
        return found


def _inside(kind: str) -> str:
    return "part" if kind == "form" else kind


def _finds(padded: str, sought: str) -> list[int]:
    found, at = [], padded.find(sought)
    while at >= 0:
        found.append(at)
        at = padded.find(sought, at + 1)
    return found


def _counted(padded: str, offsets: list[int]) -> Iterator[tuple[int, int]]:
    """Each with the number of its token: every token stands between blanks, so the blanks before it are counted."""
    index = counted = 0
    for at in offsets:
        index += padded.count(" ", counted, at + 1)
        counted = at + 1
        yield index - 1, at


def _part(written: str, key: str) -> tuple[int, int]:
    """The part's letters in a word, or the whole word where it cannot be told which they are."""
    letters, found = folded_with(written), part_span(words_of(written)[0], key)
    if not letters or found is None:
        return 0, len(written)
    first, last = found
    return letters[first], (letters[last] if last < len(letters) else len(written))


def span_of(tokens: Tokens, first: int, length: int) -> tuple[int, int]:
    start, end = span(tokens.spans, first)
    return start, end if length == 1 else span(tokens.spans, first + length - 1)[1]


def _apart(found: list[Mark]) -> list[Mark]:
    """Of two that overlap the longer; parts of one word that touch are one mark."""
    kept: list[Mark] = []
    for mark in found:
        before = kept[-1] if kept else None
        if before is None or mark.start > before.end or (mark.start == before.end and mark[2:] != before[2:]):
            kept.append(mark)
        elif mark.start == before.end:
            kept[-1] = before._replace(end=mark.end)
        elif mark.end - mark.start > before.end - before.start:
            kept[-1] = mark
    return kept


_NEVER_JOINED = frozenset({"och", "eller", "samt", "respektive"})


class WordMark(NamedTuple):
    """A mark on words that stand one by one, as on a page picture.

    mark: its place in the words' joined text. words: number of each word that it lies on, with the first letter of it
    and the one after the last: several where a word is divided or the mark is that of a phrase.
    """

    mark: Mark
    words: tuple[tuple[int, int, int], ...]


def mark_words(question: Question, words: Sequence[str]) -> tuple[str, list[WordMark]]:
    """The words' text, and the marks in it.

    Words may carry punctuation; a word that ends in a hyphen is read together with the next (a line's end).
    """
    text, places = "", []
    for word, following in pairwise((*words, "")):
        joined = word[-1:] == "-" and following[:1].islower() and following not in _NEVER_JOINED
        start, text = len(text), f"{text}{word[:-1] if joined else word}"
        places.append((start, len(text)))
        text += "" if joined else " "
    found = marks(question, text, analyse(text))
    return text, [WordMark(mark, tuple(_on_words(mark, places, words))) for mark in found]


def _on_words(mark: Mark, places: Sequence[tuple[int, int]], words: Sequence[str]) -> Iterator[tuple[int, int, int]]:
    """`places` are those of the words in the joined text; the hyphen of a line's end is marked with its word."""
    first = bisect_right(places, mark.start, key=lambda place: place[0]) - 1
    for number in range(max(first, 0), len(places)):
        start, end = places[number]
        if start >= mark.end:
            return
        if end > mark.start:
            last = mark.end - start if mark.end < end else len(words[number]) if mark.end > end else end - start
            yield number, max(mark.start - start, 0), last
