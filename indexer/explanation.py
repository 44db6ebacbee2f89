"""Why an entry stands where it stands: what of the question lifted it, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from indexer import fields
from indexer.conditions import Clause, HasKey, Holds, Starts
from indexer.entry_values import finished, freshness


@dataclass(frozen=True, slots=True)
class Reason:
    """Something of the question that the entry holds.

    field: of the mapping. tokens: as the index holds them; several stand side by side. kind: see
    `indexer.conditions.Clause`. share: of the entry's score, all reasons together 1.
    """

    field: str
    tokens: tuple[str, ...]
    kind: str
    share: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """reasons: weightiest first; none where nothing that ranks is there, or this person may not see the entry."""

    reasons: tuple[Reason, ...] = ()


class Bonus(NamedTuple):
    """What an entry's score is raised by, as shares of it: for being newer, and for being a finished report."""

    newer: float
    finished: float


def bonus(year: int, document_type: str) -> Bonus:
    """By today's mapping. year: 0 where unknown. document_type: its key."""
    return Bonus(freshness(year, fields.documents()), finished((document_type,), fields.documents()))


def explained(clauses: Sequence[Clause], scores: Sequence[float]) -> Explanation:
    """`scores` are the engine's own for each clause, 0 where the entry does not meet it."""
    whole = sum(scores)
    met = [(clause, score) for clause, score in zip(clauses, scores, strict=True) if score > 0]
    reasons = [Reason(c.condition.field, _tokens(c), c.kind, score / whole) for c, score in met]
    return Explanation(tuple(sorted(reasons, key=lambda one: (-one.share, one.field, one.tokens))))


def _tokens(clause: Clause) -> tuple[str, ...]:
    condition = clause.condition
    if isinstance(condition, Holds):
        return (condition.token,)
    if isinstance(condition, HasKey):
        return condition.keys
    return (condition.start,) if isinstance(condition, Starts) else condition.tokens
