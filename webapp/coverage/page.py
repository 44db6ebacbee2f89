"""The page: numbers of documents and pages, each with the address of its list."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog import coverage, coverage_counts, pace
from catalog.coverage_counts import Count
from catalog.documents import rereading
from webapp.bank import Bank
from webapp.charts.numbers import told
from webapp.coverage import lists
from webapp.coverage.lists import DOCUMENTS, PROJECTS, Listing
from webapp.figures import file_format, number
from webapp.moments import about
from webapp.texts import LazyText, ngettext
from webapp.texts import gettext as _
from workers.rereading import readers_today

SHOWN_STATES = ("whole", "scanned", "hard", "waiting", "pictures", "cut", "queued", "reading", "failed")
ALWAYS = ("whole", "scanned", "hard", "waiting", "cut")  # shown though there are none
UNDER_WAY = ("reread_waiting", "reread_failed", "identity")


class ScanFigures(NamedTuple):
    """Pages that wait to be read as scans, those that could not be, and how sure the others are, of 100."""

    waiting: int
    failed: int
    confidence: int | None


@dataclass(frozen=True, slots=True)
class Line:
    """A number with its list; `pages` and `share` (per cent of all pages) where they are told.

    `more` says it with figures, in the place of the list's own words.
    """

    listing: Listing
    number: int
    pages: int = 0
    share: float = 0.0
    more: str = ""

    @property
    def address(self) -> str:
        return self.listing.address

    @property
    def label(self) -> LazyText:
        return self.listing.label

    @property
    def help(self) -> LazyText:
        return (self.more or self.listing.todo) if self.number else ""


@dataclass(frozen=True, slots=True)
class Reread:
    """What an older reader read. formats: their names. time: until all are read again, empty while unknown."""

    line: Line
    formats: tuple[str, ...]
    time: str
    others: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class CoveragePage:
    states: tuple[Line, ...]
    total: Count
    reached: str
    whole: Line
    defective: Line
    unread: tuple[Line, ...]
    projects: tuple[Line, ...]
    documents: tuple[Line, ...]
    reread: Reread
    languages: tuple[Line, ...]
    mixed: Line

    @property
    def unread_files(self) -> int:
        return sum(line.number for line in self.unread)


def build(bank: Bank) -> CoveragePage:
    known = readers_today(bank.settings, bank.database)
    with bank.database.reading() as session:
        counted = coverage_counts.counts(session, known)
        failed, sure = coverage_counts.failed_scans(session), coverage_counts.mean_confidence(session)
        scanned = rereading.count_older_scans(session, known)
        seconds = pace.of_all(session, counted.older_formats.total(), scanned)
        unread, projects = coverage.unread_files(session), coverage.count_projects(session)
    states, counts = counted.states, counted.conditions
    scans = ScanFigures(counted.scans_waiting, failed, sure)
    formats = [media_type for media_type, _count in counted.older_formats.most_common()]
    others = tuple(_document(name, counts) for name in UNDER_WAY if counts[name].documents)
    return CoveragePage(
        states=_states(states, scans),
        total=_total(states),
        reached=_reached(states, scans),
        whole=Line(lists.of_state("whole"), states["whole"].documents),
        defective=_document("defective", counts),
        unread=_unread(unread),
        projects=tuple(Line(lists.BY_NAME[PROJECTS, name], count) for name, count in projects.items()),
        documents=tuple(_document(name, counts) for name in ("undated", "homeless")),
        reread=Reread(
            _document("older_reader", counts),
            (*dict.fromkeys(filter(None, map(file_format, formats))), *([_("inskannade sidor")] if scanned else [])),
            about(seconds) if seconds else "",
            others,
        ),
        languages=_languages(counted.languages),
        mixed=_document("mixed", counts),
    )


def _states(states: Mapping[str, Count], scans: ScanFigures) -> tuple[Line, ...]:
    pages, more = _total(states).pages, _scans_told(scans)
    return tuple(
        Line(
            lists.of_state(name),
            one.documents,
            one.pages,
            100 * one.pages / pages if pages else 0.0,
            more.get(name, ""),
        )
        for name in SHOWN_STATES
        if (one := states[name]).documents or name in ALWAYS
    )


def _scans_told(scans: ScanFigures) -> dict[str, str]:
    left = ngettext("En sida kvar.", "%(n)s sidor kvar.", scans.waiting, n=number(scans.waiting))
    mean = "" if scans.confidence is None else _("OCR, säkerhet i mitten %(sure)s", sure=told(scans.confidence, "%"))
    return {"waiting": left, "scanned": mean}


def _total(states: Mapping[str, Count]) -> Count:
    return sum(states.values(), Count())


def _reached(states: Mapping[str, Count], scans: ScanFigures) -> str:
    """Per cent of the pages; never rounded up to all of them while some are missing."""
    total = _total(states).pages
    missed = sum(states[name].pages for name in ("failed", "queued", "reading")) + scans.waiting + scans.failed
    if not total:
        return ""
    share = max(0.0, 100 * (total - missed) / total)
    return told(min(share, 99.9) if missed or states["pictures"].documents else share, "%")


def _document(name: str, counts: Mapping[str, Count]) -> Line:
    return Line(lists.BY_NAME[DOCUMENTS, name], counts[name].documents, counts[name].pages)


def _unread(unread: Mapping[str, int]) -> tuple[Line, ...]:
    """The named reasons in their order, also those of no file; then every other one."""
    reasons = [*lists.REASONS.values(), *sorted(unread.keys() - set(lists.REASONS.values()))]
    return tuple(Line(lists.of_reason(reason), unread.get(reason, 0)) for reason in reasons)


def _languages(spoken: Mapping[tuple[str, ...], int]) -> tuple[Line, ...]:
    """Most documents first."""
    found: list[Line] = []
    for codes, count in sorted(spoken.items(), key=lambda one: (-one[1], one[0])):
        listing = lists.listing(lists.language_address(codes))
        if listing is not None:
            found.append(Line(listing, count))
    return tuple(found)


def rows(page: CoveragePage) -> Sequence[tuple[str, int, int]]:
    """The table of states as a file has it."""
    return [(str(line.label), line.number, line.pages) for line in page.states]
