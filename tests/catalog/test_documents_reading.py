from __future__ import annotations

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from catalog import documents, identity, jobs
from catalog.documents import PageText, Reading
from catalog.errors import NotThere
from catalog.models import Document, Job, Page, PageTokens
from tests import factories

NUMBER = "Klienten 811218-9876 flyttade."


def _index_job(session: Session, document: Document) -> Job | None:
    return session.scalar(select(Job).where(Job.kind == "index", Job.subject_id == document.id))


class TestStarted:
    def test_reading_document_shows_when_it_began(self, session: Session) -> None:
        document = factories.queued(session)
        documents.reading_started(session, document.id)
        session.refresh(document)
        assert (document.state, document.pages_read, document.attempts) == ("reading", 0, 1)
        assert document.reading_started_at is not None

    def test_progress_is_noted(self, session: Session) -> None:
        document = factories.queued(session)
        documents.reading_started(session, document.id)
        documents.progress(session, document.id, 3, 40)
        session.refresh(document)
        assert (document.pages_read, document.page_count) == (3, 40)

    @pytest.mark.parametrize(
        "act",
        [
            lambda session: documents.reading_started(session, 1),
            lambda session: documents.progress(session, 1, 1, 2),
            lambda session: documents.fail(session, 1, "damaged"),
            lambda session: documents.store_reading(session, 1, Reading(pages=[])),
        ],
    )
    def test_document_that_was_removed_meanwhile_is_not_there(self, session: Session, act: object) -> None:
        with pytest.raises(NotThere):
            act(session)  # type: ignore[operator]


class TestStored:
    def test_pages_and_tokens_are_kept_as_they_came(self, session: Session) -> None:
        document = factories.queued(session)
        page = PageText(7, "Vräkning", "Resultat", "pdfium", "vräkning", "vräk", b"\x01")
        documents.store_reading(session, document.id, Reading(pages=[page], analysis_version="3"))
        (stored,) = documents.analysed(session, document.id)
        assert stored == documents.AnalysedPage(
            document.id, 7, "Vräkning", "Resultat", "vräkning", "vräk", b"\x01", "3"
        )
        assert documents.pages(session, document.id)[0].reader == "pdfium"

    def test_document_says_what_was_read(self, session: Session) -> None:
        document = factories.queued(session)
        factories.read(session, document, running="Skärholmen", page_kind="slide", cut=("pages",), summary="Kort.")
        assert (document.state, document.page_count, document.pages_read, document.word_count) == ("read", 2, 2, 7)
        assert (document.language, document.running, document.page_kind) == ("sv", "Skärholmen", "slide")
        assert (document.cut, document.summary, document.reader) == (["pages"], "Kort.", "test-1")
        assert document.read_at is not None

    def test_index_is_promised_the_new_version(self, session: Session) -> None:
        document = factories.queued(session)
        assert _index_job(session, document) is None
        factories.read(session, document)
        job = _index_job(session, document)
        assert job is not None
        assert job.version == document.version == 2

    def test_second_reading_replaces_the_first(self, session: Session) -> None:
        document = factories.document(session, pages=["ett", "två", "tre"])
        factories.read(session, document, ["fyra"])
        assert [page.text for page in documents.pages(session, document.id)] == ["fyra"]
        assert session.scalar(select(func.count()).select_from(PageTokens)) == 1

    def test_what_a_person_wrote_stands(self, session: Session) -> None:
        document = factories.queued(session, title="Min titel", document_type="bilaga")
        documents.update(session, document.id, year=2018, language="fi")
        suggestions = {"document_type": {"value": "slutrapport"}, "year": {"value": 2021}}
        factories.read(session, document, title="Filens titel", language="sv", suggestions=suggestions)
        assert (document.title, document.document_type, document.year, document.language) == (
            "Min titel",
            "bilaga",
            2018,
            "fi",
        )

    def test_empty_fields_are_filled_from_the_text(self, session: Session) -> None:
        document = factories.queued(session)
        suggestions = {"document_type": {"value": "slutrapport"}, "year": {"value": "2021"}, "odd": "no dict"}
        factories.read(session, document, title="Bo kvar\n  i Skärholmen", suggestions=suggestions)
        assert (document.title, document.document_type, document.year) == ("Bo kvar i Skärholmen", "slutrapport", 2021)
        assert document.suggestions == suggestions

    def test_document_without_title_is_called_as_its_file(self, session: Session) -> None:
        document = factories.queued(session, "Bo kvar (1).docx")
        factories.read(session, document)
        assert document.title == "Bo kvar (1)"

    def test_longest_title_and_heading_are_shortened(self, session: Session) -> None:
        document = factories.queued(session)
        page = PageText(1, "text", heading="h" * 1000)
        documents.store_reading(session, document.id, Reading(pages=[page], title="t" * 1000))
        assert (len(document.title), len(documents.pages(session, document.id)[0].heading)) == (400, 300)

    def test_file_without_pages_is_read_too(self, session: Session) -> None:
        document = factories.queued(session)
        factories.read(session, document, [])
        assert (document.state, document.page_count) == ("read", 0)

    def test_five_thousand_pages_are_stored_with_two_statements(self, session: Session) -> None:
        document = factories.queued(session)
        factories.read(session, document, ["ord " * 300] * 5_000)
        assert session.scalar(select(func.count()).select_from(Page)) == 5_000


class TestPublishWhenRead:
    @pytest.mark.parametrize("classification", ["open", "internal", "restricted"])
    def test_document_is_published_as_it_was_asked(self, session: Session, classification: str) -> None:
        document = factories.queued(session, publish=True, classification=classification)
        factories.read(session, document)
        assert document.published_at is not None
        assert document.classification == classification

    def test_document_that_nobody_asked_to_publish_is_not(self, session: Session) -> None:
        document = factories.queued(session)
        factories.read(session, document)
        assert document.published_at is None

    def test_open_document_with_an_identity_number_waits_for_a_person(self, session: Session) -> None:
        document = factories.queued(session, publish=True, classification="open")
        factories.read(session, document, [NUMBER])
        assert document.published_at is None

    def test_internal_document_with_an_identity_number_is_published(self, session: Session) -> None:
        document = factories.queued(session, publish=True, classification="internal")
        factories.read(session, document, [NUMBER])
        assert document.published_at is not None

    def test_open_document_where_a_better_reader_sees_a_number_is_taken_back(self, session: Session) -> None:
        document = factories.document(session)
        factories.read(session, document, [NUMBER])
        assert document.published_at is None

    def test_decided_number_keeps_the_document_open_when_it_is_read_again(self, session: Session) -> None:
        document = factories.document(session, pages=[NUMBER], classification="internal")
        (finding,) = identity.undecided(session, document.id)
        identity.decide(session, document.id, finding.page, finding.fingerprint, "may_stand", by="Eva")
        documents.publish(session, document.id, "open", "Eva")
        factories.read(session, document, [NUMBER])
        assert document.published_at is not None

    def test_project_of_a_published_document_can_be_opened(self, session: Session) -> None:
        project = factories.project(session, classification="internal", published=False)
        document = factories.queued(session, publish=True, project_id=project.id)
        factories.read(session, document)
        assert project.published_at is not None
        assert project.classification == "internal"


class TestFail:
    def test_reason_and_detail_are_shown(self, session: Session) -> None:
        document = factories.queued(session)
        documents.fail(session, document.id, "encrypted", "AES-256")
        session.refresh(document)
        assert (document.state, document.reason, document.reason_detail) == ("failed", "encrypted", "AES-256")

    def test_reason_goes_away_when_it_could_be_read_after_all(self, session: Session) -> None:
        document = factories.queued(session)
        documents.fail(session, document.id, "too_slow", "60 s")
        factories.read(session, document)
        assert (document.state, document.reason, document.reason_detail) == ("read", "", "")


class TestRetry:
    def _failed(self, session: Session, name: str = "a.pdf", dropped_by: str = "Eva") -> Document:
        document = factories.queued(session, name, dropped_by=dropped_by)
        jobs.forget(session, "read", "document", [document.id])
        documents.fail(session, document.id, "damaged", "kort")
        session.refresh(document)
        return document

    def test_failed_document_is_queued_afresh(self, session: Session) -> None:
        document = documents.retry(session, self._failed(session).id)
        assert (document.state, document.reason, document.reason_detail, document.attempts) == ("queued", "", "", 0)
        assert jobs.waiting(session) == {"read": 1}

    def test_document_that_is_being_read_goes_on(self, session: Session) -> None:
        document = factories.queued(session)
        jobs.claim(session, "read", "a:1:1", 1, 60, 1e6)
        documents.reading_started(session, document.id)
        session.refresh(document)
        assert documents.retry(session, document.id).state == "reading"
        assert jobs.claim(session, "read", "b:1:1", 1, 60, 1e6) == []

    def test_published_document_stays_published_while_it_is_read_again(self, session: Session) -> None:
        document = documents.retry(session, factories.document(session).id)
        assert document.state == "queued"
        assert document.published_at is not None

    def test_all_failed_are_retried_and_counted(self, session: Session) -> None:
        self._failed(session, "a.pdf")
        self._failed(session, "b.pdf", "Ali")
        factories.document(session, "c.pdf")
        assert documents.retry_all_failed(session) == 2
        assert documents.retry_all_failed(session) == 0

    def test_one_persons_failed_are_retried(self, session: Session) -> None:
        mine, others = self._failed(session, "a.pdf"), self._failed(session, "b.pdf", "Ali")
        assert documents.retry_all_failed(session, dropped_by="Eva") == 1
        assert (mine.state, others.state) == ("queued", "failed")

    def test_missing_document_cannot_be_retried(self, session: Session) -> None:
        with pytest.raises(NotThere):
            documents.retry(session, 1)


class TestMend:
    def test_healthy_bank_needs_no_mending(self, session: Session) -> None:
        factories.queued(session, "a.pdf")
        factories.document(session, "b.pdf")
        assert documents.mend(session) == 0

    def test_document_that_waits_without_a_promise_gets_one(self, session: Session) -> None:
        waiting, reading = factories.queued(session, "a.pdf"), factories.queued(session, "b.pdf")
        documents.reading_started(session, reading.id)
        jobs.forget(session, "read", "document", [waiting.id, reading.id])
        assert documents.mend(session) == 2
        assert jobs.waiting(session) == {"read": 2}
