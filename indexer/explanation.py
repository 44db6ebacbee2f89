"""Why an entry stands where it stands: what of the question lifted it, and by how much."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from indexer.conditions import Clause, Holds, Starts


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
    return (condition.start,) if isinstance(condition, Starts) else condition.tokens
