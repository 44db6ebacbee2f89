"""What a question's units ask of an entry or page: it decides hits, counts and page hits, and scores nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import ceil
from typing import Final

from indexer.analysis.forms import grams
from indexer.analysis.word_types import stem
from indexer.conditions import (
    NOTHING,
    AnyOf,
    Between,
    Condition,
    HasKey,
    Holds,
    Near,
    SideBySide,
    Starts,
    all_of,
    any_of,
)
from indexer.fields import Mapped
from indexer.question_tree import AnyOf as AnyUnit
from indexer.question_tree import FacetIs, Phrase, Prefix, Text, Unit, Way, Within, Word, YearIn
from indexer.questions import Question
from indexer.search_query import Reading

MOST_GRAMS: Final = 400  # of all words of a question for words alike


def demanded(question: Question, mapped: Mapped) -> tuple[Condition, ...]:
    """All of these are met by what is found."""
    reading = question.reading
    binding = [c.unit for c in question.binding if not c.negated]
    if reading is Reading.ALIKE:
        bound = tuple(condition(unit, reading, mapped) for unit in binding if not isinstance(unit, Phrase))
        return (*bound, any_of(tuple(_alike(word, mapped) for word in _spelt(question.alike_words))))
    bound = tuple(condition(unit, reading, mapped) for unit in binding)
    loose = tuple(condition(c.unit, reading, mapped) for c in question.loose)
    return (*bound, any_of(loose)) if reading is Reading.ANY and loose else (*bound, *loose)


def _spelt(words: Iterable[Word]) -> Iterator[Word]:
    """The first words, as far as their letters can be asked for at once."""
    left = MOST_GRAMS
    for word in words:
        left -= len(word.exact)
        if left < 0:
            return
        yield word


def excluded(question: Question, mapped: Mapped) -> tuple[Condition, ...]:
    """None of these is met by what is found."""
    return tuple(condition(c.unit, question.reading, mapped) for c in question.binding if c.negated)


def on_page(question: Question, mapped: Mapped) -> Condition | None:
    """What a page must hold: any of the words, for they may stand on different pages of the document."""
    clauses = tuple(condition(clause.unit, question.reading, mapped) for _, clause in question.on_pages)
    return any_of(clauses) if clauses else None


def condition(unit: Unit | AnyUnit, reading: Reading, mapped: Mapped) -> Condition:
    if isinstance(unit, AnyUnit):
        return any_of(tuple(condition(one, reading, mapped) for one in unit.units))
    if isinstance(unit, FacetIs):
        return HasKey(unit.field, unit.keys)
    if isinstance(unit, YearIn):
        return Between("year", unit.first, unit.last)
    if isinstance(unit, Within):
        return _text(unit.unit, reading, mapped, (unit.source,))
    return _text(unit, reading, mapped, mapped.widest)


def _text(text: Text, reading: Reading, mapped: Mapped, sources: tuple[str, ...]) -> Condition:
    """NOTHING, where the index was built for a mapping without such a text."""
    if isinstance(text, Word) and reading is not Reading.EXACT:
        return _word(text, mapped, sources)
    exact = mapped.text_of(sources, "exact")
    if exact is None:
        return NOTHING
    if isinstance(text, Prefix):
        return Starts(exact.name, text.start)
    if isinstance(text, Word):
        return Holds(exact.name, text.exact)
    return side_by_side(exact.name, text)


def side_by_side(field: str, phrase: Phrase) -> Holds | SideBySide:
    return SideBySide(field, phrase.exact) if len(phrase.exact) > 1 else Holds(field, phrase.exact[0])


def _word(word: Word, mapped: Mapped, sources: tuple[str, ...]) -> Condition:
    parts = mapped.text_of(sources, "parts")
    if parts is not None:
        return any_of(tuple(_way(way, parts.name, mapped.near) for way in word.ways))
    base = mapped.text_of(sources, "base")  # an index from before compounds were taken apart
    return Holds(base.name, stem(word.exact)) if base else NOTHING


def _way(way: Way, field: str, slop: int) -> Condition:
    if len(set(way.keys)) == 1:
        return Holds(field, way.keys[0])
    return all_of(tuple(Near(field, left, right, slop) for left, right in way.pairs))


def _alike(word: Word, mapped: Mapped) -> Condition:
    """An entry that holds enough of the word's letters, five at a time, or any of a compound's parts."""
    field, parts = mapped.text_of(mapped.widest, "grams"), mapped.text_of(mapped.widest, "parts")
    if field is None or parts is None:
        return NOTHING
    asked = tuple(dict.fromkeys(grams(word.exact)))
    letters = AnyOf(tuple(Holds(field.name, gram) for gram in asked), ceil(mapped.ranking["alike"] * len(asked)))
    return any_of((letters, *(Holds(parts.name, key) for way in word.ways for key in way.keys)))
