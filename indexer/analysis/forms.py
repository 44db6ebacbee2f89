"""A word → its keys: the word itself, its parts where it is a compound, its leaves."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

import Stemmer

GRAM: Final = 5  # letters
_stem = Stemmer.Stemmer("swedish").stemWord
_COMPOUNDS: Final = {
    "hemtjänst": ("hem", "tjänst"),
    "hemtjänstprojekt": ("hemtjänst", "projekt"),
    "boendestöd": ("boende", "stöd"),
    "stödboende": ("stöd", "boende"),
    "familjehem": ("familj", "hem"),
    "familjehemsplacering": ("familjehem", "placering"),
    "missbruksvård": ("missbruk", "vård"),
    "barnbarn": ("barn", "barn"),
}

_LEMMAS: Final = {"hemtjänstprojektet": "hemtjänstprojekt", "hemmet": "hem", "tjänster": "tjänst"}


class Forms(NamedTuple):
    keys: tuple[str, ...]
    tops: tuple[str, ...]
    leaves: tuple[str, ...]


@lru_cache(maxsize=100_000)
def forms(exact: str) -> Forms:
    key = _stem(_LEMMAS.get(exact, exact))
    parts = next((parts for word, parts in _COMPOUNDS.items() if _stem(word) == key), ())
    if not parts:
        return Forms((key,), (), (key,))
    below = [forms(part) for part in parts]
    tops = tuple(one.keys[0] for one in below)
    leaves = tuple(leaf for one in below for leaf in one.leaves)
    return Forms(tuple(dict.fromkeys((key, *tops, *leaves))), tops, leaves)


def grams(exact: str) -> tuple[str, ...]:
    padded = f"_{exact}_"
    return tuple(padded[at : at + GRAM] for at in range(max(1, len(padded) - GRAM + 1)))
