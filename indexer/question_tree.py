"""The tree of a question: small frozen values that engines translate and marking looks for."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Way:
    """One way for a word to be there.

    kind: "form" where a text holds the key of the word itself; "parts" where it holds the keys of a compound's parts,
    "synonym" those of a synonym's words, each near the next. shown: the word or synonym as it is written. leaves and
    weight: what a synonym ranks by.
    """

    kind: str
    keys: tuple[str, ...]
    shown: str
    leaves: tuple[str, ...] = ()
    weight: float = 1.0

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Neighbouring keys that must stand near each other; none where one key is enough."""
        return tuple((left, right) for left, right in pairwise(self.keys) if left != right)


@dataclass(frozen=True, slots=True)
class Word:
    """Any one of the ways makes it present; an exact reading asks for `exact`. leaves: what it ranks by."""

    shown: str
    exact: str
    leaves: tuple[str, ...]
    ways: tuple[Way, ...]


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
    """Any one of the `keys`. written: the words of the value, as a label is compared with them."""

    shown: str
    field: str
    keys: tuple[str, ...]
    written: str = ""


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
