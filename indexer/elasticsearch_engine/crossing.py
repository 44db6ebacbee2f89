"""Counts for a cross table: composite buckets, walked to their end, so that no value is cut off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Protocol

from indexer.choosing import OF_DOCUMENTS, OWN_ENTRY_LACKING
from indexer.cross import YEAR, Axes, Ids, Key, Tally, key_of
from indexer.elasticsearch_engine.counts import counted_body, total_body, total_of
from indexer.elasticsearch_engine.ranked import DOCUMENTS_ONLY, OF_PROJECTS
from indexer.elasticsearch_engine.translate import Parts, Translator

_PORTION: Final = 20_000  # buckets of one answer; a server gives at most 65,536
_ROW, _COLUMN, _GROUP = "row", "column", "group"
Bucket = dict[str, Any]


class Search(Protocol):
    """Sends one body to the documents' part of the index and gives the answer."""

    def __call__(self, body: dict[str, Any]) -> dict[str, Any]: ...


@dataclass(frozen=True, slots=True)
class Crossing:
    """found: what finds that which is counted."""

    make: Translator
    axes: Axes
    found: Parts
    search: Search

    def tally(self) -> Tally:
        documents = self.found + Parts(filter=[DOCUMENTS_ONLY])
        return Tally(
            documents={(row, column): count for row, column, _, count in self._counted(documents, _ROW, _COLUMN)},
            of_rows={row: count for row, _, _, count in self._counted(documents, _ROW)},
            of_columns={column: count for _, column, _, count in self._counted(documents, _COLUMN)},
            total=total_of(self.search(total_body(self.found))),
            projects=self._projects(),
            apart=self._apart() if self.axes.of_documents else {},
        )

    def _projects(self) -> dict[Key, Ids]:
        lacking = [self.make.condition(OWN_ENTRY_LACKING)] if self.axes.of_documents else []
        found: dict[Key, list[int]] = {}
        of_projects = self.found + Parts([OF_PROJECTS], lacking)
        for row, column, group, _ in self._counted(of_projects, _ROW, _COLUMN, _GROUP):
            found.setdefault((row, column), []).append(group)
        return dict(found)

    def _apart(self) -> dict[tuple[str | None, str | None], Ids]:
        """Of the own entries that stand in no row or column of documents."""
        lacking = self.found + Parts([self.make.condition(OWN_ENTRY_LACKING)])
        other = _COLUMN if self.axes.rows == OF_DOCUMENTS else _ROW
        found: dict[tuple[str | None, str | None], list[int]] = {}
        for row, column, group, _ in self._counted(lacking, other, _GROUP):
            found.setdefault((row, None) if other == _ROW else (None, column), []).append(group)
        return dict(found)

    def _counted(self, found: Parts, *levels: str) -> Iterator[tuple[str, str, int, int]]:
        """Row, column, project and number of entries; the keys of levels that are not asked for say nothing."""
        sources = [{level: source} for level in levels for source in self._sources(level)]
        if not sources and (entries := total_of(self.search(total_body(found)))):
            yield self._row(Bucket()), self._column(Bucket()), 0, entries
        for bucket in self._buckets(found, sources) if sources else ():
            key = bucket["key"]
            yield self._row(key), self._column(key), int(key.get(_GROUP, 0)), int(bucket["doc_count"])

    def _sources(self, level: str) -> Iterator[Bucket]:
        """None for a facet that this index does not have yet, nor without columns."""
        name = {_ROW: self.axes.rows, _COLUMN: self.axes.columns, _GROUP: _GROUP}[level]
        if name in self.make.mapped.by_name:
            yield {"terms": {"field": name, "missing_bucket": name not in {YEAR, _GROUP}}}

    def _buckets(self, found: Parts, sources: list[Bucket]) -> Iterator[Bucket]:
        composite: Bucket = {"size": _PORTION, "sources": sources}
        while True:
            body = counted_body(found.unscored(), {"buckets": {"composite": composite}})
            answer = self.search(body)["aggregations"]["buckets"]
            yield from answer["buckets"]
            if len(answer["buckets"]) < _PORTION:
                return
            composite = composite | {"after": answer["after_key"]}

    @staticmethod
    def _row(key: Bucket) -> str:
        return key_of(key.get(_ROW))

    def _column(self, key: Bucket) -> str:
        return key_of(key.get(_COLUMN)) if self.axes.columns else ""
