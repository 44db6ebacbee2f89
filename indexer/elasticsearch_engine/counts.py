"""How many documents and projects: of a question, of each facet value, of each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.elasticsearch_engine.ranked import DOCUMENTS_ONLY, OF_NO_PROJECT, OF_PROJECTS
from indexer.elasticsearch_engine.translate import Clause, Parts, Translator
from indexer.search_query import MOST_VALUES, Filter, SearchQuery

# Projects are counted one by one up to so many, and "cirka" above. All of them must fit into the window of a list.
MOST_PROJECTS: Final = 30_000
_VALUES_OF_A_SHARD: Final = 50_000  # far more than there are, so that a sum over shards is exact
FREE: Final = "free"  # the answer to the one search for all facets without a choice
_PRECISION: Final = 40_000  # the most that the server's estimate can be asked for


@dataclass(frozen=True, slots=True)
class Tally:
    """documents: hits. projects: those with a hit, `with_documents` of them with more than their own entry.

    alone: documents without project.
    """

    documents: int
    projects: int
    with_documents: int
    alone: int
    approximate: bool = False

    @property
    def own_only(self) -> int:
        return 0 if self.approximate else self.projects - self.with_documents


def total_body(found: Parts) -> dict[str, Any]:
    """Documents only."""
    query = (found + Parts(filter=[DOCUMENTS_ONLY])).unscored()
    return {"query": query, "size": 0, "track_total_hits": True}


def total_of(found: dict[str, Any]) -> int:
    return int(found["hits"]["total"]["value"])


def one_body(found: Parts) -> dict[str, Any]:
    """One entry of any kind, where there is one."""
    return {"query": found.unscored(), "size": 1, "track_total_hits": False, "terminate_after": 1}


def tally_body(found: Parts) -> dict[str, Any]:
    """How many projects.

    One entry of each project is taken, a document where there is one, for that has the better score: in one pass over
    the hits, a third of what buckets for all projects would take twice. Exact with one shard.
    """
    one_of_each = {"field": "group", "shard_size": MOST_PROJECTS + 1, "max_docs_per_value": 1}
    each = {"diversified_sampler": one_of_each, "aggs": {"with_documents": {"filter": DOCUMENTS_ONLY}}}
    counted = {"projects": {"filter": OF_PROJECTS, "aggs": {"each": each}}, "alone": {"filter": OF_NO_PROJECT}}
    return counted_body(found.preferring(DOCUMENTS_ONLY), counted)


def tally_of(documents: int, found: dict[str, Any]) -> Tally:
    """`documents` is the number of hits that are documents."""
    each, alone = found["aggregations"]["projects"]["each"], found["aggregations"]["alone"]
    return Tally(
        documents=documents,
        projects=int(each["doc_count"]),
        with_documents=int(each["with_documents"]["doc_count"]),
        alone=int(alone["doc_count"]),
        approximate=int(each["doc_count"]) > MOST_PROJECTS,
    )


def estimate_body(found: Parts) -> dict[str, Any]:
    """Asked for only where there are more projects than are counted one by one."""
    estimate = {"cardinality": {"field": "group", "precision_threshold": _PRECISION}}
    return counted_body((found + Parts(filter=[OF_PROJECTS])).unscored(), {"projects": estimate})


def estimate_of(found: dict[str, Any]) -> int:
    return int(found["aggregations"]["projects"]["value"])


def counted_body(query: Clause, counted: Mapping[str, Any]) -> dict[str, Any]:
    return {"query": query, "size": 0, "track_total_hits": False, "aggs": dict(counted)}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of documents by facet and year: those without a choice by one search, each other by its own.

    A facet is counted under the other facets' choices. What it excludes stays excluded, so that a click on a value
    gives its count; chosen values stay visible without hits; an excluded value counts what taking it in would give.
    """

    make: Translator
    query: SearchQuery

    @property
    def free(self) -> list[str]:
        """Facets without a choice, and "year" where it is not chosen."""
        names = [facet.name for facet in self.make.mapped.facets if not _chosen(self.query.filter_of(facet.name))]
        return names if self.query.has_years else [*names, "year"]

    def bodies(self, before: Parts) -> dict[str, dict[str, Any]]:
        """FREE, and a search for each facet with a choice, by its name; `before` is the question and who asks."""
        bodies = self._free_body(before)
        for facet in self.make.mapped.facets:
            if facet.name not in self.free:
                bodies[facet.name] = self._body(before, facet.name, self._values(self.query.filter_of(facet.name)))
        if self.query.has_years:
            bodies["year"] = self._body(before, "year", {"values": _terms("year")})
        return bodies

    def _free_body(self, before: Parts) -> dict[str, dict[str, Any]]:
        counted = {name: _terms(name) for name in self.free}
        found = before + self.make.chosen(self.query) + Parts(filter=[DOCUMENTS_ONLY])
        return {FREE: counted_body(found.unscored(), counted)} if counted else {}

    def _body(self, before: Parts, name: str, counted: dict[str, Any]) -> dict[str, Any]:
        found = before + self.make.chosen(self.query.without(name)) + Parts(filter=[DOCUMENTS_ONLY])
        return counted_body(found.unscored(), counted)

    def _values(self, choice: Filter) -> dict[str, Any]:
        """All values as the exclusions leave them, and each choice by itself."""
        excluding = self.make.choice(Filter(choice.field, exclude=choice.exclude)).unscored()
        counted = {"values": {"filter": excluding, "aggs": {"values": _terms(choice.field)}}}
        for kind, values in (("include", choice.include), ("exclude", choice.exclude)):
            for number, value in enumerate(values):
                others = tuple(v for v in choice.exclude if v != value)
                counted[f"{kind}{number}"] = {
                    "filter": self.make.choice(Filter(choice.field, (value,), others)).unscored()
                }
        return counted

    def of(self, name: str, told: Mapping[str, Any]) -> dict[Any, int]:
        """The counts of one facet, out of the answers to `bodies` by their names."""
        if name not in told:
            return _by_key(told[FREE]["aggregations"].get(name) if FREE in told else None)
        found, choice = told[name]["aggregations"], self.query.filter_of(name)
        if name == "year":
            return _by_key(found["values"])
        counts = dict.fromkeys(choice.include, 0) | _by_key(found["values"]["values"])
        for kind, values in (("include", choice.include), ("exclude", choice.exclude)):
            counts |= {value: int(found[f"{kind}{number}"]["doc_count"]) for number, value in enumerate(values)}
        return counts


def years_of(counts: Mapping[Any, int]) -> dict[int, int]:
    """Without 0, the year of documents whose year nobody knows."""
    return {year: count for year, count in sorted(counts.items()) if year}


def _chosen(choice: Filter) -> bool:
    return bool(choice.include or choice.exclude)


def _terms(name: str) -> dict[str, Any]:
    return {"terms": {"field": name, "size": MOST_VALUES, "shard_size": _VALUES_OF_A_SHARD}}


def _by_key(found: Mapping[str, Any] | None) -> dict[Any, int]:
    """Nothing for a facet that is younger than the index."""
    buckets: Iterable[Mapping[str, Any]] = found["buckets"] if found else ()
    return {bucket["key"]: int(bucket["doc_count"]) for bucket in buckets}
