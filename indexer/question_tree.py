"""The tree of a question: small frozen values that engines translate and marking looks for."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Word:
    shown: str
    exact: str
    base: str


@dataclass(frozen=True, slots=True)
class Prefix:
    shown: str
    start: str


@dataclass(frozen=True, slots=True)
class Phrase:
    """Exact forms that stand side by side."""

    shown: str
    exact: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """Something in one text only; `source` is the text's name in the mapping."""

    shown: str
    source: str
    unit: Word | Prefix | Phrase


@dataclass(frozen=True, slots=True)
class FacetIs:
    """`keys`: how the key of the value that was typed may be written, with hyphens or with underscores."""

    shown: str
    field: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class YearIn:
    shown: str
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class AnyOf:
    shown: str
    units: tuple[Unit, ...]


Text = Word | Prefix | Phrase
Unit = Word | Prefix | Phrase | Within | FacetIs | YearIn


@dataclass(frozen=True, slots=True)
class Clause:
    unit: Unit | AnyOf
    negated: bool = False
