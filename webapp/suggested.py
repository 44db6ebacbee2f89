"""Suggestions for a project's form, read out of its documents: shown beside the fields, never in them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from catalog.models import Document
from webapp.document_links import page_name
from webapp.project_form import BY_NAME, ProjectForm
from webapp.search_hits import title_of
from webapp.term_names import TermNames

# Field of a suggestion -> name of the form's field.
PLACES = {
    "title": "namn",
    "organisation": "forvaltning",
    "subject_area": "sak",
    "method": "metod",
    "target_group": "malgrupp",
    "registration_number": "dnr",
    "year": "slut",
    "summary": "sammanfattning",  # no field of the form: words to write the template's parts from
}
SUMMARY = "sammanfattning"
LONGEST_QUOTE, LONGEST_SUMMARY = 300, 2_000


@dataclass(frozen=True, slots=True)
class Suggestion:
    """values: what the button takes. where: "slutrapporten s. 4" with its address. quote: the words it came from."""

    name: str
    values: tuple[str, ...]
    where: str
    address: str
    quote: str


def suggestions(documents: Iterable[Document], form: ProjectForm, words: TermNames) -> dict[str, Suggestion]:
    """By name of the form's field; what the form has already is not suggested. Final reports come first."""
    found: dict[str, Suggestion] = {}
    for document in sorted(documents, key=lambda one: (one.document_type != "slutrapport", -(one.year or 0), one.id)):
        for kind, given in document.suggestions.items():
            name = PLACES.get(kind, "")
            if name and isinstance(given, Mapping) and name not in found:
                values = tuple(_new(form, name, _labels(kind, given.get("value"), words)))
                if values:
                    found[name] = _suggestion(document, name, values, given)
    return found


def _suggestion(document: Document, name: str, values: tuple[str, ...], given: Mapping[str, Any]) -> Suggestion:
    page = given.get("page") or 0
    address = f"/dokument/{document.id}" + (f"?sida={page}" if page else "")
    where = f"{title_of(document)}, {page_name(document.page_kind, page)}" if page else title_of(document)
    quote = " ".join(str(given.get("quote") or "").split())
    if name == SUMMARY:
        quote = " ".join(values[0].split())
    return Suggestion(name, values, where, address, quote[: LONGEST_SUMMARY if name == SUMMARY else LONGEST_QUOTE])


def _labels(kind: str, value: object, words: TermNames) -> list[str]:
    several = value if isinstance(value, list | tuple) else [value]
    return [words.label(kind, str(one)) for one in several if one not in (None, "")]


def _new(form: ProjectForm, name: str, values: list[str]) -> list[str]:
    if name in BY_NAME:
        chosen = {one.casefold() for one in form.lists[name]}
        return [one for one in values if one.casefold() not in chosen]
    return [one for one in values[:1] if one != form.values.get(name)]
