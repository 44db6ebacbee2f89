"""The facts of a report: which projects and in which groups by the engine, what they are by the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from catalog import projects, reporting
from catalog.funding_sums import Funds, Money, funds
from catalog.models import Project
from indexer import Cell, Cross, SearchQuery
from webapp.bank import Bank

FACETS = ("organisation", "finding", "subject_area", "equality_analysis", "document_type")


class Told(NamedTuple):
    """What the report knows of a project beside its row. is_open: this person may open its page."""

    money: Money
    documents: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class Gathered:
    """tables: by facet, each row the very hits that its link opens. open: projects whose page this person may open."""

    query: SearchQuery
    year: int
    tables: Mapping[str, Cross]
    projects: Mapping[int, Project]
    open: frozenset[int]
    documents: Mapping[int, int]
    funds: Funds

    @property
    def total(self) -> Cell:
        return self.tables["organisation"].total

    def money(self, ids: Collection[int]) -> Money:
        """Of the report's year; each project once, whatever it was counted by."""
        return self.funds.of(ids, (self.year,))

    def told(self, number: int) -> Told:
        return Told(self.money((number,)), self.documents.get(number, 0), number in self.open)


def gather(query: SearchQuery, year: int, bank: Bank) -> Gathered:
    """Everything of the query's projects for its audience; raises what the engine raises."""
    tables = {facet: bank.engine.cross(query, facet) for facet in FACETS}
    ids = tables["organisation"].total.projects
    with bank.database.reading() as session:
        return Gathered(
            query,
            year,
            tables,
            projects.by_ids(session, ids),
            reporting.seen_of(session, ids, query.audience),
            reporting.documents_of(session, ids, query.audience),
            funds(session, ids, query.audience),
        )
