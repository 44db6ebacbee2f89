"""Two searches over the years, or the trend of one word: how many of the year's documents hold it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from indexer import (
    LONGEST_QUESTION,
    AnyOf,
    Asked,
    Reading,
    SearchEngine,
    SearchQuery,
    SearchResult,
    Vocabulary,
    ask,
    question,
)
from webapp.explore.axes import LONGEST_SPAN
from webapp.explore.choices import View
from webapp.search_url import BadQuery
from webapp.texts import gettext as _

_DANGLING = re.compile(r"^(?:(?:OR|ELLER)\s+)+|(?:\s+(?:OR|ELLER))+$")


@dataclass(frozen=True, slots=True)
class Trend:
    """A search under the base. name: as it is shown. by_year: documents. instead: a better spelling, or ""."""

    name: str
    query: SearchQuery
    by_year: Mapping[int, int]
    instead: str


@dataclass(frozen=True, slots=True)
class OverYears:
    """years: from the first with a document of the base to the last. by_year: documents of the base."""

    base: SearchQuery
    years: tuple[int, ...]
    by_year: Mapping[int, int]
    trends: tuple[Trend, ...]

    def share(self, trend: Trend, year: int) -> float | None:
        """Of the year's documents; None in a year without any."""
        of = self.by_year.get(year, 0)
        return trend.by_year.get(year, 0) / of if of else None


def over_years(engine: SearchEngine, vocabulary: Vocabulary, view: View, base: SearchQuery) -> OverYears | None:
    """None where nothing is to be compared. base: its reading is decided. Raises BadQuery, EngineUnavailable."""
    texts = list(dict.fromkeys(filter(None, (view.first, view.second))))
    if not texts:
        return None
    by_year = _counted(engine.search(replace(base, projects_a_page=1)), base)
    trends = [_trend(ask(engine, vocabulary, _under(base, text)), text, base) for text in texts]
    return OverYears(base, tuple(_years(by_year)), by_year, tuple(trends))


def _trend(asked: Asked, text: str, base: SearchQuery) -> Trend:
    instead = asked.proposal.text if asked.proposal else ""
    return Trend(_named(text), asked.query, _counted(asked.result, base), "" if base.text else instead)


def _under(base: SearchQuery, text: str) -> SearchQuery:
    """What holds the text and what the base asks for: so it is always a part of the base."""
    joined = " ".join(filter(None, (_any_of(base) or _closed(base.text), _closed(text))))
    if len(joined) > LONGEST_QUESTION:
        raise BadQuery(_("Frågan är för lång. Skriv högst %(most)s tecken.", most=LONGEST_QUESTION))
    reading = Reading.EXACT if base.text and base.reading is Reading.EXACT else Reading.ALL
    return replace(base, text=joined, typed="", as_written=False, reading=reading, projects_a_page=1)


def asks_for_all_words(base: SearchQuery) -> bool:
    """Whether a search under the base holds all of its words though the base asks for fewer."""
    return bool(base.text) and base.reading in {Reading.ANY, Reading.ALIKE} and not _any_of(base)


def _any_of(base: SearchQuery) -> str:
    """The words of a base of which any one is enough, as a group that means just that; "" where none would."""
    if base.reading is not Reading.ANY or (asked := question(base.text, base.reading)).binding:
        return ""
    written = " OR ".join(clause.unit.shown for clause in asked.loose)
    group = [clause.unit for clause in question(written).clauses]
    means_the_same = (
        len(group) == 1 and isinstance(group[0], AnyOf) and [*group[0].units] == [clause.unit for clause in asked.loose]
    )
    return written if means_the_same else ""


def _closed(text: str) -> str:
    """Without a quotation mark or an OR that would reach into the words put beside it."""
    unpaired = text.replace('"', " ") if text.count('"') % 2 else text
    return _DANGLING.sub("", " ".join(unpaired.split()))


def _named(text: str) -> str:
    """A phrase without its quotation marks."""
    inside = text[1:-1]
    return inside if len(text) > len("“”") and text[0] == text[-1] == '"' and '"' not in inside else text


def _counted(result: SearchResult, base: SearchQuery) -> dict[int, int]:
    """Documents by known year, within the base's years: none where it asks for those without."""
    if base.without_year:
        return {}
    first, last = base.from_year or 1, base.to_year or max(result.years, default=0)
    return {year: count for year, count in result.years.items() if count and first <= year <= last}


def _years(by_year: Mapping[int, int]) -> Iterator[int]:
    """Every year between, as long as a wrong date does not make that hundreds."""
    if by_year:
        last = max(by_year)
        yield from range(max(min(by_year), last - LONGEST_SPAN), last + 1)
