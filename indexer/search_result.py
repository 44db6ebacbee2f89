"""What a search answers. Ids and numbers only: texts and labels come from the record."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from indexer.search_query import Reading


class PageHit(NamedTuple):
    """A page of a document that holds words of the question; a question has thousands, so it is a tuple."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class DocumentHit:
    document_id: int
    score: float


@dataclass(frozen=True, slots=True)
class ProjectHit:
    """A project of the result list with its documents, best first; none where only its own entry matched.

    `project_id` is 0 for a document without project, which stands alone.
    """

    project_id: int
    score: float
    documents: tuple[DocumentHit, ...]


@dataclass(frozen=True, slots=True)
class QuestionWord:
    """A word or phrase of the question as it was read: `shown` as typed, `kind` word, phrase, prefix, group or field.

    negated: it excludes.
    """

    shown: str
    kind: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Counted:
    """facets: counts by facet field and key, documents only, each facet under the *other* facets' choices.

    years: documents by year under everything but the year range. total: documents. all_words / any_words / exact_words:
    documents for each reading of the same question under the same filters (None where the reading would be the same).
    unfiltered_total: what the question finds without filters, told only where it finds nothing with them.
    """

    total: int
    facets: Mapping[str, Mapping[str, int]]
    years: Mapping[int, int]
    all_words: int | None = None
    any_words: int | None = None
    exact_words: int | None = None
    unfiltered_total: int | None = None


class Grouped(NamedTuple):
    """projects: with a hit, also those of which only their own entry matched.

    groups: items of the whole list, the projects and the documents without project, each an item of its own.
    approximate: both of these are "cirka", where an engine counts so many projects no longer one by one.
    """

    projects: int
    groups: int
    approximate: bool = False

    @classmethod
    def of(cls, groups: Collection[int]) -> Grouped:
        """Each once, as `entry_values.group_of` makes them."""
        return cls(sum(map((0).__lt__, groups)), len(groups))


PageHits = Callable[[Sequence[int]], Mapping[int, list[PageHit]]]


def no_pages(documents: Sequence[int]) -> Mapping[int, list[PageHit]]:  # noqa: ARG001 - as PageHits
    return {}


@dataclass(frozen=True, eq=False)
class SearchResult:
    """The hits, and what is counted of them: `grouping` and `counting` give it, and wait where an engine still counts.

    Whoever shows both looks at the hits first, so that an engine which counts beside the search has time for it.
    page_hits: as the engine's `page_hits` for documents of this result; what ranking looked at is not asked for again.
    """

    projects: tuple[ProjectHit, ...]
    reading: Reading
    words: tuple[QuestionWord, ...]
    ignored: tuple[str, ...]
    grouping: Callable[[], Grouped] = field(repr=False)
    counting: Callable[[], Counted] = field(repr=False)
    page_hits: PageHits = field(default=no_pages, repr=False)

    @property
    def found(self) -> bool:
        """Whether there is anything, on this page or another; what has a page of hits waits for no count."""
        return bool(self.projects or self.total_groups)

    @cached_property
    def grouped(self) -> Grouped:
        return self.grouping()

    @property
    def total_projects(self) -> int:
        return self.grouped.projects

    @property
    def total_groups(self) -> int:
        return self.grouped.groups

    @property
    def projects_approximate(self) -> bool:
        return self.grouped.approximate

    @cached_property
    def counted(self) -> Counted:
        return self.counting()

    @property
    def total(self) -> int:
        return self.counted.total

    @property
    def facets(self) -> Mapping[str, Mapping[str, int]]:
        return self.counted.facets

    @property
    def years(self) -> Mapping[int, int]:
        return self.counted.years

    @property
    def all_words(self) -> int | None:
        return self.counted.all_words

    @property
    def any_words(self) -> int | None:
        return self.counted.any_words

    @property
    def exact_words(self) -> int | None:
        return self.counted.exact_words

    @property
    def unfiltered_total(self) -> int | None:
        return self.counted.unfiltered_total
