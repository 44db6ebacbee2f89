"""A real bank on disk, filled straight through the record and the workers' own steps."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from io import BytesIO
from typing import Any

from catalog import documents, jobs, projects, terms, users
from catalog.documents import Arrival, PageText, Reading, Wish
from indexer import analyse, analysis_version
from settings import Settings
from workers.bank import Bank
from workers.index_step import index_next

PDF = "application/pdf"


class SmallBank:
    """Makes projects and documents in a line each; `index` brings them to search, as the worker does."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.workers = Bank(settings)
        self.workers.database.migrate()
        with self.workers.database.transaction() as session:
            terms.seed(session)

    def project(
        self,
        title: str,
        *,
        classification: str = "open",
        published: bool = True,
        chosen: Mapping[str, Iterable[str]] | None = None,
        funding: Iterable[tuple[int, int, int]] = (),
        **fields: Any,
    ) -> int:
        with self.workers.database.transaction() as session:
            project = projects.create(session, title=title, **fields)
            projects.set_terms(session, project, chosen or {})
            projects.set_funding(session, project, funding)
            if published:
                projects.publish(session, project.id, classification, "test")
            return project.id

    def document(
        self,
        title: str,
        pages: Sequence[str],
        *,
        headings: Sequence[str] = (),
        project_id: int | None = None,
        classification: str = "open",
        published: bool = True,
        document_type: str = "slutrapport",
        day: date | None = date(2019, 12, 1),
        content: bytes = b"",
        media_type: str = PDF,
        file_name: str = "",
        summary: str = "",
    ) -> int:
        """A document that was read: one text a page. `content` is the original, made up where none is given."""
        kept = self.workers.originals.keep(BytesIO(content or f"{title} {pages}".encode()), 10_000_000)
        with self.workers.database.transaction() as session:
            wish = Wish(
                "test",
                project_id,
                classification=classification,
                title=title,
                document_type=document_type,
                document_date=day,
            )
            (made,) = documents.register(session, [Arrival(kept, file_name or f"{title}.pdf", media_type, wish)])
            documents.store_reading(session, made.document_id, _reading(pages, headings, summary))
            jobs.forget(session, "read", "document", [made.document_id])
            if published:
                documents.publish(session, made.document_id, classification, "test")
            return made.document_id

    def index(self) -> None:
        while index_next(self.workers):
            pass

    def person(self, role: str, name: str = "anna", password: str = "en lång lösenfras") -> None:
        with self.workers.database.transaction() as session:
            users.add(session, name, password, role)

    def close(self) -> None:
        self.workers.close()


def _reading(pages: Sequence[str], headings: Sequence[str], summary: str) -> Reading:
    headed = [*headings, *[""] * (len(pages) - len(headings))]
    analysed = [(text, analyse(text)) for text in pages]
    return Reading(
        pages=[
            PageText(number, text, heading, "test", tokens.exact, tokens.parts, tokens.spans)
            for number, ((text, tokens), heading) in enumerate(zip(analysed, headed, strict=True), 1)
        ],
        language="sv",
        summary=summary,
        reader="test",
        word_count=sum(len(text.split()) for text in pages),
        analysis_version=analysis_version(),
    )
