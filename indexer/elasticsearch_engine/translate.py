"""Conditions, clauses and filters → Elasticsearch queries.

The same conditions as the embedded engine is asked, so that both find the same and rank alike. Both servers' BM25 has
the same constants (k1 1.2, b 0.75, lengths kept in one byte by the same table), so boosts are those of the mapping.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from indexer import choosing, conditions, fields, finding, ranking
from indexer.conditions import AllOf, AnyOf, Between, Condition, HasKey, HasNone, Holds, Near, SideBySide, Starts
from indexer.fields import Field, Mapped
from indexer.questions import Question
from indexer.search_query import Filter, SearchQuery

Clause = dict[str, Any]
NOTHING: Final[Clause] = {"match_none": {}}


@dataclass(frozen=True, slots=True)
class Parts:
    """Clauses that bind and clauses that exclude; none of them scores."""

    filter: list[Clause] = field(default_factory=list)
    must_not: list[Clause] = field(default_factory=list)

    def __add__(self, other: Parts) -> Parts:
        return Parts(self.filter + other.filter, self.must_not + other.must_not)

    def scored(self, ranking: list[Clause]) -> Clause:
        """There must be something that binds, or nothing but what ranks is found."""
        return {"bool": {"filter": self.filter, "should": ranking, "must_not": self.must_not}}

    def unscored(self) -> Clause:
        return {"bool": {"filter": self.filter, "must_not": self.must_not}}

    def preferring(self, clause: Clause) -> Clause:
        """What the clause finds has the score 1, all else 0. There must be something that binds."""
        return {"bool": {**self.unscored()["bool"], "should": [_constant(clause, 1.0)]}}


@dataclass(frozen=True, slots=True)
class Translator:
    """Makes queries for one part of the index as its own mapping declares it."""

    mapped: Mapped

    def matching(self, question: Question) -> Parts:
        """The parts that decide which entries are found; none, where the question asks for nothing."""
        demanded = [self.condition(one) for one in finding.demanded(question, self.mapped)]
        return Parts(demanded, [self.condition(one) for one in finding.excluded(question, self.mapped)])

    def condition(self, asked: Condition) -> Clause:  # noqa: PLR0911 - one answer for each kind
        match asked:
            case Holds(name, token):
                return {"term": {name: token}}
            case Starts(name, start):
                return {"prefix": {name: start}}
            case SideBySide(name, tokens):
                return {"match_phrase": {name: " ".join(tokens)}}
            case Near(name, first, second, slop):
                return {"match_phrase": {name: {"query": f"{first} {second}", "slop": slop}}}
            case HasKey(name, keys):
                return self.terms(name, keys)
            case HasNone(name):
                return self._without_key(name)
            case Between(name, first, last):
                return self.between(name, first, last)
            case AllOf(conditions):
                return {"bool": {"filter": [self.condition(one) for one in conditions]}}
            case AnyOf(conditions, count):
                return self._any_of(conditions, count)

    def _any_of(self, conditions: Sequence[Condition], count: int) -> Clause:
        """Tokens of one field are one clause: hundreds of words together would be more than a server takes."""
        tokens: dict[str, list[str]] = {}
        others = []
        for one in conditions:
            if isinstance(one, Holds) and count == 1:
                tokens.setdefault(one.field, []).append(one.token)
            else:
                others.append(self.condition(one))
        return any_of([*({"terms": {name: some}} for name, some in tokens.items()), *others], count)

    def ranking(self, question: Question) -> list[Clause]:
        """Parts that find nothing by themselves."""
        return [self.clause(one) for one in ranking.ranking(question, self.mapped)]

    def clause(self, clause: conditions.Clause, name: str = "") -> Clause:
        """`name`: by which the answer tells what the clause gave an entry."""
        more: dict[str, Any] = {"boost": clause.weight, **({"_name": name} if name else {})}
        match clause.condition:
            case condition if clause.constant:
                return {"constant_score": {"filter": self.condition(condition), **more}}
            case Holds(name, token):
                return {"term": {name: {"value": token, **more}}}
            case SideBySide(name, tokens):
                return {"match_phrase": {name: {"query": " ".join(tokens), **more}}}
            case Starts(name, start):
                return {"prefix": {name: {"value": start, **more}}}
            case HasKey(name, keys):
                return {"terms": {name: list(keys), **more}}

    # who may see it, and what was chosen

    def visible(self, query: SearchQuery) -> Parts:
        """What this person may see today."""
        audience = {"terms": {"audience": [_written(token) for token in sorted(query.audience)]}}
        return Parts(filter=[audience, self.between("visible_from", None, query.today)])

    def chosen(self, query: SearchQuery) -> Parts:
        """The filters."""
        return Parts(
            [self.condition(one) for one in choosing.demanded(query)],
            [self.condition(one) for one in choosing.excluded(query)],
        )

    def choice(self, choice: Filter) -> Parts:
        return self.chosen(SearchQuery(filters=(choice,)))

    # small pieces

    def terms(self, name: str, values: Sequence[str]) -> Clause:
        """Any of the values; nothing for a field that this index does not have yet."""
        return {"terms": {name: [_written(value) for value in values]}} if self._knows(name) else NOTHING

    def _without_key(self, name: str) -> Clause:
        """Everything, for a field that this index does not have yet."""
        return {"bool": {"must_not": [{"exists": {"field": name}}]}} if self._knows(name) else {"match_all": {}}

    def _knows(self, name: str) -> bool:
        """Whether the index was built with this field; raises ValueError for one that no mapping knows."""
        if name not in self.mapped.by_name and name not in fields.documents().by_name:
            raise ValueError(f"There is no field {name!r} to filter by.")
        return name in self.mapped.by_name

    def everywhere(self) -> Field:
        """The field of all texts and pages with words as they are written."""
        found = self.mapped.text_of(self.mapped.widest, "exact")
        assert found is not None
        return found

    def between(self, name: str, first: int | None, last: int | None) -> Clause:
        ends = {"gte": first, "lte": last}
        return {"range": {name: {end: value for end, value in ends.items() if value is not None}}}


def any_of(clauses: Sequence[Clause], count: int = 1) -> Clause:
    """Nothing, where there are none."""
    if len(clauses) <= 1:
        return clauses[0] if clauses else NOTHING
    return {"bool": {"should": list(clauses), "minimum_should_match": count}}


def _constant(clause: Clause, score: float) -> Clause:
    return {"constant_score": {"filter": clause, "boost": score}}


def _written(value: str) -> str:
    """A value that can be sent: halves of surrogate pairs, which no text holds, become question marks."""
    return value.encode("utf-8", "replace").decode("utf-8")
