from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from catalog import documents
from catalog.database import Database
from catalog.errors import NotThere
from catalog.models import Document
from tests import factories

PUBLIC, STAFF, EDITORS = frozenset({"public"}), frozenset({"public", "staff"}), frozenset({"editors"})


class TestGet:
    def test_document_comes_with_project_terms_and_funding_for_use_after_the_session(self, database: Database) -> None:
        with database.transaction() as session:
            project = factories.project(session, terms={"organisation": ["Farsta"]})
            made = factories.document(session, project_id=project.id)
        with database.reading() as session:
            document = documents.get(session, made.id)
        assert document.project is not None
        assert [term.label for term in document.project.terms] == ["Farsta"]
        assert document.project.funding == []

    def test_missing_document_is_not_there(self, session: Session) -> None:
        with pytest.raises(NotThere):
            documents.get(session, 1)


class TestVisible:
    def test_hidden_document_and_missing_one_answer_alike(self, session: Session) -> None:
        document = factories.document(session, classification="internal")
        messages = []
        for document_id in (document.id, 1):
            with pytest.raises(NotThere) as caught:
                documents.visible(session, document_id, PUBLIC)
            messages.append(str(caught.value).replace(str(document_id), "…"))
        assert messages[0] == messages[1]
        assert documents.visible(session, document.id, STAFF) == document

    def test_classification_of_the_project_hides_its_documents(self, session: Session) -> None:
        project = factories.project(session, classification="restricted")
        document = factories.document(session, project_id=project.id)
        with pytest.raises(NotThere):
            documents.visible(session, document.id, STAFF)


class TestByIds:
    def test_documents_are_given_by_id_and_missing_ones_left_out(self, session: Session) -> None:
        first, second = factories.document(session, "a.pdf"), factories.document(session, "b.pdf")
        assert documents.by_ids(session, [second.id, 1, first.id]) == {first.id: first, second.id: second}
        assert documents.by_ids(session, []) == {}

    def test_few_queries_serve_a_result_list_of_any_length(self, database: Database) -> None:
        with database.transaction() as session:
            ids = [_in_project(session, number).id for number in range(6)]
        with database.reading() as session, _counted(database) as asked:
            found = documents.by_ids(session, ids)
        assert {one.project.title for one in found.values() if one.project} == {f"Projekt {n}" for n in range(6)}
        assert len(asked) <= 3


class TestEnds:
    def test_a_report_is_told_how_each_document_stands_and_missing_ones_are_left_out(self, session: Session) -> None:
        waits, stopped = factories.queued(session, "a.pdf"), factories.queued(session, "b.pdf")
        documents.fail(session, stopped.id, "damaged")
        assert documents.ends(session, [stopped.id, 1, waits.id]) == {
            stopped.id: documents.End(stopped.id, "failed", "damaged", 0, 0),
            waits.id: documents.End(waits.id, "queued", "", 0, 0),
        }


class TestUnfinished:
    def test_what_is_neither_stopped_nor_in_the_index_is_left_in_its_order(self, session: Session) -> None:
        waits, done = factories.queued(session, "a.pdf"), factories.document(session, "b.pdf")
        stopped, written = factories.queued(session, "c.pdf"), factories.document(session, "d.pdf")
        documents.fail(session, stopped.id, "damaged")
        documents.mark_indexed(session, {done.id: done.version})
        asked = [written.id, stopped.id, done.id, 1, waits.id]
        assert documents.unfinished(session, asked) == [written.id, waits.id]


class TestNewest:
    def test_newest_publication_comes_first_and_no_more_than_asked_for(self, session: Session) -> None:
        made = [factories.document(session, f"{number}.pdf") for number in range(4)]
        assert documents.newest(session, PUBLIC, 3) == made[:0:-1]

    def test_only_what_the_person_may_see_is_told(self, session: Session) -> None:
        internal = factories.document(session, "a.pdf", classification="internal")
        factories.document(session, "b.pdf", published=False)
        assert documents.newest(session, PUBLIC, 3) == []
        assert documents.newest(session, STAFF, 3) == [internal]
        assert documents.newest(session, EDITORS, 3) == [internal]


class TestInProject:
    def _three(self, session: Session) -> list[Document]:
        project = factories.project(session)
        days = (date(2019, 3, 1), date(2018, 3, 1), date(2020, 3, 1))
        first, second, third = (
            factories.document(session, f"{day}.pdf", project_id=project.id, document_date=day) for day in days
        )
        return [second, first, third]

    def test_documents_stand_by_date(self, session: Session) -> None:
        made = self._three(session)
        assert documents.in_project(session, made[0].project_id or 0, PUBLIC) == made

    def test_neighbours_are_those_before_and_after(self, session: Session) -> None:
        made = self._three(session)
        assert documents.neighbours(session, made[0], PUBLIC) == (None, made[1])
        assert documents.neighbours(session, made[1], PUBLIC) == (made[0], made[2])
        assert documents.neighbours(session, made[2], PUBLIC) == (made[1], None)

    def test_neighbour_that_may_not_be_seen_is_passed_over(self, session: Session) -> None:
        made = self._three(session)
        documents.unpublish(session, made[1].id)
        assert documents.neighbours(session, made[0], PUBLIC) == (None, made[2])
        assert documents.neighbours(session, made[1], PUBLIC) == (None, None)

    def test_document_without_project_has_no_neighbours(self, session: Session) -> None:
        assert documents.neighbours(session, factories.document(session), PUBLIC) == (None, None)


class TestPages:
    def test_pages_come_in_order_all_or_some(self, session: Session) -> None:
        document = factories.document(session, pages=["ett", "två", "tre"])
        assert [page.text for page in documents.pages(session, document.id)] == ["ett", "två", "tre"]
        assert [page.number for page in documents.pages(session, document.id, [3, 1, 9])] == [1, 3]
        assert documents.pages(session, document.id, []) == []


class TestTokens:
    def test_wanted_pages_of_several_documents_come_in_one_query(self, database: Database) -> None:
        with database.transaction() as session:
            first, second = (factories.document(session, name, pages=["ett", "två", "tre"]) for name in ("a", "b"))
        wanted = [(first.id, 1), (first.id, 3), (second.id, 2), (second.id, 9), (1, 1), (first.id, 1)]
        with database.reading() as session, _counted(database) as asked:
            found = documents.tokens(session, wanted)
        assert {pair: page.text for pair, page in found.items()} == {
            (first.id, 1): "ett",
            (first.id, 3): "tre",
            (second.id, 2): "två",
        }
        assert found[first.id, 3].exact == "tre"
        assert len(asked) == 1

    @pytest.mark.parametrize("count", [1, 2, 8, 9, 40, 64, 65, 129])
    def test_any_number_of_pages_may_be_wanted(self, session: Session, count: int) -> None:
        document = factories.document(session, pages=[f"sida {number}" for number in range(130)])
        wanted = [(document.id, number) for number in range(1, count + 1)]
        assert sorted(documents.tokens(session, wanted)) == wanted

    def test_nothing_wanted_is_nothing_asked(self, session: Session) -> None:
        assert documents.tokens(session, []) == {}

    @pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
    def test_pages_are_looked_up_not_searched_for(self, session: Session) -> None:
        from catalog.documents.page_text import _asking

        compiled = _asking(4).compile(session.connection())
        plan = session.connection().exec_driver_sql(f"EXPLAIN QUERY PLAN {compiled}", (1,) * 8).all()
        assert not [row for row in plan if "SCAN" in row[-1]]


def _in_project(session: Session, number: int) -> Document:
    project = factories.project(session, f"Projekt {number}", terms={"method": ["Bostad först", f"metod {number}"]})
    return factories.document(session, f"{number}.pdf", project_id=project.id)


@contextmanager
def _counted(database: Database) -> Iterator[list[str]]:
    """Collects the questions that go to the database."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield asked
    event.remove(database.engine, "before_cursor_execute", note)
