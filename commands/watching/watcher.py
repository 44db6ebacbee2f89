"""Looks at the watched folder again and again. Polling alone: drives on the network tell of no changes."""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from catalog import watched
from catalog.dropping import Desk, Wish
from catalog.watched import Stand
from commands.watching.described import Described, descriptions
from commands.watching.inbox import Contents, Mark, Steadiness, look
from commands.watching.settling import settle
from commands.watching.taking import StillChanging, put_away, take
from indexer import hanging, sniff
from workers.bank import Bank
from workers.queue import nudge

log = logging.getLogger(__name__)

TELL_SECONDS = 30.0  # between two signs of life in the record where nothing has changed
RETRY_SECONDS = 600.0  # after which what could not be read or moved is tried again, though nothing about it changed
MOST_TROUBLES = 20
LONGEST_DETAIL = 300
WISH = Wish(watched.DROPPED_BY, skip_known=True)
Trouble = dict[str, str]


@dataclass(frozen=True, slots=True)
class _PutOff:
    mark: Mark
    until: float
    trouble: Trouble


class Watcher:
    """Each `turn` is one look and what follows from it. Raises what the record raises where that is away."""

    def __init__(self, bank: Bank, root: Path, seconds: float) -> None:
        self._bank, self._root = bank, root
        self._steadiness = Steadiness(seconds)
        self._put_off: dict[Path, _PutOff] = {}
        self._told: tuple[Stand, float] | None = None
        self._desk = Desk(bank.database, bank.originals, bank.settings.upload_limit, sniff, hanging)

    def turn(self, is_stopped: Callable[[], bool] = lambda: False) -> int:
        """Takes in what is steady and tells how many files that were."""
        try:
            found = look(self._root)
        except OSError as error:
            self._tell(Stand(watched.AWAY, troubles=(_trouble(Path(), "away", error.strerror or ""),)))
            return 0
        settle(self._bank.database, self._root)
        described = Described(self._bank.database, self._root, WISH)
        taken = 0
        for path in self._ready(found):
            if is_stopped():
                break
            wish = described.wish_of(path, found.descriptions)
            taken += bool(wish and self._take(path, found.files[path], wish))
            self._tell(self._stand(found, taken, described.bad), only_late=True)
        self._tell(self._stand(found, taken, described.bad))
        return taken

    def stop(self) -> None:
        """The last word to the record."""
        self._tell(Stand(watched.STOPPED))

    def _ready(self, found: Contents) -> list[Path]:
        """Files that have stopped growing, and so has each projekt.toml that speaks of them."""
        now = time.monotonic()
        self._steadiness.note({**found.files, **found.descriptions}, now)
        self._put_off = {
            path: one for path, one in self._put_off.items() if found.files.get(path) == one.mark and now < one.until
        }
        steady = set(self._steadiness.steady(now))
        growing = found.descriptions.keys() - steady
        waiting = steady & (found.files.keys() - self._put_off.keys())
        return [path for path in sorted(waiting) if growing.isdisjoint(descriptions(path))]

    def _take(self, path: Path, mark: Mark, wish: Wish) -> bool:
        """False where the file stays where it is, for a later look or for people."""
        why = "unreadable"
        try:
            dropped = take(self._desk, self._root, path, mark, wish)
            nudge("read")
            why = "stuck"
            put_away(self._bank.database, self._root, path, mark, dropped)
        except StillChanging:  # the next look knows more
            return False
        except OSError as error:
            if os.path.lexists(self._root / path):  # else somebody took it away meanwhile
                self._wait_with(path, mark, why, error)
            return False
        return True

    def _wait_with(self, path: Path, mark: Mark, why: str, error: OSError) -> None:
        told = error.strerror or str(error)
        log.warning("A file of the watched folder waits, %s: %s", why, told)  # its name stays out of the log
        self._put_off[path] = _PutOff(mark, time.monotonic() + RETRY_SECONDS, _trouble(path, why, told))

    def _stand(self, found: Contents, taken: int, bad: Mapping[Path, str]) -> Stand:
        troubles = [_trouble(path, "description", detail) for path, detail in bad.items()]
        troubles += [_trouble(path, "folder", detail) for path, detail in found.unreadable.items()]
        troubles += [one.trouble for one in self._put_off.values()]
        waiting = len(found.files) - taken - len(self._put_off)
        return Stand(watched.WATCHED, max(0, waiting), tuple(troubles[:MOST_TROUBLES]))

    def _tell(self, stand: Stand, *, only_late: bool = False) -> None:
        """To the record, where it is news or a sign of life is due."""
        now = time.monotonic()
        is_late = self._told is None or now - self._told[1] >= TELL_SECONDS
        if is_late or not (only_late or self._told is None or self._told[0] == stand):
            with self._bank.database.transaction() as session:
                watched.note_stand(session, str(self._root), stand)
            self._told = stand, now


def _trouble(path: Path, why: str, detail: str) -> Trouble:
    """As text that every database takes, whatever a name is made of."""
    name = str(path).encode("utf-8", "replace").decode()
    return {"name": "" if name == "." else name, "why": why, "detail": detail[:LONGEST_DETAIL]}
