"""The words of a scan as text: lines joined to paragraphs, and the heading that stands above them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby
from statistics import median

from indexer.extraction.text import join_lines
from indexer.ocr.words_table import ReadWord

LARGER = 1.3  # times the page's usual letters, of a heading
LONGEST_HEADING = 160  # characters
FEWEST_BELOW = 8  # words on a page that has a heading: with fewer nothing tells what is usual
_LETTERS = re.compile(r"[^\W\d_]{2,}")


def text_of(words: Sequence[ReadWord]) -> str:
    """Paragraphs divided by a blank line; words divided at a line's end are whole again."""
    return "\n\n".join(filter(None, (_joined(paragraph) for paragraph in _paragraphs(words))))


def heading_of(words: Sequence[ReadWord]) -> str:
    """The first paragraph that is set larger than the rest; "" where there is none."""
    if len(words) < FEWEST_BELOW:
        return ""
    usual = median(word.height for word in words)
    for paragraph in _paragraphs(words):
        text = _joined(paragraph)
        if len(text) <= LONGEST_HEADING and _LETTERS.search(text) and _height(paragraph) >= LARGER * usual:
            return text
    return ""


def _paragraphs(words: Sequence[ReadWord]) -> Iterator[list[ReadWord]]:
    return (list(group) for _, group in groupby(words, key=lambda word: word.paragraph))


def _joined(paragraph: Sequence[ReadWord]) -> str:
    lines = (" ".join(word.text for word in line) for _, line in groupby(paragraph, key=lambda word: word.line))
    return join_lines(lines)


def _height(paragraph: Sequence[ReadWord]) -> float:
    """Of its usual word: one with a large initial or a bracket is taller."""
    return float(median(word.height for word in paragraph))
