"""What is told to a reader of files, and what a reading gives, in plain values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row

from catalog.models import Document


@dataclass(frozen=True, slots=True)
class FileToRead:
    """The bytes of a document and what kind of file they are."""

    sha256: str
    media_type: str


@dataclass(frozen=True, slots=True)
class PageText:
    """One page as it was read and analysed. scan: why it is to be read from its picture too (see `Scan`); "" if not."""

    number: int
    text: str
    heading: str = ""
    reader: str = ""
    exact: str = ""
    parts: str = ""
    spans: bytes = b""
    scan: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading a file gave, in plain values. `suggestions` are {field: {"value", "page", "quote"}}.

    `is_scan`: without its scans it has no text to speak of. `reads_scans`: whether anybody will read
    the pages that are to be scanned.
    """

    pages: Sequence[PageText]
    title: str = ""
    language: str = ""
    languages: Sequence[str] = ()
    summary: str = ""
    running: str = ""
    page_kind: str = "page"
    reader: str = ""
    cut: Sequence[str] = ()
    word_count: int = 0
    analysis_version: str = ""
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    is_scan: bool = False
    reads_scans: bool = False


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What the whole text says of a document, once its last scan is read. `suggestions` as those of a Reading.

    `reason`: why there is no text, where there is none.
    """

    title: str = ""
    language: str = ""
    languages: Sequence[str] = ()
    summary: str = ""
    suggestions: Mapping[str, Any] = field(default_factory=dict)
    reason: str = "no_text"


def is_proposed(known: Row[Any] | Document, field: str) -> bool:
    """Whether the document has what its last reading proposed, so that a better proposal may take its place."""
    proposed = known.suggestions.get(field) if isinstance(known.suggestions, dict) else None
    return isinstance(proposed, dict) and proposed.get("value") == getattr(known, field)


def proposed(suggestions: Mapping[str, Any]) -> tuple[str, int | None]:
    """Document type and year."""
    suggested = {name: one.get("value") for name, one in suggestions.items() if isinstance(one, dict)}
    kind, year = suggested.get("document_type"), str(suggested.get("year", ""))
    return kind if isinstance(kind, str) else "", int(year) if year.isdecimal() else None
