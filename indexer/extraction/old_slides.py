"""PowerPoint of before 2007, by slide with its notes: a tree of records, each behind its kind and length."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from olefile import OleFileIO

from indexer.errors import UnreadableFile
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, pages

# Kinds of records, by the names that the format's description gives them.
_DOCUMENT, _SLIDE, _SLIDE_ATOM, _NOTES = 0x03E8, 0x03EE, 0x03EF, 0x03F0
_SLIDE_LIST, _PERSIST, _USER_EDIT, _PLACES = 0x0FF0, 0x03F3, 0x0FF5, 0x1772
_CHARACTERS, _BYTES = 0x0FA0, 0x0FA8
_CONTAINER = 0xF  # version of a record that holds others
_ENCRYPTED = 0xF3D1C4DF  # sign of an encrypted file in the stream "Current User"
_SLIDES, _NOTE_LIST = 0, 2  # instances of the list
_LARGEST = 400_000_000  # bytes of the file
_DEEPEST = 32
_MOST_EDITS = 10_000
# The library's ways to say that a file is broken, or has no such stream.
_BROKEN = (OSError, ValueError, LookupError, TypeError, AttributeError, struct.error)
_RUNNING = ("*",)  # what stands for a number or a date


@dataclass(frozen=True, slots=True)
class _Record:
    version: int
    instance: int
    kind: int
    start: int
    end: int


@dataclass(slots=True)
class _Shown:
    """A slide or its notes in a list: where it lies, its number there, and the texts that the list has of it."""

    place: int
    number: int
    texts: list[str] = field(default_factory=list)


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where it is encrypted or broken."""
    user, document = _streams(task.path)
    try:
        (sign, newest) = struct.unpack_from("<II", user, 12)
        if sign == _ENCRYPTED:
            raise UnreadableFile("encrypted", "the stream of the current user says so")
        slides = list(_Presentation(document, newest).slides())
    except (struct.error, IndexError) as error:
        raise UnreadableFile("damaged", f"slides: {error}") from error
    if not slides:
        raise UnreadableFile("damaged", "no slides")
    report.about(About(len(slides), page_kind="slide"))
    for number, (texts, notes) in enumerate(slides[: task.limits.all_pages], 1):
        blocks = [Block(text, level=int(not place)) for place, text in enumerate(texts)]
        blocks += [Block(note, note=True) for note in notes]
        report.page(pages(blocks)[0].page(number, "ppt"))


def _streams(path: Path) -> tuple[bytes, bytes]:
    """Of the current user and of the document; raises UnreadableFile where one is missing or the file is broken."""
    if path.stat().st_size > _LARGEST:
        raise UnreadableFile("too_large", "slides of more than 400 MB")
    try:
        with OleFileIO(str(path)) as ole:
            return ole.openstream("Current User").read(), ole.openstream("PowerPoint Document").read()
    except _BROKEN as error:
        raise UnreadableFile("damaged", f"compound file: {error!r}") from error


class _Presentation:
    def __init__(self, data: bytes, newest: int) -> None:
        self._data = data
        self._places: dict[int, int] = {}
        self._document = self._find_places(newest)

    def slides(self) -> Iterator[tuple[list[str], list[str]]]:
        """(texts, notes) of each slide in order."""
        start = self._places.get(self._document, -1)
        if start < 0:
            raise UnreadableFile("damaged", "the presentation's own record is lost")
        lists = {r.instance: r for r in self._inside(self._record(start)) if r.kind == _SLIDE_LIST}
        notes = {one.number: one for one in self._listed(lists.get(_NOTE_LIST))}
        for one in self._listed(lists.get(_SLIDES)):
            slide = self._at(one.place, _SLIDE)
            own = [*one.texts, *self._texts(slide)] if slide else one.texts
            of_slide = notes.get(self._number_of_notes(slide)) if slide else None
            told = self._at(of_slide.place, _NOTES) if of_slide else None
            yield own, [*(of_slide.texts if of_slide else []), *(self._texts(told) if told else [])]

    def _find_places(self, newest: int) -> int:
        """Fills the table of places, of which later edits have the last word; gives the document's number in it."""
        document, at = 0, newest
        for _ in range(_MOST_EDITS):
            edit = self._record(at)
            if edit.kind != _USER_EDIT:
                break
            _, _, before, table, number = struct.unpack_from("<5I", self._data, edit.start)
            document = document or number
            self._read_places(self._record(table))
            if not before or before >= at:
                break
            at = before
        return document

    def _read_places(self, table: _Record) -> None:
        at = table.start
        while table.kind == _PLACES and at + 4 <= table.end:
            (head,) = struct.unpack_from("<I", self._data, at)
            first, count = head & 0xFFFFF, head >> 20
            for number, place in enumerate(struct.unpack_from(f"<{count}I", self._data, at + 4), first):
                self._places.setdefault(number, place)
            at += 4 + 4 * count

    def _listed(self, listing: _Record | None) -> Iterator[_Shown]:
        shown: _Shown | None = None
        for record in self._inside(listing) if listing else ():
            if record.kind == _PERSIST:
                if shown:
                    yield shown
                (place,) = struct.unpack_from("<I", self._data, record.start)
                (number,) = struct.unpack_from("<I", self._data, record.start + 12)
                shown = _Shown(place, number)
            elif shown and (text := self._text(record)):
                shown.texts.append(text)
        if shown:
            yield shown

    def _number_of_notes(self, slide: _Record) -> int:
        atom = next((r for r in self._inside(slide) if r.kind == _SLIDE_ATOM), None)
        return int(struct.unpack_from("<I", self._data, atom.start + 16)[0]) if atom else 0

    def _at(self, number: int, kind: int) -> _Record | None:
        record = self._record(self._places[number]) if number in self._places else None
        return record if record and record.kind == kind else None

    def _texts(self, record: _Record, depth: int = 0) -> Iterator[str]:
        for inner in self._inside(record):
            if inner.version == _CONTAINER and depth < _DEEPEST:
                yield from self._texts(inner, depth + 1)
            elif text := self._text(inner):
                yield text

    def _text(self, record: _Record) -> str:
        if record.kind not in (_CHARACTERS, _BYTES):
            return ""
        raw = self._data[record.start : record.end]
        text = raw.decode("utf-16-le" if record.kind == _CHARACTERS else "cp1252", "replace")
        text = text.replace("\r", "\n").replace("\v", "\n").strip()
        return "" if text in _RUNNING else text

    def _inside(self, container: _Record) -> Iterator[_Record]:
        at = container.start
        while at + 8 <= container.end:
            record = self._record(at)
            yield record
            at = record.end

    def _record(self, at: int) -> _Record:
        head, kind, length = struct.unpack_from("<HHI", self._data, at)
        return _Record(head & 0xF, head >> 4, kind, at + 8, min(at + 8 + length, len(self._data)))
