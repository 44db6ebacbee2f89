"""Every hit of a question, one after the other, however many there are."""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.search_query import Reading


class WalkedHit(NamedTuple):
    """kind: "document", or "project" where only the project's own entry is a hit. project_id: 0 for none."""

    entry_id: int
    kind: str
    project_id: int
    score: float


@dataclass(frozen=True, slots=True)
class Walk:
    """documents, projects: how many there are, as a search counts them."""

    reading: Reading
    documents: int
    projects: int
    hits: Iterator[WalkedHit]


@dataclass(frozen=True, slots=True)
class Listed:
    """All hits in their order, ties by id, as bare numbers: 24 bytes for each. group: see `entry_values.group_of`."""

    ids: array[int] = field(default_factory=lambda: array("q"))
    groups: array[int] = field(default_factory=lambda: array("q"))
    scores: array[float] = field(default_factory=lambda: array("d"))

    def add(self, number: int, group: int, score: float) -> None:
        self.ids.append(number)
        self.groups.append(group)
        self.scores.append(score)

    def is_own_entry(self, at: int) -> bool:
        return self.ids[at] == self.groups[at]

    def until_documents(self, count: int) -> int:
        """How many hits there are up to and with document number `count`."""
        for at in range(len(self.ids)):
            count -= not self.is_own_entry(at)
            if not count:
                return at + 1
        return len(self.ids)

    def reorder(self, order: list[int], scores: list[float]) -> None:
        """Puts the first hits in this order of their places; scores: by their places now."""
        for values, ordered in (
            (self.ids, [self.ids[at] for at in order]),
            (self.groups, [self.groups[at] for at in order]),
        ):
            values[: len(order)] = array("q", ordered)
        self.scores[: len(order)] = array("d", [scores[at] for at in order])


def walked(reading: Reading, listed: Listed) -> Walk:
    """As the result list shows them: a project stands where its best document does, with all its documents."""
    of_group = Counter(listed.groups)
    own = sum(map(listed.is_own_entry, range(len(listed.ids))))
    projects = sum(map((0).__lt__, of_group))
    return Walk(reading, len(listed.ids) - own, projects, _hits(listed, of_group))


def _hits(listed: Listed, of_group: Counter[int]) -> Iterator[WalkedHit]:
    places: dict[int, int] = {}
    shown = array("q")
    for at, group in enumerate(listed.groups):
        if not listed.is_own_entry(at) or of_group[group] == 1:
            places.setdefault(group, len(places))
            shown.append(at)
    for at in sorted(shown, key=lambda at: places[listed.groups[at]]):
        group = listed.groups[at]
        kind = "project" if listed.is_own_entry(at) else "document"
        yield WalkedHit(listed.ids[at], kind, max(group, 0), listed.scores[at])
