"""Reading again what was read before, on both databases: the old text stands until the new one is in."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from catalog import documents, identity, jobs, projects, scans
from catalog.documents import PageText, Reading, rereading, scan_promises
from catalog.models import Document, Job, Scan
from tests import factories
from tests.catalog.test_identity import BORN_1912, BORN_1981

READERS = rereading.Readers({"application/pdf": "pdf:1.3", "text/html": "html:1.3"}, frozenset({"tesseract 5/1"}))
TODAYS = "tesseract 5/2"
CAUSES = {1: "picture", 2: "picture", 3: "picture"}


def document(session: Session, name: str, **fields: Any) -> Document:
    reading = fields.pop("reading", {})
    return factories.document(session, name, reading={"reader": "pdf:1.2", **reading}, **fields)


def older(session: Session) -> list[int]:
    return rereading.ids_where(session, rereading.older_reader(READERS))


def read_again(session: Session, one: Document, *texts: str, **reading: Any) -> Document:
    pages = [PageText(number, text) for number, text in enumerate(texts, start=1)]
    documents.store_reading(session, one.id, Reading(pages=pages, reader="pdf:1.3", **reading), 9)
    return documents.get(session, one.id)


class TestChoice:
    @pytest.mark.parametrize(("reader", "expected"), [("2", True), ("pdf:1.2", True), ("pdf:1.3", False)])
    def test_an_older_reader_is_known_by_its_fingerprint(self, session: Session, reader: str, expected: bool) -> None:
        found = document(session, "a.pdf", reading={"reader": reader})
        assert older(session) == ([found.id] if expected else [])

    def test_each_format_is_compared_with_its_own_reader(self, session: Session) -> None:
        document(session, "a.pdf", reading={"reader": "html:1.3"})
        document(session, "b.html", media_type="text/html", reading={"reader": "html:1.3"})
        document(session, "c.xyz", media_type="chemical/x-xyz")
        assert [documents.get(session, one).file_name for one in older(session)] == ["a.pdf"]
        assert rereading.ids_where(session, rereading.older_reader(rereading.Readers())) == []

    def test_what_waits_to_be_read_is_chosen_by_nothing(self, session: Session) -> None:
        factories.queued(session, "väntar.pdf")
        failed = factories.queued(session, "trasig.pdf")
        documents.fail(session, failed.id, "damaged")
        assert older(session) == []
        assert rereading.ids_where(session, rereading.has_ended()) == [failed.id]
        assert rereading.ids_where(session, rereading.in_state("failed")) == [failed.id]
        assert rereading.ids_where(session, rereading.of_format("text/html")) == []


class TestPromise:
    def test_documents_stay_read_and_come_after_all_other_work(self, session: Session) -> None:
        found = document(session, "a.pdf")
        rereading.promise_rereading(session, [found.id])
        dropped = factories.queued(session, "ny.pdf")
        claimed = jobs.claim(session, "read", "me", 9, 60.0, time.time())
        assert [one.subject_id for one in claimed] == [dropped.id, found.id]
        assert session.scalars(select(Document.id).where(rereading.waiting())).all() == [found.id]
        assert documents.get(session, found.id).state == "read"

    def test_what_failed_waits_as_a_new_file_does(self, session: Session) -> None:
        failed = factories.queued(session, "trasig.pdf")
        documents.fail(session, failed.id, "damaged")
        rereading.promise_rereading(session, [failed.id])
        session.refresh(failed)
        assert (failed.state, failed.reason) == ("queued", "")

    def test_a_promise_is_made_once(self, session: Session) -> None:
        found = document(session, "a.pdf")
        for _ in range(2):
            rereading.promise_rereading(session, [found.id])
        assert jobs.waiting(session)["read"] == 1
        assert rereading.left_of(session, [found.id]) == 1


@pytest.fixture
def scanned(session: Session) -> Document:
    """Two scanned pages that yesterday's tesseract read, and a third that never was."""
    found = document(session, "skannad.pdf", pages=["Ett", "Två", ""], reading={"reader": "pdf:1.3"}, scans=CAUSES)
    rows = session.scalars(select(Scan).where(Scan.document_id == found.id).order_by(Scan.number)).all()
    for scan in rows[:2]:
        read_scan(session, scan.id, "tesseract 5/1", f"Gammal text {scan.number}")
    scans.fail(session, rows[2].id, "damaged")
    forget_promises(session, found)
    return found


def read_scan(session: Session, scan_id: int, reader: str, text: str) -> None:
    """What a worker does with its turn."""
    scan = scans.to_read(session, scan_id)
    assert scan
    page = PageText(scan.number, text, reader=scans.READER, exact=text.casefold(), parts=text.casefold())
    assert scans.store(session, scan, scans.ReadScan(reader, 0, 0.0, b"boxes", 90, page, "1"))
    jobs.forget(session, "ocr", "scan", [scan_id])


def forget_promises(session: Session, found: Document) -> None:
    jobs.forget(session, "index", "document", [found.id])
    jobs.forget(session, "ocr", "scan", [scan.id for scan in scans_of(session, found)])


def scans_of(session: Session, found: Document) -> list[Scan]:
    asked = select(Scan).where(Scan.document_id == found.id).order_by(Scan.number)
    return list(session.scalars(asked.execution_options(populate_existing=True)))


def ids(session: Session, condition: ColumnElement[bool]) -> list[int]:
    return list(session.scalars(select(Document.id).where(condition)))


class TestScans:
    def test_a_scan_of_an_older_reader_makes_its_document_one(self, session: Session, scanned: Document) -> None:
        assert older(session) == [scanned.id]
        assert rereading.count_older_scans(session, READERS) == 2
        without = rereading.Readers(READERS.files)
        assert rereading.ids_where(session, rereading.older_reader(without)) == []  # nobody can read them now

    def test_only_the_scans_are_promised_and_come_last(self, session: Session, scanned: Document) -> None:
        document(session, "ny.pdf", reading={"reader": "pdf:1.3"}, scans={2: "picture"})
        rereading.promise_rereading(session, [scanned.id], READERS, older_only=True)
        claimed = jobs.claim(session, "ocr", "me", 9, 60.0, time.time())
        first, second, failed = scans_of(session, scanned)
        assert [one.subject_id for one in claimed][1:] == [first.id, second.id]
        assert jobs.waiting(session).get("read", 0) == 0
        assert (first.state, failed.state) == ("read", "failed")
        assert ids(session, rereading.waiting()) == [scanned.id]
        assert rereading.left_of(session, [scanned.id]) == 1

    def test_all_that_is_read_again_has_its_older_scans_read_too(self, session: Session, scanned: Document) -> None:
        rereading.promise_rereading(session, [scanned.id], READERS)
        assert (jobs.waiting(session)["read"], jobs.waiting(session)["ocr"]) == (1, 2)

    def test_the_old_text_stands_until_the_new_is_in(self, session: Session, scanned: Document) -> None:
        rereading.promise_rereading(session, [scanned.id], READERS, older_only=True)
        session.refresh(scanned)
        assert scanned.scan_pages_waiting == 0
        first, second, _failed = scans_of(session, scanned)
        read_scan(session, first.id, TODAYS, "Ny text 1")
        assert [one.text for one in documents.pages(session, scanned.id)] == ["Ny text 1", "Gammal text 2", ""]
        assert not scans.is_last(session, scanned.id, first.id)
        assert scans.is_last(session, scanned.id, second.id)
        read_scan(session, second.id, TODAYS, "Ny text 2")
        assert older(session) == []
        index = session.scalars(select(Job).where(Job.kind == "index", Job.subject_id == scanned.id)).one()
        assert index.priority == scan_promises.PRIORITY

    def test_a_page_that_cannot_be_read_again_keeps_its_text_and_tells_it(
        self, session: Session, scanned: Document
    ) -> None:
        rereading.promise_rereading(session, [scanned.id], READERS, older_only=True)
        first, *_others = scans_of(session, scanned)
        assert scans.fail(session, first.id, "too_slow") == scanned.id
        first, *_others = scans_of(session, scanned)
        assert (first.state, first.reason, first.boxes) == ("read", "too_slow", b"boxes")
        assert ids(session, rereading.failed_again()) == [scanned.id]
        read_scan(session, first.id, TODAYS, "Ny text")
        assert ids(session, rereading.failed_again()) == []

    def test_one_whose_workers_all_died_keeps_its_text_too(self, session: Session, scanned: Document) -> None:
        rereading.promise_rereading(session, [scanned.id], READERS, older_only=True)
        for claimed in jobs.claim(session, "ocr", "me", 9, 60.0, time.time()):
            assert jobs.lost(session, replace(claimed, losses=jobs.MOST_LOSSES - 1))
        assert [one.state for one in scans_of(session, scanned)] == ["read", "read", "failed"]

    @pytest.mark.parametrize(("pictures", "cut"), [((1, 2), []), ((1, 2, 3), ["scanned"])])
    def test_without_the_program_only_pages_without_text_are_left_out(
        self, session: Session, scanned: Document, pictures: tuple[int, ...], cut: list[str]
    ) -> None:
        pages = [PageText(number, "Egen", scan="picture" if number in pictures else "") for number in (1, 2, 3)]
        documents.store_reading(session, scanned.id, Reading(pages=pages, reader="pdf:1.3", cut=["scanned"]))
        session.refresh(scanned)
        assert scanned.cut == cut

    def test_a_failed_document_is_read_from_the_start(self, session: Session, scanned: Document) -> None:
        documents.fail(session, scanned.id, "no_text")
        rereading.promise_rereading(session, [scanned.id], READERS)
        assert scans_of(session, scanned) == []
        assert (jobs.waiting(session)["read"], jobs.waiting(session).get("ocr", 0)) == (1, 0)


class TestMeanwhile:
    def test_the_old_text_stands_while_the_new_one_is_read(self, session: Session) -> None:
        found = document(session, "a.pdf")
        rereading.promise_rereading(session, [found.id])
        documents.reading_started(session, found.id)
        documents.progress(session, found.id, 1, 40)
        session.refresh(found)
        assert (found.state, found.page_count, found.pages_read, found.attempts) == ("read", 2, 2, 1)
        assert [one.text for one in documents.pages(session, found.id)] == list(factories.PAGES)

    def test_a_failure_leaves_the_old_text_and_tells_the_reason(self, session: Session) -> None:
        found = document(session, "a.pdf")
        documents.give_up(session, found.id, "too_slow", "detail")
        session.refresh(found)
        assert (found.state, found.reason) == ("read", "too_slow")
        assert session.scalars(select(Document.id).where(rereading.failed_again())).all() == [found.id]
        assert rereading.without_new_text(session, [found.id]) == 1
        again = read_again(session, found, "Ny text")
        assert (again.reason, rereading.without_new_text(session, [found.id])) == ("", 0)

    def test_one_whose_workers_all_died_keeps_its_text_too(self, session: Session) -> None:
        found, fresh = document(session, "a.pdf"), factories.queued(session, "ny.pdf")
        rereading.promise_rereading(session, [found.id])
        for claimed in jobs.claim(session, "read", "me", 9, 60.0, time.time()):
            assert jobs.lost(session, replace(claimed, losses=jobs.MOST_LOSSES - 1))
        session.refresh(found)
        session.refresh(fresh)
        assert (found.state, fresh.state) == ("read", "failed")


class TestNewText:
    def test_what_editors_wrote_stays_and_what_was_proposed_is_renewed(self, session: Session) -> None:
        proposed = {"summary": {"value": "Kort.", "page": 1, "quote": ""}}
        found = document(session, "a.pdf", reading={"summary": "Kort.", "suggestions": proposed, "title": "Gissad"})
        documents.update(session, found.id, title="Rätt titel", document_type="slutrapport", year=2019, language="en")
        again = read_again(
            session, found, "Ny text", title="Annan", summary="Bättre.", language="sv", languages=("sv", "en")
        )
        assert (again.title, again.document_type, again.year, again.language) == (
            "Rätt titel",
            "slutrapport",
            2019,
            "en",
        )
        assert (again.summary, again.languages, again.reader) == ("Bättre.", ["sv", "en"], "pdf:1.3")

    def test_a_summary_that_a_person_wrote_stays(self, session: Session) -> None:
        found = document(session, "a.pdf", reading={"summary": "Kort."})
        documents.update(session, found.id, summary="Egen.")
        assert read_again(session, found, "Ny text", summary="Annan.").summary == "Egen."

    def test_a_project_that_was_withdrawn_stays_so(self, session: Session) -> None:
        project = factories.project(session)
        found = document(session, "a.pdf", project_id=project.id)
        projects.unpublish(session, project.id)
        published = found.published_at
        again = read_again(session, found, "Ny text")
        assert again.published_at == published
        assert project.published_at is None

    def test_it_is_indexed_after_all_other_work_and_stays_published(self, session: Session) -> None:
        found = document(session, "a.pdf")
        jobs.forget(session, "index", "document", [found.id])
        published, version = found.published_at, found.version
        again = read_again(session, found, "Ny text")
        job = session.scalars(select(Job).where(Job.kind == "index", Job.subject_id == found.id)).one()
        assert (job.priority, job.version, again.version) == (9, version + 1, version + 1)
        assert again.published_at == published


class TestIdentityNumbers:
    def test_a_decision_follows_a_number_to_its_new_page(self, session: Session) -> None:
        found = document(session, "a.pdf", pages=["Inledning", f"Nummer {BORN_1981}"], published=False)
        (number,) = identity.in_document(session, found.id)
        identity.decide(session, found.id, 2, number.fingerprint, "may_stand", by="Eva")
        documents.publish(session, found.id, "open", "Eva")
        again = read_again(session, found, "Inledning", "Ny sida", f"Nummer {BORN_1981}")
        assert [(one.page, one.decision) for one in identity.in_document(session, found.id)] == [(3, "may_stand")]
        assert again.published_at

    def test_a_number_on_one_page_more_takes_the_document_back_until_somebody_decides(self, session: Session) -> None:
        found = document(session, "a.pdf", pages=[f"Nummer {BORN_1981}"], published=False)
        (number,) = identity.in_document(session, found.id)
        identity.decide(session, found.id, 1, number.fingerprint, "may_stand", by="Eva")
        documents.publish(session, found.id, "open", "Eva")
        again = read_again(session, found, f"Nummer {BORN_1981}", f"Åter {BORN_1981} och {BORN_1912}")
        assert (again.published_at, again.reason) == (None, "identity")
        assert [one.page for one in identity.undecided(session, found.id)] == [2, 2]
