"""All documents counted for the coverage page, in one look at their table.

A document's row is long, and the bank has tens of thousands: each further statement would read all of them once more.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import ColumnElement, Label, SQLColumnExpression, case, func, select
from sqlalchemy.orm import Session

from catalog.coverage import DEFECTIVE, LANGUAGES, STATES, SWEDISH, UNREAD, document_conditions, standing
from catalog.documents import rereading
from catalog.models import Document, Page, Scan

OLDER_SCAN, WAS_READ = "older_scan", "was_read"
_PUT_TOGETHER = ("defective", "older_reader", "mixed")  # of what the groups tell
_STATE_BITS = 4  # of a group's number; the others are its flags


@dataclass(frozen=True, slots=True)
class Count:
    """Documents, and the pages of those."""

    documents: int = 0
    pages: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.documents + other.documents, self.pages + other.pages)


@dataclass(slots=True)
class Counts:
    """states: every document once, by one of STATES. conditions: by the names of `document_conditions`.

    languages: documents that were read, by their languages: one, chosen or found, or several with Swedish first.
    older_formats: media types of the files that an older reader read, and how many. scans_waiting: pages.
    """

    states: dict[str, Count] = field(default_factory=lambda: dict.fromkeys(STATES, Count()))
    conditions: defaultdict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    languages: Counter[tuple[str, ...]] = field(default_factory=Counter)
    older_formats: Counter[str] = field(default_factory=Counter)
    scans_waiting: int = 0


def counts(session: Session, readers: rereading.Readers) -> Counts:
    """`readers` as for `rereading.older_reader`."""
    conditions = {name: one for name, one in document_conditions(readers).items() if name not in _PUT_TOGETHER}
    conditions |= {OLDER_SCAN: rereading.older_scans(readers), WAS_READ: Document.read_at.is_not(None)}
    spoken = case((LANGUAGES.like("%,%"), LANGUAGES), else_=Document.language)
    keys: list[SQLColumnExpression[Any]] = [_number(conditions), Document.media_type, Document.reader, spoken]
    named: list[Label[Any]] = [key.label(f"key{place}") for place, key in enumerate(keys)]
    sums = (func.count(), func.sum(Document.page_count), func.sum(Document.scan_pages_waiting))
    found = Counts()
    for row in session.execute(select(*named, *sums).group_by(*(key.name for key in named))):
        told, media_type, reader, languages, documents, pages, waiting = tuple(row)
        state = STATES[told & (1 << _STATE_BITS) - 1]
        holding = {name for place, name in enumerate(conditions, _STATE_BITS) if told >> place & 1}
        count = Count(int(documents), int(pages))
        _add(found, _Group(state, media_type, reader, _spoken(languages), holding, count), readers)
        found.scans_waiting += int(waiting)
    return found


def failed_scans(session: Session) -> int:
    """Pages that could not be read from their pictures."""
    return session.scalar(select(func.count()).select_from(Scan).where(Scan.state == "failed")) or 0


def mean_confidence(session: Session) -> int | None:
    """How sure the pages are that were read from their pictures, of 100."""
    mean = session.scalar(select(func.avg(Page.confidence)).where(Page.confidence.is_not(None)))
    return None if mean is None else round(float(mean))


@dataclass(frozen=True, slots=True)
class _Group:
    """Documents that are alike in all that is counted; `holding`: names of the conditions that hold for them.

    spoken: their languages: one, chosen or found, or several with Swedish first.
    """

    state: str
    media_type: str
    reader: str
    spoken: tuple[str, ...]
    holding: set[str]
    count: Count


def _number(conditions: Mapping[str, ColumnElement[bool]]) -> ColumnElement[int]:
    """A document's state and a bit for each condition: so many keys more would make the grouping slow."""
    flags = (case((one, 1 << place), else_=0) for place, one in enumerate(conditions.values(), _STATE_BITS))
    return reduce(add, flags, standing())


def _add(found: Counts, group: _Group, readers: rereading.Readers) -> None:
    found.states[group.state] += group.count
    is_older = group.state not in UNREAD and rereading.is_older_file(readers, group.media_type, group.reader)
    for name in group.holding - {OLDER_SCAN, WAS_READ}:
        found.conditions[name] += group.count
    if group.state in DEFECTIVE:
        found.conditions["defective"] += group.count
    if is_older or OLDER_SCAN in group.holding:
        found.conditions["older_reader"] += group.count
    if is_older:
        found.older_formats[group.media_type] += group.count.documents
    if len(group.spoken) > 1:
        found.conditions["mixed"] += group.count
    if WAS_READ in group.holding:
        found.languages[group.spoken] += group.count.documents


def _spoken(told: str) -> tuple[str, ...]:
    """told: one code, or a list of several in JSON."""
    if told.startswith("["):
        return tuple(sorted(json.loads(told), key=lambda code: (code != SWEDISH, code)))
    return (told,) if told else ()
