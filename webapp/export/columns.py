"""What an export tells of a hit, column by column: its names, and its value out of a row."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from webapp.export.cells import Cell
from webapp.export.hits import Row
from webapp.facets import BY_NAME
from webapp.search_hits import title_of
from webapp.texts import LazyText
from webapp.texts import lazy_gettext as _l

Value = str | int | date | tuple[str, ...] | None
BETWEEN_VALUES = "; "


class Words(Protocol):
    """How the values of controlled lists are told: as labels for people, as keys for programs."""

    def told(self, kind: str, key: str) -> str: ...

    @property
    def root(self) -> str:
        """What the addresses of documents and projects begin with."""


@dataclass(frozen=True, slots=True)
class Column:
    """key: its name in JSON. editors: only for those who may edit."""

    key: str
    label: LazyText
    value: Callable[[Row, Words], Value]
    editors: bool = False


def columns(*, for_editors: bool) -> tuple[Column, ...]:
    return tuple(column for column in COLUMNS if for_editors or not column.editors)


def cells(row: Row, chosen: tuple[Column, ...], words: Words) -> list[Cell]:
    """A row of a sheet: the values of a list stand in one cell."""
    made: list[Cell] = []
    for column in chosen:
        value = column.value(row, words)
        made.append(BETWEEN_VALUES.join(value) if isinstance(value, tuple) else value)
    return made


def _kind(row: Row, words: Words) -> str:
    return words.told("kind", "document" if row.document else "project" if row.project else "gone")


def _of_project(name: str) -> Callable[[Row, Words], Value]:
    def value(row: Row, _words: Words) -> Value:
        found: Value = getattr(row.project, name) if row.project else None
        return found

    return value


def _of_document(name: str) -> Callable[[Row, Words], Value]:
    def value(row: Row, _words: Words) -> Value:
        found: Value = getattr(row.document, name) if row.document else None
        return found

    return value


def _chosen(kind: str) -> Callable[[Row, Words], Value]:
    """The one value that a project has of a fixed list."""

    def value(row: Row, words: Words) -> Value:
        key = getattr(row.project, kind) if row.project else ""
        return words.told(kind, key) if key else None

    return value


def _terms(kind: str) -> Callable[[Row, Words], Value]:
    def value(row: Row, words: Words) -> Value:
        keys = row.project.terms.get(kind, ()) if row.project else ()
        return tuple(words.told(kind, key) for key in keys)

    return value


def _money(name: str) -> Callable[[Row, Words], Value]:
    """Once a project, so that a column's sum counts each project once."""

    def value(row: Row, _words: Words) -> Value:
        found: int | None = getattr(row.money, name) if row.money else None
        return found

    return value


def _title(row: Row, _words: Words) -> str | None:
    return title_of(row.document) if row.document else None


def _document_type(row: Row, words: Words) -> Value:
    return (
        words.told("document_type", row.document.document_type) if row.document and row.document.document_type else None
    )


def _year(row: Row, _words: Words) -> int | None:
    if row.document is None:
        return None
    return row.document.year or (row.document.document_date.year if row.document.document_date else None)


def _pages(row: Row, _words: Words) -> int | None:
    return row.document.page_count or None if row.document else None


def _classification(row: Row, words: Words) -> Value:
    shown = row.document or row.project
    return words.told("classification", shown.classification) if shown else None


def _state(row: Row, words: Words) -> Value:
    shown = row.document or row.project
    return words.told("state", "published" if shown.published_at else "draft") if shown else None


def _document_link(row: Row, words: Words) -> str | None:
    return f"{words.root}/dokument/{row.document.id}" if row.document else None


def _project_link(row: Row, words: Words) -> str | None:
    return f"{words.root}/projekt/{row.project.slug}" if row.project and row.sees_project else None


def _facet(name: str) -> LazyText:
    return BY_NAME[name].label


COLUMNS = (
    Column("kind", _l("Träff"), _kind),
    Column("project", _l("Projekt"), _of_project("title")),
    Column("organisations", _facet("organisation"), _terms("organisation")),
    Column("project_type", _facet("project_type"), _chosen("project_type")),
    Column("status", _facet("status"), _chosen("status")),
    Column("finding", _facet("finding"), _chosen("finding")),
    Column("start_year", _l("Startår"), _of_project("start_year")),
    Column("end_year", _l("Slutår"), _of_project("end_year")),
    Column("granted", _l("Beviljat, kr"), _money("granted")),
    Column("repaid", _l("Återbetalat, kr"), _money("repaid")),
    Column("document", _l("Dokumentets titel"), _title),
    Column("document_type", _facet("document_type"), _document_type),
    Column("date", _l("Datum"), _of_document("document_date")),
    Column("year", _l("År"), _year),
    Column("language", _l("Språk"), _of_document("language")),
    Column("pages", _l("Sidor"), _pages),
    Column("classification", _l("Informationsklass"), _classification, editors=True),
    Column("state", _l("Läge"), _state, editors=True),
    Column("subject_areas", _facet("subject_area"), _terms("subject_area")),
    Column("methods", _facet("method"), _terms("method")),
    Column("target_groups", _facet("target_group"), _terms("target_group")),
    Column("keywords", _facet("keyword"), _terms("keyword")),
    Column("document_link", _l("Dokumentets adress"), _document_link),
    Column("project_link", _l("Projektets adress"), _project_link),
)
