"""The small tree that every producer draws: a document is its facts and its blocks."""

import datetime as dt
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Heading:
    """A headline; for slides, level one begins a new slide."""

    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    """Running text, still with its inline marks."""

    text: str


@dataclass(frozen=True)
class Items:
    """A list; numbered where the source wrote `1.`."""

    items: tuple[str, ...]
    numbered: bool = False


@dataclass(frozen=True)
class Table:
    """Rows of equal length, the first of them the table head."""

    rows: tuple[tuple[str, ...], ...]
    caption: str = ""


@dataclass(frozen=True)
class SpeakerNote:
    """What the one who shows the slide means to say; paper leaves it out."""

    text: str


@dataclass(frozen=True)
class PageBreak:
    """A new page that the writer asked for."""


UNDATED = "2015-01-01"

Block = Heading | Paragraph | Items | Table | SpeakerNote | PageBreak


@dataclass(frozen=True)
class Facts:
    """The front matter: what stands on the title page and in the margins."""

    file: str
    title: str
    layout: str
    subtitle: str = ""
    type: str = ""
    date: str = ""
    unit: str = ""
    dnr: str = ""
    classification: str = "öppen"
    header: str = ""
    footer: str = ""

    @property
    def day(self) -> dt.date:
        """The date for the file's metadata; a fixed one where the text has none."""
        return dt.date.fromisoformat(self.date or UNDATED)

    @property
    def moment(self) -> dt.datetime:
        """Nine in the morning on that day, so that a second run writes the same bytes."""
        return dt.datetime.combine(self.day, dt.time(9), dt.UTC)

    @property
    def origin(self) -> str:
        """Unit, date and registration number on one line, without the empty ones."""
        dnr = f"Dnr {self.dnr}" if self.dnr else ""
        return " | ".join(part for part in (self.unit, self.date, dnr) if part)


@dataclass(frozen=True)
class Source:
    """One text and where it came from."""

    path: Path
    facts: Facts
    blocks: tuple[Block, ...]
    notes: dict[str, str]

    @property
    def headings(self) -> tuple[Heading, ...]:
        """The headings, for a table of contents."""
        return tuple(block for block in self.blocks if isinstance(block, Heading))

    @property
    def words(self) -> int:
        """Words of running text, tables and notes."""
        return sum(len(text.split()) for text in self.texts)

    @property
    def texts(self) -> tuple[str, ...]:
        """All text in reading order, the notes last."""
        own = [text for block in self.blocks for text in texts_of(block)]
        return (*own, *self.notes.values())

    @property
    def long(self) -> bool:
        """Whether it is a report with a title page, a contents list and chapters on new pages."""
        return self.words > LONG

    @property
    def has_title_page(self) -> bool:
        """Whether the title stands on a page of its own."""
        return self.words > MIDDLING


LONG, MIDDLING = 2400, 700


def texts_of(block: Block) -> tuple[str, ...]:
    """The pieces of text in a block."""
    match block:
        case Items(items):
            return items
        case Table(rows, caption):
            return (caption, *(cell for row in rows for cell in row))
        case PageBreak():
            return ()
        case _:
            return (block.text,)
