"""A whole bank in a fresh folder, worked in this process: no Celery, no forks but those of the reader."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest

from catalog import documents, dropping, terms
from catalog.dropping import Desk, Wish
from catalog.models import Document
from indexer import SearchQuery, sniff
from settings import Settings
from workers import queue
from workers.bank import Bank

EDITORS = frozenset({"public", "staff", "restricted", "editors"})


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    queue.configure(settings)
    opened = Bank(settings)
    opened.database.migrate()
    with opened.database.transaction() as session:
        terms.seed(session)
    yield opened
    opened.close()


@pytest.fixture
def drop(bank: Bank) -> Callable[..., int]:
    """Drops a text (or bytes) and gives the document's id."""

    def drop_one(content: str | bytes, name: str = "rapport.txt", **wish: object) -> int:
        data = content.encode() if isinstance(content, str) else content
        desk = Desk(bank.database, bank.originals, 10_000_000, sniff)
        list(dropping.drop(desk, io.BytesIO(data), name, Wish("Eva", **wish)))  # type: ignore[arg-type]
        return newest(bank).id

    return drop_one


def newest(bank: Bank) -> Document:
    from sqlalchemy import select

    with bank.database.reading() as session:
        found = session.scalars(select(Document).order_by(Document.created_at.desc()).limit(1)).one()
        return documents.get(session, found.id)


def document(bank: Bank, document_id: int) -> Document:
    with bank.database.reading() as session:
        return documents.get(session, document_id)


def found(bank: Bank, words: str, audience: frozenset[str] = EDITORS) -> list[int]:
    """Ids of the documents that the question finds."""
    result = bank.engine.search(SearchQuery(text=words, audience=audience, today=99991231))
    return [hit.document_id for project in result.projects for hit in project.documents]
