"""How many documents and projects: of a question, of each facet value, of each year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from indexer.elasticsearch_engine.ranked import DOCUMENTS_ONLY, OF_PROJECTS
from indexer.elasticsearch_engine.translate import Parts, Translator
from indexer.search_query import MOST_VALUES, Filter, SearchQuery

# Projects are counted one by one up to so many, and "cirka" above. The server lets an answer make 65,536 buckets, and
# projects are counted twice: those with a document among the hits, and all.
MOST_PROJECTS: Final = 30_000
_VALUES_OF_A_SHARD: Final = 50_000  # far more than there are, so that a sum over shards is exact
_PRECISION: Final = 40_000  # the most that the server's estimate can be asked for
# What only the server needs is not sent: the projects that were counted, and how each shard fared.
FILTER_PATH: Final = (
    "-responses._shards",
    "-responses.aggregations.projects.each.buckets",
    "-responses.aggregations.documents.projects.each.buckets",
)


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


def tally_body(found: Parts, counted: dict[str, Any]) -> dict[str, Any]:
    return {"query": found.unscored(), "size": 0, "track_total_hits": False, "aggs": counted}


def tallied(beside: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Aggregations over all entries; `beside` are more of them over documents only."""
    return {"projects": _projects(), **documents_with({"projects": _projects(), **(beside or {})})}


def documents_with(counted: Mapping[str, Any]) -> dict[str, Any]:
    return {"documents": {"filter": DOCUMENTS_ONLY, "aggs": dict(counted)}}


def tally_of(found: dict[str, Any]) -> Tally:
    everything, documents = found["aggregations"]["projects"], found["aggregations"]["documents"]
    total = int(documents["doc_count"])
    return Tally(
        documents=total,
        projects=int(everything["counted"]["count"]),
        with_documents=int(documents["projects"]["counted"]["count"]),
        alone=total - int(documents["projects"]["doc_count"]),
        approximate=bool(everything["each"]["sum_other_doc_count"]),
    )


def estimate_body(found: Parts) -> dict[str, Any]:
    """Asked for only where there are more projects than are counted one by one."""
    estimate = {"cardinality": {"field": "group", "precision_threshold": _PRECISION}}
    return tally_body(found + Parts(filter=[OF_PROJECTS]), {"projects": estimate})


def estimate_of(found: dict[str, Any]) -> int:
    return int(found["aggregations"]["projects"]["value"])


def _projects() -> dict[str, Any]:
    each = {"terms": {"field": "group", "size": MOST_PROJECTS, "shard_size": MOST_PROJECTS}}
    counted = {"stats_bucket": {"buckets_path": "each>_count"}}
    return {"filter": OF_PROJECTS, "aggs": {"each": each, "counted": counted}}


@dataclass(frozen=True, slots=True)
class Facets:
    """Counts of documents by facet and year: those without a choice beside the main count, each other by a search.

    A facet is counted under the other facets' choices. What it excludes stays excluded, so that a click on a value
    gives its count; chosen values stay visible without hits; an excluded value counts what taking it in would give.
    """

    make: Translator
    query: SearchQuery

    @property
    def free(self) -> list[str]:
        """Facets without a choice, and "year" where no range is set."""
        names = [facet.name for facet in self.make.mapped.facets if not _chosen(self.query.filter_of(facet.name))]
        return names if self._ranged else [*names, "year"]

    @property
    def _ranged(self) -> bool:
        return self.query.from_year is not None or self.query.to_year is not None

    def beside(self) -> dict[str, Any]:
        return {name: _terms(name) for name in self.free}

    def bodies(self, before: Parts) -> dict[str, dict[str, Any]]:
        """A search for each facet with a choice, by its name; `before` is the question and who asks."""
        names = [facet.name for facet in self.make.mapped.facets if facet.name not in self.free]
        bodies = {name: self._body(before, name, self._values(self.query.filter_of(name))) for name in names}
        if self._ranged:
            bodies["year"] = self._body(before, "year", {"values": _terms("year")})
        return bodies

    def _body(self, before: Parts, name: str, counted: dict[str, Any]) -> dict[str, Any]:
        found = before + self.make.chosen(self.query.without(name)) + Parts(filter=[DOCUMENTS_ONLY])
        return tally_body(found, counted)

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

    def of(self, name: str, main: Mapping[str, Any], own: Mapping[str, Any] | None) -> dict[Any, int]:
        """The counts of one facet: from the search of its own where there was one, else from the main count."""
        if own is None:
            return _by_key(main["aggregations"]["documents"].get(name))
        found, choice = own["aggregations"], self.query.filter_of(name)
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
