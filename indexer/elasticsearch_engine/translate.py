"""A question and its filters → Elasticsearch queries, put together from small named parts.

The same parts as the embedded engine's, so that both find the same and rank alike. Both servers' BM25 has the same
constants (k1 1.2, b 0.75, lengths kept in one byte by the same table), so boosts are those of the mapping.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, Final

from indexer import fields
from indexer.fields import Field, Mapped
from indexer.question import Question, is_loose
from indexer.question_tree import AnyOf, FacetIs, Phrase, Prefix, Text, Unit, Within, Word, YearIn
from indexer.search_query import FIRST_YEAR, LAST_YEAR, MOST_RANKED, Filter, Reading, SearchQuery

Clause = dict[str, Any]
NOTHING: Final[Clause] = {"match_none": {}}


@dataclass(frozen=True, slots=True)
class Parts:
    """Clauses by what they do: bind and score, exclude, bind only, score only."""

    must: list[Clause] = field(default_factory=list)
    must_not: list[Clause] = field(default_factory=list)
    filter: list[Clause] = field(default_factory=list)

    def __add__(self, other: Parts) -> Parts:
        return Parts(self.must + other.must, self.must_not + other.must_not, self.filter + other.filter)

    def scored(self, ranking: list[Clause]) -> Clause:
        return {
            "bool": {"must": self.must, "should": ranking, "must_not": self.must_not, "filter": self.filter},
        }

    def unscored(self) -> Clause:
        return {"bool": {"filter": self.must + self.filter, "must_not": self.must_not}}

    def preferring(self, clause: Clause) -> Clause:
        """What the clause finds has the score 1, all else 0. There must be something that binds."""
        return {"bool": {**self.unscored()["bool"], "should": [_constant(clause, 1.0)]}}


@dataclass(frozen=True, slots=True)
class Translator:
    """Makes queries for one part of the index as its own mapping declares it."""

    mapped: Mapped

    # what is found

    def matching(self, question: Question) -> Parts:
        """The parts that decide which entries are found; none, where the question asks for nothing."""
        must = [self.unit(c.unit, question.reading) for c in question.binding if not c.negated]
        must_not = [self.unit(c.unit, question.reading) for c in question.binding if c.negated]
        loose = [self.unit(c.unit, question.reading) for c in question.loose]
        if question.reading is Reading.ANY and len(loose) > 1:
            return Parts([*must, any_of(loose)], must_not)
        return Parts(must + loose, must_not)

    def unit(self, unit: Unit | AnyOf, reading: Reading) -> Clause:
        if isinstance(unit, AnyOf):
            return any_of([self.unit(one, reading) for one in unit.units])
        if isinstance(unit, FacetIs):
            return _constant(self.terms(unit.field, unit.keys), 0.0)
        if isinstance(unit, YearIn):
            return _constant(self.between("year", unit.first, unit.last), 0.0)
        if isinstance(unit, Within):
            return self._text(unit.unit, self._field_for(unit.unit, reading, (unit.source,)), 1.0)
        found = self._field_for(unit, reading, self._widest().sources)
        return self._text(unit, found, found.boost if found and isinstance(unit, Word) else 1.0)

    def _field_for(self, text: Text, reading: Reading, sources: tuple[str, ...]) -> Field | None:
        """Words are sought by dictionary form, all else (and every word of an exact reading) as written.

        None where the index was built for a mapping without such a field.
        """
        by_base = isinstance(text, Word) and reading is not Reading.EXACT
        return self.mapped.text_of(sources, "base" if by_base else "exact")

    def _widest(self) -> Field:
        return max(self.mapped.texts, key=lambda one: len(one.sources))

    def _text(self, text: Text, found: Field | None, boost: float) -> Clause:
        if found is None:
            return NOTHING
        if isinstance(text, Prefix):
            return _constant({"prefix": {found.name: text.start}}, boost)
        if isinstance(text, Phrase):
            return _phrase(found, text.exact, boost)
        return _word(found, _form(text, found), boost)

    # how it is ranked

    def ranking(self, question: Question) -> list[Clause]:
        """Parts that find nothing by themselves: other fields, and neighbouring words that stand side by side."""
        words = [c.unit for c in question.clauses if is_loose(c) and isinstance(c.unit, Word)][:MOST_RANKED]
        found = self._field_for(Word("", "", ""), question.reading, self._widest().sources)
        others = [one for one in self.mapped.texts if one.boost and one is not found]
        parts = [_word(other, _form(word, other), other.boost) for word in words for other in others]
        return [*parts, *self._pairs(words), *self._phrases_in_title(question)]

    def _pairs(self, words: Sequence[Word]) -> Iterable[Clause]:
        found = self.mapped.text_of(self._widest().sources, "exact")
        for left, right in pairwise(words) if found else ():
            yield _phrase(found, (left.exact, right.exact), self.mapped.ranking["pairs"])

    def _phrases_in_title(self, question: Question) -> Iterable[Clause]:
        exact, base = self.mapped.text_of(("title",), "exact"), self.mapped.text_of(("title",), "base")
        if exact is None or base is None:
            return
        for clause in question.clauses[:MOST_RANKED]:
            if isinstance(clause.unit, Phrase) and not clause.negated:
                yield self._text(clause.unit, exact, base.boost)

    # who may see it, and what was chosen

    def visible(self, query: SearchQuery) -> Parts:
        """What this person may see today."""
        audience = {"terms": {"audience": [_written(token) for token in sorted(query.audience)]}}
        return Parts(filter=[audience, self.between("visible_from", None, query.today)])

    def chosen(self, query: SearchQuery) -> Parts:
        """The filters: any of the included values, none of the excluded, the range of years."""
        parts = Parts()
        for choice in query.filters:
            parts += self.choice(choice)
        if query.from_year is not None or query.to_year is not None:
            first, last = query.from_year or FIRST_YEAR, query.to_year or LAST_YEAR
            parts.filter.append(self.between("year", max(first, FIRST_YEAR), last))
        return parts

    def choice(self, choice: Filter) -> Parts:
        included = [self.terms(choice.field, choice.include)] if choice.include else []
        excluded = [self.terms(choice.field, choice.exclude)] if choice.exclude else []
        return Parts(must_not=excluded, filter=included)

    # small pieces

    def terms(self, name: str, values: Sequence[str]) -> Clause:
        """Any of the values; raises ValueError for a field that no mapping knows."""
        if name not in self.mapped.by_name:
            if name not in fields.documents().by_name:
                raise ValueError(f"There is no field {name!r} to filter by.")
            return NOTHING  # the index was built before this field
        return {"terms": {name: [_written(value) for value in values]}}

    def everywhere(self) -> Field:
        """The field of all texts and pages with words as they are written."""
        found = self.mapped.text_of(self._widest().sources, "exact")
        assert found is not None
        return found

    def between(self, name: str, first: int | None, last: int | None) -> Clause:
        ends = {"gte": first, "lte": last}
        return {"range": {name: {end: value for end, value in ends.items() if value is not None}}}


def any_of(clauses: Sequence[Clause]) -> Clause:
    return clauses[0] if len(clauses) == 1 else {"bool": {"should": list(clauses)}}


def _form(word: Word, found: Field) -> str:
    return word.base if found.analysis == "base" else word.exact


def _word(found: Field, token: str, boost: float) -> Clause:
    return {"term": {found.name: {"value": token, "boost": boost}}}


def _phrase(found: Field | None, tokens: Sequence[str], boost: float) -> Clause:
    if found is None:
        return NOTHING
    if len(tokens) == 1:
        return _word(found, tokens[0], boost)
    return {"match_phrase": {found.name: {"query": " ".join(tokens), "boost": boost}}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _written(value: str) -> str:
    """A value that can be sent: halves of surrogate pairs, which no text holds, become question marks."""
    return value.encode("utf-8", "replace").decode("utf-8")
