from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import documents, identity, jobs
from catalog.database import Database
from catalog.errors import BadValue, IdentityNumbersUnconfirmed, NotThere
from catalog.models import Document, Drop, IdentityDecision, Job, Page, PageTokens, Removal
from tests import factories

NUMBER = "Klienten 811218-9876 flyttade."


def _job_version(session: Session, document_id: int) -> int | None:
    return session.scalar(select(Job.version).where(Job.kind == "index", Job.subject_id == document_id))


class TestUpdate:
    def test_fields_are_written_and_the_index_is_promised_the_new_version(self, session: Session) -> None:
        document = factories.document(session)
        before = document.version
        documents.update(session, document.id, title="Ny titel", document_type="delrapport", summary="Kort.")
        assert (document.title, document.document_type, document.summary) == ("Ny titel", "delrapport", "Kort.")
        assert document.version == before + 1 == _job_version(session, document.id)

    def test_date_gives_the_year_unless_that_is_said_too(self, session: Session) -> None:
        document = factories.document(session)
        assert documents.update(session, document.id, document_date=date(2020, 2, 1)).year == 2020
        assert documents.update(session, document.id, document_date=date(2020, 2, 1), year=2019).year == 2019

    def test_document_moves_to_another_project(self, session: Session) -> None:
        document, project = factories.document(session), factories.project(session)
        assert documents.update(session, document.id, project_id=project.id).project == project
        assert documents.update(session, document.id, project_id=None).project is None

    @pytest.mark.parametrize("field", ["state", "sha256", "version", "published_at", "nonsense"])
    def test_field_that_people_do_not_write_is_refused(self, session: Session, field: str) -> None:
        document = factories.document(session)
        changed: dict[str, Any] = {field: "x"}
        with pytest.raises(BadValue, match=field):
            documents.update(session, document.id, **changed)

    def test_classification_that_nobody_knows_is_refused_and_taken_back(self, session: Session) -> None:
        document = factories.document(session)
        with pytest.raises(BadValue):
            documents.update(session, document.id, classification="öppen", title="Ny")
        assert (document.classification, document.title) == ("open", "Slutrapport")

    def test_published_document_does_not_become_open_with_identity_numbers(self, session: Session) -> None:
        document = factories.document(session, pages=[NUMBER], classification="internal")
        with pytest.raises(IdentityNumbersUnconfirmed):
            documents.update(session, document.id, classification="open")
        assert document.classification == "internal"

    def test_identity_number_cannot_be_written_into_an_open_document(self, session: Session) -> None:
        document = factories.document(session)
        with pytest.raises(IdentityNumbersUnconfirmed):
            documents.update(session, document.id, summary=NUMBER)
        assert document.summary == ""

    def test_document_that_was_never_read_is_not_indexed(self, session: Session) -> None:
        document = factories.queued(session)
        documents.update(session, document.id, title="Ny")
        assert _job_version(session, document.id) is None


class TestPublish:
    def test_published_document_is_seen_by_its_audience(self, session: Session) -> None:
        document = factories.document(session, published=False)
        with pytest.raises(NotThere):
            documents.visible(session, document.id, frozenset({"public"}))
        documents.publish(session, document.id, "open", "Ali")
        assert documents.visible(session, document.id, frozenset({"public"})) == document
        assert (document.published_by, document.confirmed_at is not None) == ("Ali", True)
        assert _job_version(session, document.id) == document.version

    def test_first_moment_of_publication_stands(self, session: Session) -> None:
        document = factories.document(session, classification="internal")
        first = document.published_at
        documents.publish(session, document.id, "open", "Eva")
        assert document.published_at == first

    def test_undecided_identity_numbers_are_told_with_their_places(self, session: Session) -> None:
        document = factories.document(session, published=False, pages=["Inget.", NUMBER])
        with pytest.raises(IdentityNumbersUnconfirmed) as caught:
            documents.publish(session, document.id, "open", "Eva")
        assert [(one.page, one.written) for one in caught.value.findings] == [(2, "811218-9876")]

    def test_refused_publication_changes_nothing_even_where_the_caller_commits(self, database: Database) -> None:
        with database.transaction() as session:
            document = factories.document(session, pages=[NUMBER], classification="internal")
            before = document.version
        with database.transaction() as session, pytest.raises(IdentityNumbersUnconfirmed):
            documents.publish(session, document.id, "open", "Eva")
        with database.reading() as session:
            stored = documents.get(session, document.id)
            assert (stored.classification, stored.version) == ("internal", before)

    def test_document_becomes_open_once_each_number_is_decided(self, session: Session) -> None:
        document = factories.document(session, published=False, pages=[NUMBER, NUMBER])
        for finding in identity.undecided(session, document.id):
            identity.decide(session, document.id, finding.page, finding.fingerprint, "not_a_number", by="Eva")
        assert documents.publish(session, document.id, "open", "Eva").published_at is not None

    @pytest.mark.parametrize("classification", ["internal", "restricted"])
    def test_what_is_not_open_may_hold_identity_numbers(self, session: Session, classification: str) -> None:
        document = factories.document(session, published=False, pages=[NUMBER])
        assert documents.publish(session, document.id, classification, "Eva").published_at is not None

    def test_project_that_would_become_open_with_a_number_stays_unpublished(self, session: Session) -> None:
        project = factories.project(session, aim=NUMBER, published=False)
        factories.document(session, project_id=project.id)
        assert project.published_at is None

    def test_unpublished_document_is_back_with_those_who_edit(self, session: Session) -> None:
        document = factories.document(session)
        documents.unpublish(session, document.id)
        with pytest.raises(NotThere):
            documents.visible(session, document.id, frozenset({"public", "staff", "restricted"}))
        assert documents.visible(session, document.id, frozenset({"editors"})) == document
        assert _job_version(session, document.id) == document.version


class TestRemove:
    def test_only_the_recorded_decision_is_left(self, session: Session) -> None:
        document = factories.document(session, pages=[NUMBER], classification="internal")
        (finding,) = identity.undecided(session, document.id)
        identity.decide(session, document.id, 1, finding.fingerprint, "may_stand", by="Eva")
        documents.remove(session, document.id, by="Eva", why="personuppgifter")
        left = [
            session.scalar(select(func.count()).select_from(table))
            for table in (Document, Page, PageTokens, Drop, IdentityDecision)
        ]
        assert left == [0, 0, 0, 0, 0]
        removal = session.scalars(select(Removal)).one()
        assert (removal.document_id, removal.removed_by, removal.why) == (document.id, "Eva", "personuppgifter")
        assert (removal.sha256, removal.file_name) == (document.sha256, "Slutrapport.pdf")

    def test_index_is_promised_to_forget_it_and_nobody_to_read_it(self, session: Session) -> None:
        document = factories.document(session)
        factories.queued(session, "annan.pdf")
        version = document.version
        documents.retry(session, document.id)
        documents.remove(session, document.id, by="Eva", why="fel fil")
        assert _job_version(session, document.id) == version + 1
        assert jobs.waiting(session) == {"index": 1, "read": 1}

    def test_missing_document_cannot_be_removed(self, session: Session) -> None:
        with pytest.raises(NotThere):
            documents.remove(session, 1, by="Eva", why="")


class TestVersions:
    def test_documents_that_were_read_belong_in_the_index(self, session: Session) -> None:
        factories.queued(session, "a.pdf")
        document = factories.document(session, "b.pdf")
        assert documents.versions(session) == {document.id: document.version}

    def test_indexed_version_is_noted(self, session: Session) -> None:
        document = factories.document(session)
        documents.mark_indexed(session, {document.id: 2, 1: 1})
        session.refresh(document)
        assert document.indexed_version == 2
