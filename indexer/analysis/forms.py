"""Forms of a word. A stand-in until the splitter with its dictionary stands here: it knows a few parts by heart."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import Stemmer

from indexer.analysis.own_words import own_words

_PARTS = frozenset(
    ("boende", "stöd", "familj", "hem", "placering", "missbruk", "vård", "hemtjänst", "projekt", "tjänst", "skola")
)
_SHORTEST_SPLIT = 6
_stem = Stemmer.Stemmer("swedish").stemWord


class Forms(NamedTuple):
    """What stands in `parts` and `base` for a word: see the fields' description in mappings/."""

    keys: tuple[str, ...]
    tops: tuple[str, ...]
    leaves: tuple[str, ...]


@lru_cache(maxsize=400_000)
def forms(exact: str) -> Forms:
    """All keys of a word as it is indexed; cached for each word type."""
    if exact in own_words().protected:
        return Forms((exact,), (), (exact,))
    tops = tuple(map(_stem, _split(exact)))
    if not tops:
        return Forms((_stem(exact),), (), (_stem(exact),))
    return Forms((_stem(exact), *tops), tops, tops)


def _split(exact: str) -> tuple[str, ...]:
    if len(exact) < _SHORTEST_SPLIT:
        return ()
    parts = _PARTS | own_words().words
    for at in range(3, len(exact) - 2):
        left, right = exact[:at], exact[at:]
        for first in (left, left.removesuffix("s"), left.removesuffix("e")):
            if first in parts and (right in parts or _stem(right) in parts):
                return first, right
    return ()
