"""A title worth showing: the one in the metadata where it is one, else the one on the first page."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extraction.paragraphs import Paragraph

LONGEST = 300  # characters
SHORTEST = 4
_RUBBISH = re.compile(
    r"""^(?:
      microsoft\s\w+\s-\s.*
    | (?:untitled|namnlös[at]?|no\s?title|okänd|dokument|document|presentation)\W?\d*
    | powerpoint[-\s]presentation
    | (?:bild|slide)\s?\d+
    | \S+_\S+
    | .*\.(?:docx?|pdf|indd|pmd|pptx?|rtf|odt|qxd|fm|xlsx?|html?|tmp)
    | [\W\d_]*
    | \S*[\\/]\S*[\\/]\S*
    | \(.{0,20}\)
    )$""",
    re.IGNORECASE | re.VERBOSE,
)
_GOES_ON = ",.;:)"  # the rest of a sentence, set larger
_WORD = re.compile(r"[^\W_]{2,}")


def choose(declared: str, paragraphs: Sequence[Paragraph], opening: str) -> str:
    """`declared` is the metadata's; it is believed where most of its words stand in the opening pages.

    Templates leave their own titles behind, and programs their file names; then the largest heading of the first
    pages stands, and the declared title where there is no heading.
    """
    declared = " ".join(declared.split())[:LONGEST]
    if _RUBBISH.match(declared) or len(_WORD.findall(declared)) == 0:
        declared = ""
    if declared and _is_shown(declared, opening):
        return declared
    return largest(paragraphs) or declared


def largest(paragraphs: Sequence[Paragraph]) -> str:
    """The first heading of the highest level; "" where there is none of a title's length."""
    headings = [
        p
        for p in paragraphs
        if p.level and SHORTEST <= len(p.text) <= LONGEST and p.text[0] not in _GOES_ON and _WORD.search(p.text)
    ]
    if not headings:
        return ""
    best = min(headings, key=lambda paragraph: paragraph.level)
    return " ".join(best.text.split())


def _is_shown(title: str, opening: str) -> bool:
    words = [word.lower() for word in _WORD.findall(title)]
    there = {word.lower() for word in _WORD.findall(opening)}
    return sum(word in there for word in words) * 2 >= len(words)
