"""Where files are handed in, and what becomes of the bytes of one: kept, or refused."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from catalog.database import Database
from catalog.documents import Arrival, Wish
from catalog.mail_members import Hanging
from catalog.originals import Kept, Originals
from catalog.spool import Spool

Sniff = Callable[[Path, str], str]
LONGEST_NAME = 400
ZIP = "application/zip"


def _nothing(_: Path) -> list[tuple[str, bytes, str]]:
    return []


@dataclass(frozen=True, slots=True)
class Desk:
    """The record, the originals, the limit of one file in bytes and how types are known.

    hanging: takes an Outlook mail apart; without it, nothing hangs on one.
    """

    database: Database
    originals: Originals
    limit: int
    sniff: Sniff
    hanging: Hanging = _nothing


@dataclass(frozen=True, slots=True)
class TakenIn:
    """One file, zip member or attachment before its rows: kept, or refused. `path` is as in Dropped.

    `keep` keeps the same bytes once more; it can be called until the next one is taken in.
    """

    name: str
    wish: Wish
    refused: str = ""
    size: int = 0
    path: str = ""
    media_type: str = ""
    kept: Kept | None = None
    keep: Callable[[], Kept] | None = None

    @property
    def shown(self) -> str:
        return self.path or self.name

    def kept_again(self) -> TakenIn:
        assert self.keep is not None
        return replace(self, kept=self.keep())

    def arrival(self) -> Arrival:
        assert self.kept is not None
        return Arrival(self.kept, self.name, self.media_type, self.wish)


def taken_in(desk: Desk, spool: Spool, name: str, media_type: str, wish: Wish) -> TakenIn:
    """Refused where nobody knows what it is."""
    if not media_type:
        return TakenIn(name, wish, "unsupported", size=spool.size)

    def keep() -> Kept:
        return desk.originals.keep(spool.from_start(), desk.limit)

    return TakenIn(name, wish, kept=keep(), media_type=media_type, keep=keep)


def shown_name(file_name: str) -> str:
    """The last part of a path as a name for people: NFC, without control characters, never empty."""
    last = unicodedata.normalize("NFC", file_name).replace("\\", "/").rstrip("/").rpartition("/")[2]
    printable = "".join(c for c in last if c.isprintable()).strip()
    return printable[-LONGEST_NAME:] or "namnlös"
