"""What the record knows of watched folders: for the page and `status`, and to find a file again when reading ended."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from catalog.columns import new_id, now
from catalog.models import Document
from catalog.watch_models import WatchedFile, WatchedFolder

DROPPED_BY = "bevakad mapp"
WATCHED, AWAY, STOPPED = "watched", "away", "stopped"
SILENT_SECONDS = 120.0  # a watcher notes that it lives each half minute
FORGOTTEN_DAYS = 30
AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Stand:
    """How a folder stands; a trouble is {"name", "why", "detail"}, `why` being a code."""

    state: str
    waiting: int = 0
    troubles: Sequence[Mapping[str, str]] = ()


class Ended(NamedTuple):
    """A file whose document has come to an end: `state` is "read" or "failed", for the reason of the latter."""

    id: int
    document_id: int
    name: str
    size: int
    modified: int
    state: str
    reason: str


def note_stand(session: Session, path: str, stand: Stand) -> None:
    """How the folder stands now; the moment of the state's beginning stays as long as the state does."""
    found = session.get(WatchedFolder, path)
    if found is None:
        found = WatchedFolder(path=path, state=stand.state, since=now())
        session.add(found)
    if found.state != stand.state:
        found.state, found.since = stand.state, now()
    found.looked_at, found.waiting = now(), stand.waiting
    found.troubles = [dict(one) for one in stand.troubles]
    session.flush()


def folders(session: Session) -> list[WatchedFolder]:
    """Those that somebody watches or did of late."""
    asked = select(WatchedFolder).where(WatchedFolder.looked_at > now() - timedelta(days=FORGOTTEN_DAYS))
    return list(session.scalars(asked.order_by(WatchedFolder.path)))


def is_silent(folder: WatchedFolder, moment: datetime) -> bool:
    """Whether its watcher should have told something by now: it is dead, or its drive holds it up."""
    return folder.state != STOPPED and (moment - folder.looked_at).total_seconds() > SILENT_SECONDS


def note_file(session: Session, folder: str, document_id: int, name: str, size: int, modified: int) -> None:  # noqa: PLR0917 - the row's columns
    """Remembers where a file of the folder lies, or is about to be moved to, until its document has ended well."""
    session.execute(delete(WatchedFile).where(WatchedFile.folder == folder, WatchedFile.name == name))
    session.add(
        WatchedFile(id=new_id(), folder=folder, document_id=document_id, name=name, size=size, modified=modified)
    )
    session.flush()


def ended(session: Session, folder: str, *, done: str) -> list[Ended]:
    """Files whose document was read, and those that lie under `done` though it failed; some of them at a time."""
    asked = (
        select(
            WatchedFile.id,
            WatchedFile.document_id,
            WatchedFile.name,
            WatchedFile.size,
            WatchedFile.modified,
            Document.state,
            Document.reason,
        )
        .join(Document, Document.id == WatchedFile.document_id)
        .where(
            WatchedFile.folder == folder,
            (Document.state == "read") | ((Document.state == "failed") & WatchedFile.name.startswith(f"{done}/")),
        )
        .order_by(WatchedFile.id)
        .limit(AT_ONCE)
    )
    return [Ended._make(row) for row in session.execute(asked)]


def forget_file(session: Session, file_id: int) -> None:
    session.execute(delete(WatchedFile).where(WatchedFile.id == file_id))
