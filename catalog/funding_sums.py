"""Money granted and repaid, added up over projects: each project once, never through its documents."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import NamedTuple, TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.orm import Session

from catalog.audience import projects_seen_by
from catalog.models import Funding, Project

K = TypeVar("K")
_AT_ONCE = 10_000  # ids of one statement; SQLite takes 32,766 values, PostgreSQL twice as many


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
    granted: list[tuple[int, int, int, int]] = []
    for some in _portions(set(project_ids)):
        asked = (
            select(Funding.project_id, Funding.year, Funding.granted, Funding.repaid)
            .join(Project, Project.id == Funding.project_id)
            .where(Funding.project_id.in_(some), projects_seen_by(audience))
        )
        granted += [(row[0], row[1], row[2], row[3]) for row in rows.execute(asked)]
    return Funds(granted)


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


def _portions(ids: Iterable[int]) -> Iterator[list[int]]:
    left = iter(ids)
    while some := list(islice(left, _AT_ONCE)):
        yield some
