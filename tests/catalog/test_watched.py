from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, watched
from catalog.watch_models import WatchedFile
from catalog.watched import AWAY, STOPPED, WATCHED, Stand
from tests import factories

FOLDER = "/srv/in"


def test_the_moment_of_a_state_stays_as_long_as_the_state(session: Session) -> None:
    watched.note_stand(session, FOLDER, Stand(WATCHED))
    (first,) = watched.folders(session)
    since = first.since
    watched.note_stand(session, FOLDER, Stand(WATCHED, waiting=3, troubles=({"name": "a.txt", "why": "stuck"},)))
    (same,) = watched.folders(session)
    assert (same.since, same.waiting, same.troubles) == (since, 3, [{"name": "a.txt", "why": "stuck"}])
    watched.note_stand(session, FOLDER, Stand(AWAY))
    (away,) = watched.folders(session)
    assert (away.state, away.since >= since, away.waiting) == (AWAY, True, 0)


def test_a_watcher_that_tells_nothing_is_silent_unless_it_was_stopped(session: Session) -> None:
    watched.note_stand(session, FOLDER, Stand(WATCHED))
    (found,) = watched.folders(session)
    assert not watched.is_silent(found, found.looked_at + timedelta(seconds=60))
    assert watched.is_silent(found, found.looked_at + timedelta(seconds=180))
    watched.note_stand(session, FOLDER, Stand(STOPPED))
    assert not watched.is_silent(found, found.looked_at + timedelta(days=1))


def test_files_of_ended_documents_are_told_until_they_lie_where_they_belong(session: Session) -> None:
    waiting = factories.queued(session, "väntar.pdf")
    failed = factories.queued(session, "trasig.pdf")
    read = factories.document(session, "läst.pdf")
    documents.fail(session, failed.id, "damaged")
    for one, name in ((waiting, "klart/väntar.pdf"), (failed, "klart/trasig.pdf"), (read, "fel/läst.pdf")):
        watched.note_file(session, FOLDER, one.id, name, 5, 6)
    found = {one.name: (one.state, one.reason, one.size, one.modified) for one in _ended(session)}
    assert found == {"klart/trasig.pdf": ("failed", "damaged", 5, 6), "fel/läst.pdf": ("read", "", 5, 6)}
    assert watched.ended(session, "/another", done="klart") == []
    watched.note_file(session, FOLDER, failed.id, "fel/trasig.pdf", 5, 6)
    watched.forget_file(session, next(one.id for one in _ended(session) if one.name == "klart/trasig.pdf"))
    assert [one.name for one in _ended(session)] == ["fel/läst.pdf"]


def test_a_name_stands_for_one_document_and_goes_with_it(session: Session) -> None:
    first, second = factories.queued(session, "a.pdf"), factories.queued(session, "b.pdf")
    watched.note_file(session, FOLDER, first.id, "klart/a.pdf", 1, 1)
    watched.note_file(session, FOLDER, second.id, "klart/a.pdf", 1, 1)
    assert [one.document_id for one in session.scalars(select(WatchedFile))] == [second.id]
    documents.remove(session, second.id, by="Eva", why="fel fil")
    assert session.scalars(select(WatchedFile)).all() == []


def _ended(session: Session) -> list[watched.Ended]:
    return watched.ended(session, FOLDER, done="klart")
