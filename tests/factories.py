"""Rows of the record for tests: each function fills in what a test does not say.

All of them work in the session that they are given and go through the catalog's own functions.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog import documents, jobs, projects, users
from catalog.documents import Arrival, PageText, Reading, Wish
from catalog.models import Document, Project
from catalog.originals import Kept
from catalog.person_models import User

PASSWORD = "blåbär och lingon"
PAGES = ("Boendestöd prövades i Skärholmen.", "Vräkningarna blev färre.")


def project_titles(session: Session) -> list[str]:
    return list(session.scalars(select(Project.title).order_by(Project.title)))


def project(
    session: Session,
    title: str = "Bo kvar",
    *,
    classification: str = "open",
    published: bool = True,
    terms: Mapping[str, Iterable[str]] | None = None,
    **fields: Any,
) -> Project:
    """A published, open project. `terms` are labels or keys by kind."""
    made = projects.create(session, title=title, classification=classification, **fields)
    if terms:
        projects.set_terms(session, made, terms)
    if published:
        projects.publish(session, made.id, classification, "Eva")
    return made


def kept(content: str | bytes = b"%PDF-1.4") -> Kept:
    """What `Originals.keep` gives for this content, without keeping it."""
    data = content.encode() if isinstance(content, str) else content
    return Kept(hashlib.sha256(data).hexdigest(), len(data))


def arrival(file_name: str, **said: Any) -> Arrival:
    """A file of the bytes `kept` and the `media_type`, of which the rest was said."""
    content, media_type = said.pop("kept", kept(file_name)), said.pop("media_type", "application/pdf")
    return Arrival(content, file_name, media_type, Wish(**{"dropped_by": "Eva", **said}))


def queued(session: Session, file_name: str = "Slutrapport.pdf", **fields: Any) -> Document:
    """A document that waits to be read. Other names are other contents, unless `kept` says what it holds."""
    (registered,) = documents.register(session, [arrival(file_name, **fields)])
    return documents.get(session, registered.document_id)


def document(
    session: Session,
    file_name: str = "Slutrapport.pdf",
    *,
    pages: Sequence[str] = PAGES,
    classification: str = "open",
    published: bool = True,
    reading: Mapping[str, Any] | None = None,
    analysed: bool = False,
    scans: Mapping[int, str] | None = None,
    **fields: Any,
) -> Document:
    """A document that has been read, published and open. `analysed` gives its pages their real tokens.

    `scans` are pages, with the cause, that wait for somebody to read them as scans.
    """
    made = queued(session, file_name, classification=classification, **fields)
    read(session, made, pages, analysed=analysed, scans=scans, **(reading or {}))
    if published:
        documents.publish(session, made.id, classification, "Eva")
    return documents.get(session, made.id)


def read(
    session: Session,
    waiting: Document,
    pages: Sequence[str] = PAGES,
    *,
    analysed: bool = False,
    scans: Mapping[int, str] | None = None,
    **reading: Any,
) -> None:
    """Stores a reading of a waiting document and keeps the promise to read it, as a worker does."""
    make = _analysed if analysed else _plain
    texts = [replace(make(number, text), scan=(scans or {}).get(number, "")) for number, text in enumerate(pages, 1)]
    words = sum(len(text.split()) for text in pages)
    given = {"language": "sv", "reader": "test-1", "word_count": words, "reads_scans": True, **reading}
    documents.reading_started(session, waiting.id)
    documents.store_reading(session, waiting.id, Reading(pages=texts, **given))
    jobs.forget(session, "read", "document", [waiting.id])


def user(session: Session, name: str = "Eva", role: str = "redaktor", password: str = PASSWORD) -> User:
    return users.add(session, name, password, role)


def _plain(number: int, text: str) -> PageText:
    tokens = text.casefold()
    return PageText(number, text, reader="test", exact=tokens, parts=tokens)


def _analysed(number: int, text: str) -> PageText:
    from indexer import analyse

    tokens = analyse(text)
    return PageText(number, text, reader="test", exact=tokens.exact, parts=tokens.parts, spans=tokens.spans)
