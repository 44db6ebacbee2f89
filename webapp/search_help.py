"""When nothing is found: which filter stands in the way, other readings, and wider questions, each with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from indexer import Reading, SearchQuery, SearchResult
from webapp.search_facets import Chip, Link, without_filters
from webapp.texts import gettext

MOST_WORDS = 4  # of the question are tried alone

Counted = Callable[[SearchQuery], int]


@dataclass(frozen=True, slots=True)
class Way:
    """A way on: link is empty where the change makes no difference."""

    label: str
    count: int
    link: str


@dataclass(frozen=True, slots=True)
class Help:
    filters: tuple[Way, ...]
    wider: tuple[Way, ...]


def ways_on(result: SearchResult, query: SearchQuery, chosen: tuple[Chip, ...], counted: Counted, link: Link) -> Help:
    """Asks the engine once for each filter and word; nothing was found, so there is time for it."""
    return Help(tuple(_fewer_filters(query, chosen, counted, link)), tuple(_wider(result, query, counted, link)))


def _fewer_filters(query: SearchQuery, chosen: tuple[Chip, ...], counted: Counted, link: Link) -> Iterator[Way]:
    fields = list(dict.fromkeys(chip.field for chip in chosen))
    for field in fields:
        names = ", ".join(chip.label for chip in chosen if chip.field == field)
        freed = query.without(field)
        if count := counted(freed):
            yield Way(gettext("Sök utan filtret %(filter)s", filter=names), count, link(freed))
        elif len(fields) > 1:
            yield Way(gettext("Filtret %(filter)s gör ensamt ingen skillnad", filter=names), 0, "")
    if len(fields) > 1 and (count := counted(without_filters(query))):
        yield Way(gettext("Släpp alla filter"), count, link(without_filters(query)))


def _wider(result: SearchResult, query: SearchQuery, counted: Counted, link: Link) -> Iterator[Way]:
    for reading, label, count in (
        (Reading.ALL, gettext("Alla orden, i vilken form som helst"), result.all_words),
        (Reading.ANY, gettext("Något av orden"), result.any_words),
    ):
        if reading is not result.reading and count:
            yield Way(label, count, link(replace(query, reading=reading, page=1)))
    plain = [word for word in result.words if not word.negated]
    if len(plain) > 1:
        for word in plain[:MOST_WORDS]:
            alone = replace(query, text=word.shown, typed="", reading=Reading.AUTO, page=1)
            if count := counted(alone):
                yield Way(word.shown, count, link(alone))
