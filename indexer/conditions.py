"""What an engine is asked, said once for all of them: conditions that entries meet, and what ranks them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, NamedTuple


class Holds(NamedTuple):
    """The text field holds the token. A question has some dozens, so it is a tuple."""

    field: str
    token: str


@dataclass(frozen=True, slots=True)
class Starts:
    """The text field holds a token that starts so."""

    field: str
    start: str


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The text field holds the tokens, two or more, one after the other."""

    field: str
    tokens: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Near:
    """The text field holds both tokens with at most `slop` others between (two fewer where `second` comes first)."""

    field: str
    first: str
    second: str
    slop: int


@dataclass(frozen=True, slots=True)
class HasKey:
    """The facet field has one of the keys."""

    field: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HasNone:
    """The facet field has no key."""

    field: str


@dataclass(frozen=True, slots=True)
class Between:
    """The whole number lies between the two, both included."""

    field: str
    first: int | None
    last: int | None


@dataclass(frozen=True, slots=True)
class AllOf:
    """Everything, where there are none."""

    conditions: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """At least `count` of them are met; nothing, where there are none."""

    conditions: tuple[Condition, ...]
    count: int = 1


Condition = Holds | Starts | SideBySide | Near | HasKey | HasNone | Between | AllOf | AnyOf
NOTHING: Final = AnyOf(())


class Clause(NamedTuple):
    """Something that lifts an entry by `weight` times its BM25, or by `weight` itself where it is `constant`.

    kind: for what it ranks, as an explanation tells it: "exact", "part", "synonym", "letters", "neighbours", "form";
    of what entries share: "word", "facet". A facet's key is always `constant`.
    """

    condition: Holds | Starts | SideBySide | HasKey
    weight: float
    kind: str
    constant: bool = False


def any_of(conditions: tuple[Condition, ...]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AnyOf(conditions)


def all_of(conditions: tuple[Condition, ...]) -> Condition:
    return conditions[0] if len(conditions) == 1 else AllOf(conditions)
