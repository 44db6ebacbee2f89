"""The tables of a report: each row with its projects, their money, and the address of the very hits."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from indexer import MISSING, Cell, Filter, SearchQuery, collation_key
from webapp import search_url
from webapp.facets import FACETS
from webapp.figures import upper_first
from webapp.report.content import Group, Money, Place, ReportedProject, Row
from webapp.report.gathering import Gathered
from webapp.report.listed import reported
from webapp.texts import gettext as _
from webapp.vocabulary import Vocabulary


class Tables:
    """What was gathered, in rows and in order."""

    def __init__(self, gathered: Gathered, words: Vocabulary) -> None:
        self.gathered, self.words = gathered, words
        self.projects: Mapping[int, ReportedProject] = {
            number: reported(project, gathered.told(number), words) for number, project in gathered.projects.items()
        }

    def in_order(self, ids: Collection[int]) -> list[ReportedProject]:
        """By title; an id that the record has lost meanwhile is left out."""
        found = [self.projects[one] for one in ids if one in self.projects]
        return sorted(found, key=lambda one: (collation_key(one.title), one.id))

    def total(self) -> Row:
        return self._row("", _("Summa"), self.gathered.total, self.gathered.query)

    def rows(self, facet: str) -> tuple[Row, ...]:
        """Rows with a project, in the order of the fixed list or of the labels; what has no value stands last."""
        cells = self.gathered.tables[facet].rows
        order = {key: place for place, key in enumerate(self.words.named(facet))}
        keys = sorted(cells, key=lambda key: (key == MISSING, order.get(key, len(order)), key))
        return tuple(self._row_of(facet, key, cells[key]) for key in keys if cells[key].projects)

    def documents_of_type(self, key: str) -> tuple[int, str]:
        """How many of the documents are of a type, and the address of those."""
        found = self.gathered.tables["document_type"].rows.get(key)
        return found.documents if found else 0, search_url.link(self._narrowed("document_type", key), FACETS)

    def groups(self) -> tuple[Group, ...]:
        """The projects under each of their organisations, described under the first."""
        described: dict[int, str] = {}
        groups = []
        for row in self.rows("organisation"):
            own = self.in_order(self.gathered.tables["organisation"].rows[row.key].projects)
            places = tuple(Place(one, described.get(one.id, "")) for one in own)
            groups.append(Group(row.key, upper_first(row.label), row.link, places))
            described |= {one.id: upper_first(row.label) for one in own if one.id not in described}
        return tuple(groups)

    def _row_of(self, facet: str, key: str, cell: Cell) -> Row:
        return self._row(key, self.words.label(facet, key), cell, self._narrowed(facet, key))

    def _row(self, key: str, label: str, cell: Cell, query: SearchQuery) -> Row:
        money = self.gathered.money(cell.projects)
        return Row(key, label, len(cell.projects), search_url.link(query, FACETS), Money(*money))

    def _narrowed(self, facet: str, key: str) -> SearchQuery:
        return self.gathered.query.with_filter(Filter(facet, (key,)))
