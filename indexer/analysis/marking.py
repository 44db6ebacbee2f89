"""Where a question's words stand in a text, found in its stored tokens: no text is analysed again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from indexer.analysis.tokens import analyse, span
from indexer.entry import Tokens
from indexer.question import Needle, Question


class Mark(NamedTuple):
    """Characters start to end of a text hold the question's word number `word` (order of `Question.words`).

    A tuple, as a result page has hundreds of them.
    """

    start: int
    end: int
    word: int


def marks(question: Question, text: str, tokens: Tokens) -> list[Mark]:
    """All marks in the order of the text; where two overlap (a phrase and its word) the longer stays."""
    del text  # a part of the door: marking may come to need the text itself
    found = sorted((*span_of(tokens, first, length), word) for first, length, word in places(question, tokens))
    return _apart(found)


def places(question: Question, tokens: Tokens) -> Iterator[tuple[int, int, int]]:
    """(first token, number of tokens, word of the question) for each place where a word or phrase stands."""
    if not question.needles or not tokens.spans:
        return
    exact = base = ""
    for needle in question.needles:
        if needle.exact:
            exact = exact or f" {tokens.exact} "
            yield from _in(exact, needle)
        else:
            base = base or f" {tokens.base} "
            yield from _in(base, needle)


def _in(padded: str, needle: Needle) -> Iterator[tuple[int, int, int]]:
    """Every token stands between blanks, so the blanks before a place are the number of its token."""
    index, counted, at = 0, 0, padded.find(needle.sought)
    while at >= 0:
        index += padded.count(" ", counted, at)
        counted = at
        yield index, needle.length, needle.word
        at = padded.find(needle.sought, at + 1)


def span_of(tokens: Tokens, first: int, length: int) -> tuple[int, int]:
    start, end = span(tokens.spans, first)
    return start, end if length == 1 else span(tokens.spans, first + length - 1)[1]


def _apart(found: list[tuple[int, int, int]]) -> list[Mark]:
    kept: list[Mark] = []
    for start, end, word in found:
        if kept and start < kept[-1].end:
            if end - start > kept[-1].end - kept[-1].start:
                kept[-1] = Mark(start, end, word)
        else:
            kept.append(Mark(start, end, word))
    return kept


_NEVER_JOINED = frozenset({"och", "eller", "samt", "respektive"})


def mark_words(question: Question, words: Sequence[str]) -> list[int | None]:
    """For each word of a page picture the question's word that stands there, or None.

    Words may carry punctuation; a word that ends in a hyphen is read together with the next (a line's end).
    """
    text, starts = "", []
    for word, following in pairwise((*words, "")):
        starts.append(len(text))
        joined = word[-1:] == "-" and following[:1].islower() and following not in _NEVER_JOINED
        text += word[:-1] if joined else f"{word} "
    found = marks(question, text, analyse(text))
    return [_mark_at(found, start, end) for start, end in pairwise((*starts, len(text)))]


def _mark_at(found: list[Mark], start: int, end: int) -> int | None:
    return next((m.word for m in found if m.start < end and m.end > start), None)
