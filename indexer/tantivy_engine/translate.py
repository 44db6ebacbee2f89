"""Conditions, clauses and filters → tantivy queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import tantivy
from tantivy import FieldType, Occur, Query

from indexer import choosing, fields, finding, ranking
from indexer.conditions import (
    AllOf,
    AnyOf,
    Between,
    Clause,
    Condition,
    HasKey,
    HasNone,
    Holds,
    Near,
    SideBySide,
    Starts,
)
from indexer.fields import Field, Mapped
from indexer.questions import Question
from indexer.search_query import SearchQuery

Part = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Translator:
    """Makes queries for one part of the index."""

    schema: tantivy.Schema
    mapped: Mapped

    def matching(self, question: Question) -> list[Part]:
        """The parts that decide which entries are found; everything, where the question asks for nothing."""
        parts = _required([self.condition(one) for one in finding.demanded(question, self.mapped)])
        parts += [(Occur.MustNot, self.condition(one)) for one in finding.excluded(question, self.mapped)]
        if not any(occur == Occur.Must for occur, _ in parts):
            parts += _required([Query.all_query()])
        return parts

    def condition(self, asked: Condition) -> Query:  # noqa: PLR0911 - one answer for each kind
        match asked:
            case Holds(name, token):
                return self._token(name, token)
            case Starts(name, start):
                return Query.regex_query(self.schema, name, f"{start}.*")
            case SideBySide(name, tokens):
                return Query.phrase_query(self.schema, name, list(tokens))
            case Near(name, first, second, slop):
                return Query.phrase_query(self.schema, name, [first, second], slop)
            case HasKey(name, keys):
                return any_of([self.term(name, key) for key in keys])
            case HasNone(name):
                return self._without_key(name)
            case Between(name, first, last):
                return self.between(name, first, last)
            case AllOf(conditions):
                return together(_required([self.condition(one) for one in conditions]))
            case AnyOf(conditions, count):
                return any_of([self.condition(one) for one in conditions], count)

    def ranked(self, found: list[Part], question: Question) -> Query:
        """What the parts find, scored by what ranks it."""
        return self.scored(found, ranking.ranking(question, self.mapped))

    def scored(self, found: list[Part], clauses: Sequence[Clause]) -> Query:
        """What the parts find, scored by the clauses, which find nothing by themselves.

        Words stand in a union of their own: tantivy walks one of nothing but words twice as fast as one that holds a
        phrase or a constant too.
        """
        words = [one for one in clauses if isinstance(one.condition, Holds) and not one.constant]
        others = [one for one in clauses if not isinstance(one.condition, Holds) or one.constant]
        query = unscored(together(found))
        for some in filter(None, (words, others)):
            query = together(
                [(Occur.Must, query)],
                [(Occur.Should, self.clause(one)) for one in some],
            )
        return query

    def clause(self, clause: Clause) -> Query:
        found = self.condition(clause.condition)
        if clause.constant:
            return Query.const_score_query(found, clause.weight)
        return Query.boost_query(found, clause.weight)

    def _token(self, name: str, token: str) -> Query:
        kept = "basic" if self.mapped.by_name[name].kept == "docs" else "freq"
        return Query.term_query(self.schema, name, token, index_option=kept)

    # who may see it, and what was chosen

    def visible(self, query: SearchQuery) -> list[Part]:
        """What this person may see today."""
        audience = [self.term("audience", token) for token in sorted(query.audience)]
        return _required([any_of(audience), self.between("visible_from", None, query.today)])

    def chosen(self, query: SearchQuery) -> list[Part]:
        """The filters."""
        parts = _required([self.condition(one) for one in choosing.demanded(query)])
        return [*parts, *((Occur.MustNot, self.condition(one)) for one in choosing.excluded(query))]

    @staticmethod
    def required(queries: Sequence[Query]) -> list[Part]:
        return _required(queries)

    def documents_only(self) -> list[Part]:
        return _required([self.term("kind", "document")])

    # small pieces

    def term(self, name: str, value: str | int) -> Query:
        """Nothing, for a field of today that the older mapping of this index does not have."""
        if name not in self.mapped.by_name and name in fields.documents().by_name:
            return Query.empty_query()
        return Query.term_query(self.schema, name, value, index_option="basic")

    def _without_key(self, name: str) -> Query:
        """Everything, for a field that this index does not have yet."""
        if name not in self.mapped.by_name and name in fields.documents().by_name:
            return Query.all_query()
        return together([(Occur.Must, Query.all_query()), (Occur.MustNot, Query.exists_query(name))])

    def everywhere(self) -> Field:
        """The field of all texts and pages with words as they are written."""
        field = self.mapped.text_of(self.mapped.widest, "exact")
        assert field is not None
        return field

    def between(self, name: str, first: int | None, last: int | None) -> Query:
        return Query.range_query(self.schema, name, FieldType.Integer, first, last)


def together(*parts: list[Part]) -> Query:
    return Query.boolean_query([part for some in parts for part in some])


def any_of(queries: Sequence[Query], count: int = 1) -> Query:
    """Nothing, where there are none."""
    if len(queries) <= 1:
        return queries[0] if queries else Query.empty_query()
    return Query.boolean_query([(Occur.Should, query) for query in queries], minimum_number_should_match=count)


def within(queries: Sequence[Query], query: Query) -> Query:
    """What the query finds, as it scores it, among what all the others find."""
    return together([*_required(queries), (Occur.Must, query)])


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _required(queries: Sequence[Query]) -> list[Part]:
    return [(Occur.Must, unscored(query)) for query in queries]
