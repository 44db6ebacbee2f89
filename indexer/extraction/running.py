"""Running headers and footers: lines that stand at the same place on several pages and differ by a number at most."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from indexer.extraction.frames import Line, RawPage
from indexer.extraction.text import clean

EDGE = 0.13  # of the page's height, at its top and at its foot
SAME_PLACE = 10.0  # points
SHORT_FILE = 4  # pages; two pages that agree are enough in it, three in a longer one
MOST_NUMBERS = 6  # of a line; one with more is no header
LONGEST = 200  # characters of a running line
_NUMBER = re.compile(r"\d+")
_ROMAN = re.compile(r"[ivxlc]{1,7}", re.IGNORECASE)
# What is left of "Sida 3 (10)", "3 av 10" or "s. 3/10" when the page's own number is taken out.
_PAGE_NUMBER = re.compile(
    r"(?:\b(?:sida|sid|s|page|p)\b[\s.:]*)?(?:\(\s*\d*\s*\)|\b(?:av|of)\b\s*\d*|/\s*\d*)?\s*$", re.IGNORECASE
)
_LETTERS = re.compile(r"[^\W\d_]+")
_AROUND_NUMBERS = frozenset({"sida", "sid", "s", "page", "p", "av", "of"})


@dataclass(frozen=True, slots=True)
class _Seen:
    page: int
    index: int
    top: float
    text: str


@dataclass(frozen=True, slots=True)
class Running:
    """text: each line once, page numbers left out. lines: (page number, index of line) of all that belong to it."""

    text: str
    lines: frozenset[tuple[int, int]]


def find(pages: Sequence[RawPage]) -> Running:
    """Looks through the edges of pages that have lines; nothing runs in a file of one page."""
    enough = 2 if len(pages) <= SHORT_FILE else 3
    texts: dict[str, None] = {}
    lines: set[tuple[int, int]] = set()
    for seen in _candidates(pages).values():
        middle = median(one.top for one in seen)
        same = _only_page_numbers_differ([one for one in seen if abs(one.top - middle) <= SAME_PLACE])
        if len({one.page for one in same}) >= enough:
            lines.update((one.page, one.index) for one in same)
            if text := _common([one.text for one in same]):
                texts.setdefault(text)
    return Running("\n".join(texts), frozenset(lines))


def _only_page_numbers_differ(seen: list[_Seen]) -> list[_Seen]:
    """Those whose numbers are the same on all pages or count with them; a footnote's other numbers make it text."""
    steps: dict[tuple[tuple[bool, int], ...], list[_Seen]] = defaultdict(list)
    for one in seen:
        numbers = [int(number[:9]) for number in _NUMBER.findall(one.text)]
        for signs in _readings(numbers, one.page):
            steps[signs].append(one)
    return max(steps.values(), key=len, default=[])


def _readings(numbers: list[int], page: int) -> Iterator[tuple[tuple[bool, int], ...]]:
    """Ways to read a line's numbers: all fixed, or one of them (is it, what is left) as the page's own."""
    fixed = tuple((False, number) for number in numbers)
    yield fixed
    for index, number in enumerate(numbers[:MOST_NUMBERS]):
        yield (*fixed[:index], (True, number - page), *fixed[index + 1 :])


def _candidates(pages: Iterable[RawPage]) -> dict[tuple[str, bool], list[_Seen]]:
    """Lines of the edges by their text with numbers as "#", top and foot apart."""
    found: dict[tuple[str, bool], list[_Seen]] = defaultdict(list)
    for page in pages:
        foot, head = page.height * (1 - EDGE), page.height * EDGE
        for index, line in enumerate(page.lines):
            at_foot = line.top > foot
            if (at_foot or line.top + line.size < head) and (text := _shown(line)):
                key = "#" if _ROMAN.fullmatch(text) else _NUMBER.sub("#", text.lower())
                found[key, at_foot].append(_Seen(page.number, index, line.top, text))
    return found


def _shown(line: Line) -> str:
    return " ".join(clean(line.text).split()) if len(line.text) <= LONGEST else ""


def _common(texts: list[str]) -> str:
    """The text that all share; "" where it is nothing but a page number."""
    text = (
        texts[0] if len(set(texts)) == 1 else _PAGE_NUMBER.sub("", _without_changing_numbers(texts)).rstrip(" |,–-:/")
    )
    words = {word.lower() for word in _LETTERS.findall(text)}
    return text if words - _AROUND_NUMBERS and not _ROMAN.fullmatch(text) else ""


def _without_changing_numbers(texts: list[str]) -> str:
    changing = [len(set(numbers)) > 1 for numbers in zip(*(_NUMBER.findall(text) for text in texts), strict=True)]
    parts = _NUMBER.split(texts[0])
    numbers = ["" if changes else number for changes, number in zip(changing, _NUMBER.findall(texts[0]), strict=True)]
    return " ".join("".join(part for pair in zip(parts, [*numbers, ""], strict=True) for part in pair).split())
