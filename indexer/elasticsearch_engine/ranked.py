"""The list of projects: who stands where, and the documents of each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from heapq import merge
from itertools import islice
from typing import Any, Final

from indexer.elasticsearch_engine.translate import Clause, Parts, Translator
from indexer.page_evidence import PageRule, sort_of
from indexer.questions import Question
from indexer.search_query import SearchQuery, Sort
from indexer.search_result import DocumentHit, ProjectHit

DOCUMENTS_ONLY: Final[Clause] = {"term": {"kind": "document"}}
MOST_GROUPED: Final = 50_000  # documents of all projects on a page: as far as the window of the index goes
_BY_SCORE: Final = frozenset({Sort.RELEVANCE, Sort.PAGES})
_Key = tuple[Any, int]  # what the list is sorted by, ties by id
_Placed = tuple[_Key, DocumentHit]
OF_PROJECTS: Final[Clause] = {"range": {"group": {"gt": 0}}}
OF_NO_PROJECT: Final[Clause] = {"range": {"group": {"lt": 0}}}
_DATED: Final[Clause] = {"range": {"sort_date": {"gt": 0}}}
_ORDERS: Final[dict[Sort, list[dict[str, str]]]] = {
    Sort.RELEVANCE: [{"_score": "desc"}],
    Sort.NEWEST: [{"sort_date": "desc"}],
    Sort.OLDEST: [{"_score": "desc"}, {"sort_date": "asc"}],  # what has no known date comes last: its score is 0
    Sort.TITLE: [{"sort_title": "asc"}],
    Sort.PAGES: [{"_score": "desc"}],
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
        return sort_of(self.query, self.asked)

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

    def first_documents(self, count: int) -> dict[str, Any]:
        """The first documents by themselves, whatever project they are of; their best pages are asked for next."""
        return {
            "query": self._query(self.found + Parts(filter=[DOCUMENTS_ONLY])),
            "sort": self._order(),
            "size": count,
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["group", "page_count"],
        }

    def everything(self) -> dict[str, Any]:
        """All hits, for whoever fetches them in portions."""
        return {
            "query": self._query(self.found),
            "sort": self._order(),
            "track_total_hits": False,
            "stored_fields": "_none_",
            "docvalue_fields": ["group", "page_count"],
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
            "docvalue_fields": ["group"],
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

    def number(self, hit: dict[str, Any]) -> int:
        """The id of a hit of `everything`; the server may add a value of its own to what it sorted by."""
        number: int = hit["sort"][len(_ORDERS[self.sort])]
        return number

    def _query(self, found: Parts) -> Clause:
        if self.sort is Sort.OLDEST:
            return found.preferring(_DATED)
        if self.sort not in _BY_SCORE:
            return found.unscored()
        scored = found.scored(self.make.ranking(self.asked))
        return {"function_score": {"query": scored, "field_value_factor": {"field": "weight"}}}

    def _order(self) -> list[Any]:
        return [*_ORDERS[self.sort], {"id": "asc"}]


@dataclass(frozen=True, slots=True)
class Lift:
    """The first documents, which their best pages lift, and the own entries of projects that stood among them.

    documents: their ids. groups: their projects, best first. with_pages: those whose pages are asked for.
    last: (score, id) of the last of them, none where the question has no more documents.
    """

    rule: PageRule
    documents: frozenset[int]
    groups: tuple[int, ...]
    with_pages: list[int]
    last: tuple[float, int] | None

    @classmethod
    def of(cls, rule: PageRule | None, first: dict[str, Any] | None) -> Lift | None:
        if rule is None or first is None:
            return None
        hits = first["hits"]["hits"]
        with_pages = [hit["sort"][1] for hit in hits if hit["fields"]["page_count"][0] >= rule.fewest_pages]
        last = tuple(hits[-1]["sort"]) if len(hits) >= rule.documents else None
        documents = frozenset(hit["sort"][1] for hit in hits)
        return cls(rule, documents, tuple(dict.fromkeys(map(_group, hits))), with_pages, last)

    def document(self, number: int, score: float, told: Mapping[int, float]) -> float:
        return self.rule.placed(score, told.get(number)) if number in self.documents else self.rule.after(score)

    def own_entry(self, number: int, score: float) -> float:
        stood_among = self.last is None or (-score, number) < (-self.last[0], self.last[1])
        return self.rule.placed(score, None) if stood_among else self.rule.after(score)


@dataclass(frozen=True, slots=True)
class Shown:
    """The page's projects out of both lists and the documents of the one.

    lift: none where documents are not ranked by their best pages, or the page lies beyond those that are.
    """

    window: Window
    sort: Sort
    lift: Lift | None

    @classmethod
    def of(cls, window: Window, sort: Sort, lift: Lift | None) -> Shown:
        """Within what is lifted the list is put together from its start, as any of it may come up."""
        if lift is None or window.start >= len(lift.groups):
            return cls(window, sort, None)
        return cls(Window(0, window.first, window.last), sort, lift)

    def groups(self, heads: dict[str, Any]) -> list[int]:
        """The projects whose documents the page may need."""
        found = [_group(hit) for hit in heads["hits"]["hits"][self.window.start : self.window.last]]
        return list(dict.fromkeys((*(self.lift.groups if self.lift else ()), *found)))

    def projects(
        self,
        heads: dict[str, Any],
        own: dict[str, Any] | None,
        members: dict[str, Any] | None,
        told: Mapping[int, float],
    ) -> tuple[ProjectHit, ...]:
        """told: what the rule wants to know of the pages, by document, of those that are lifted."""
        documents: dict[int, list[_Placed]] = {}
        for hit in members["hits"]["hits"] if members else ():
            documents.setdefault(_group(hit), []).append(self._document(hit, told))
        for some in documents.values() if self.lift else ():
            some.sort(key=lambda placed: placed[0])
        ordered = [group for group in self.groups(heads) if group in documents]
        ranked = [(documents[group][0][0], group) for group in ordered]
        if self.lift:
            ranked.sort()
        both = merge(ranked, map(self._own, own["hits"]["hits"] if own else ()))
        here = islice(both, self.window.first - self.window.start, self.window.last - self.window.start)
        return tuple(self._project(key, group, documents.get(group, [])) for key, group in here)

    def _document(self, hit: dict[str, Any], told: Mapping[int, float]) -> _Placed:
        value, number = hit["sort"][-2:]
        if self.lift:
            value = self.lift.document(number, float(value), told)
        return self._key(value, number), DocumentHit(number, self._score(value))

    def _own(self, hit: dict[str, Any]) -> tuple[_Key, int]:
        value, number = hit["sort"][-2:]
        return self._key(self.lift.own_entry(number, float(value)) if self.lift else value, number), _group(hit)

    def _key(self, value: Any, number: int) -> _Key:
        if self.sort is Sort.OLDEST:
            return (not value, value), number
        return (-value if self.sort in {*_BY_SCORE, Sort.NEWEST} else value), number

    def _project(self, key: _Key, group: int, documents: list[_Placed]) -> ProjectHit:
        score = documents[0][1].score if documents else self._score(-key[0] if self.sort is Sort.RELEVANCE else 0.0)
        return ProjectHit(max(group, 0), score, tuple(document for _, document in documents))

    def _score(self, value: Any) -> float:
        return float(value) if self.sort is Sort.RELEVANCE else 0.0


def _group(hit: dict[str, Any]) -> int:
    group: int = hit["fields"]["group"][0]
    return group
