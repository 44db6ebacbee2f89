"""Says what is wrong with a bank after an import, by comparing record, originals and index with what was dropped."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from catalog.models import Document, Drop, Job, Page, PageTokens
from indexer import SearchQuery
from tests.journeys.small_files import SmallFile
from workers.bank import Bank

EDITORS = frozenset({"public", "staff", "restricted", "editors"})


def complaints(bank: Bank, files: Sequence[SmallFile]) -> list[str]:
    """Empty where every file is in the bank exactly once, read, indexed and found, and nothing is left over."""
    with bank.database.reading() as session:
        found = [*_of_record(session, files), *_of_index(bank, session)]
    return [*found, *_of_originals(bank, files), *_of_search(bank, files)]


def _of_record(session: Session, files: Sequence[SmallFile]) -> Iterator[str]:
    documents = {one.sha256: one for one in session.scalars(select(Document))}
    expected = {one.sha256: one for one in files}
    yield from (f"{expected[sha].name} is not in the record" for sha in expected.keys() - documents.keys())
    yield from (f"{documents[sha].file_name} was never dropped" for sha in documents.keys() - expected.keys())
    for sha in expected.keys() & documents.keys():
        yield from _of_document(session, documents[sha], expected[sha])
    yield from (
        f"job left: {job.kind} {job.subject_id} {job.owner} {job.last_error}" for job in session.scalars(select(Job))
    )


def _of_document(session: Session, document: Document, file: SmallFile) -> Iterator[str]:
    if document.state != "read":
        yield f"{file.name} is {document.state} {document.reason} {document.reason_detail}"
    if document.indexed_version != document.version:
        yield f"{file.name}: version {document.version}, indexed {document.indexed_version}"
    for table in (Page, PageTokens):
        numbers = sorted(session.scalars(select(table.number).where(table.document_id == document.id)))
        if numbers != list(range(1, file.pages + 1)):
            yield f"{file.name}: {table.__tablename__} has {numbers} of {file.pages} pages"
    drops = session.scalars(select(Drop).where(Drop.document_id == document.id)).all()
    if len([one for one in drops if not one.duplicate]) != 1:
        yield f"{file.name} was noted as new {len(drops)} times"


def _of_index(bank: Bank, session: Session) -> Iterator[str]:
    entries = [(one, version) for one, kind, version in bank.engine.entries() if kind == "document"]
    yield from (f"entry {one} stands {n} times" for one, n in Counter(one for one, _ in entries).items() if n > 1)
    recorded = {one.id: one for one in session.scalars(select(Document))}
    if dict(entries) != {one: document.version for one, document in recorded.items()}:
        yield f"the index has {sorted(entries)}, the record {sorted((d.id, d.version) for d in recorded.values())}"
    counts = bank.engine.page_counts()
    for one, document in recorded.items():
        if counts.get(one, 0) != document.page_count:
            yield f"{document.file_name}: {counts.get(one, 0)} pages in the index, {document.page_count} in the record"
    yield from (f"pages of {one} without a document" for one in counts.keys() - recorded.keys())


def _of_originals(bank: Bank, files: Sequence[SmallFile]) -> Iterator[str]:
    stored, expected = set(bank.originals.stored()), {one.sha256: one for one in files}
    yield from (f"original of {expected[sha].name} is missing" for sha in expected.keys() - stored)
    yield from (f"original {sha} belongs to nothing" for sha in stored - expected.keys())
    for sha in stored & expected.keys():
        if bank.originals.path(sha).read_bytes() != expected[sha].content:
            yield f"original of {expected[sha].name} has changed"


def _of_search(bank: Bank, files: Sequence[SmallFile]) -> Iterator[str]:
    for file in files:
        total = bank.engine.search(SearchQuery(text=file.word, audience=EDITORS, today=99991231)).total
        if total != 1:
            yield f"{file.word} of {file.name} is found in {total} documents"
