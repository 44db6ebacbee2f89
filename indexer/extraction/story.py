"""What the children of one file have told so far, and what the next child is to do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from indexer.errors import UnreadableFile
from indexer.extraction.frames import About, RawPage
from indexer.extraction.limits import Limits

Progress = Callable[[int, int], None]


class Story:
    """Bounds what is accepted, and survives the death of a child.

    The page that killed it is tried without the reader that died of it, and what was told before is kept. deaths: why
    each child died that did.
    """

    def __init__(self, limits: Limits, on_progress: Progress) -> None:
        self._limits, self._on_progress = limits, on_progress
        self.about = About()
        self.pages: dict[int, RawPage] = {}
        self.cut: list[str] = []
        self.next_page = 1
        self.fast = self.careful = True
        self.ended = False
        self.error = ""
        self.deaths: list[str] = []
        self._bytes = 0
        self._handed_on = False

    def hear_about(self, value: dict[str, Any]) -> None:
        about = About(**value)
        if self.about.page_count == 0:
            self.about = about
            if about.page_count > self._limits.all_pages:
                self._limit("pages")

    def hear_page(self, value: dict[str, Any]) -> None:
        page = RawPage.from_json(value)
        if not 1 <= page.number <= self._limits.all_pages:
            return
        room = self._limits.text - self._bytes
        page, size = _within(page, room)
        self._bytes += size
        self.pages[page.number] = page
        if size > room:
            self._limit("text")
            self.ended = True
        self.tell()

    def tell(self) -> None:
        """Tells how far the reading has come."""
        self._on_progress(len(self.pages), max(self.about.page_count, len(self.pages)))

    def hear_cut(self, code: str) -> None:
        self._limit(str(code)[:20])

    def hear_go_on(self, page: int) -> None:
        """The child did its share."""
        if page <= self.next_page or page > self._limits.all_pages:
            self.ended = True
        self.next_page, self._handed_on = int(page), True
        self.careful = True

    def hear_error(self, value: str) -> None:
        self.error = str(value)

    def hear_end(self, _: None) -> None:
        if not self._handed_on:
            self.ended = True

    def unreadable(self, reason: str, detail: str) -> None:
        """The child says that it cannot read; what earlier children read is kept."""
        if not self.pages:
            raise UnreadableFile(reason, detail)
        self._limit("damaged")
        self.ended = True

    @property
    def child_did_its_share(self) -> bool:
        """Whether the child that has ended read all that it was to read. The next question is of the next child."""
        did, self._handed_on = self.ended or self._handed_on, False
        return did

    def forget_child(self) -> None:
        """Its pages are to be read once more by another."""
        self.pages = {number: page for number, page in self.pages.items() if number < self.next_page}
        self._bytes = sum(_size(page) for page in self.pages.values())

    def child_died(self, reason: str, detail: str) -> None:
        """Decides what follows a child's death; raises UnreadableFile where nothing was or can be read."""
        self.deaths.append(reason)
        died_at = max(self.pages, default=0)
        if self.careful and self.fast and died_at >= self.next_page:
            # The page was told once, so it was the second reading (or the page after it) that died.
            self.next_page, self.careful = died_at + 1, False
        elif self.fast:
            self.next_page, self.fast, self.careful = max(died_at + 1, self.next_page), False, True
        elif died_at >= self.next_page:
            self.next_page = died_at + 1
        elif self.pages:
            self._limit("time" if reason == "too_slow" else "damaged")
            self.ended = True
        else:
            raise UnreadableFile(reason, detail, transient=True)

    def _limit(self, code: str) -> None:
        if code not in self.cut:
            self.cut.append(code)


def _within(page: RawPage, room: int) -> tuple[RawPage, int]:
    """The page with no more than `room` bytes of text, and the bytes that it wanted."""
    wanted = _size(page)
    if wanted <= room:
        return page, wanted
    text = page.text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore")
    lines, left = [], room
    for line in page.lines:
        kept = line.text.encode("utf-8", "replace")[:left].decode("utf-8", "ignore")
        left -= len(kept.encode())
        if kept:
            lines.append(line._replace(text=kept))
    return replace(page, lines=tuple(lines), text=text), wanted


def _size(page: RawPage) -> int:
    return sum(len(text.encode("utf-8", "replace")) for text in (page.text, *(line.text for line in page.lines)))
