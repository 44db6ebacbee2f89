"""What a document gains when its last scanned page is in: title, language and proposals out of the whole text."""

from __future__ import annotations

from sqlalchemy.orm import Session

from catalog import documents, projects, scans
from catalog.documents.reading import INDEX_PRIORITY
from indexer import ExtractedPage, suggest, whole_text
from workers.bank import Bank


def conclude(bank: Bank, session: Session, document_id: int, priority: int = INDEX_PRIORITY) -> None:
    """In the transaction that brought the last page, so that no death comes between; `priority` is the index's."""
    document = documents.get(session, document_id)
    pages = [
        ExtractedPage(page.number, page.text, page.heading, page.reader)
        for page in documents.pages(session, document_id)
    ]
    found = whole_text(document.media_type, pages)
    suggestions = {**document.suggestions, **suggest(found, bank.vocabularies)}
    reason = scans.why_failed(session, document_id) or "no_text"
    told = documents.Conclusion(found.title, found.language, found.languages, found.summary, suggestions, reason)
    documents.conclude(session, document_id, told, priority)
    projects.name_after(session, document_id)
