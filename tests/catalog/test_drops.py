from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from catalog import documents, drops, jobs, users, watched
from catalog.columns import now
from catalog.drops import QueueRow
from catalog.models import Document
from catalog.pace import Pace, recent
from tests import factories


def _refused(session: Session, dropped_by: str = "Eva") -> int:
    return documents.refuse(
        session, file_name="film.mp4", size=9, media_type="", dropped_by=dropped_by, reason="unsupported"
    ).id


def _reading(session: Session, document: Document) -> None:
    jobs.claim(session, "read", "a:1:1", 1, 1e9, 1e9)
    documents.reading_started(session, document.id)


def _took(session: Session, document: Document, seconds: float) -> None:
    """As if the document had been read in so many seconds."""
    assert document.read_at is not None
    document.reading_started_at = document.read_at - timedelta(seconds=seconds)
    session.flush()


def _states(session: Session) -> list[str]:
    return [row.state or row.refused for row in drops.queue(session)]


class TestQueue:
    def test_newest_drop_comes_first(self, session: Session) -> None:
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            factories.queued(session, name)
        assert [row.file_name for row in drops.queue(session)] == ["c.pdf", "b.pdf", "a.pdf"]
        newest, _, oldest = drops.queue(session)
        assert drops.queue(session, [oldest.drop_id, newest.drop_id]) == [newest, oldest]

    def test_row_tells_who_dropped_what_and_where_it_went(self, session: Session) -> None:
        project = factories.project(session, "Bo kvar")
        document = factories.queued(session, "a.pdf", project_id=project.id, dropped_by="Ali", title="Plan")
        (row,) = drops.queue(session)
        assert (row.file_name, row.size, row.media_type, row.dropped_by) == ("a.pdf", 5, "application/pdf", "Ali")
        assert (row.document_id, row.project_id, row.project_title, row.title) == (
            document.id,
            project.id,
            "Bo kvar",
            "Plan",
        )
        assert row.dropped_at.tzinfo is not None

    @pytest.mark.parametrize(
        ("of_project", "of_document", "hidden"),
        [("internal", "open", True), ("internal", "restricted", False), ("open", "open", False)],
    )
    def test_row_tells_whether_the_project_hides_what_is_published(
        self, session: Session, of_project: str, of_document: str, hidden: bool
    ) -> None:
        project = factories.project(session, classification=of_project)
        factories.document(session, classification=of_document, project_id=project.id)
        assert [row.hidden_by_project for row in drops.queue(session)] == [hidden]

    def test_states_follow_the_document(self, session: Session) -> None:
        document = factories.queued(session)
        assert _states(session) == ["queued"]
        _reading(session, document)
        assert _states(session) == ["reading"]
        documents.fail(session, document.id, "damaged", "kort")
        (row,) = drops.queue(session)
        assert (row.state, row.reason, row.reason_detail, row.attempts) == ("failed", "damaged", "kort", 1)

    def test_file_whose_reader_died_waits_again(self, session: Session) -> None:
        _reading(session, factories.queued(session))
        jobs.free_dead(session, lambda _: False, 0)
        assert _states(session) == ["queued"]

    def test_read_document_is_searchable_once_the_index_has_its_version(self, session: Session) -> None:
        document = factories.document(session, published=False)
        (row,) = drops.queue(session)
        assert (row.state, row.published, row.indexed, row.page_count) == ("read", False, False, 2)
        documents.mark_indexed(session, {document.id: document.version})
        assert drops.queue(session)[0].indexed
        documents.publish(session, document.id, "open", "Eva")
        (row,) = drops.queue(session)
        assert (row.published, row.indexed) == (True, False)

    def test_duplicate_points_at_the_document_that_is_there(self, session: Session) -> None:
        kept = factories.kept("rapport")
        first = factories.queued(session, "a.pdf", kept=kept)
        factories.queued(session, "b.pdf", kept=kept)
        duplicate, original = drops.queue(session)
        assert (duplicate.duplicate, original.duplicate) == (True, False)
        assert duplicate.document_id == first.id

    def test_refused_file_has_its_reason_and_no_document(self, session: Session) -> None:
        _refused(session)
        (row,) = drops.queue(session)
        assert (row.refused, row.document_id, row.state, row.seconds_left) == ("unsupported", None, "", None)

    def test_removed_document_leaves_the_queue(self, session: Session) -> None:
        documents.remove(session, factories.document(session).id, by="Eva", why="fel fil")
        assert drops.queue(session) == []

    def test_same_rows_come_in_the_same_order_each_time(self, session: Session) -> None:
        same = now()
        for number in range(20):
            document = factories.queued(session, f"{number}.pdf")
            documents.refuse(
                session, file_name=document.file_name, size=0, media_type="", dropped_by="Eva", reason="x"
            ).dropped_at = same
        session.flush()
        assert drops.queue(session) == drops.queue(session)


class TestHide:
    def test_hidden_drop_is_not_shown_and_its_document_stays(self, session: Session) -> None:
        document = factories.document(session)
        drops.hide(session, drops.queue(session)[0].drop_id)
        assert drops.queue(session) == []
        assert documents.get(session, document.id).state == "read"

    def test_what_ended_is_hidden_and_what_needs_help_or_waits_is_not(self, session: Session) -> None:
        factories.document(session, "read.pdf")
        factories.queued(session, "waits.pdf")
        documents.fail(session, factories.queued(session, "failed.pdf").id, "damaged")
        users.add(session, "Ali", "en lång lösenfras", "redaktor")
        factories.document(session, "others.pdf", dropped_by="Ali")
        _refused(session)
        factories.queued(session, "copy.pdf", kept=factories.kept("waits.pdf"))
        assert drops.hide_done(session, "Eva") == 3
        assert [row.file_name for row in drops.queue(session)] == ["others.pdf", "failed.pdf", "waits.pdf"]

    @pytest.mark.parametrize("nobody", [watched.DROPPED_BY, "exempelsamling", "somebody who has left", ""])
    def test_what_nobody_with_an_account_dropped_is_put_away_by_whoever_clears(
        self, session: Session, nobody: str
    ) -> None:
        users.add(session, "Eva", "en lång lösenfras", "redaktor")
        factories.document(session, "came.pdf", dropped_by=nobody)
        factories.queued(session, "comes.pdf", dropped_by=nobody)
        assert drops.hide_done(session, "Eva") == 1
        assert [row.file_name for row in drops.queue(session)] == ["comes.pdf"]


class TestSecondsLeft:
    def test_time_left_is_unknown_before_anything_was_read(self, session: Session) -> None:
        factories.queued(session)
        assert drops.queue(session)[0].seconds_left is None

    def test_waiting_file_waits_for_those_before_it(self, session: Session) -> None:
        _took(session, factories.document(session, "done.pdf"), 4)
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            factories.queued(session, name)
        assert _left(drops.queue(session)) == {
            "a.pdf": pytest.approx(4),
            "b.pdf": pytest.approx(8),
            "c.pdf": pytest.approx(12),
            "done.pdf": None,
        }

    def test_more_urgent_file_waits_less(self, session: Session) -> None:
        _took(session, factories.document(session, "done.pdf"), 4)
        factories.queued(session, "a.pdf")
        factories.queued(session, "urgent.pdf", priority=1)
        left = _left(drops.queue(session))
        assert left == {"urgent.pdf": pytest.approx(4), "a.pdf": pytest.approx(8), "done.pdf": None}

    def test_files_before_the_shown_ones_are_counted(self, session: Session) -> None:
        _took(session, factories.document(session, "done.pdf"), 4)
        for name in ("a.pdf", "b.pdf", "c.pdf"):
            factories.queued(session, name)
        newest = drops.queue(session)[0].drop_id
        assert _left(drops.queue(session, [newest])) == {"c.pdf": pytest.approx(12)}

    def test_file_that_is_being_read_goes_on_at_its_own_pace(self, session: Session) -> None:
        document = factories.queued(session)
        _reading(session, document)
        documents.progress(session, document.id, 10, 40)
        session.refresh(document)
        document.reading_started_at = now() - timedelta(seconds=100)
        session.flush()
        assert drops.queue(session)[0].seconds_left == pytest.approx(300, abs=5)


class TestPace:
    def test_files_that_were_read_side_by_side_share_the_wait(self, session: Session) -> None:
        end = now()
        for name in ("a.pdf", "b.pdf"):
            document = factories.document(session, name)
            document.reading_started_at, document.read_at = end - timedelta(seconds=10), end
        session.flush()
        assert recent(session) == Pace(seconds_per_page=5.0, seconds_per_file=10.0, side_by_side=2)
        assert recent(session).of_files(4) == pytest.approx(20)

    def test_nothing_read_tells_nothing(self, session: Session) -> None:
        assert recent(session) == Pace()
        assert Pace().of_files(3) is None
        assert Pace().of_pages(3, 0, 0.0) is None

    def test_file_without_a_page_yet_is_judged_by_the_others(self) -> None:
        assert Pace(seconds_per_page=2.0, seconds_per_file=20.0).of_pages(5, 0, 1.0) == pytest.approx(10)

    def test_file_of_unknown_length_has_no_time_left(self) -> None:
        assert Pace(seconds_per_page=2.0, seconds_per_file=20.0).of_pages(0, 0, 1.0) is None


def _left(rows: list[QueueRow]) -> dict[str, float | None]:
    return {row.file_name: row.seconds_left for row in rows}
