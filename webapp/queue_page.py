"""The queue as the page shows it: each dropped file with its state, why, and what to do, in three groups."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from catalog import watched
from catalog.drops import QueueRow
from catalog.queue_places import DONE, HELP, UNDER_WAY
from webapp.document_links import pages_counted
from webapp.figures import number
from webapp.file_words import file_kind, file_size
from webapp.moments import about, day_and_time
from webapp.queue_part import WORDS, QueuePart, pages
from webapp.texts import LazyText, ngettext
from webapp.texts import gettext as _
from webapp.texts import lazy_gettext as _l

NAMED_REASONS: dict[str, tuple[str, str, LazyText, LazyText]] = {
    # reason: (icon, tone, state, what to do)
    "encrypted": ("lock", "warn", _l("Lösenordsskyddad."), _l("Spara en kopia utan lösenord och släpp den här.")),
    "damaged": (
        "broken",
        "err",
        _l("Skadad fil."),
        _l("Hämta den på nytt från den plats där den kom ifrån och släpp den igen."),
    ),
    "unsupported": ("broken", "err", _l("Stöds inte."), _l("Spara den som .docx eller PDF och släpp den igen.")),
    "too_large": ("large", "err", _l("För stor."), _l("Dela filen och släpp delarna var för sig.")),
    "too_much": (
        "large",
        "err",
        _l("För stor uppackad."),
        _l("En zip-fil får innehålla högst 20 000 filer och 300 MB uppackat. Dela den och släpp delarna."),
    ),
    "attachments": (
        "large",
        "err",
        _l("Bilagorna kom inte med."),
        _l("Mejlet har för många eller för stora bilagor. Spara dem på datorn och släpp dem här."),
    ),
    "too_slow": (
        "clock",
        "err",
        _l("Tog för lång tid."),
        _l("Vi slutade läsa. Försök igen, eller dela filen och släpp delarna."),
    ),
    "needs_ocr": (
        "scan",
        "warn",
        _l("Behöver OCR."),
        _l("Sidorna är bilder utan text, och servern läser inga sådana nu. Be driften att sätta på det."),
    ),
    "no_text": (
        "scan",
        "warn",
        _l("Ingen text hittades."),
        _l("Vi läste bilderna men hittade inga ord. Kontrollera att det är rätt fil."),
    ),
}
UNNAMED_REASON = ("broken", "err", _l("Kunde inte läsas."), _l("Försök igen, eller släpp filen på nytt."))


@dataclass(frozen=True, slots=True)
class Line:
    """One row. `retry`: it can be read again. `check`: identity numbers wait for a decision.

    `scan`: scanned pages wait for a click.
    """

    row: QueueRow
    icon: str
    tone: str
    state: str
    what: str
    meta: tuple[str, ...]
    retry: bool = False
    check: bool = False
    scan: bool = False

    @property
    def place(self) -> str:
        return self.row.place

    @property
    def progress(self) -> tuple[int, int]:
        """(pages read, all pages) of what is being read; (0, 0) where nothing is."""
        if self.row.state == "reading":
            return self.row.pages_read, self.row.page_count
        if self.place == UNDER_WAY and self.row.scan_pages_waiting:
            return self.row.scan_pages_read, self.row.scan_pages
        return 0, 0


@dataclass(frozen=True, slots=True)
class QueuePage:
    """The rows of a part of the queue. counts: files by place, of the whole queue."""

    lines: tuple[Line, ...]
    counts: Mapping[str, int]
    part: QueuePart
    seconds_left: float | None

    def of(self, place: str) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.place == place)

    @property
    def places(self) -> tuple[str, ...]:
        """Those that are shown."""
        return tuple(place for place in (HELP, UNDER_WAY, DONE) if self.of(place))

    def word(self, place: str) -> str:
        """Of the place in addresses."""
        return WORDS[place]

    @property
    def pages(self) -> int:
        """Of the one place that is shown."""
        return pages(self.counts[self.part.place]) if self.part.place else 1

    def left_out(self, place: str) -> int:
        """How many files of a place stand on no row here."""
        return self.counts[place] - len(self.of(place))

    def all_of(self, place: str) -> dict[str, str]:
        """Parameters of the address that shows the whole place."""
        return QueuePart(place).parameters

    @property
    def total(self) -> int:
        return sum(self.counts.values())

    @property
    def done(self) -> int:
        return self.counts[DONE]

    @property
    def heading(self) -> str:
        files = ngettext("%(n)s fil", "%(n)s filer", self.total, n=number(self.total))
        done = number(self.done)
        return ngettext("%(files)s, %(done)s klar", "%(files)s, %(done)s klara", self.done, files=files, done=done)

    @property
    def news(self) -> str:
        """One sentence for the live region."""
        told = []
        reading = sum(line.row.state == "reading" or line.progress != (0, 0) for line in self.of(UNDER_WAY))
        waiting = self.counts[UNDER_WAY] - reading
        if reading or waiting:
            told.append(_("Läser %(reading)s, väntar %(waiting)s.", reading=number(reading), waiting=number(waiting)))
        if needing := self.counts[HELP]:
            told.append(_needing(needing))
        if self.seconds_left and (reading or waiting):
            told.append(_("%(time)s kvar.", time=_upper(about(self.seconds_left))))
        return " ".join(told) or _("Allt är läst.")

    @property
    def can_retry(self) -> bool:
        return any(line.retry for line in self.lines)

    @property
    def can_scan(self) -> bool:
        return any(line.scan for line in self.lines)


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks at the queue, and when; `me` is called "du".

    reads_scans: whether the bank reads scanned pages. hard: how many pages of a document are hard to read.
    """

    me: str
    megabytes: int
    now: datetime
    reads_scans: bool = True
    hard: Mapping[int, int] = field(default_factory=dict)


def build(rows: Sequence[QueueRow], counts: Mapping[str, int], part: QueuePart, reader: Reader) -> QueuePage:
    """rows: those of the part, as the record gives them."""
    lines = tuple(_line(row, reader) for row in rows)
    left = [row.seconds_left for row in rows if row.seconds_left]
    return QueuePage(lines, counts, part, max(left, default=None))


def _line(row: QueueRow, reader: Reader) -> Line:
    meta = _meta(row, reader)
    if row.refused:
        return _troubled(row, row.refused, meta, reader)
    if row.duplicate:
        return Line(row, "copy", "dup", _("Dubblett."), "", meta)
    if row.state == "failed":
        return _troubled(row, row.reason, meta, reader)
    if row.state != "read":
        return _under_way(row, meta)
    return _scanned(row, reader, meta) if row.scan_pages_waiting else _read(row, meta)


def _under_way(row: QueueRow, meta: tuple[str, ...]) -> Line:
    if row.state == "reading":
        told = _so_far(row.pages_read, row.page_count, row.seconds_left) if row.page_count else _("Nyss påbörjad.")
        return Line(row, "read", "now", _("Läses."), told, meta)
    return Line(row, "clock", "", _("I kö."), _until_start(row), meta)


def _scanned(row: QueueRow, reader: Reader, meta: tuple[str, ...]) -> Line:
    """Pages without text are being read from their pictures, or wait for somebody to say so."""
    if row.place == UNDER_WAY:
        told = _so_far(row.scan_pages_read, row.scan_pages, row.scan_seconds_left)
        return Line(row, "scan", "now", _("Läses med OCR."), told, meta)
    off = row.scan_pages_waiting
    unread = ngettext("%(num)s inskannad sida är inte läst.", "%(num)s inskannade sidor är inte lästa.", off)
    what = _("Det går att läsa nu.") if reader.reads_scans else _("Servern läser inga inskannade sidor nu. Be driften.")
    told = f"{unread} {what}"
    return Line(row, "scan", "warn", _("Behöver OCR."), told, meta, scan=reader.reads_scans)


def _read(row: QueueRow, meta: tuple[str, ...]) -> Line:
    if row.place == UNDER_WAY:
        return Line(row, "read", "now", _("Läst."), _("Blir sökbar om några sekunder."), meta)
    if row.place == HELP:
        what = _("Kontrollera personuppgifter innan dokumentet blir öppet.")
        return Line(row, "warn", "warn", _("Inte öppet än."), what, meta, check=True)
    if row.published:
        what = _("Bara de som ser projektet ser dokumentet.") if row.hidden_by_project else ""
        return Line(row, "check", "ok", _("Publicerad."), what, meta)
    return Line(row, "check", "ok", _("Sökbar för redaktörer."), _("Granska uppgifterna och publicera."), meta)


def _troubled(row: QueueRow, reason: str, meta: tuple[str, ...], reader: Reader) -> Line:
    icon, tone, state, what = NAMED_REASONS.get(reason, UNNAMED_REASON)
    told = str(what)
    if row.refused and reason == "too_large":
        told = _("Gränsen är %(limit)s MB per fil. %(what)s", limit=reader.megabytes, what=told)
    if row.refused and reason == "damaged" and not row.size:
        return Line(row, icon, tone, _("Tom fil."), _("Spara filen på nytt och släpp den igen."), meta)
    if reason == "unsupported" and row.file_name.casefold().endswith(".zip"):
        told = _("Zip-filen är tom, eller ligger i en annan fil. Packa upp den och släpp filerna.")
    retry = row.document_id is not None and row.state == "failed"
    if reason == "needs_ocr":
        told = _("Sidorna är bilder utan text. De kan läsas nu.") if reader.reads_scans else told
        return Line(row, icon, tone, str(state), told, meta, scan=reader.reads_scans)
    return Line(row, icon, tone, str(state), told, meta, retry=retry)


def _until_start(row: QueueRow) -> str:
    return _("%(time)s till start.", time=_upper(about(row.seconds_left))) if row.seconds_left else _("Väntar på tur.")


def _so_far(read: int, pages: int, seconds_left: float | None) -> str:
    so_far = _("Sida %(page)s av %(pages)s", page=read, pages=pages)
    return f"{so_far}, {_('%(time)s kvar', time=about(seconds_left))}." if seconds_left else f"{so_far}."


def _meta(row: QueueRow, reader: Reader) -> tuple[str, ...]:
    kind = ", ".join(part for part in (file_kind(row.media_type, row.file_name), file_size(row.size)) if part)
    when = day_and_time(row.dropped_at, reader.now)
    dropped = (
        dropped_told(row.dropped_by, when) if row.dropped_by != reader.me else _("du släppte den %(when)s", when=when)
    )
    pages = pages_counted("page", row.page_count) if row.page_count and row.state != "reading" else ""
    tries = ngettext("%(num)s försök", "%(num)s försök", row.attempts) if row.attempts > 1 else ""
    return tuple(part for part in (kind, pages, *_scans_told(row, reader), tries, dropped) if part)


def _scans_told(row: QueueRow, reader: Reader) -> tuple[str, ...]:
    """What an editor may want to look at: scanned pages that were read badly, or not at all."""
    hard = reader.hard.get(row.document_id or 0, 0)
    told = [ngettext("%(num)s svårläst inskanning", "%(num)s svårlästa inskanningar", hard)] if hard else []
    if failed := row.scans_failed:
        told += [ngettext("%(num)s sida gick inte att läsa", "%(num)s sidor gick inte att läsa", failed)]
    return tuple(told)


def dropped_told(who: str, when: str) -> str:
    """Anna släppte den i dag 14.02; a file of the watched folder was dropped by nobody."""
    if who == watched.DROPPED_BY:
        return _("kom från den bevakade mappen %(when)s", when=when)
    return _("%(who)s släppte den %(when)s", who=who, when=when)


def _needing(count: int) -> str:
    return ngettext("%(n)s behöver din hjälp.", "%(n)s behöver din hjälp.", count, n=number(count))


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]
