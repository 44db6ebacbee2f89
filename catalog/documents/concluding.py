"""What is done with a document once its last scan has been read."""

from __future__ import annotations

from pathlib import PurePath

from sqlalchemy.orm import Session

from catalog import jobs
from catalog.documents.finding import get
from catalog.documents.reading import INDEX_PRIORITY, LONGEST_TITLE
from catalog.documents.reading_end import fail, publish_as_asked
from catalog.documents.reading_values import Conclusion, is_proposed, proposed
from catalog.documents.versioning import bump


def conclude(session: Session, document_id: int, conclusion: Conclusion, priority: int = INDEX_PRIORITY) -> None:
    """The last scan of the document is in: fills what is still empty, and publishes what was held back for it.

    A title that is only the file's name gives way. A document that turned out to have no word at all has failed.
    """
    document = get(session, document_id)
    stem = PurePath(document.file_name).stem
    if not document.word_count:
        document.read_at = None
        fail(session, document_id, conclusion.reason)
        session.refresh(document)
        jobs.add(session, "index", "document", document_id, document.version)  # it is found by nothing any more
        return
    if conclusion.title and document.title in {"", " ".join(stem.split())[:LONGEST_TITLE]}:
        document.title = " ".join(conclusion.title.split())[:LONGEST_TITLE]
    document.language = document.language or conclusion.language
    document.languages = list(conclusion.languages)
    if not document.summary or (conclusion.summary and is_proposed(document, "summary")):
        document.summary = conclusion.summary
    document.suggestions = dict(conclusion.suggestions)
    kind, year = proposed(conclusion.suggestions)
    document.document_type = document.document_type or kind
    document.year = document.year or year
    session.flush()
    if document.publish_when_read:
        publish_as_asked(session, document_id)
    bump(session, document, priority)
