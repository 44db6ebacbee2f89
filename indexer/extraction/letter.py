"""A mail as it is read, whatever program wrote it: who wrote what to whom, and the names of what hangs on it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from indexer.extraction.frames import About, Report
from indexer.extraction.html import blocks_of
from indexer.extraction.sections import Block, sections
from indexer.extraction.text import reflow

_PREFIX = re.compile(r"^\s*((re|sv|fw|fwd|vb|vs|aw)\s*:\s*)+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Written:
    """A piece of the letter; as bytes where only the page itself says how it is written."""

    text: str | bytes
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Letter:
    """people: (the Swedish word for their part in it, their names and addresses), for those that are told.

    texts: what is written, in order.
    """

    subject: str
    people: Sequence[tuple[str, str]]
    sent: datetime | None
    texts: Sequence[Written]
    attached: Sequence[str]


def tell(letter: Letter, report: Report, reader: str) -> None:
    """The letter as pages: mostly one, several of a long one. Raises UnreadableFile where its HTML is broken."""
    found = sections([Block(letter.subject, level=1), *_blocks(letter)])
    dates = [letter.sent.date().isoformat()] if letter.sent else []
    kind = "message" if len(found) == 1 else "section"
    report.about(About(len(found), _PREFIX.sub("", letter.subject), dates, kind))
    for number, section in enumerate(found, 1):
        report.page(section.page(number, reader))


def _blocks(letter: Letter) -> Iterator[Block]:
    for word, told in letter.people:
        if told:
            yield Block(f"{word}: {told}")
    if letter.sent:
        yield Block(f"Skickat: {letter.sent:%Y-%m-%d %H:%M}")
    for written in letter.texts:
        yield from _body(written)
    if letter.attached:
        yield Block("Bilagor: " + ", ".join(letter.attached))


def _body(written: Written) -> Iterator[Block]:
    if written.is_html:
        yield from blocks_of(written.text)
    else:
        yield from (Block(paragraph) for paragraph in re.split(r"\n\s*\n", reflow(str(written.text))))
