"""Counts for a cross table: terms within terms, which tantivy counts exactly where each segment tells all it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

import tantivy
from tantivy import Occur

from indexer.choosing import OF_DOCUMENTS, OWN_ENTRY_LACKING
from indexer.cross import YEAR, Axes, Ids, Key, Tally, key_of
from indexer.search_query import MISSING
from indexer.tantivy_engine.translate import Part, Translator, together

_MOST: Final = 60_000  # buckets of one level
_ROW, _COLUMN, _GROUP = "row", "column", "group"
_ROWS, _COLUMNS, _ENTRIES = "rows", "columns", "doc_count"
Bucket = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crossing:
    """found: the parts of the query that finds what is counted."""

    searcher: tantivy.Searcher
    make: Translator
    axes: Axes
    found: list[Part]

    def tally(self) -> Tally:
        documents = self._aggregated(self.make.documents_only(), self._within({}) | self._each())
        return Tally(
            documents={key: bucket[_ENTRIES] for key, bucket in self._cells(documents)},
            of_rows={key: bucket[_ENTRIES] for key, bucket in self._buckets(documents, _ROWS, self.axes.rows)},
            of_columns={key: bucket[_ENTRIES] for key, bucket in self._buckets(documents, _COLUMNS, self.axes.columns)},
            total=documents[_ENTRIES],
            projects=self._projects(),
            apart=self._apart() if self.axes.of_documents else {},
        )

    def _projects(self) -> dict[Key, Ids]:
        within = self.make.required([self.make.between("group", 1, None)])
        if self.axes.of_documents:
            within += [(Occur.MustNot, self.make.condition(OWN_ENTRY_LACKING))]
        return {key: _ids(bucket) for key, bucket in self._cells(self._aggregated(within, self._within(_GROUPS)))}

    def _apart(self) -> dict[tuple[str | None, str | None], Ids]:
        """Of the own entries that stand in no row or column of documents."""
        within = self.make.required([self.make.condition(OWN_ENTRY_LACKING)])
        other, level = (self.axes.columns, _COLUMN) if self.axes.rows == OF_DOCUMENTS else (self.axes.rows, _ROW)
        found = self._aggregated(within, self._level(level, other, _GROUPS))
        by_key = {key: _ids(bucket) for key, bucket in self._buckets(found, level, other)}
        return {(None, key) if level == _COLUMN else (key, None): ids for key, ids in by_key.items()}

    def _aggregated(self, within: list[Part], asked: Bucket) -> Bucket:
        count = {"count": {"value_count": {"field": "id"}}}
        answer: Bucket = self.searcher.aggregate(together(self.found, within), asked | count)
        return answer | {_ENTRIES: int(answer["count"]["value"])}

    def _each(self) -> Bucket:
        return self._level(_ROWS, self.axes.rows, {}) | self._level(_COLUMNS, self.axes.columns, {})

    def _within(self, inner: Bucket) -> Bucket:
        return self._level(_ROW, self.axes.rows, self._level(_COLUMN, self.axes.columns, inner))

    def _level(self, level: str, name: str, inner: Bucket) -> Bucket:
        """None for a facet that this index does not have yet, nor without columns."""
        if name not in self.make.mapped.by_name:
            return inner
        missing = {} if name == YEAR else {"missing": MISSING}
        return {level: {"terms": {"field": name, **_ALL, **missing}, **({"aggs": inner} if inner else {})}}

    def _cells(self, found: Bucket) -> Iterator[tuple[Key, Bucket]]:
        for row, inside in self._buckets(found, _ROW, self.axes.rows):
            for column, cell in self._buckets(inside, _COLUMN, self.axes.columns):
                yield (row, column), cell

    @staticmethod
    def _buckets(found: Bucket, level: str, name: str) -> Iterator[tuple[str, Bucket]]:
        """Everything in one where there is no such level."""
        if level not in found:
            if found[_ENTRIES]:
                yield (MISSING if name else ""), found
            return
        for bucket in found[level]["buckets"]:
            yield key_of(bucket["key"]), bucket


_ALL: Final = {"size": _MOST, "segment_size": _MOST}
_GROUPS: Final = {_GROUP: {"terms": {"field": "group", **_ALL}}}


def _ids(bucket: Bucket) -> list[int]:
    return [group["key"] for group in bucket[_GROUP]["buckets"]]
