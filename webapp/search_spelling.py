"""What the page says about the spelling: mended at once, with the way back, or only proposed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from indexer import Asked, Reading, SearchQuery

Link = Callable[[SearchQuery], str]


@dataclass(frozen=True, slots=True)
class Spelling:
    """applied: hits are those of `text`, and `link` leads to those of `typed`; else `link` leads to those of `text`."""

    applied: bool
    typed: str
    text: str
    link: str


def spelling(asked: Asked, link: Link) -> Spelling | None:
    """None where the question stands as it was typed and nothing better is known."""
    query = asked.query
    again = replace(query, typed="", as_written=False, reading=Reading.AUTO, page=1)
    if query.typed:
        as_typed = replace(again, text=query.typed, as_written=True)
        return Spelling(applied=True, typed=query.typed, text=query.text, link=link(as_typed))
    if asked.proposal is None:
        return None
    proposed = replace(again, text=asked.proposal.text)
    return Spelling(applied=False, typed=query.text, text=asked.proposal.text, link=link(proposed))
