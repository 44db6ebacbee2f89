"""The generations of the index as the record knows them: which is live, which is being built, what it still owes.

The engine holds the indexes themselves and says which one searches see; where the two differ, `workers.rebuilding`
brings the record after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from sqlalchemy import and_, delete, exists, func, select, update
from sqlalchemy.orm import Session, aliased

from catalog import words
from catalog.columns import now
from catalog.generation_models import IndexGeneration
from catalog.jobs import MOST_LOSSES
from catalog.models import Document, Job
from catalog.promising import BUILDING, first_id, promise_all

LIVE, OLD = "live", "old"
SUBJECTS = ("project", "document")
_UNHELD = {"synchronize_session": False}  # no job is ever held as an object


@dataclass(frozen=True, slots=True)
class Owed:
    """What a generation still lacks."""

    entries: int
    pages: int


@dataclass(frozen=True, slots=True)
class Findings:
    """What a comparison of a generation with the record has found; `size` in bytes."""

    entries: int
    pages: int
    size: int
    differences: int


def everyone(session: Session) -> list[IndexGeneration]:
    """All that the record knows, oldest first."""
    return list(session.scalars(select(IndexGeneration).order_by(IndexGeneration.started_at, IndexGeneration.name)))


def building(session: Session) -> IndexGeneration | None:
    return _of_state(session, BUILDING)


def is_worked_on(session: Session, name: str) -> bool:
    """Whether entries may be written to a generation that was being built: nobody has paused it or given it up."""
    here = (IndexGeneration.name == name, IndexGeneration.state == BUILDING, IndexGeneration.paused_at.is_(None))
    return session.scalar(select(IndexGeneration.name).where(*here)) is not None


def is_known(session: Session, name: str) -> bool:
    """Whether a generation was not given up, nor forgotten after a later one."""
    return session.get(IndexGeneration, name) is not None


def pause(session: Session, name: str) -> bool:
    """Lets what is owed to the generation wait. False where it is not being built, or waits already."""
    one = _built(session, name)
    if one is None or one.paused_at is not None:
        return False
    one.paused_at = now()
    return True


def resume(session: Session, name: str) -> bool:
    """False where the generation is not paused."""
    one = _built(session, name)
    if one is None or one.paused_at is None:
        return False
    one.paused_seconds += max(0.0, (now() - one.paused_at).total_seconds())
    one.paused_at = None
    return True


def live(session: Session) -> IndexGeneration | None:
    """As the record knows it; None in a bank whose index was never looked at."""
    return _of_state(session, LIVE)


def alone(session: Session) -> None:
    """Until this transaction ends no other process begins, switches or clears generations.

    SQLite lets one transaction write at a time anyway; elsewhere the row of the live generation is the lock.
    """
    session.scalars(select(IndexGeneration.name).where(IndexGeneration.state == LIVE).with_for_update()).all()


def begin(session: Session, name: str, built_for: Mapping[str, str], priority: int) -> IndexGeneration:
    """Notes a new generation and owes it every entry: one statement for the projects, one for the documents."""
    made = IndexGeneration(name=name, state=BUILDING, built_for=dict(built_for))
    session.add(made)
    session.flush()
    for subject in SUBJECTS:
        session.execute(promise_all(subject, name, priority), {"first_id": first_id()})
    left = owed(session, name)
    made.entries_promised, made.pages_promised = left.entries, left.pages
    session.flush()
    return made


def owed(session: Session, name: str) -> Owed:
    """Entries that are promised to this generation, and the pages of their documents."""
    here = and_(Job.kind == "index", Job.generation == name)
    entries = session.scalar(select(func.count()).select_from(Job).where(here)) or 0
    documents = and_(Job.subject == "document", Job.subject_id == Document.id)
    pages = session.scalar(select(func.sum(Document.page_count)).select_from(Job).join(Document, documents).where(here))
    return Owed(entries, int(pages or 0))


def is_owed(session: Session, name: str) -> bool:
    """Whether anything is left to be written but entries of which every process died: the comparison tells of those."""
    here = (Job.kind == "index", Job.generation == name, Job.losses < MOST_LOSSES - 1)
    return session.scalar(select(Job.id).where(*here).limit(1)) is not None


def switched(session: Session, name: str, built_for: Mapping[str, str]) -> None:
    """Searches see this one now: it is live, the one before is old, and older ones are forgotten. May be repeated."""
    before = live(session)
    if before is not None and before.name == name:
        return
    for one in everyone(session):
        if one.state == OLD and one.name != name:
            forget(session, one.name)
        elif one.state == LIVE:
            one.state = OLD
    chosen = session.get(IndexGeneration, name) or IndexGeneration(name=name, built_for=dict(built_for))
    if chosen.state == BUILDING:
        words.begin_anew(session, name)
    chosen.state, chosen.switched_at, chosen.paused_at = LIVE, now(), None
    session.add(chosen)
    session.flush()
    _owe_to_live(session, name)


def forget(session: Session, name: str) -> None:
    """Takes back what is promised to a generation, and the generation itself."""
    session.execute(delete(Job).where(Job.kind == "index", Job.generation == name))
    session.execute(delete(IndexGeneration).where(IndexGeneration.name == name))
    words.forget(session, name)


def forget_jobs_of_others(session: Session) -> None:
    """Takes back what is promised to a generation that nobody is building."""
    kept = select(IndexGeneration.name).where(IndexGeneration.state == BUILDING)
    session.execute(delete(Job).where(Job.kind == "index", Job.generation != "", Job.generation.not_in(kept)))


def note(session: Session, name: str, found: Findings) -> None:
    """Keeps what a comparison found, for the page about the index."""
    here = update(IndexGeneration).where(IndexGeneration.name == name)
    session.execute(here.values(**asdict(found), checked_at=now()))


def _owe_to_live(session: Session, name: str) -> None:
    """What was promised to this generation in the very moment of the switch is owed to the live one, as it is now."""
    here, live_too = and_(Job.kind == "index", Job.generation == name), aliased(Job)
    same = (live_too.subject == Job.subject, live_too.subject_id == Job.subject_id)
    twin = exists().where(live_too.kind == "index", live_too.generation == "", *same).correlate(Job)
    both = select(Job.subject_id).where(here, twin)
    # Whoever works the twin may have written to the generation before: it is taken from him and done again.
    freed = update(Job).where(Job.kind == "index", Job.generation == "", Job.subject_id.in_(both))
    session.execute(freed.values(owner="", lease_until=0.0), execution_options=_UNHELD)
    session.execute(delete(Job).where(here, twin), execution_options=_UNHELD)
    session.execute(update(Job).where(here).values(generation=""), execution_options=_UNHELD)


def _built(session: Session, name: str) -> IndexGeneration | None:
    """Locked, so that a pause and its end cannot cross."""
    here = (IndexGeneration.name == name, IndexGeneration.state == BUILDING)
    return session.scalars(select(IndexGeneration).where(*here).with_for_update()).first()


def _of_state(session: Session, state: str) -> IndexGeneration | None:
    return session.scalars(select(IndexGeneration).where(IndexGeneration.state == state).limit(1)).first()
