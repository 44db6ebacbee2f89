"""One look at the documents counts each as its list finds it, on both databases."""

from __future__ import annotations

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog import coverage, coverage_counts, documents, jobs
from catalog.coverage_counts import Count
from catalog.documents import rereading
from catalog.documents.rereading import Readers
from catalog.models import Document
from tests import factories

TODAY = Readers({"application/pdf": "test-2"}, frozenset({"ocr-1"}))


def _filled(session: Session) -> None:
    """Documents in most states, with most faults."""
    project = factories.project(session)
    whole = factories.document(session, "a.pdf", project_id=project.id, document_date=None)
    several = factories.document(session, "b.pdf", reading={"reader": "test-2"})
    session.execute(update(Document).where(Document.id == several.id).values(languages=["en", "sv"], language="sv"))
    cut = factories.document(session, "c.pdf", reading={"cut": ["text"]})
    factories.document(session, "d.pdf", scans={1: "picture"}, reading={"reads_scans": False})
    factories.document(session, "e.pdf", reading={"cut": ["scanned"]})
    factories.queued(session, "f.pdf")
    failed = factories.queued(session, "g.pdf")
    documents.fail(session, failed.id, "damaged")
    jobs.forget(session, "read", "document", [failed.id])
    rereading.promise_rereading(session, [whole.id])
    documents.give_up(session, cut.id, "too_slow")
    session.flush()


def test_every_number_is_the_length_of_its_list(session: Session) -> None:
    _filled(session)
    found = coverage_counts.counts(session, TODAY)
    assert sum(one.documents for one in found.states.values()) == 7
    for name in coverage.STATES:
        assert found.states[name].documents == coverage.count_where(session, coverage.in_state(name)), name
    for name, condition in coverage.document_conditions(TODAY).items():
        assert found.conditions[name].documents == coverage.count_where(session, condition), name
    for codes, count in found.languages.items():
        assert count == coverage.count_where(session, coverage.in_languages(codes)), codes


def test_languages_formats_and_pages_are_told(session: Session) -> None:
    _filled(session)
    found = coverage_counts.counts(session, TODAY)
    assert found.languages == {("sv",): 4, ("sv", "en"): 1}
    assert found.conditions["mixed"] == Count(1, 2)
    assert found.older_formats == {"application/pdf": 4}
    assert found.conditions["reread_waiting"].documents == found.conditions["reread_failed"].documents == 1
