"""The list of projects: who stands where, and the documents of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, Final

from indexer.elasticsearch_engine.generations import MOST_GROUPED
from indexer.elasticsearch_engine.translate import Clause, Parts, Translator
from indexer.question import Question
from indexer.search_query import SearchQuery, Sort
from indexer.search_result import DocumentHit, ProjectHit

DOCUMENTS_ONLY: Final[Clause] = {"term": {"kind": "document"}}
OF_PROJECTS: Final[Clause] = {"range": {"group": {"gt": 0}}}
_ORDERS: Final[dict[Sort, dict[str, str]]] = {
    Sort.RELEVANCE: {"_score": "desc"},
    Sort.NEWEST: {"sort_date": "desc"},
    Sort.OLDEST: {"sort_date": "asc"},
    Sort.TITLE: {"sort_title": "asc"},
}


@dataclass(frozen=True, slots=True)
class Window:
    """Which part of the list of projects that have a document among the hits is needed to show a page.

    The list on screen is two lists merged: these, and the projects of which only their own entry is a hit. With k of
    the latter, page items `first` to `last` hold none of the former's first `first` − k.
    """

    start: int
    first: int
    last: int

    @classmethod
    def of(cls, first: int, count: int, own_only: int) -> Window:
        return cls(max(0, first - own_only), first, first + count)


@dataclass(frozen=True, slots=True)
class Lists:
    """Bodies for one question as it is read."""

    make: Translator
    query: SearchQuery
    asked: Question
    found: Parts

    @property
    def sort(self) -> Sort:
        """Where no hit can be better than another the newest come first."""
        ranks = self.asked.ranks
        return Sort.NEWEST if self.query.sort is Sort.RELEVANCE and not ranks else self.query.sort

    def with_documents(self, window: Window) -> dict[str, Any]:
        """Projects by their best document, each with all its documents; all entries are asked for, for the counts."""
        members = {"name": "documents", "size": MOST_GROUPED, "sort": self._order(), **_ONLY_VERSIONS}
        return {
            "query": self._query(self.found),
            "post_filter": DOCUMENTS_ONLY,
            "collapse": {"field": "group", "inner_hits": members},
            "sort": self._order(),
            "from": window.start,
            "size": window.last - window.start,
            "track_total_hits": False,
            "stored_fields": "_none_",
        }

    def own_entries(self, after: int, count: int) -> dict[str, Any]:
        """Projects of which only their own entry is a hit: the end of a list that puts documents first.

        `after` is the number of projects with a document among the hits.
        """
        return {
            "query": self._query(self.found + Parts(filter=[OF_PROJECTS])),
            "collapse": {"field": "group"},
            "sort": [{"kind": "asc"}, *self._order()],
            "from": after,
            "size": count,
            "track_total_hits": False,
            "stored_fields": "_none_",
        }

    def _query(self, found: Parts) -> Clause:
        if self.sort is not Sort.RELEVANCE:
            return found.unscored()
        scored = found.scored(self.make.ranking(self.asked))
        return {"function_score": {"query": scored, "field_value_factor": {"field": "weight"}}}

    def _order(self) -> list[Any]:
        return [_ORDERS[self.sort], {"id": "asc"}]


_ONLY_VERSIONS: Final = {"stored_fields": "_none_", "docvalue_fields": ["version"], "_source": False}


def shown(window: Window, documents: dict[str, Any], own: dict[str, Any] | None, sort: Sort) -> tuple[ProjectHit, ...]:
    """The page's projects out of both lists."""
    scored, descending = sort is Sort.RELEVANCE, sort in {Sort.RELEVANCE, Sort.NEWEST}

    def key(hit: dict[str, Any]) -> tuple[Any, int]:
        value, number = hit["sort"][-2:]
        return (-value if descending else value), number

    own_hits: Iterable[dict[str, Any]] = own["hits"]["hits"] if own else ()
    both = merge(documents["hits"]["hits"], own_hits, key=key)
    here = islice(both, window.first - window.start, window.last - window.start)
    return tuple(_project(hit, scored=scored) for hit in here)


def _project(hit: dict[str, Any], *, scored: bool) -> ProjectHit:
    (group,) = hit["fields"]["group"]
    members = hit.get("inner_hits", {}).get("documents", {}).get("hits", {}).get("hits", ())
    documents = tuple(_document(member, scored=scored) for member in members)
    return ProjectHit(max(group, 0), documents[0].score if documents else _score(hit, scored=scored), documents)


def _document(hit: dict[str, Any], *, scored: bool) -> DocumentHit:
    (version,) = hit["fields"]["version"]
    return DocumentHit(hit["sort"][-1], version, _score(hit, scored=scored))


def _score(hit: dict[str, Any], *, scored: bool) -> float:
    return float(hit["sort"][-2]) if scored else 0.0
