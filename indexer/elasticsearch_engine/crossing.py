"""Counts for a cross table: composite buckets, walked to their end, so that no value is cut off."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from indexer.choosing import OF_DOCUMENTS, OWN_ENTRY_LACKING
from indexer.cross import YEAR, Axes, Key, Tally, key_of
from indexer.elasticsearch_engine.answer import Call, Told
from indexer.elasticsearch_engine.counts import counted_body, total_body, total_of
from indexer.elasticsearch_engine.ranked import DOCUMENTS_ONLY, OF_PROJECTS
from indexer.elasticsearch_engine.translate import Parts, Translator

_PORTION: Final = 20_000  # buckets of one answer; a server gives at most 65,536
_ROW, _COLUMN, _GROUP = "row", "column", "group"
_CELLS, _ROWS, _COLUMNS, _PROJECTS, _OWN, _TOTAL = "cells", "rows", "columns", "projects", "own", "total"
Bucket = dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Listing:
    """What is counted, and by what."""

    found: Parts
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Crossing:
    """found: what finds that which is counted. One call asks for all, and one more for each portion that is full."""

    make: Translator
    axes: Axes
    found: Parts
    call: Call

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
        for row, column, group, _ in counted(_OWN):
            of_columns = self.axes.rows == OF_DOCUMENTS
            tally.add(None if of_columns else row, column if of_columns else None, [group])
        return tally

    def _listings(self) -> dict[str, _Listing]:
        """_OWN: own entries that stand in no row, or no column, of documents."""
        documents = self.found + Parts(filter=[DOCUMENTS_ONLY])
        lacking = [self.make.condition(OWN_ENTRY_LACKING)] if self.axes.of_documents else []
        listings = {
            _CELLS: _Listing(documents, (_ROW, _COLUMN)),
            _ROWS: _Listing(documents, (_ROW,)),
            _COLUMNS: _Listing(documents, (_COLUMN,)),
            _PROJECTS: _Listing(self.found + Parts([OF_PROJECTS], lacking), (_ROW, _COLUMN, _GROUP)),
        }
        if lacking:
            other = _COLUMN if self.axes.rows == OF_DOCUMENTS else _ROW
            listings[_OWN] = _Listing(self.found + Parts(lacking), (other, _GROUP))
        return listings

    def _counted(self, listing: _Listing, name: str, told: Told) -> Iterator[tuple[str, str, int, int]]:
        """Row, column, project and number of entries; the keys of levels that are not asked for say nothing."""
        if name not in told:
            if documents := total_of(told[_TOTAL]):
                yield self._row({}), self._column({}), 0, documents
            return
        for bucket in self._buckets(listing, told[name]):
            key = bucket["key"]
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
        names = {_ROW: self.axes.rows, _COLUMN: self.axes.columns, _GROUP: _GROUP}
        return [
            {level: {"terms": {"field": names[level], "missing_bucket": names[level] not in {YEAR, _GROUP}}}}
            for level in listing.levels
            if names[level] in self.make.mapped.by_name
        ]

    @staticmethod
    def _row(key: Bucket) -> str:
        return key_of(key.get(_ROW))

    def _column(self, key: Bucket) -> str:
        return key_of(key.get(_COLUMN)) if self.axes.columns else ""
