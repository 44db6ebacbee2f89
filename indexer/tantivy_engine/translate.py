"""A question and its filters → tantivy queries, put together from small named parts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

import tantivy
from tantivy import FieldType, Occur, Query

from indexer import fields
from indexer.fields import Field, Mapped
from indexer.question import Question, is_loose
from indexer.question_tree import AnyOf, Clause, FacetIs, Phrase, Prefix, Text, Unit, Within, Word, YearIn
from indexer.search_query import FIRST_YEAR, LAST_YEAR, MOST_RANKED, Filter, Reading, SearchQuery

Part = tuple[Occur, Query]


@dataclass(frozen=True, slots=True)
class Translator:
    """Makes queries for one part of the index."""

    schema: tantivy.Schema
    mapped: Mapped

    # what is found

    def matching(self, question: Question) -> list[Part]:
        """The parts that decide which entries are found; everything, where the question asks for nothing."""
        parts = [self._bound(clause, question.reading) for clause in question.binding]
        loose = [self.unit(clause.unit, question.reading) for clause in question.loose]
        if question.reading is Reading.ANY and len(loose) > 1:
            parts.append((Occur.Must, any_of(loose)))
        else:
            parts.extend((Occur.Must, query) for query in loose)
        if not any(occur == Occur.Must for occur, _ in parts):
            parts.append((Occur.Must, unscored(Query.all_query())))
        return parts

    def _bound(self, clause: Clause, reading: Reading) -> Part:
        return (Occur.MustNot if clause.negated else Occur.Must), self.unit(clause.unit, reading)

    def unit(self, unit: Unit | AnyOf, reading: Reading) -> Query:
        if isinstance(unit, AnyOf):
            return any_of([self.unit(one, reading) for one in unit.units])
        if isinstance(unit, FacetIs):
            return unscored(any_of([self.term(unit.field, key) for key in unit.keys]))
        if isinstance(unit, YearIn):
            return unscored(self.between("year", unit.first, unit.last))
        if isinstance(unit, Within):
            return self._within(unit, reading)
        return self._anywhere(unit, reading)

    def _anywhere(self, text: Text, reading: Reading) -> Query:
        sources = self._widest().sources
        field = self._field_for(text, reading, sources)
        return Query.boost_query(self._text(text, field), field.boost if isinstance(text, Word) else 1.0)

    def _within(self, unit: Within, reading: Reading) -> Query:
        if self.mapped.text_of((unit.source,), "exact") is None:  # the older mapping of this index lacks the text
            return Query.empty_query()
        return self._text(unit.unit, self._field_for(unit.unit, reading, (unit.source,)))

    def _field_for(self, text: Text, reading: Reading, sources: tuple[str, ...]) -> Field:
        """Words are sought by dictionary form, all else (and every word of an exact reading) as written."""
        by_base = isinstance(text, Word) and reading is not Reading.EXACT
        field = self.mapped.text_of(sources, "base" if by_base else "exact")
        assert field is not None, f"the mapping lacks a field for {sources}"
        return field

    def _widest(self) -> Field:
        return max(self.mapped.texts, key=lambda field: len(field.sources))

    def _text(self, text: Text, field: Field) -> Query:
        if isinstance(text, Prefix):
            return Query.const_score_query(Query.regex_query(self.schema, field.name, f"{text.start}.*"), 1.0)
        if isinstance(text, Phrase) and len(text.exact) > 1:
            return Query.phrase_query(self.schema, field.name, list(text.exact))
        if isinstance(text, Phrase):
            return self.word(field, text.exact[0])
        return self.word(field, text.base if field.analysis == "base" else text.exact)

    # how it is ranked

    def ranking(self, question: Question) -> list[Part]:
        """Parts that find nothing by themselves: other fields, and neighbouring words that stand side by side."""
        words = [c.unit for c in question.clauses if is_loose(c) and isinstance(c.unit, Word)][:MOST_RANKED]
        found = self._field_for(Word("", "", ""), question.reading, self._widest().sources)
        fields = [field for field in self.mapped.texts if field.boost and field.name != found.name]
        parts = [
            Query.boost_query(self.word(field, word.base if field.analysis == "base" else word.exact), field.boost)
            for word in words
            for field in fields
        ]
        parts.extend(self._pairs(words))
        parts.extend(self._phrases_in_title(question))
        return [(Occur.Should, query) for query in parts]

    def _pairs(self, words: Sequence[Word]) -> Iterable[Query]:
        field = self.mapped.text_of(self._widest().sources, "exact")
        assert field is not None
        for left, right in pairwise(words):
            pair = Query.phrase_query(self.schema, field.name, [left.exact, right.exact])
            yield Query.boost_query(pair, self.mapped.ranking["pairs"])

    def _phrases_in_title(self, question: Question) -> Iterable[Query]:
        exact, base = self.mapped.text_of(("title",), "exact"), self.mapped.text_of(("title",), "base")
        if exact is None or base is None:
            return
        for clause in question.clauses[:MOST_RANKED]:
            if isinstance(clause.unit, Phrase) and not clause.negated:
                yield Query.boost_query(self._text(clause.unit, exact), base.boost)

    # who may see it, and what was chosen

    def visible(self, query: SearchQuery) -> list[Part]:
        """What this person may see today."""
        audience = [self.term("audience", token) for token in sorted(query.audience)]
        return _required([any_of(audience), self.between("visible_from", None, query.today)])

    def chosen(self, query: SearchQuery) -> list[Part]:
        """The filters: any of the included values, none of the excluded, the range of years."""
        parts = [part for choice in query.filters for part in self._choice(choice)]
        if query.from_year is not None or query.to_year is not None:
            first, last = query.from_year or FIRST_YEAR, query.to_year or LAST_YEAR
            parts.extend(_required([self.between("year", max(first, FIRST_YEAR), last)]))
        return parts

    def _choice(self, choice: Filter) -> list[Part]:
        included = [self.term(choice.field, value) for value in choice.include]
        excluded = [self.term(choice.field, value) for value in choice.exclude]
        return [*(_required([any_of(included)]) if included else []), *((Occur.MustNot, query) for query in excluded)]

    def documents_only(self) -> list[Part]:
        return _required([self.term("kind", "document")])

    # small pieces

    def term(self, name: str, value: str | int) -> Query:
        """Nothing, for a field of today that the older mapping of this index does not have."""
        if name not in self.mapped.by_name and name in fields.documents().by_name:
            return Query.empty_query()
        return Query.term_query(self.schema, name, value, index_option="basic")

    def word(self, field: Field, token: str) -> Query:
        return Query.term_query(self.schema, field.name, token, index_option="freq")

    def everywhere(self) -> Field:
        """The field of all texts and pages with words as they are written."""
        field = self.mapped.text_of(self._widest().sources, "exact")
        assert field is not None
        return field

    def between(self, name: str, first: int | None, last: int | None) -> Query:
        return Query.range_query(self.schema, name, FieldType.Integer, first, last)


def together(*parts: list[Part]) -> Query:
    return Query.boolean_query([part for some in parts for part in some])


def any_of(queries: Sequence[Query]) -> Query:
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def unscored(query: Query) -> Query:
    return Query.const_score_query(query, 0.0)


def _required(queries: Sequence[Query]) -> list[Part]:
    return [(Occur.Must, unscored(query)) for query in queries]
