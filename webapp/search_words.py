"""How the question was read: its words, the forms that were found, and the other readings with their counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from indexer import (
    FEWEST_FOR_ALL_WORDS,
    Passage,
    Question,
    QuestionWord,
    Reading,
    SearchQuery,
    SearchResult,
    question,
)
from webapp.read_words import Seen, seen_in, synonyms
from webapp.search_facets import Link
from webapp.texts import gettext

SHOWN = 3  # words of each sort behind a word of the question


@dataclass(frozen=True, slots=True)
class ReadWord:
    """joiner: what stands between this word and the one before it. also: by what else the word was found, in words."""

    shown: str
    joiner: str
    also: tuple[str, ...]


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
    asked = question(query.text, result.reading)
    joiner = gettext("och") if result.reading in {Reading.ALL, Reading.EXACT} else gettext("eller")
    also = _also(asked, result, passages)
    words = tuple(
        ReadWord(word.shown, _joiner(place, word, joiner), tuple(also.get(place, ())))
        for place, word in enumerate(result.words)
    )
    choices = _choices(result, query, link)
    return ReadingLine(words, result.ignored, _note(result), choices)


def _joiner(place: int, word: QuestionWord, joiner: str) -> str:
    if word.negated:
        return gettext("inte")
    return joiner if place else ""


def _also(asked: Question, result: SearchResult, passages: Iterable[Passage]) -> dict[int, list[str]]:
    """What was seen on the page, and the synonyms that were asked for; nothing where only the typed form counts."""
    if result.reading in {Reading.EXACT, Reading.ALIKE}:
        return {}
    found = {place: list(_seen(result.words[place], seen)) for place, seen in seen_in(asked, passages).items()}
    for place, ways in synonyms(asked).items():
        if not result.words[place].negated:
            told = gettext("även %(words)s, enligt redaktionens lista", words=_listed([way.shown for way in ways]))
            found.setdefault(place, []).append(told)
    return found


def _seen(word: QuestionWord, seen: Seen) -> Iterator[str]:
    if word.kind not in {"word", "prefix"}:
        return
    if others := [form for form in _commonest(seen.forms) if form != word.shown.lower()]:
        yield gettext("även %(forms)s", forms=_listed(others))
    if longer := _commonest(seen.longer):
        yield gettext("del av %(words)s", words=_listed(longer))
    if apart := _commonest(seen.apart):
        yield gettext("delarna för sig: %(words)s", words=_listed(apart))


def _commonest(counted: Counter[str]) -> list[str]:
    return sorted(counted, key=lambda word: (-counted[word], word))


def _listed(words: list[str]) -> str:
    listed = ", ".join(words[:SHOWN])
    return f"{listed} …" if len(words) > SHOWN else listed


def _note(result: SearchResult) -> str:
    fewer = result.all_words is not None and result.all_words < FEWEST_FOR_ALL_WORDS
    if result.reading is Reading.ANY and fewer and result.total_groups:
        return gettext("Få dokument har alla orden. Här är de som har något av dem, bäst först.")
    if result.reading is Reading.ALIKE and result.total_groups and result.all_words:
        return gettext("Här är de som har liknande ord.")
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
