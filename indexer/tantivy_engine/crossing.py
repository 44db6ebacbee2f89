"""Counts for a cross table, out of what tantivy counts exactly: terms within terms, where each segment tells all.

A project's entries mostly share their values, so the cells that a project stands in follow from its rows and columns;
three levels of terms, which cost several times as much, are asked for only of projects where they do not.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

import tantivy
from tantivy import Occur, Query

from indexer.choosing import OF_DOCUMENTS, OWN_ENTRY_LACKING
from indexer.cross import NO_LIMITS, YEAR, Axes, Key, Limits, Tally, added, key_of
from indexer.search_query import MISSING
from indexer.tantivy_engine.counts import ALL_VALUES, asked_for_too_much
from indexer.tantivy_engine.translate import Part, Translator, together

_MANY_CELLS: Final = 1_500  # below it terms within terms within terms cost less than what spares them
_PARTS: Final = 4  # into which what is found is cut where there are more
_ROW, _COLUMN, _GROUP, _ENTRIES = "row", "column", "group", "doc_count"
_OF_GROUP: Final = {_GROUP: {"terms": {"field": "group", **ALL_VALUES}}}
Bucket = dict[str, Any]
Groups = Mapping[str, Mapping[int, int]]  # by key of a row or column: number of entries by project


@dataclass(frozen=True, slots=True)
class Crossing:
    """found: the parts of the query that finds what is counted. limited: by facets of which not all keys are."""

    searcher: tantivy.Searcher
    make: Translator
    axes: Axes
    found: list[Part]
    limited: Limits = field(default_factory=lambda: NO_LIMITS)

    def documents_by_key(self, name: str) -> dict[str, int]:
        """Of one facet of the two; 0 where own entries alone have it, and where there are too few to choose among."""
        level = _ROW if name == self.axes.rows else _COLUMN
        asked = self._level(level, {})
        present = {key: 0 for key, _ in self._buckets(self._aggregated([], asked), level)}
        if len(present) <= self.axes.most:
            return present
        documents = self._aggregated(self.make.documents_only(), asked)
        return present | {key: bucket[_ENTRIES] for key, bucket in self._buckets(documents, level)}

    def tally(self) -> Tally:
        try:
            return self._whole()
        except ValueError as error:
            if not asked_for_too_much(error) or len(parts := list(self._parts())) == 1:
                raise
        return added([part.tally() for part in parts])

    def _whole(self) -> Tally:
        within = self.make.documents_only()
        documents = self._aggregated(within, self._of_cells({}))
        lines = self._aggregated(within, self._lines({}))
        tally = Tally(
            documents={key: bucket[_ENTRIES] for key, bucket in self._cells(documents)},
            documents_of_rows={key: bucket[_ENTRIES] for key, bucket in self._buckets(lines, _ROW)},
            documents_of_columns={key: bucket[_ENTRIES] for key, bucket in self._buckets(lines, _COLUMN)},
            total_documents=documents[_ENTRIES],
        )
        self._add_projects(tally)
        if self.axes.of_documents:
            self._add_own_entries(tally)
        return tally

    def _add_projects(self, tally: Tally) -> None:
        within = self.make.required([self.make.between("group", 1, None)])
        if self.axes.of_documents:
            within += [(Occur.MustNot, self.make.condition(OWN_ENTRY_LACKING))]
        many = self.limited or len(tally.documents) > _MANY_CELLS
        mixed = self._add_placed(tally, within) if many else None
        if mixed is None or mixed:
            among = [] if mixed is None else [Query.term_set_query(self.make.schema, "group", mixed)]
            found = self._aggregated([*within, *self.make.required(among)], self._of_cells(_OF_GROUP))
            for (row, column), bucket in self._cells(found):
                tally.add_cell(row, column, [group["key"] for group in bucket[_GROUP]["buckets"]])

    def _add_placed(self, tally: Tally, within: list[Part]) -> list[int]:
        """Adds to the cells what follows from rows and columns; gives the projects of which it does not."""
        found = self._aggregated(within, self._lines(_OF_GROUP) | _OF_GROUP)
        rows, columns, entries = (self._groups(found, level) for level in (_ROW, _COLUMN, ""))
        for row, groups in rows.items():
            tally.add_row(row, groups)
        for column, groups in columns.items():
            tally.add_column(column, groups)
        tally.projects_besides.append(entries.get("", {}))
        placed, mixed = _placed(rows, columns, entries.get("", {}))
        tally.projects = {key: [ids] for key, ids in placed.items()}
        return mixed

    def _add_own_entries(self, tally: Tally) -> None:
        """Those that stand in no row, or no column, of documents."""
        within = self.make.required([self.make.condition(OWN_ENTRY_LACKING)])
        level, add = (_COLUMN, tally.add_column) if self.axes.rows == OF_DOCUMENTS else (_ROW, tally.add_row)
        found = self._aggregated(within, self._level(level, _OF_GROUP) | _OF_GROUP)
        for key, groups in self._groups(found, level).items():
            add(key, groups)
        tally.projects_besides.append(self._groups(found, "").get("", {}))

    def _groups(self, found: Bucket, level: str) -> Groups:
        return {key: _entries(bucket) for key, bucket in self._buckets(found, level)}

    def _aggregated(self, within: list[Part], asked: Bucket) -> Bucket:
        count = {"count": {"value_count": {"field": "id"}}}
        answer: Bucket = self.searcher.aggregate(together(self.found, within), asked | count)
        return answer | {_ENTRIES: int(answer["count"]["value"])}

    def _lines(self, inner: Bucket) -> Bucket:
        """Rows and columns side by side."""
        return self._level(_ROW, inner) | self._level(_COLUMN, inner)

    def _of_cells(self, inner: Bucket) -> Bucket:
        return self._level(_ROW, self._level(_COLUMN, inner))

    def _level(self, level: str, inner: Bucket) -> Bucket:
        """None for a facet that this index does not have yet, nor without columns."""
        name = self._name(level)
        if name not in self.make.mapped.by_name:
            return inner
        asked = {"field": name, **ALL_VALUES}
        if name != YEAR:
            asked["missing"] = MISSING
        if name in self.limited:
            asked["exclude"] = list(self.limited[name].rarer)  # "include" would lose what has no value
        return {level: {"terms": asked, **({"aggs": inner} if inner else {})}}

    def _name(self, level: str) -> str:
        return {_ROW: self.axes.rows, _COLUMN: self.axes.columns}.get(level, "")

    def _cells(self, found: Bucket) -> Iterator[tuple[Key, Bucket]]:
        for row, inside in self._buckets(found, _ROW):
            for column, cell in self._buckets(inside, _COLUMN):
                yield (row, column), cell

    def _buckets(self, found: Bucket, level: str) -> Iterable[tuple[str, Bucket]]:
        """Everything in one where there is no such level."""
        if level in found:
            buckets = found[level]["buckets"]
            return [(key_of(bucket["key"]), bucket) for bucket in buckets]
        return [(MISSING if self._name(level) else "", found)] if found[_ENTRIES] else []

    def _parts(self) -> Iterator[Crossing]:
        """The same for some projects each."""
        hits = self.searcher.search(together(self.found), max(1, self.searcher.num_docs), count=False).hits
        values: Any = self.searcher.fast_field_values("group", [address for _, address in hits])
        groups = sorted(set(values))
        size = -(-len(groups) // _PARTS)
        for start in range(0, len(groups), size):
            some = groups[start : start + size]
            among = self.make.required([self.make.between("group", some[0], some[-1])])
            yield replace(self, found=[*self.found, *among])


def _entries(bucket: Bucket) -> dict[int, int]:
    """Number of entries by project."""
    return {group["key"]: group[_ENTRIES] for group in bucket[_GROUP]["buckets"]}


def _placed(rows: Groups, columns: Groups, entries: Mapping[int, int]) -> tuple[dict[Key, list[int]], list[int]]:
    """The projects of which all entries have the same rows, or the same columns, by cell; then the others.

    entries: number of all by project.
    """
    mixed = _mixed(rows, entries) & _mixed(columns, entries)
    of_rows: dict[int, list[defaultdict[str, list[int]]]] = {group: [] for group in entries}
    placed: dict[str, defaultdict[str, list[int]]] = {row: defaultdict(list) for row in rows}
    for row, groups in rows.items():
        for group in groups.keys() - mixed if mixed else groups:
            of_rows[group].append(placed[row])
    for column, groups in columns.items():
        for group in groups:
            for cells in of_rows[group]:
                cells[column].append(group)
    by_cell = {(row, column): ids for row, cells in placed.items() for column, ids in cells.items()}
    return by_cell, list(mixed)


def _mixed(keyed: Groups, entries: Mapping[int, int]) -> set[int]:
    """Those with an entry that does not have a key which another of theirs has."""
    return {group for groups in keyed.values() for group, count in groups.items() if count != entries[group]}
