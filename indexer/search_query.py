"""What can be asked, as frozen values; limits and sort orders stand here to be read in one place."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

from indexer.errors import TooDeep

PROJECTS_A_PAGE = 10
DEEPEST_PROJECT = 1000
LONGEST_QUESTION = 2000
MOST_RANKED = 32  # words that rank, and that are found by parts and synonyms too; more only cost time
FIRST_YEAR, LAST_YEAR = 1800, 2199  # what lies outside is a slip of a pen: unknown, as year 0, and in no range
# Values of one facet that are counted, commonest first. An open list of keywords grows without end, a page shows
# some dozens; what is chosen is counted in any case.
MOST_VALUES = 200
MISSING = "-"  # the value of entries that have none of a facet, or no known year; no term's key is a dash alone
FEWEST_FOR_ALL_WORDS = 10  # fewer documents with all words than this: any word is enough (design §6)


class Sort(StrEnum):
    """Orders of the result list. Ties are always broken by id."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"
    TITLE = "title"
    PAGES = "pages"  # most page hits first


class Reading(StrEnum):
    """How several words bind: AUTO decides by the rule of ten and the result tells what it became.

    ALIKE asks for words that share most of their letters with one of those asked for, or a part with a compound, and
    reads phrases as words; AUTO comes to it where nothing is found otherwise.
    """

    AUTO = "auto"
    ALL = "all"
    ANY = "any"
    EXACT = "exact"
    ALIKE = "alike"


@dataclass(frozen=True, slots=True)
class Filter:
    """One facet's choices: any of `include` (or), none of `exclude`; MISSING among them is to have no value."""

    field: str
    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()


class NamedValue(NamedTuple):
    """What `field:value` of a question means today: the keys of the facet's values that are called so."""

    field: str
    written: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A question as it was asked. `audience` is who asks and `today` (yyyymmdd) when; both filter inside the engine.

    named: the values that `text` names, as far as whoever knows the labels has looked them up; others are taken for
    the keys that such labels are given first.

    `typed` is what was written where `text` is a mended form of it; `as_written`: the person wants no mending. Engines
    look at neither. without_year: only what has no known year; a range beside it says nothing.
    """

    text: str = ""
    reading: Reading = Reading.AUTO
    filters: tuple[Filter, ...] = ()
    from_year: int | None = None
    to_year: int | None = None
    without_year: bool = False
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    projects_a_page: int = PROJECTS_A_PAGE
    audience: frozenset[str] = field(default_factory=frozenset)
    today: int = 0
    typed: str = ""
    as_written: bool = False
    named: tuple[NamedValue, ...] = ()

    def visible_to(self, audience: frozenset[str], today: int) -> SearchQuery:
        return replace(self, audience=audience, today=today)

    @property
    def first_project(self) -> int:
        """How many projects come before this page; raises TooDeep beyond the stated depth."""
        first = (self.page - 1) * self.projects_a_page
        if first < 0 or first + self.projects_a_page > DEEPEST_PROJECT:
            raise TooDeep(f"Result lists end at project {DEEPEST_PROJECT}; page {self.page} lies beyond.")
        return first

    @property
    def has_years(self) -> bool:
        """Whether the year is chosen: by a range, or as missing."""
        return self.without_year or self.from_year is not None or self.to_year is not None

    @property
    def has_filters(self) -> bool:
        return bool(self.filters) or self.has_years

    def filter_of(self, name: str) -> Filter:
        """The choices of one facet; empty choices where none are made."""
        return next((f for f in self.filters if f.field == name), Filter(name))

    def without(self, name: str) -> SearchQuery:
        """The same question with one facet's choices taken off ("year": the year's), from its first page."""
        kept = tuple(f for f in self.filters if f.field != name)
        if name == "year":
            return replace(self, filters=kept, from_year=None, to_year=None, without_year=False, page=1)
        return replace(self, filters=kept, page=1)

    def with_filter(self, changed: Filter) -> SearchQuery:
        """The same question with one facet's choices replaced; choices stand in a stable order."""
        others = [f for f in self.filters if f.field != changed.field]
        if changed.include or changed.exclude:
            others.append(changed)
        return replace(self, filters=tuple(sorted(others, key=lambda f: f.field)), page=1)

    def narrowed(self, name: str, value: str) -> SearchQuery:
        """The same question for one value of a facet or one "year" alone; what the facet excludes stays excluded."""
        if name != "year":
            return self.with_filter(replace(self.filter_of(name), include=(value,)))
        if value == MISSING:
            return replace(self.without("year"), without_year=True)
        return replace(self.without("year"), from_year=int(value), to_year=int(value))

    def toggled(self, name: str, value: str) -> SearchQuery:
        """Adds an included value, or takes it off where it is chosen."""
        now = self.filter_of(name)
        include = tuple(v for v in now.include if v != value) if value in now.include else (*now.include, value)
        return self.with_filter(replace(now, include=include, exclude=tuple(v for v in now.exclude if v != value)))

    def excluded(self, name: str, value: str) -> SearchQuery:
        """Adds an excluded value, or takes it off where it is excluded."""
        now = self.filter_of(name)
        exclude = tuple(v for v in now.exclude if v != value) if value in now.exclude else (*now.exclude, value)
        return self.with_filter(replace(now, exclude=exclude, include=tuple(v for v in now.include if v != value)))
