"""How the question was read: its words, the forms that were found, and the other readings with their counts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from indexer import FEWEST_FOR_ALL_WORDS, Mark, Passage, QuestionWord, Reading, SearchQuery, SearchResult
from webapp.search_facets import Link
from webapp.texts import gettext

FORMS_SHOWN = 3
_LETTERS, _LETTERS_BEFORE = re.compile(r"\w+"), re.compile(r"\w+\Z")


@dataclass(frozen=True, slots=True)
class ReadWord:
    """joiner: what stands between this word and the one before it. also: other forms seen on the page."""

    shown: str
    joiner: str
    also: str


@dataclass(frozen=True, slots=True)
class Choice:
    label: str
    count: int | None
    link: str
    current: bool


@dataclass(frozen=True, slots=True)
class ReadingLine:
    words: tuple[ReadWord, ...]
    ignored: tuple[str, ...]
    note: str
    choices: tuple[Choice, ...]


def decided(query: SearchQuery, result: SearchResult) -> SearchQuery:
    """The question with the reading that the result was given by, for every link: no click may flip it."""
    if (
        query.reading is Reading.AUTO
        and result.reading is not Reading.ALIKE
        and result.any_words is None
        and result.all_words is None
    ):
        return query
    return replace(query, reading=result.reading)


def reading_line(
    result: SearchResult, query: SearchQuery, passages: Iterable[Passage], link: Link
) -> ReadingLine | None:
    """None where nothing was typed."""
    if not result.words:
        return None
    forms = _forms(passages)
    joiner = gettext("eller") if result.reading is Reading.ANY else gettext("och")
    words = tuple(
        ReadWord(word.shown, _joiner(place, word, joiner), _also(word, forms.get(place, Counter())))
        for place, word in enumerate(result.words)
    )
    choices = _choices(result, query, link)
    return ReadingLine(words, result.ignored, _note(result), choices)


def _forms(passages: Iterable[Passage]) -> Mapping[int, Counter[str]]:
    """The marked words as they are written in the passages, counted, by their word of the question."""
    seen: dict[int, Counter[str]] = {}
    for passage in passages:
        for mark in passage.marks:
            if form := _form(passage.text, mark):
                seen.setdefault(mark.word, Counter())[form] += 1
    return seen


def _form(text: str, mark: Mark) -> str:
    """The word in which a part stands; "" for a part that stands alone, which is no form of the word asked for."""
    if mark.kind != "part":
        return text[mark.start : mark.end].lower()
    before, after = _LETTERS_BEFORE.search(text[: mark.start]), _LETTERS.match(text, mark.end)
    whole = f"{before[0] if before else ''}{text[mark.start : mark.end]}{after[0] if after else ''}".lower()
    return whole if len(whole) > mark.end - mark.start else ""


def _joiner(place: int, word: QuestionWord, joiner: str) -> str:
    if word.negated:
        return gettext("inte")
    return joiner if place else ""


def _also(word: QuestionWord, forms: Counter[str]) -> str:
    if word.kind not in {"word", "prefix"}:
        return ""
    others = [form for form, _ in forms.most_common() if form != word.shown.lower()]
    listed = ", ".join(others[:FORMS_SHOWN])
    return f"{listed} …" if len(others) > FORMS_SHOWN else listed


def _note(result: SearchResult) -> str:
    fewer = result.all_words is not None and result.all_words < FEWEST_FOR_ALL_WORDS
    if result.reading is Reading.ANY and fewer and result.total_groups:
        return gettext("Få dokument har alla orden. Här är de som har något av dem, bäst först.")
    if result.reading is Reading.ALIKE and result.total_groups:
        return gettext("Inget dokument svarar mot frågan som den står. Här är de som har liknande ord.")
    return ""


def _choices(result: SearchResult, query: SearchQuery, link: Link) -> tuple[Choice, ...]:
    """The readings that may answer differently, the present one among them; none where there is only one."""
    several = result.any_words is not None or result.reading is Reading.ANY
    offered = (
        (Reading.ALL, gettext("alla orden") if several else gettext("alla former"), result.all_words),
        (Reading.EXACT, gettext("ordagrant"), result.exact_words),
        (Reading.ANY, gettext("något av orden"), result.any_words),
    )
    made = []
    for reading, label, count in offered:
        current = reading is result.reading
        if current or count is not None:
            address = link(replace(query, reading=reading, page=1))
            made.append(Choice(label, None if current else count, address, current))
    return tuple(made) if len(made) > 1 else ()
