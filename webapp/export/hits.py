"""All hits of a question as plain numbers, and batch by batch what the record tells of them."""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from catalog import audience, listing
from catalog.database import Database
from catalog.funding_sums import Funds, Money, funds
from catalog.listing import ListedDocument
from catalog.project_facts import ProjectFacts, project_facts
from indexer import WalkedHit

BATCH = 500  # hits whose facts are held at a time


class Row(NamedTuple):
    """A hit with its facts. Neither document nor project: it was taken away, or from this reader, a moment ago.

    money: of all years, on the project's first row only, where any is known. sees_project: the reader may open the
    project itself, and not only its documents.
    """

    document: ListedDocument | None
    project: ProjectFacts | None
    money: Money | None
    sees_project: bool


@dataclass(frozen=True, slots=True)
class Hits:
    """16 bytes a hit. A project's own entry has the project's id twice; a document without project the project 0."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    projects: array[int] = field(default_factory=lambda: array("q"))

    def __len__(self) -> int:
        return len(self.ids)

    @property
    def documents(self) -> int:
        return sum(entry != project for entry, project in zip(self.ids, self.projects, strict=True))

    @property
    def distinct_projects(self) -> int:
        """Projects with a hit; the hits of each stand together."""
        before, count = 0, 0
        for project in self.projects:
            count += bool(project) and project != before
            before = project
        return count

    def slices(self) -> Iterator[list[tuple[int, int]]]:
        """Pairs of entry and project, a batch at a time."""
        for start in range(0, len(self), BATCH):
            end = start + BATCH
            yield list(zip(self.ids[start:end], self.projects[start:end], strict=True))


def gathered(walked: Iterable[WalkedHit]) -> Hits:
    """Walks to the end, so that an engine which falls silent is known of before anything is sent."""
    hits = Hits()
    for hit in walked:
        hits.ids.append(hit.entry_id)
        hits.projects.append(hit.project_id)
    return hits


def rows(hits: Hits, database: Database, seen_by: frozenset[str]) -> Iterator[list[Row]]:
    """A row for each hit, a batch at a time, each read from the record by itself.

    Whoever reads slowly reads for minutes: rights are looked at again in each batch.
    """
    before = 0
    for pairs in hits.slices():
        shelf = _fetched(pairs, database, seen_by)
        made = []
        for entry, project_id in pairs:
            made.append(_row(entry, project_id, shelf, seen_by, first=project_id != before))
            before = project_id
        yield made


class _Shelf(NamedTuple):
    documents: dict[int, ListedDocument]
    projects: dict[int, ProjectFacts]
    funds: Funds


def _fetched(pairs: list[tuple[int, int]], database: Database, seen_by: frozenset[str]) -> _Shelf:
    wanted = {project for _, project in pairs if project}
    with database.rows() as connection:
        return _Shelf(
            listing.listed_documents(connection, [entry for entry, project in pairs if entry != project]),
            project_facts(connection, wanted),
            funds(connection, wanted, seen_by),
        )


def _row(entry: int, project_id: int, shelf: _Shelf, seen_by: frozenset[str], *, first: bool) -> Row:
    project, document = shelf.projects.get(project_id), shelf.documents.get(entry)
    sees_project = project is not None and bool(audience.of_project(project) & seen_by)
    money = shelf.funds.of([project_id]) if project and first else Money()
    told = money if any(money) else None
    if entry == project_id:
        return Row(None, project, told, sees_project) if sees_project else _GONE
    if document is None or not audience.of_document(document, project) & seen_by:
        return _GONE
    return Row(document, project, told, sees_project)


_GONE = Row(None, None, None, sees_project=False)
