"""Money granted and repaid, added up over projects: each project once, never through its documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from catalog.audience import projects_seen_by
from catalog.models import Funding, Project

K = TypeVar("K")
MOST_NAMED = 1_000  # projects in a statement: naming thousands takes longer than reading the funds of all


class Money(NamedTuple):
    """In whole SEK."""

    granted: int = 0
    repaid: int = 0


class Funds:
    """What each project was granted and repaid in each year; asked any number of times without the record."""

    def __init__(self, granted: Iterable[tuple[int, int, int, int]]) -> None:
        """granted: project's id, year, granted, repaid."""
        self._of_project: dict[int, list[tuple[int, int, int]]] = {}
        for project_id, *year in granted:
            self._of_project.setdefault(project_id, []).append((year[0], year[1], year[2]))

    def of(self, project_ids: Iterable[int], years: Collection[int] | None = None) -> Money:
        """The sum over these projects, each once, in all years or in some."""
        rows = [row for one in set(project_ids) for row in self._of_project.get(one, ())]
        asked = rows if years is None else [row for row in rows if row[0] in years]
        return Money(sum(granted for _, granted, _ in asked), sum(repaid for *_, repaid in asked))


def funds(rows: Session | Connection, project_ids: Iterable[int], audience: frozenset[str]) -> Funds:
    """Of the projects that this person may open: a document may be open to more people than its project's own facts."""
    wanted = set(project_ids)
    asked = (
        select(Funding.project_id, Funding.year, Funding.granted, Funding.repaid)
        .join(Project, Project.id == Funding.project_id)
        .where(projects_seen_by(audience))
    )
    if len(wanted) <= MOST_NAMED:
        asked = asked.where(Funding.project_id.in_(wanted))
    found = ((project, year, granted, repaid) for project, year, granted, repaid in rows.execute(asked))
    return Funds(row for row in found if row[0] in wanted)


def sums(
    rows: Session | Connection,
    project_ids: Iterable[int],
    audience: frozenset[str],
    years: Collection[int] | None = None,
) -> Money:
    wanted = set(project_ids)
    return funds(rows, wanted, audience).of(wanted, years)


def sums_of_groups(
    rows: Session | Connection,
    groups: Mapping[K, Collection[int]],
    audience: frozenset[str],
    years: Mapping[K, Collection[int]] | None = None,
) -> dict[K, Money]:
    """By the groups' keys, asked of the record once. A project of several groups counts in each of them.

    years: those that count in a group, where not all do. The groups' sums must not be added to each other: what all of
    them have together is `sums` of all ids.
    """
    known = funds(rows, {one for ids in groups.values() for one in ids}, audience)
    asked = years or {}
    return {key: known.of(ids, asked.get(key)) for key, ids in groups.items()}
