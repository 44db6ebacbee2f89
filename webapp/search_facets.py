"""Facets, chips and histogram of a result: every value with its label, count, state and the link that changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from indexer import MISSING, MOST_VALUES, SearchQuery, SearchResult
from webapp.facets import FACETS, Facet
from webapp.figures import number, upper_first, years
from webapp.texts import gettext
from webapp.vocabulary import Vocabulary

SHOWN_AT_FIRST = 6
SHOWN_AT_MOST = 30  # of an open list; the page says how many more there are
HISTOGRAM_WIDTH, HISTOGRAM_HEIGHT, LOWEST_BAR = 240, 62, 1.5  # so one document among thousands is seen
MOST_BARS = 60

Link = Callable[[SearchQuery], str]


class FacetValue(NamedTuple):
    """state: "in" chosen, "out" excluded, "none". Links are written when asked for: the page's form needs none.

    A tuple, as a page has hundreds of them.
    """

    key: str
    label: str
    documents: int
    state: str
    facet: str
    query: SearchQuery
    written: Link

    @property
    def link(self) -> str:
        """Chooses the value, or takes the choice back; so many `documents` lie behind it."""
        return self.written(self.query.toggled(self.facet, self.key))

    @property
    def exclude(self) -> str:
        """Excludes the value, or takes the exclusion back."""
        return self.written(self.query.excluded(self.facet, self.key))


@dataclass(frozen=True, slots=True)
class FacetList:
    """shown stand open, folded under "Visa 3 till"; left_out values are too rare for the list.

    uncounted: there may be more than those, as the commonest alone are counted.
    """

    name: str
    parameter: str
    label: str
    note: str
    unfolded: bool
    shown: tuple[FacetValue, ...]
    folded: tuple[FacetValue, ...]
    left_out: int
    uncounted: bool = False


@dataclass(frozen=True, slots=True)
class Chip:
    label: str
    negated: bool
    link: str
    field: str


@dataclass(frozen=True, slots=True)
class Bar:
    year: int
    count: int
    x: float
    y: float
    width: float
    height: float
    chosen: bool


@dataclass(frozen=True, slots=True)
class Histogram:
    """missing: what has no known year is chosen, instead of the years from `first` to `last`.

    left_out: a sentence on the documents of years before the first bar.
    """

    bars: tuple[Bar, ...]
    first: int | None
    last: int | None
    missing: bool
    note: str
    described: str
    left_out: str


def facet_lists(result: SearchResult, query: SearchQuery, words: Vocabulary, link: Link) -> tuple[FacetList, ...]:
    """One list a facet, without the facets that have neither a hit nor a choice."""
    lists = (_facet_list(facet, result.facets.get(facet.name, {}), query, words, link) for facet in FACETS)
    return tuple(listed for listed in lists if listed.shown)


def _facet_list(
    facet: Facet, counts: Mapping[str, int], query: SearchQuery, words: Vocabulary, link: Link
) -> FacetList:
    chosen = query.filter_of(facet.name)
    counted = {key: count for key, count in counts.items() if count}
    counted |= {key: counts.get(key, 0) for key in (*chosen.include, *chosen.exclude)}
    ordered = sorted(sorted(counted), key=counted.__getitem__, reverse=True)
    if chosen.include:
        ordered.sort(key=lambda key: key not in chosen.include)
    first, rest = ordered[:SHOWN_AT_FIRST], ordered[SHOWN_AT_FIRST:]
    if chosen.exclude:  # never folded away, however rare
        first += [key for key in rest if key in chosen.exclude]
        rest = [key for key in rest if key not in chosen.exclude]

    def value(key: str) -> FacetValue:
        state = "in" if key in chosen.include else "out" if key in chosen.exclude else "none"
        label = upper_first(words.label(facet.name, key))
        return FacetValue(key, label, counted[key], state, facet.name, query, link)

    return FacetList(
        facet.name,
        facet.parameter,
        str(facet.label),
        _choices_told(len(chosen.include), len(chosen.exclude)),
        facet.unfolded or bool(chosen.include or chosen.exclude),
        tuple(value(key) for key in first),
        tuple(value(key) for key in rest[:SHOWN_AT_MOST]),
        max(0, len(rest) - SHOWN_AT_MOST),
        uncounted=len(counts) >= MOST_VALUES,
    )


def _choices_told(chosen: int, excluded: int) -> str:
    told = []
    if chosen:
        told.append(gettext("1 vald") if chosen == 1 else gettext("%(n)s valda", n=chosen))
    if excluded:
        told.append(gettext("1 utesluten") if excluded == 1 else gettext("%(n)s uteslutna", n=excluded))
    return ", ".join(told)


def chips(query: SearchQuery, words: Vocabulary, link: Link) -> tuple[Chip, ...]:
    """The filters that are on, each with the address without it."""
    made = []
    for facet in FACETS:
        chosen = query.filter_of(facet.name)
        for key, without, negated in (
            *((key, query.toggled, False) for key in chosen.include),
            *((key, query.excluded, True) for key in chosen.exclude),
        ):
            label = _chip_label(facet, key, words)
            made.append(Chip(label, negated, link(without(facet.name, key)), facet.name))
    if query.has_years:
        made.append(Chip(_years_chosen(query), False, link(query.without("year")), "year"))
    return tuple(made)


def _chip_label(facet: Facet, key: str, words: Vocabulary) -> str:
    """What is missing is named, for it may be missing in any facet."""
    label = words.label(facet.name, key)
    return f"{facet.label}: {label}" if key == MISSING else upper_first(label)


def _years_chosen(query: SearchQuery) -> str:
    return gettext("År: uppgift saknas") if query.without_year else years(query.from_year, query.to_year)


def without_filters(query: SearchQuery) -> SearchQuery:
    return replace(query.without("year"), filters=())


def histogram(result: SearchResult, query: SearchQuery) -> Histogram | None:
    """Bars from the first year with a document to the last, at most the latest MOST_BARS; None without years."""
    counted = {year: count for year, count in result.years.items() if year and count}
    if not counted and not query.has_years:
        return None
    last = max(counted, default=0)
    all_years = range(max(min(counted, default=1), last - MOST_BARS + 1), last + 1)
    bars = bars_of_years(counted, all_years, query)
    note = gettext("uppgift saknas") if query.without_year else years(query.from_year, query.to_year)
    told = ", ".join(f"{bar.year}: {bar.count}" for bar in bars)
    described = gettext("Dokument per år. %(years)s.", years=told)
    left_out = _earlier(counted, all_years)
    return Histogram(bars, query.from_year, query.to_year, query.without_year, note, described, left_out)


def _earlier(counted: Mapping[int, int], all_years: range) -> str:
    if not (count := sum(count for year, count in counted.items() if year < all_years.start)):
        return ""
    return gettext("Dokument från tidigare år än %(first)s visas inte: %(n)s.", first=all_years.start, n=number(count))


def bars_of_years(counted: Mapping[int, int], all_years: range, query: SearchQuery) -> tuple[Bar, ...]:
    """A bar a year, of no height for one without a document; `chosen` within the question's range of years."""
    tallest = max(counted.values(), default=1)
    step = HISTOGRAM_WIDTH / max(len(all_years), 1)
    bars = []
    for place, year in enumerate(all_years):
        count = counted.get(year, 0)
        height = max(LOWEST_BAR, round((HISTOGRAM_HEIGHT - 4) * count / tallest, 1)) if count else 0.0
        chosen = not query.without_year and (query.from_year or 0) <= year <= (query.to_year or year)
        x, width = round(place * step + step / 16, 2), round(step * 7 / 8, 2)
        bars.append(Bar(year, count, x, HISTOGRAM_HEIGHT - height, width, height, chosen))
    return tuple(bars)
