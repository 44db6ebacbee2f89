"""Index entries and pages → tantivy documents."""

from __future__ import annotations

from collections.abc import Callable
from math import exp2
from typing import Any

import tantivy

from indexer.entry import IndexEntry, PageEntry
from indexer.entry_values import factor_of, group_of, words_of_field, words_of_page
from indexer.fields import Mapped
from indexer.tantivy_engine import titles


def page_document(mapped: Mapped, document: int, page: PageEntry, mark: int) -> tantivy.Document:
    made = tantivy.Document()
    made.add_integer("document", document)
    made.add_integer("number", page.number)
    made.add_integer("fingerprint", mark)
    for field in mapped.texts:
        made.add_text(field.name, words_of_page(field, page, mapped))
    return made


def entry_document(mapped: Mapped, entry: IndexEntry) -> tantivy.Document:
    made = tantivy.Document()
    for field in mapped.fields:
        if field.role == "text":
            for words in words_of_field(field, entry, mapped):
                made.add_text(field.name, words)
        elif field.role == "facet":
            for key in dict.fromkeys(entry.facets.get(field.name, ())):
                made.add_text(field.name, key)
        elif field.role == "weight":
            made.add_float("weight", _weight(mapped, entry))
        else:
            _SINGLE[field.role](made, entry)
    return made


def _audience(made: tantivy.Document, entry: IndexEntry) -> None:
    for token in entry.audience:
        made.add_text("audience", token)


def _sort_title(made: tantivy.Document, entry: IndexEntry) -> None:
    for name, number in zip(titles.NAMES, titles.packed(entry.sort_title), strict=True):
        made.add_integer(name, number)


def _weight(mapped: Mapped, entry: IndexEntry) -> float:
    """Tantivy multiplies a score by log2(2 + weight)."""
    return exp2(factor_of(entry, mapped)) - 2


_SINGLE: dict[str, Callable[[Any, IndexEntry], None]] = {
    "id": lambda made, entry: made.add_integer("id", entry.id),
    "kind": lambda made, entry: made.add_text("kind", entry.kind),
    "group": lambda made, entry: made.add_integer("group", group_of(entry)),
    "version": lambda made, entry: made.add_integer("version", entry.version),
    "audience": _audience,
    "visible_from": lambda made, entry: made.add_integer("visible_from", entry.visible_from),
    "sort_date": lambda made, entry: made.add_integer("sort_date", entry.sort_date),
    "page_count": lambda made, entry: made.add_integer("page_count", len(entry.pages)),
    "sort_title": _sort_title,
    "year": lambda made, entry: made.add_integer("year", entry.year),
}
