"""Small index entries for tests: a test says only what matters to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from indexer import IndexEntry, PageEntry, Reading, SearchEngine, SearchQuery, SearchResult, analyse, collation_key

TODAY = 20261122
EVERYONE = ("public", "staff", "restricted", "editors")


def document(
    number: int,
    *pages: str,
    title: str = "",
    project: int = 0,
    facets: Mapping[str, Sequence[str]] | None = None,
    audience: Sequence[str] = EVERYONE,
    year: int = 0,
    date: int = 0,
    kind: str = "document",
    visible_from: int = 0,
    version: int = 1,
    **texts: str,
) -> IndexEntry:
    return IndexEntry(
        id=number,
        kind=kind,
        project_id=project,
        version=version,
        texts={source: analyse(text) for source, text in {"title": title, **texts}.items()},
        facets={name: tuple(values) for name, values in (facets or {}).items()},
        audience=tuple(audience),
        year=year,
        sort_date=date,
        sort_title=collation_key(title),
        visible_from=visible_from,
        pages=tuple(PageEntry(at, analyse(text)) for at, text in enumerate(pages, 1)),
    )


def project(number: int, title: str = "", **described: Any) -> IndexEntry:
    """A project's own entry."""
    return document(number, title=title, project=number, kind="project", **described)


def write(engine: SearchEngine, *entries: IndexEntry) -> None:
    with engine.writing() as batch:
        for entry in entries:
            batch.put(entry)


def ask(text: str = "", *, audience: Sequence[str] = ("public",), today: int = TODAY, **asked: Any) -> SearchQuery:
    return SearchQuery(text=text, audience=frozenset(audience), today=today, **asked)


def ids(result: SearchResult) -> list[int]:
    """The documents of a result page in their order."""
    return [document.document_id for group in result.projects for document in group.documents]


def found(engine: SearchEngine, text: str, **asked: Any) -> list[int]:
    """The documents that hold all the words, in the order of their ids."""
    wanted: dict[str, Any] = {"reading": Reading.ALL, "projects_a_page": 1000, **asked}
    return sorted(ids(engine.search(ask(text, **wanted))))
