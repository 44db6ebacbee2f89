"""The list of projects: who stands where, and the documents of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, Final

from indexer.elasticsearch_engine.translate import Clause, Parts, Translator
from indexer.question import Question
from indexer.search_query import SearchQuery, Sort
from indexer.search_result import DocumentHit, ProjectHit

DOCUMENTS_ONLY: Final[Clause] = {"term": {"kind": "document"}}
MOST_GROUPED: Final = 50_000  # documents of all projects on a page: as far as the window of the index goes
OF_PROJECTS: Final[Clause] = {"range": {"group": {"gt": 0}}}
OF_NO_PROJECT: Final[Clause] = {"range": {"group": {"lt": 0}}}
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

    def heads(self, last: int) -> dict[str, Any]:
        """The first projects with a document among the hits, by their best, and how many documents there are in all."""
        return {
            "query": self._query(self.found + Parts(filter=[DOCUMENTS_ONLY])),
            "collapse": {"field": "group"},
            "sort": self._order(),
            "size": last,
            "track_total_hits": True,
            "stored_fields": "_none_",
        }

    def members(self, groups: Sequence[int], documents: int) -> dict[str, Any]:
        """All documents of these projects that are hits, in one list (a search for each takes five times as long).

        There are no more than `documents`: the server makes room for as many as are asked for.
        """
        inside = Parts(filter=[DOCUMENTS_ONLY, {"terms": {"group": list(groups)}}])
        return {
            "query": self._query(self.found + inside),
            "sort": self._order(),
            "size": min(documents, MOST_GROUPED),
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["group", "version"],
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


@dataclass(frozen=True, slots=True)
class Shown:
    """The page's projects out of both lists and the documents of the one."""

    window: Window
    sort: Sort

    def groups(self, heads: dict[str, Any]) -> list[int]:
        """The projects whose documents the page may need."""
        return [_group(hit) for hit in heads["hits"]["hits"][self.window.start : self.window.last]]

    def projects(
        self, heads: dict[str, Any], own: dict[str, Any] | None, members: dict[str, Any] | None
    ) -> tuple[ProjectHit, ...]:
        documents: dict[int, list[DocumentHit]] = {}
        for hit in members["hits"]["hits"] if members else ():
            documents.setdefault(_group(hit), []).append(self._document(hit))
        with_documents = [hit for hit in heads["hits"]["hits"][self.window.start :] if _group(hit) in documents]
        own_hits = own["hits"]["hits"] if own else []
        both = merge(with_documents, own_hits, key=self._key)
        here = islice(both, self.window.first - self.window.start, self.window.last - self.window.start)
        return tuple(self._project(hit, tuple(documents.get(_group(hit), ()))) for hit in here)

    def _key(self, hit: dict[str, Any]) -> tuple[Any, int]:
        value, number = hit["sort"][-2:]
        return (-value if self.sort in {Sort.RELEVANCE, Sort.NEWEST} else value), number

    def _project(self, hit: dict[str, Any], documents: tuple[DocumentHit, ...]) -> ProjectHit:
        return ProjectHit(max(_group(hit), 0), documents[0].score if documents else self._score(hit), documents)

    def _document(self, hit: dict[str, Any]) -> DocumentHit:
        return DocumentHit(hit["sort"][-1], hit["fields"]["version"][0], self._score(hit))

    def _score(self, hit: dict[str, Any]) -> float:
        return float(hit["sort"][-2]) if self.sort is Sort.RELEVANCE else 0.0


def _group(hit: dict[str, Any]) -> int:
    group: int = hit["fields"]["group"][0]
    return group
