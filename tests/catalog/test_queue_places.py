from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from catalog import documents, drops, jobs
from catalog.models import Document, Scan
from catalog.queue_places import DONE, HELP, PLACES, UNDER_WAY, Part, standing
from tests import factories

ALL = dict.fromkeys(PLACES, Part(100))


def _place(session: Session, *, reads_scans: bool = True) -> str:
    """Where the one file of the queue stands; counted and handed out alike."""
    stands = standing(session, ALL, reads_scans=reads_scans)
    (row,) = drops.queue(session, stands.ids, reads_scans=reads_scans)
    assert stands.counts == {place: int(place == row.place) for place in PLACES}
    return row.place


def _names(session: Session, **parts: Part) -> list[str]:
    ids = standing(session, parts, reads_scans=True).ids
    return [row.file_name for row in drops.queue(session, ids)]


def _refused(session: Session) -> None:
    documents.refuse(session, file_name="film.mp4", size=9, media_type="", dropped_by="Eva", reason="unsupported")


def _failed(session: Session) -> None:
    documents.fail(session, factories.queued(session).id, "damaged")


def _in_index(session: Session, **fields: object) -> Document:
    document = factories.document(session, published=False)
    for name, value in {"classification": "internal", **fields}.items():
        setattr(document, name, value)
    documents.mark_indexed(session, {document.id: document.version})
    session.flush()
    return document


def _published(session: Session) -> None:
    document = factories.document(session)
    documents.mark_indexed(session, {document.id: document.version})


def _scanned(session: Session, state: str) -> None:
    document = _in_index(session, scan_pages=2, scan_pages_waiting=1)
    session.add(Scan(document_id=document.id, number=1, state=state))
    session.flush()


@pytest.mark.parametrize(
    ("dropped", "place"),
    [
        (_refused, HELP),
        (_failed, HELP),
        (factories.queued, UNDER_WAY),
        (lambda session: factories.document(session, published=False), UNDER_WAY),  # read, not yet in the index
        (_in_index, DONE),
        (_published, DONE),
        (lambda session: _in_index(session, classification="open"), HELP),
        (lambda session: _scanned(session, "waiting"), UNDER_WAY),
        (lambda session: _scanned(session, "off"), HELP),
    ],
)
def test_each_file_stands_in_one_place(session: Session, dropped: Callable[[Session], object], place: str) -> None:
    dropped(session)
    assert _place(session) == place


def test_scans_need_help_where_nobody_reads_them(session: Session) -> None:
    _scanned(session, "waiting")
    assert _place(session, reads_scans=False) == HELP


def test_duplicate_is_done_whatever_became_of_the_first(session: Session) -> None:
    _failed(session)
    kept = factories.kept("again")
    documents.fail(session, factories.queued(session, "a.pdf", kept=kept).id, "damaged")
    factories.queued(session, "b.pdf", kept=kept)
    assert standing(session, ALL, reads_scans=True).counts == {HELP: 2, UNDER_WAY: 0, DONE: 1}


def test_hidden_files_stand_nowhere(session: Session) -> None:
    _refused(session)
    drops.hide(session, drops.queue(session)[0].drop_id)
    assert standing(session, ALL, reads_scans=True) == (dict.fromkeys(PLACES, 0), [])


def test_a_place_is_handed_out_a_part_at_a_time_newest_first(session: Session) -> None:
    for name in ("a.pdf", "b.pdf", "c.pdf"):
        factories.queued(session, name)
    _failed(session)
    assert _names(session, under_way=Part(2)) == ["c.pdf", "b.pdf"]
    assert _names(session, under_way=Part(2, 2)) == ["a.pdf"]
    assert _names(session, under_way=Part(2, 4)) == []
    assert standing(session, {UNDER_WAY: Part(1)}, reads_scans=True).counts == {HELP: 1, UNDER_WAY: 3, DONE: 0}


def test_what_is_being_read_comes_before_what_waits(session: Session) -> None:
    reading = factories.queued(session, "long.pdf")
    for name in ("a.pdf", "b.pdf"):
        factories.queued(session, name)
    jobs.claim(session, "read", "a:1:1", 1, 1e9, 1e9)
    documents.reading_started(session, reading.id)
    assert _names(session, under_way=Part(1)) == ["long.pdf"]
