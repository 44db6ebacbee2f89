"""Which page of a laid-out file holds which part of a text that knows other pages, or none.

Runs of words that stand exactly once on either side are anchors; those in the same order on both sides are kept. Then
the same between two anchors with shorter runs. Every word belongs to the page of the anchor before it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise

_WORD = re.compile(r"\w+")
_RUNS = (4, 2, 1)  # words
Anchor = tuple[int, int]  # (place in the text, place on the pages), counted in words
Parts = list[list[tuple[int, int]]]


def align(texts: Sequence[str], pages: Sequence[str]) -> Parts:
    """For each text: [(character from which on, number of the page from 1), …], never empty.

    Where no word helps, a text stands on the page of the one before it.
    """
    words: list[str] = []
    places: list[tuple[int, int]] = []  # (number of the text, character in it) of each word
    for number, text in enumerate(texts):
        for found in _WORD.finditer(text):
            words.append(found[0].casefold())
            places.append((number, found.start()))
    laid: list[str] = []
    page_of: list[int] = []
    for number, text in enumerate(pages, 1):
        for found in _WORD.finditer(text):
            laid.append(found[0].casefold())
            page_of.append(number)
    return _parts(len(texts), places, [(at, page_of[there]) for at, there in _anchors(words, laid)])


def _parts(count: int, places: Sequence[tuple[int, int]], anchored: Sequence[tuple[int, int]]) -> Parts:
    """From (word, page) anchors to where in each text a new page begins."""
    found: Parts = [[] for _ in range(count)]
    for at, page in anchored:
        number, character = places[at]
        if not found[number]:
            found[number].append((0, page))  # the words before a text's first anchor stand with it
        elif found[number][-1][1] != page:
            found[number].append((character, page))
    before = anchored[0][1] if anchored else 1
    for parts in found:
        if not parts:
            parts.append((0, before))
        before = parts[-1][1]
    return found


def _anchors(words: Sequence[str], laid: Sequence[str]) -> list[Anchor]:
    found: list[Anchor] = []
    for run in _RUNS:
        edges = [(-1, -1), *found, (len(words), len(laid))]
        new = []
        for (left, left_there), (right, right_there) in pairwise(edges):
            new += _between(words, laid, (left + 1, right), (left_there + 1, right_there), run)
        found = sorted(found + new)
    return found


def _between(
    words: Sequence[str], laid: Sequence[str], here: tuple[int, int], there: tuple[int, int], run: int
) -> list[Anchor]:
    """Runs that stand once in both windows and in the same order."""
    if here[1] - here[0] < run or there[1] - there[0] < run:
        return []
    ours, theirs = _once(words, *here, run), _once(laid, *there, run)
    return _rising([(at, theirs[key]) for key, at in ours.items() if key in theirs])


def _once(words: Sequence[str], start: int, end: int, run: int) -> dict[tuple[str, ...], int]:
    """Runs that stand exactly once in the window, with their places in order."""
    found: dict[tuple[str, ...], int] = {}
    often: set[tuple[str, ...]] = set()
    for at in range(start, end - run + 1):
        key = tuple(words[at : at + run])
        if key in often:
            continue
        if key in found:
            del found[key]
            often.add(key)
        else:
            found[key] = at
    return found


def _rising(pairs: Sequence[Anchor]) -> list[Anchor]:
    """The longest run of pairs, in the order of their first places, whose second places rise too."""
    ends: list[int] = []  # second place of the last pair of the best run of each length
    last: list[int] = []  # that pair's index
    before: list[int] = []
    for index, (_, there) in enumerate(pairs):
        length = bisect_left(ends, there)
        before.append(last[length - 1] if length else -1)
        if length == len(ends):
            ends.append(there)
            last.append(index)
        else:
            ends[length], last[length] = there, index
    return list(reversed(list(_chain(pairs, before, last[-1] if last else -1))))


def _chain(pairs: Sequence[Anchor], before: Sequence[int], index: int) -> Iterator[Anchor]:
    while index >= 0:
        yield pairs[index]
        index = before[index]
