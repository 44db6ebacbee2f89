"""Index entries and pages → tantivy documents."""

from __future__ import annotations

from collections.abc import Callable
from math import exp2
from typing import Any

import tantivy

from indexer.entry import IndexEntry, PageEntry
from indexer.fields import Field, Mapped
from indexer.tantivy_engine import titles


def page_document(mapped: Mapped, document: int, page: PageEntry, mark: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_integer("document", document)
    made.add_integer("number", page.number)
    made.add_integer("fingerprint", mark)
    for field in mapped.texts:
        made.add_text(field.name, getattr(page.tokens, field.analysis))
    return made


def entry_document(mapped: Mapped, entry: IndexEntry) -> tantivy.Document:
    made = tantivy.Document()
    for field in mapped.fields:
        if field.role == "text":
            _add_text(made, field, entry)
        elif field.role == "facet":
            for key in dict.fromkeys(entry.facets.get(field.name, ())):
                made.add_text(field.name, key)
        elif field.role == "weight":
            made.add_float("weight", _weight(mapped, entry))
        else:
            _SINGLE[field.role](made, entry)
    return made


def _add_text(made: tantivy.Document, field: Field, entry: IndexEntry) -> None:
    """Each text is a value of its own, so that no phrase is found across the border of two texts or pages."""
    for source in field.sources:
        if source == "pages":
            for page in entry.pages:
                made.add_text(field.name, getattr(page.tokens, field.analysis))
        elif source in entry.texts:
            made.add_text(field.name, getattr(entry.texts[source], field.analysis))


def _audience(made: tantivy.Document, entry: IndexEntry) -> None:
    for token in entry.audience:
        made.add_text("audience", token)


def _sort_title(made: tantivy.Document, entry: IndexEntry) -> None:
    for name, number in zip(titles.NAMES, titles.packed(entry.sort_title), strict=True):
        made.add_integer(name, number)


def group_of(entry: IndexEntry) -> int:
    """What stands together in the result list: the project, or a document without project for itself (−id)."""
    return entry.project_id or -entry.id


def factor_of(mapped: Mapped, entry: IndexEntry) -> float:
    """What the entry's score is multiplied by, a little over 1 for what is new and for a finished report."""
    ranking, types = mapped.ranking, set(entry.facets.get("document_type", ()))
    oldest, newest = ranking["oldest_year"], ranking["newest_year"]
    age = min(1.0, max(0.0, (entry.year - oldest) / (newest - oldest)))
    finished = ranking["final_report"] if types & mapped.final_report_types else 0.0
    return 1 + ranking["freshness"] * age + finished


def _weight(mapped: Mapped, entry: IndexEntry) -> float:
    """Tantivy multiplies a score by log2(2 + weight)."""
    return exp2(factor_of(mapped, entry)) - 2


_SINGLE: dict[str, Callable[[Any, IndexEntry], None]] = {
    "id": lambda made, entry: made.add_integer("id", entry.id),
    "kind": lambda made, entry: made.add_text("kind", entry.kind),
    "group": lambda made, entry: made.add_integer("group", group_of(entry)),
    "version": lambda made, entry: made.add_integer("version", entry.version),
    "audience": _audience,
    "visible_from": lambda made, entry: made.add_integer("visible_from", entry.visible_from),
    "sort_date": lambda made, entry: made.add_integer("sort_date", entry.sort_date),
    "sort_title": _sort_title,
    "year": lambda made, entry: made.add_integer("year", entry.year),
}
