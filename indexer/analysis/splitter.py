"""Takes compounds apart: a fixed function of word and lexicon, never of what else is indexed."""

from __future__ import annotations

from typing import Final

from indexer.analysis.lexicon import Lexicon

SHORTEST_COMPOUND: Final = 6  # letters
MOST_PARTS: Final = 4


def parts_of(word: str, lexicon: Lexicon) -> tuple[str, ...]:
    """The fewest parts, as they stand in the word; () where it stays whole.

    Each round reaches the places where one part more may end, so the work grows with places and parts, not with ways.
    A letter that two parts share stands in both (fall + lucka for fallucka).
    """
    lasts = lexicon.last_parts(word) if len(word) >= SHORTEST_COMPOUND else {}
    if not lasts:
        return ()
    furthest = max(lasts)
    reached: dict[int, tuple[str, ...]] = {0: ()}
    for _ in range(MOST_PARTS - 1):
        reached = _one_part_more(word, reached, furthest, lexicon)
        complete = [(*parts, lasts[at]) for at, parts in reached.items() if at in lasts]
        if complete:
            return min(complete, key=_order)
    return ()


def _one_part_more(
    word: str, reached: dict[int, tuple[str, ...]], furthest: int, lexicon: Lexicon
) -> dict[int, tuple[str, ...]]:
    """After a doubled letter the next part may begin with it: three alike are written as two."""
    found: dict[int, tuple[str, ...]] = {}
    for start, parts in reached.items():
        for part in lexicon.first_parts(word[start : furthest + 1]):
            end = start + len(part)
            for at in (end, end - 1) if part[-1] == part[-2] else (end,):
                if at <= furthest:
                    longer = (*parts, part)
                    if at not in found or _order(longer) < _order(found[at]):
                        found[at] = longer
    return found


def _order(parts: tuple[str, ...]) -> tuple[int, list[int]]:
    """Without a shared letter first (sekretess|lag), then longer first parts (arbets|lag, socialtjänst|lag)."""
    return sum(map(len, parts)), [-len(part) for part in parts]
