"""Which part of the queue an address asks for: the beginning of each place, or one place a page at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from catalog.queue_places import DONE, HELP, UNDER_WAY, Part

# So many rows can be looked through, and sent anew every other second while files are read.
BEGINNINGS = {HELP: Part(50), UNDER_WAY: Part(20), DONE: Part(20)}
A_PAGE = 100
LONGEST_NUMBER = 6  # digits of a page's number in an address
WORDS = {HELP: "hjalp", UNDER_WAY: "pagar", DONE: "klara"}
_PLACES = {word: place for place, word in WORDS.items()}


@dataclass(frozen=True, slots=True)
class QueuePart:
    """place: one of "" for the beginning of each. page: from 1."""

    place: str = ""
    page: int = 1

    @property
    def parts(self) -> Mapping[str, Part]:
        return {self.place: Part(A_PAGE, (self.page - 1) * A_PAGE)} if self.place else BEGINNINGS

    @property
    def parameters(self) -> dict[str, str]:
        """Of the address; what is as usual is left out."""
        named = {"lista": WORDS[self.place]} if self.place else {}
        return named | ({"sida": str(self.page)} if self.page > 1 else {})

    def at(self, page: int) -> QueuePart:
        return replace(self, page=page)


def read(args: Mapping[str, str]) -> QueuePart:
    """What is no list or no page is the beginning: the queue moves, and an old address finds what is there now."""
    place, written = _PLACES.get(args.get("lista", ""), ""), args.get("sida", "")
    is_number = written.isascii() and written.isdecimal() and len(written) <= LONGEST_NUMBER
    return QueuePart(place, max(1, int(written)) if place and is_number else 1)


def pages(count: int) -> int:
    return max(1, -(-count // A_PAGE))
