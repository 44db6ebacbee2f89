"""What a search answers. Ids and numbers only: texts and labels come from the record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from indexer.search_query import Reading


class PageHit(NamedTuple):
    """A page of a document that holds words of the question; a question has thousands, so it is a tuple."""

    number: int
    score: float


@dataclass(frozen=True, slots=True)
class DocumentHit:
    document_id: int
    version: int
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
    """A word or phrase of the question as it was read: `shown` as typed, `kind` word, phrase, prefix or group.

    optional is true where stop words or an any-reading do not demand it; negated for -words.
    """

    shown: str
    kind: str
    negated: bool = False


@dataclass(frozen=True, slots=True)
class SearchResult:
    """facets: counts by facet field and key, documents only, each facet under the *other* facets' choices.

    years: documents by year under everything but the year range. total: documents; total_projects: projects with a
    hit, also those of which only their own entry matched. all_words / any_words / exact: documents for each reading
    of the same question under the same filters (None where the reading would be the same). total_groups: items of the
    whole list: total_projects and the documents without project, each an item of its own. projects_approximate: both
    of these are "cirka", where an engine counts so many projects no longer one by one.
    """

    total: int
    total_projects: int
    projects: tuple[ProjectHit, ...]
    facets: Mapping[str, Mapping[str, int]]
    years: Mapping[int, int]
    reading: Reading
    words: tuple[QuestionWord, ...] = ()
    all_words: int | None = None
    any_words: int | None = None
    exact_words: int | None = None
    unfiltered_total: int | None = None
    ignored: tuple[str, ...] = field(default=())
    total_groups: int = 0
    projects_approximate: bool = False
