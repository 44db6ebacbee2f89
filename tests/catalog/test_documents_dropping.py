from __future__ import annotations

import io
import threading
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import documents, jobs
from catalog.database import Database
from catalog.documents import Arrival, Registered
from catalog.errors import BadValue, MissingOriginal
from catalog.models import Document, Drop, Job
from catalog.originals import Kept, Originals
from tests import factories


def _arrival(content: str = "rapport", **said: object) -> Arrival:
    return factories.arrival(**{"file_name": "Rapport.pdf", "kept": factories.kept(content), **said})  # type: ignore[arg-type]


def _register(session: Session, content: str = "rapport", **fields: object) -> Registered:
    (registered,) = documents.register(session, [_arrival(content, **fields)])
    return registered


class TestRegister:
    def test_document_waits_with_the_promise_to_read_it(self, session: Session) -> None:
        drop = _register(session)
        document = documents.get(session, drop.document_id)
        assert (document.state, document.size, document.sha256) == ("queued", 7, factories.kept("rapport").sha256)
        job = session.scalars(select(Job)).one()
        assert (job.kind, job.subject, job.subject_id) == ("read", "document", document.id)

    def test_everything_that_was_said_is_kept(self, session: Session) -> None:
        project = factories.project(session)
        drop = _register(
            session,
            project_id=project.id,
            publish=True,
            classification="open",
            title="Slutrapport",
            document_type="slutrapport",
            document_date=date(2019, 12, 12),
            priority=2,
        )
        document = documents.get(session, drop.document_id)
        assert (document.project, document.publish_when_read, document.classification) == (project, True, "open")
        assert (document.title, document.document_type, document.year) == ("Slutrapport", "slutrapport", 2019)
        assert session.scalars(select(Job.priority).where(Job.kind == "read")).one() == 2

    def test_new_document_is_internal_and_unpublished(self, session: Session) -> None:
        document = documents.get(session, _register(session).document_id)
        assert (document.classification, document.published_at) == ("internal", None)

    def test_classification_that_nobody_knows_is_refused(self, session: Session) -> None:
        with pytest.raises(BadValue):
            _register(session, classification="öppen")

    def test_same_bytes_again_lead_to_the_document_that_is_there(self, session: Session) -> None:
        first, second = _register(session), _register(session, file_name="Kopia.pdf", dropped_by="Ali")
        assert (first.duplicate, second.duplicate) == (False, True)
        assert second.document_id == first.document_id
        assert jobs.waiting(session) == {"read": 1}

    def test_several_are_registered_in_their_order_and_the_same_bytes_once(self, session: Session) -> None:
        arrivals = [
            _arrival("b", file_name="b.pdf"),
            _arrival("a", file_name="a.pdf"),
            _arrival("b", file_name="c.pdf"),
        ]
        b, a, again = documents.register(session, arrivals)
        assert (b.duplicate, a.duplicate, again.duplicate) == (False, False, True)
        assert again.document_id == b.document_id
        claimed = jobs.claim(session, "read", "a:1:1", 5, 60.0, 1e10)
        assert [one.subject_id for one in claimed] == [b.document_id, a.document_id]

    def test_known_bytes_leave_no_drop_where_that_is_wished(self, session: Session) -> None:
        first, second = (_register(session, skip_known=True) for _ in range(2))
        assert first.id is not None
        assert (second.id, second.document_id) == (None, first.document_id)

    def test_bytes_of_a_removed_document_are_new_again(self, session: Session) -> None:
        first = _register(session)
        documents.remove(session, first.document_id, by="Eva", why="fel fil")
        again = _register(session)
        assert not again.duplicate
        assert again.document_id != first.document_id

    def test_two_who_drop_the_same_at_once_make_one_document(self, database: Database) -> None:
        together = threading.Barrier(4)

        def drop() -> None:
            together.wait()
            with database.transaction() as session:
                _register(session)

        people = [threading.Thread(target=drop) for _ in range(4)]
        for one in people:
            one.start()
        for one in people:
            one.join()
        with database.reading() as session:
            assert session.scalar(select(func.count()).select_from(Document)) == 1
            assert sorted(session.scalars(select(Drop.duplicate))) == [False, True, True, True]

    def test_bytes_that_were_cleared_meanwhile_are_missed(self, session: Session, originals: Originals) -> None:
        kept = originals.keep(io.BytesIO(b"rapport"), 100)
        originals.remove(kept.sha256)
        with pytest.raises(MissingOriginal):
            documents.register(session, [factories.arrival("a.pdf", kept=kept)])

    def test_longest_names_are_shortened_from_the_left_so_that_the_ending_stays(self, session: Session) -> None:
        drop = session.get_one(Drop, _register(session, file_name="x" * 500 + ".pdf").id)
        assert len(drop.file_name) == 400
        assert drop.file_name.endswith(".pdf")


class TestRefuse:
    def test_refused_file_is_a_drop_without_document(self, session: Session) -> None:
        drop = documents.refuse(
            session, file_name="film.mp4", size=10**9, media_type="video/mp4", dropped_by="Eva", reason="too_large"
        )
        assert (drop.document_id, drop.refused, drop.size) == (None, "too_large", 10**9)
        assert jobs.waiting(session) == {}


class TestClearRemovedBytes:
    def _stored(self, session: Session, originals: Originals) -> tuple[Kept, int]:
        kept = originals.keep(io.BytesIO(b"rapport"), 100)
        return kept, factories.queued(session, kept=kept).id

    def test_bytes_of_a_removed_document_are_cleared_once(self, session: Session, originals: Originals) -> None:
        kept, document_id = self._stored(session, originals)
        removal = documents.remove(session, document_id, by="Eva", why="personuppgifter")
        assert originals.exists(kept.sha256)
        assert documents.clear_removed_bytes(session, originals) == 1
        assert not originals.exists(kept.sha256)
        assert removal.bytes_cleared
        assert documents.clear_removed_bytes(session, originals) == 0

    def test_bytes_that_somebody_dropped_again_stay(self, session: Session, originals: Originals) -> None:
        kept, document_id = self._stored(session, originals)
        documents.remove(session, document_id, by="Eva", why="fel projekt")
        self._stored(session, originals)
        assert documents.clear_removed_bytes(session, originals) == 0
        assert originals.path(kept.sha256).read_bytes() == b"rapport"

    def test_removal_that_is_taken_back_loses_no_bytes(self, database: Database, tmp_path: Path) -> None:
        originals = Originals(tmp_path / "originals")
        with database.transaction() as session:
            kept, document_id = self._stored(session, originals)

        def remove_and_fail() -> None:
            with database.transaction() as session:
                documents.remove(session, document_id, by="Eva", why="ångras")
                raise ConnectionError

        with pytest.raises(ConnectionError):
            remove_and_fail()
        with database.transaction() as session:
            assert documents.clear_removed_bytes(session, originals) == 0
            assert documents.get(session, document_id)
        assert originals.exists(kept.sha256)
