"""A parsed question and how it is read: which words bind, which only help, which are left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

from indexer.analysis.stop_words import stop_words
from indexer.question_tree import AnyOf, Clause, FacetIs, Phrase, Prefix, Text, Unit, Within, Word, YearIn
from indexer.search_query import Reading
from indexer.search_result import QuestionWord
from indexer.words import parse


@dataclass(frozen=True, slots=True)
class Needle:
    """What to look for in the tokens of a text: `sought` stands between blanks in the exact or the base string."""

    word: int
    sought: str
    exact: bool
    length: int


@dataclass(frozen=True)
class Question:
    """clauses: what counts, in the order that numbers the words of hits and marks. ignored: stop words taken off."""

    clauses: tuple[Clause, ...]
    ignored: tuple[str, ...] = ()
    reading: Reading = Reading.AUTO

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
    def ranks(self) -> bool:
        """Whether one hit can be better than another: not where only facets, years or -without are asked for."""
        return any(not c.negated and not isinstance(c.unit, FacetIs | YearIn) for c in self.clauses)

    @cached_property
    def on_pages(self) -> tuple[tuple[int, Clause], ...]:
        """The clauses whose words stand on pages, with their numbers."""
        return tuple((i, c) for i, c in enumerate(self.clauses) if not c.negated and _texts(c.unit))

    @cached_property
    def needles(self) -> tuple[Needle, ...]:
        exactly = self.reading is Reading.EXACT
        return tuple(_needle(i, text, exactly=exactly) for i, c in self.on_pages for text in _texts(c.unit))


@lru_cache(maxsize=256)
def question(text: str, reading: Reading = Reading.AUTO) -> Question:
    """Reads a typed text. Stop words are taken off unless nothing else is asked for; phrases keep them."""
    clauses = parse(text)
    counting = tuple(c for c in clauses if not _is_stop_word(c))
    if not any(not c.negated for c in counting):
        return Question(clauses, (), reading)
    return Question(counting, tuple(c.unit.shown for c in clauses if _is_stop_word(c)), reading)


def is_loose(clause: Clause) -> bool:
    return not clause.negated and isinstance(clause.unit, Word | Prefix)


def _is_stop_word(clause: Clause) -> bool:
    return not clause.negated and isinstance(clause.unit, Word) and clause.unit.exact in stop_words()


def _kind(unit: Unit | AnyOf) -> str:
    kinds = {Word: "word", Prefix: "prefix", Phrase: "phrase", AnyOf: "group"}
    return kinds.get(type(unit), "field")


def _has_word(unit: Unit | AnyOf) -> bool:
    if isinstance(unit, AnyOf):
        return any(_has_word(u) for u in unit.units)
    return isinstance(unit.unit if isinstance(unit, Within) else unit, Word)


def _texts(unit: Unit | AnyOf) -> tuple[Text, ...]:
    """The parts that can stand on a page; what is asked of the title or a facet cannot."""
    units = unit.units if isinstance(unit, AnyOf) else (unit,)
    return tuple(u for u in units if isinstance(u, Word | Prefix | Phrase))


def _needle(number: int, text: Text, *, exactly: bool) -> Needle:
    if isinstance(text, Prefix):
        return Needle(number, f" {text.start}", exact=True, length=1)
    if isinstance(text, Phrase):
        return Needle(number, f" {' '.join(text.exact)} ", exact=True, length=len(text.exact))
    return Needle(number, f" {text.exact if exactly else text.base} ", exact=exactly, length=1)
