"""The bench bank in a data folder that `kunskapsbanken serve` takes up as its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import insert
from sqlalchemy.orm import Session

from benchmarks.bench_bank import EVERYONE, BenchBank, Made, write
from catalog import terms, words
from catalog.columns import Base, title_key
from catalog.database import open_database
from catalog.models import Document, Page, PageTokens, Project, ProjectTerm
from indexer import analysis_version, facets, open_engine
from settings import Settings
from workers.word_counting import BatchWords

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
CLASSES = {EVERYONE: "open", EVERYONE[1:]: "internal", EVERYONE[3:]: "open"}
ROWS_A_STATEMENT = 5_000


class Recorder:
    """Takes made entries as they come and writes their rows many at a time."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._rows: dict[type[Base], list[dict[str, object]]] = {
            Project: [],
            ProjectTerm: [],
            Document: [],
            Page: [],
            PageTokens: [],
        }
        self._terms: dict[tuple[str, str], int] = {}
        self._words = BatchWords()

    def __call__(self, made: Made) -> None:
        if made.pages:
            self._document(made)
        else:
            self._project(made)
        self._words.note(made.entry, is_new=True)
        if len(self._rows[Page]) >= ROWS_A_STATEMENT:
            self.flush()

    def flush(self) -> None:
        for table, rows in self._rows.items():
            if rows:
                self._session.execute(insert(table), rows)
                rows.clear()

    def count_words(self) -> None:
        words.count(self._session, list(self._words.counted({})))

    def _project(self, made: Made) -> None:
        entry = made.entry
        slug = f"projekt-{entry.id}"
        common = _common(made) | {"slug": slug, "title_key": title_key(made.title), "start_year": entry.year or None}
        single: dict[str, object] = {name: entry.facets[name][0] for name in ("status", "finding", "project_type")}
        self._rows[Project].append(common | single | {"indexed_version": entry.version})
        for kind in ("organisation", "subject_area", "method", "target_group", "keyword"):
            for key in dict.fromkeys(entry.facets.get(kind, ())):
                self._rows[ProjectTerm].append({"project_id": entry.id, "term_id": self._term(kind, key)})

    def _document(self, made: Made) -> None:
        entry = made.entry
        self._rows[Document].append(
            _common(made)
            | {
                "project_id": entry.project_id,
                "sha256": f"{entry.id:064x}",
                "file_name": f"{made.title[:60]}.pdf",
                "media_type": "application/pdf",
                "size": 1,
                "document_type": entry.facets["document_type"][0],
                "year": entry.year,
                "state": "read",
                "page_count": len(made.pages),
                "read_at": PUBLISHED,
                "indexed_version": entry.version,
            }
        )
        for page, text in zip(entry.pages, made.pages, strict=True):
            place: dict[str, object] = {"document_id": entry.id, "number": page.number}
            tokens = page.tokens
            self._rows[Page].append(place | {"text": text})
            self._rows[PageTokens].append(
                place
                | {"exact": tokens.exact, "parts": tokens.parts, "spans": tokens.spans}
                | {"analysis_version": analysis_version()}
            )

    def _term(self, kind: str, key: str) -> int:
        if (kind, key) not in self._terms:
            self._terms[kind, key] = terms.ensure(self._session, kind, key).id
        return self._terms[kind, key]


def _common(made: Made) -> dict[str, object]:
    entry = made.entry
    drafted = entry.audience == EVERYONE[3:]
    published = None if drafted else PUBLISHED
    return {
        "id": entry.id,
        "title": made.title,
        "classification": CLASSES[entry.audience],
        "published_at": published,
        "version": entry.version,
    }


def build(folder: Path, bank: BenchBank, progress: Callable[[str], None] = print) -> None:
    """Fills `folder` (a KB_DATA) with the bench bank: record and index, nothing owed."""
    settings = Settings(data=str(folder))
    folder.mkdir(parents=True, exist_ok=True)
    database = open_database(settings.database_url)
    database.migrate()
    engine = open_engine(settings.engine, settings.index_folder)
    with database.transaction() as session:
        terms.seed(session)
        recorder = Recorder(session)
        entries = write(bank, engine, recorder)
        recorder.flush()
        recorder.count_words()
    engine.close()
    database.dispose()
    progress(f"{entries} entries, {len(facets())} facets at scale {bank.scale}")
