"""`projekt.toml`: a folder's description of its project and documents, as docs/import.md tells."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from catalog import fitting, projects, terms
from catalog.columns import folded
from catalog.errors import BadValue, IdentityNumbersUnconfirmed
from catalog.fitting import EARLIEST_YEAR, LARGEST_SUM, LATEST_YEAR
from catalog.models import Document, Project

NAME = "projekt.toml"
CLASSES = {"öppen": "open", "intern": "internal", "begränsad": "restricted"}
# Name in the file → kind of the controlled terms.
TERM_LISTS = {
    "organisations": "organisation",
    "subject_areas": "subject_area",
    "methods": "method",
    "target_groups": "target_group",
    "keywords": "keyword",
}
CHOSEN = ("project_type", "status", "finding")
TEXT_LISTS = ("partners", "researchers")
PLAIN: dict[str, type] = {
    "finding_note": str,
    "aim": str,
    "contact": str,
    "funder": str,
    "funding_focus": str,
    "equality_analysis": bool,
    "registration_number": str,
    "summary": dict,
}
YEARS = ("start_year", "end_year")
KEYS = frozenset({"title", "funding", "documents", *PLAIN, *YEARS, *TEXT_LISTS, *TERM_LISTS, *CHOSEN})
SUMMARY = frozenset({"background", "purpose", "target_group", "method", "results", "lessons"})
FUNDING = frozenset({"year", "granted", "repaid"})
DOCUMENT = frozenset({"title", "document_type", "date", "class"})


@dataclass(frozen=True, slots=True)
class Described:
    """What the file says of one document; `classification` is "" where it says nothing."""

    title: str = ""
    document_type: str = ""
    document_date: date | None = None
    classification: str = ""


@dataclass(frozen=True, slots=True)
class ProjectFile:
    """fields: columns of the project as they stand in the file; chosen: labels of the fixed lists, by kind."""

    title: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    chosen: Mapping[str, str] = field(default_factory=dict)
    term_labels: Mapping[str, list[str]] = field(default_factory=dict)
    funding: tuple[tuple[int, int, int], ...] = ()
    documents: Mapping[str, Described] = field(default_factory=dict)

    @property
    def classification(self) -> str:
        """The most open class of its documents: a project hides no document that is more open than itself."""
        said = {one.classification for one in self.documents.values()}
        return next((one for one in CLASSES.values() if one in said), "")


def parse(text: str) -> ProjectFile:
    """Reads the file's text; raises BadValue with the key that cannot be used."""
    try:
        given = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadValue(f"{NAME} is not TOML: {error}") from error
    _check_known(given, KEYS)
    summary = _of(dict, given, "summary")
    _check_known(summary, SUMMARY, "summary")
    for name in SUMMARY:
        _of(str, summary, name)
    return ProjectFile(
        title=_of(str, given, "title", required=True),
        fields={
            **{name: _of(kind, given, name) for name, kind in PLAIN.items() if name in given},
            **{name: _year(given, name) for name in YEARS if name in given},
            **{name: _texts(given, name) for name in TEXT_LISTS if name in given},
        },
        chosen={name: _of(str, given, name) for name in CHOSEN if given.get(name)},
        term_labels={kind: _texts(given, name) for name, kind in TERM_LISTS.items() if name in given},
        funding=tuple(_money(one) for one in _of(list, given, "funding") or ()),
        documents={name: _described(name, one) for name, one in (_of(dict, given, "documents") or {}).items()},
    )


def apply(session: Session, file: ProjectFile, *, publish: bool, classification: str, by: str) -> Project:
    """Makes the project where none has its title; one that stands already is left as people have edited it.

    Published, where asked, for the most open class of its documents, else for `classification`. A project with
    identity numbers in its texts stays unpublished, for a person to decide.
    """
    project = projects.find_by_title(session, file.title)
    if project is not None:
        return project
    chosen = {kind: key_of(session, kind, label) for kind, label in file.chosen.items()}
    given: dict[str, Any] = {**file.fields, **chosen}
    project = projects.create(session, title=file.title, **given)
    projects.set_terms(session, project, file.term_labels)
    projects.set_funding(session, project, file.funding)
    if publish:
        try:
            projects.publish(session, project.id, file.classification or classification, by)
        except IdentityNumbersUnconfirmed:
            projects.update(session, project.id, classification="internal")
    return project


def key_of(session: Session, kind: str, label: str) -> str:
    """The key of a fixed list's value, by its key or label; raises BadValue with the values that there are."""
    known = terms.labels(session, [kind])[kind]
    for key, term in known.items():
        if folded(label) in {key, folded(term.label)}:
            return key
    raise BadValue(f"{NAME}: {label!r} is no {kind}; use {', '.join(term.label for term in known.values())}.")


def _check_known(given: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
    """where: the table that holds the keys; "" for the file itself."""
    if unknown := given.keys() - known:
        inside = f" in {where}" if where else ""
        raise BadValue(f"{NAME} has the unknown key {min(unknown)!r}{inside}; known are {', '.join(sorted(known))}.")


def _described(name: str, given: Any) -> Described:
    if not isinstance(given, dict):
        raise BadValue(f"{NAME}: documents.{name!r} must be a table.")
    _check_known(given, DOCUMENT, f"documents.{name!r}")
    said = _of(str, given, "class")
    if said and said not in CLASSES:
        raise BadValue(f"{NAME}: {name!r} has the class {said!r}; use {', '.join(CLASSES)}.")
    title = _of(str, given, "title")
    fitting.check(Document, {"title": title})
    return Described(
        title=title,
        document_type=_of(str, given, "document_type"),
        document_date=_date(name, given.get("date", "")),
        classification=CLASSES.get(said, ""),
    )


def _date(name: str, given: Any) -> date | None:
    """A date of TOML or a text like one; None for an empty text."""
    if given == "":
        return None
    try:
        day = given if isinstance(given, date) else date.fromisoformat(given)
    except (ValueError, TypeError) as error:
        raise BadValue(f"{NAME}: {name!r} has the date {str(given)!r}; write 2019-12-31.") from error
    if not EARLIEST_YEAR <= day.year <= LATEST_YEAR:
        raise BadValue(f"{NAME}: {name!r} has the date {str(given)!r}; the year is not {EARLIEST_YEAR}–{LATEST_YEAR}.")
    return day.date() if isinstance(day, datetime) else day


def _money(given: Any) -> tuple[int, int, int]:
    if not isinstance(given, dict):
        raise BadValue(f"{NAME}: each [[funding]] is a table with year, granted and repaid.")
    _check_known(given, FUNDING, "funding")
    year, granted, repaid = _year(given, "year", required=True), _of(int, given, "granted"), _of(int, given, "repaid")
    for name, kronor in (("granted", granted), ("repaid", repaid)):
        if kronor and not 0 <= kronor <= LARGEST_SUM:
            raise BadValue(f"{NAME}: {name!r} must be whole kronor from 0 to {LARGEST_SUM}, not {kronor}.")
    return year, granted or 0, repaid or 0


def _year(given: Mapping[str, Any], name: str, *, required: bool = False) -> Any:
    year = _of(int, given, name, required=required)
    if year is not None and not EARLIEST_YEAR <= year <= LATEST_YEAR:
        raise BadValue(f"{NAME}: {name!r} must be a year from {EARLIEST_YEAR} to {LATEST_YEAR}, not {year}.")
    return year


def _of(kind: type, given: Mapping[str, Any], name: str, *, required: bool = False) -> Any:
    """The value of the key, of this type; an empty one where it is missing (None for numbers)."""
    value = given.get(name)
    if value is None:
        if required:
            raise BadValue(f"{NAME} must have {name!r}.")
        return None if kind in {int, bool} else kind()
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise BadValue(f"{NAME}: {name!r} must be {kind.__name__}, not {value!r}.")
    return value


def _texts(given: Mapping[str, Any], name: str) -> list[str]:
    values: list[Any] = _of(list, given, name)
    for value in values:
        if not isinstance(value, str):
            raise BadValue(f"{NAME}: {name!r} must hold texts, not {value!r}.")
    return values
