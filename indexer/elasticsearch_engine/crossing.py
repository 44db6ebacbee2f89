"""Counts for a cross table: composite buckets, walked to their end, so that no value is cut off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final

from indexer.choosing import OF_DOCUMENTS, OWN_ENTRY_LACKING
from indexer.conditions import HasKey, HasNone, any_of
from indexer.cross import NO_LIMITS, YEAR, Axes, Commonest, Key, Limits, Tally, key_of
from indexer.elasticsearch_engine.answer import Call, Told
from indexer.elasticsearch_engine.counts import counted_body, total_body, total_of
from indexer.elasticsearch_engine.ranked import DOCUMENTS_ONLY, OF_PROJECTS
from indexer.elasticsearch_engine.translate import Parts, Translator

_PORTION: Final = 20_000  # buckets of one answer; a server gives at most 65,536
_ROW, _COLUMN, _GROUP = "row", "column", "group"
_CELLS, _ROWS, _COLUMNS, _PROJECTS, _OWN, _TOTAL = "cells", "rows", "columns", "projects", "own", "total"
_OF_ROWS, _OF_COLUMNS, _OF_ALL = "projects_of_rows", "projects_of_columns", "all_projects"
Bucket = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is counted, and by what."""

    found: Parts
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """found: what finds that which is counted. limited: by facets of which not all keys are counted.

    One call asks for all, and one more for each portion that is full.
    """

    make: Translator
    axes: Axes
    found: Parts
    call: Call
    limited: Limits = field(default_factory=lambda: NO_LIMITS)

    def documents_by_key(self, name: str) -> dict[str, int]:
        """Of one facet of the two; 0 where own entries alone have it."""
        level = _ROW if name == self.axes.rows else _COLUMN
        documents = self.found + Parts(filter=[DOCUMENTS_ONLY])
        listings = {_ROWS: _Listing(documents, (level,)), _OF_ALL: _Listing(self.found, (level,))}
        if name not in self.make.mapped.by_name:
            return {}
        told = self.call({one: self._body(listing) for one, listing in listings.items()})
        counts: dict[str, int] = {}
        for one in (_OF_ALL, _ROWS):
            for bucket in self._buckets(listings[one], told[one]):
                counts[key_of(bucket["key"][level])] = int(bucket["doc_count"]) if one == _ROWS else 0
        return counts

    def tally(self) -> Tally:
        listings = self._listings()
        bodies = {name: self._body(listing) for name, listing in listings.items() if self._sources(listing)}
        told = self.call({_TOTAL: total_body(self.found), **bodies})

        def counted(name: str) -> Iterator[tuple[str, str, int, int]]:
            return self._counted(listings[name], name, told) if name in listings else iter(())

        tally = Tally(
            documents={(row, column): count for row, column, _, count in counted(_CELLS)},
            documents_of_rows={row: count for row, _, _, count in counted(_ROWS)},
            documents_of_columns={column: count for _, column, _, count in counted(_COLUMNS)},
            total_documents=total_of(told[_TOTAL]),
        )
        projects: defaultdict[Key, list[int]] = defaultdict(list)
        for row, column, group, _ in counted(_PROJECTS):
            projects[row, column].append(group)
        for (row, column), groups in projects.items():
            tally.add_cell(row, column, groups)
        for name in (_OF_ROWS, _OF_COLUMNS, _OF_ALL, _OWN):
            levels = listings[name].levels if name in listings else ()
            for row, column, group, _ in counted(name):
                if _ROW in levels:
                    tally.add_row(row, [group])
                if _COLUMN in levels:
                    tally.add_column(column, [group])
                tally.projects_besides.append([group])
        return tally

    def _listings(self) -> dict[str, _Listing]:
        """_OWN: own entries that stand in no row, or no column, of documents.

        With limits a project may stand in a row and in no cell of it, or in all and in no row.
        """
        documents = self.found + Parts(filter=[DOCUMENTS_ONLY])
        lacking = [self.make.condition(OWN_ENTRY_LACKING)] if self.axes.of_documents else []
        projects = self.found + Parts([OF_PROJECTS], lacking)
        listings = {
            _CELLS: self._listing(documents, _ROW, _COLUMN),
            _ROWS: self._listing(documents, _ROW),
            _COLUMNS: self._listing(documents, _COLUMN),
            _PROJECTS: self._listing(projects, _ROW, _COLUMN, _GROUP),
        }
        if self.limited:
            listings[_OF_ROWS] = self._listing(projects, _ROW, _GROUP)
            listings[_OF_COLUMNS] = self._listing(projects, _COLUMN, _GROUP)
            listings[_OF_ALL] = self._listing(self.found + Parts([OF_PROJECTS]), _GROUP)
        if lacking:
            other = _COLUMN if self.axes.rows == OF_DOCUMENTS else _ROW
            listings[_OWN] = self._listing(self.found + Parts(lacking), other, _GROUP)
        return listings

    def _listing(self, found: Parts, *levels: str) -> _Listing:
        """Of those that have a key which is counted; their other keys are dropped as they come."""
        kept = [
            self.make.condition(any_of((HasKey(name, limit.keys), HasNone(name))))
            for level, limit in self._limits_of(levels).items()
            for name in [self._name(level)]
        ]
        return _Listing(found + Parts(kept), levels)

    def _limits_of(self, levels: Iterable[str]) -> dict[str, Commonest]:
        names = {level: self._name(level) for level in levels}
        return {level: self.limited[name] for level, name in names.items() if name in self.limited}

    def _counted(self, listing: _Listing, name: str, told: Told) -> Iterator[tuple[str, str, int, int]]:
        """Row, column, project and number of entries; the keys of levels that are not asked for say nothing."""
        if name not in told:
            if documents := total_of(told[_TOTAL]):
                yield self._row({}), self._column({}), 0, documents
            return
        limits = self._limits_of(listing.levels)
        for bucket in self._buckets(listing, told[name]):
            key = bucket["key"]
            if any(key[level] in limit.rarer for level, limit in limits.items()):
                continue
            yield self._row(key), self._column(key), int(key.get(_GROUP, 0)), int(bucket["doc_count"])

    def _buckets(self, listing: _Listing, told: Bucket) -> Iterator[Bucket]:
        found = told["aggregations"]["buckets"]
        yield from found["buckets"]
        while len(found["buckets"]) == _PORTION:
            following = self.call({_CELLS: self._body(listing, {"after": found["after_key"]})})
            found = following[_CELLS]["aggregations"]["buckets"]
            yield from found["buckets"]

    def _body(self, listing: _Listing, after: Bucket | None = None) -> Bucket:
        composite = {"size": _PORTION, "sources": self._sources(listing), **(after or {})}
        return counted_body(listing.found.unscored(), {"buckets": {"composite": composite}})

    def _sources(self, listing: _Listing) -> list[Bucket]:
        """None for a facet that this index does not have yet, nor without columns."""
        return [
            {level: {"terms": {"field": name, "missing_bucket": name not in {YEAR, _GROUP}}}}
            for level in listing.levels
            if (name := self._name(level)) in self.make.mapped.by_name
        ]

    def _name(self, level: str) -> str:
        return {_ROW: self.axes.rows, _COLUMN: self.axes.columns, _GROUP: _GROUP}[level]

    @staticmethod
    def _row(key: Bucket) -> str:
        return key_of(key.get(_ROW))

    def _column(self, key: Bucket) -> str:
        return key_of(key.get(_COLUMN)) if self.axes.columns else ""
