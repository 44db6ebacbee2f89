"""How many documents: of a question, of each facet value, of each year."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from operator import itemgetter
from typing import Any, Final

import tantivy
from tantivy import Query

from indexer.questions import Question
from indexer.search_query import MISSING, MOST_VALUES, Filter, SearchQuery
from indexer.search_result import Grouped
from indexer.tantivy_engine.translate import Translator, together

MOST_BUCKETS: Final = 65_000  # of one answer: tantivy refuses to give more
ALL_VALUES: Final = {"size": 2 * MOST_BUCKETS, "segment_size": 2 * MOST_BUCKETS}
_VALUES_OF_A_SEGMENT = 50_000  # far more than there are, so that a sum over segments is exact
_COUNT = {"count": {"value_count": {"field": "id"}}}


@dataclass(frozen=True, slots=True)
class Counts:
    total: int
    facets: Mapping[str, Mapping[str, int]]
    years: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Counter:
    """Counts documents, never projects' own entries; nothing here is scored. Made for one question and one person.

    The same total is asked for twice where a question has no filters (by the rule of ten and by the other readings).
    """

    searcher: tantivy.Searcher
    translator: Translator
    known: dict[Any, int] = field(default_factory=dict)

    def total(self, question: Question, query: SearchQuery) -> int:
        key = _key(question, query)
        if key not in self.known:
            self.known[key] = int(self._aggregate(question, query, _COUNT)["count"]["value"])
        return self.known[key]

    def all(self, question: Question, query: SearchQuery) -> Counts:
        """One count serves all facets without a choice, one more each facet with one (its own choice taken off)."""
        names = [facet.name for facet in self.translator.mapped.facets]
        free = [name for name in names if not _chosen(query.filter_of(name))]
        years_free = not query.has_years
        terms = {name: _terms(name) for name in (*free, *(["year"] if years_free else []))}
        found = self._aggregate(question, query, {**_COUNT, **terms})
        total = self.known[_key(question, query)] = int(found["count"]["value"])
        facets = {name: _by_key(found[name]) if name in free else self._facet(question, query, name) for name in names}
        years = found["year"] if years_free else self._one(question, query.without("year"), "year")
        return Counts(total, facets, _by_year(years))

    def grouped(self, found: Query) -> Grouped:
        """What is found, projects' own entries too; raises ValueError for more than MOST_BUCKETS.

        In the order of their numbers, documents without project first: so none needs to be looked at.
        """
        asked = {"group": {"terms": {"field": "group", "order": {"_key": "asc"}, **ALL_VALUES}}}
        answer: Any = self.searcher.aggregate(found, asked)
        buckets = answer["group"]["buckets"]
        alone = bisect_left(buckets, 1, key=itemgetter("key"))
        return Grouped(len(buckets) - alone, len(buckets))

    def _facet(self, question: Question, query: SearchQuery, name: str) -> dict[str, int]:
        """A facet with choices: what it excludes stays excluded, so that a click on a value gives its count.

        Chosen values stay visible without hits; an excluded value counts what taking it in instead would give.
        """
        choice = query.filter_of(name)
        others = query.with_filter(Filter(name, exclude=choice.exclude))
        counts = dict.fromkeys(choice.include, 0) | _by_key(self._one(question, others, name))
        for value in choice.exclude:
            counts[value] = self.total(question, query.with_filter(_instead(choice, value)))
        for value in choice.include:
            if not counts[value] and (value == MISSING or len(counts) >= MOST_VALUES):
                counts[value] = self.total(question, query.with_filter(replace(choice, include=(value,))))
        return counts

    def _one(self, question: Question, query: SearchQuery, name: str) -> Any:
        return self._aggregate(question, query, {name: _terms(name)})[name]

    def _aggregate(self, question: Question, query: SearchQuery, asked: dict[str, Any]) -> dict[str, Any]:
        make = self.translator
        found = together(make.matching(question), make.visible(query), make.chosen(query), make.documents_only())
        answer: dict[str, Any] = self.searcher.aggregate(found, asked)
        return answer


def asked_for_too_much(error: ValueError) -> bool:
    """Whether an answer would have had more than MOST_BUCKETS."""
    return "bucket limit" in str(error)


def _key(question: Question, query: SearchQuery) -> tuple[object, ...]:
    return question.reading, query.filters, query.from_year, query.to_year, query.without_year


def _chosen(choice: Filter) -> bool:
    return bool(choice.include or choice.exclude)


def _instead(choice: Filter, value: str) -> Filter:
    """Only this value, which was excluded, taken in; the other exclusions stay."""
    return Filter(choice.field, (value,), tuple(v for v in choice.exclude if v != value))


def _terms(name: str) -> dict[str, Any]:
    """Exact counts: every segment hands over more values than are asked for."""
    return {"terms": {"field": name, "size": MOST_VALUES, "segment_size": _VALUES_OF_A_SEGMENT}}


def _buckets(found: Any) -> Iterable[tuple[Any, int]]:
    return ((bucket["key"], bucket["doc_count"]) for bucket in found["buckets"])


def _by_key(found: Any) -> dict[str, int]:
    return dict(_buckets(found))


def _by_year(found: Any) -> dict[int, int]:
    """Without 0, the year of documents whose year nobody knows."""
    return {int(year): count for year, count in sorted(_buckets(found)) if year}
