"""A parsed question and how it is read: which words bind, which only help, which are left out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from itertools import pairwise
from typing import Final

from indexer.analysis.own_words import OwnWords, own_words
from indexer.analysis.stop_words import stop_words
from indexer.question_tree import AnyOf, Clause, FacetIs, Phrase, Prefix, Text, Unit, Way, Within, Word, YearIn
from indexer.search_query import NamedValue, Reading, SearchQuery
from indexer.search_result import QuestionWord
from indexer.word_ways import word_of
from indexer.words import parse


@dataclass(frozen=True, slots=True)
class Needle:
    """What to look for in the tokens of a text, for word number `word` of the question.

    tokens: side by side among the exact forms where `exact`; else keys, each near the next where there are several.
    kind: of the mark that it makes, which is "exact" where the word is written as `typed`. start: the one token is the
    start of a word. whole: key of the word itself; words that hold it are marked for it, not for parts of theirs.
    """

    word: int
    kind: str
    tokens: tuple[str, ...]
    exact: bool = False
    start: bool = False
    typed: str = ""
    whole: str = ""


@dataclass(frozen=True)
class Question:
    """clauses: what counts, in the order that numbers the words of hits and marks. ignored: stop words taken off."""

    clauses: tuple[Clause, ...]
    ignored: tuple[str, ...] = ()
    reading: Reading = Reading.AUTO
    neighbours: tuple[tuple[str, str], ...] = ()

    def read_as(self, reading: Reading) -> Question:
        return replace(self, reading=reading)

    @cached_property
    def words(self) -> tuple[QuestionWord, ...]:
        return tuple(QuestionWord(c.unit.shown, _kind(c.unit), c.negated) for c in self.clauses)

    @cached_property
    def loose(self) -> tuple[Clause, ...]:
        """Plain words: all of them are asked for, or any of them, as the reading says."""
        return tuple(c for c in self.clauses if is_loose(c))

    @cached_property
    def binding(self) -> tuple[Clause, ...]:
        """Phrases, OR groups, fields and -without: bind in every reading."""
        return tuple(c for c in self.clauses if not is_loose(c))

    @cached_property
    def readings(self) -> tuple[Reading, ...]:
        """The readings that may answer differently."""
        found = [Reading.ALL]
        if len(self.loose) > 1:
            found.append(Reading.ANY)
        if any(_has_word(c.unit) for c in self.clauses):
            found.append(Reading.EXACT)
        return tuple(found)

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """What is asked for, groups taken apart, nothing that is negated."""
        return tuple(unit for clause in self.clauses if not clause.negated for unit in _units(clause.unit))

    @cached_property
    def ranked_words(self) -> tuple[Word, ...]:
        """The words that make one hit better than another."""
        words = tuple(unit for unit in self.units if isinstance(unit, Word))
        return words if self.reading is not Reading.ALIKE else tuple(dict.fromkeys((*words, *self.alike_words)))

    @cached_property
    def alike_words(self) -> tuple[Word, ...]:
        """What a question for words alike asks for: plain words, and those of phrases that stand nowhere."""
        units = [clause.unit for clause in self.clauses if not clause.negated]
        words = [unit for unit in units if isinstance(unit, Word)]
        return (*words, *(word_of(exact, exact) for unit in units if isinstance(unit, Phrase) for exact in unit.exact))

    def readable_as(self, wanted: Reading) -> Reading:
        """What the question is read as; AUTO where the rule of ten has to decide."""
        if wanted in {Reading.EXACT, Reading.ALIKE} or Reading.ANY in self.readings:
            return wanted
        return Reading.ALL

    @cached_property
    def ranks(self) -> bool:
        """Whether one hit can be better than another: not where only facets, years or -without are asked for."""
        return any(not c.negated and not isinstance(c.unit, FacetIs | YearIn) for c in self.clauses)

    @cached_property
    def on_pages(self) -> tuple[tuple[int, Clause], ...]:
        """The clauses whose words stand on pages, with their numbers.

        Not the words of a question for words alike: which those are the index alone knows.
        """
        asked = [(i, c) for i, c in enumerate(self.clauses) if not c.negated and _texts(c.unit)]
        return tuple(asked) if self.reading is not Reading.ALIKE else tuple((i, c) for i, c in asked if not is_loose(c))

    @property
    def of_pages(self) -> Question:
        """Only what can stand on a page."""
        return replace(self, clauses=tuple(clause for _, clause in self.on_pages))

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        exactly = self.reading is Reading.EXACT
        return tuple(
            needle for i, c in self.on_pages for text in _texts(c.unit) for needle in _needles(i, text, exactly=exactly)
        )


def question(text: str, reading: Reading = Reading.AUTO, named: tuple[NamedValue, ...] = ()) -> Question:
    """Reads a typed text. Stop words are taken off unless nothing else is asked for; phrases keep them."""
    return _read(text, _Identity(own_words()), named).read_as(reading)


def question_of(query: SearchQuery) -> Question:
    """What a person asks for, by the values that facets have today."""
    return question(query.text, query.reading, query.named)


def values_named(text: str, named: tuple[NamedValue, ...] = ()) -> list[NamedValue]:
    """The values of facets that a typed text names, as `typ:slutrapport` does, with their keys as far as `named`."""
    if ":" not in text:
        return []
    units = (unit for clause in question(text, named=named).clauses for unit in _units(clause.unit))
    found = (NamedValue(unit.field, unit.written, unit.keys) for unit in units if isinstance(unit, FacetIs))
    return list(dict.fromkeys(found))


class _Identity:
    """Own words as a key of what was read by them: others are another object."""

    def __init__(self, own: OwnWords) -> None:
        self.own = own

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Identity) and self.own is other.own

    def __hash__(self) -> int:
        return id(self.own)


@lru_cache(maxsize=256)
def _read(text: str, own: _Identity, named: tuple[NamedValue, ...]) -> Question:
    del own  # only tells what was read by other words of the bank from what is read now
    clauses = _with_keys(parse(text), named)
    counting = tuple(c for c in clauses if not _is_stop_word(c))
    if not any(not c.negated for c in counting):
        return Question(clauses, neighbours=_neighbours(clauses))
    return Question(counting, tuple(c.unit.shown for c in clauses if _is_stop_word(c)), neighbours=_neighbours(clauses))


def _with_keys(clauses: tuple[Clause, ...], named: tuple[NamedValue, ...]) -> tuple[Clause, ...]:
    keys = {(value.field, value.written): value.keys for value in named}

    def known(unit: Unit) -> Unit:
        found = keys.get((unit.field, unit.written)) if isinstance(unit, FacetIs) else None
        return replace(unit, keys=found) if found and isinstance(unit, FacetIs) else unit

    def all_known(unit: Unit | AnyOf) -> Unit | AnyOf:
        return replace(unit, units=tuple(map(known, unit.units))) if isinstance(unit, AnyOf) else known(unit)

    return tuple(replace(clause, unit=all_known(clause.unit)) for clause in clauses) if named else clauses


def _neighbours(clauses: Sequence[Clause]) -> tuple[tuple[str, str], ...]:
    """Exact forms of plain words that stand side by side as they were typed, stop words too."""
    units = [clause.unit if is_loose(clause) else None for clause in clauses]
    return tuple(
        (left.exact, right.exact)
        for left, right in pairwise(units)
        if isinstance(left, Word) and isinstance(right, Word)
    )


def ways_of(asked: Question, number: int) -> tuple[Way, ...]:
    """The ways in which the question's word of that number may be there, those of all words of an OR group."""
    words = (unit for unit in _units(asked.clauses[number].unit) if isinstance(unit, Word))
    return tuple(way for word in words for way in word.ways)


def is_loose(clause: Clause) -> bool:
    return not clause.negated and isinstance(clause.unit, Word | Prefix)


def _is_stop_word(clause: Clause) -> bool:
    return not clause.negated and isinstance(clause.unit, Word) and clause.unit.exact in stop_words()


def _kind(unit: Unit | AnyOf) -> str:
    kinds = {Word: "word", Prefix: "prefix", Phrase: "phrase", AnyOf: "group"}
    return kinds.get(type(unit), "field")


def _has_word(unit: Unit | AnyOf) -> bool:
    return any(isinstance(one.unit if isinstance(one, Within) else one, Word) for one in _units(unit))


def _units(unit: Unit | AnyOf) -> tuple[Unit, ...]:
    return unit.units if isinstance(unit, AnyOf) else (unit,)


def _texts(unit: Unit | AnyOf) -> tuple[Text, ...]:
    """The parts that can stand on a page; what is asked of the title or a facet cannot."""
    return tuple(u for u in _units(unit) if isinstance(u, Word | Prefix | Phrase))


def _needles(number: int, text: Text, *, exactly: bool) -> Iterator[Needle]:
    if isinstance(text, Prefix):
        yield Needle(number, "exact", (text.start,), exact=True, start=True)
    elif isinstance(text, Phrase):
        yield Needle(number, "exact", text.exact, exact=True)
    elif exactly:
        yield Needle(number, "exact", (text.exact,), exact=True)
    else:
        for way in text.ways:
            typed = text.exact if way.kind == "form" else ""
            whole = text.ways[0].keys[0] if way.kind == "parts" else ""
            yield Needle(number, _MARKS[way.kind], way.keys if way.pairs else way.keys[:1], typed=typed, whole=whole)


_MARKS: Final = {"form": "form", "parts": "part", "synonym": "synonym"}
