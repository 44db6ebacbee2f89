"""What becomes of a file when its document has ended: one that could not be read goes to fel/, and back later."""

from __future__ import annotations

import logging
import os
import stat
from pathlib import Path, PurePosixPath

from catalog import watched
from catalog.database import Database
from catalog.watched import Ended
from commands.watching import places, reasons
from commands.watching.inbox import DONE, FAILED

log = logging.getLogger(__name__)


def settle(database: Database, root: Path) -> int:
    """Moves files whose documents have ended, as far as they are still there; tells how many ends it has seen."""
    with database.reading() as session:
        found = watched.ended(session, str(root), done=DONE)
    for one in found:
        try:
            _settle(database, root, one)
        except OSError as error:  # the queue tells the reason anyway
            log.warning("A file of the watched folder cannot be moved: %s", error.strerror)
            _forget(database, one)
    return len(found)


def _settle(database: Database, root: Path, one: Ended) -> None:
    place = PurePosixPath(one.name)
    in_done = place.parts[0] == DONE
    if not _is_there(root / place, one) or (one.state == "read" and in_done):
        _forget(database, one)
    elif one.state == "read":
        places.move(root, place, places.target(root, DONE, _below(place)))
        places.clear_reason(root / place)
        _forget(database, one)
    else:
        text = reasons.unreadable(place.name, one.reason)
        to = places.target(root, FAILED, _below(place), text)
        places.move(root, place, to, text)
        places.clear_reason(root / place)
        _remember(database, root, one, to)


def _below(place: PurePosixPath) -> Path:
    return Path(*place.parts[1:])


def _is_there(file: Path, one: Ended) -> bool:
    """Whether it is still the file that was taken in: people clear klart/, or put another one there."""
    try:
        seen = os.lstat(file)
    except OSError:
        return False
    return stat.S_ISREG(seen.st_mode) and (seen.st_size, seen.st_mtime_ns) == (one.size, one.modified)


def _forget(database: Database, one: Ended) -> None:
    with database.transaction() as session:
        watched.forget_file(session, one.id)


def _remember(database: Database, root: Path, one: Ended, to: PurePosixPath) -> None:
    """So that it comes back to klart/ when the document is read after all."""
    with database.transaction() as session:
        watched.forget_file(session, one.id)
        watched.note_file(session, str(root), one.document_id, str(to), one.size, one.modified)
