"""Index entries and pages → Elasticsearch documents, as the generation's own mapping asks for them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from indexer.entry import IndexEntry, PageEntry
from indexer.entry_values import factor_of, group_of, words_of_field, words_of_page
from indexer.fields import Mapped


def page_document(document: int, page: PageEntry, mark: int, mapped: Mapped) -> dict[str, Any]:
    words = {field.name: words_of_page(field, page, mapped) for field in mapped.texts}
    return {"document": document, "number": page.number, "fingerprint": mark, **words}


def entry_document(entry: IndexEntry, mapped: Mapped) -> dict[str, Any]:
    made: dict[str, Any] = {}
    for field in mapped.fields:
        if field.role == "text":
            made[field.name] = words_of_field(field, entry, mapped)
        elif field.role == "facet":
            made[field.name] = list(dict.fromkeys(entry.facets.get(field.name, ())))
        else:
            made[field.name] = _SINGLE[field.role](entry, mapped)
    return made


_SINGLE: dict[str, Callable[[IndexEntry, Mapped], Any]] = {
    "id": lambda entry, _: entry.id,
    "kind": lambda entry, _: entry.kind,
    "group": lambda entry, _: group_of(entry),
    "version": lambda entry, _: entry.version,
    "audience": lambda entry, _: list(entry.audience),
    "visible_from": lambda entry, _: entry.visible_from,
    "sort_date": lambda entry, _: entry.sort_date,
    "sort_title": lambda entry, _: entry.sort_title,
    "weight": factor_of,
    "page_count": lambda entry, _: len(entry.pages),
    "year": lambda entry, _: entry.year,
}
