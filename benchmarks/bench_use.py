"""The bench bank as a city leaves it after some years: money, scans, people, kept views, and a long queue.

The queue holds QUEUE files at scale 1: most wait to be read, the rest came out well, stopped, or were refused.
"""

from __future__ import annotations

import random
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from sqlalchemy import insert, select, update
from sqlalchemy.orm import Session

from benchmarks.bench_bank import FIRST_ID, SEED, BenchBank, Made
from benchmarks.bench_record import PUBLISHED, build
from catalog import documents, editors_words, judgements, saved_views, users
from catalog.database import open_database
from catalog.models import Document, Drop, Funding, Job, Page, Project, Scan
from catalog.originals import open_originals
from catalog.scan_words import packed
from settings import Settings
from tests.webapp.small_pdf import small_pdf

QUEUE: Final = 5_000
PASSWORD: Final = "en lång lösenfras"
EDITOR: Final = "Anna Redaktör"
SHOWN: Final = 20  # documents, each of its own project, that have an original to be pictured
VIEWS: Final = (
    ("Utfall efter sakområde", "/utforska?andel=kolumn"),
    ("Medel efter finansieringsår", "/utforska?rader=medel&kolumner=inga&rakna=medel"),
    ("Slutrapporter om barn", "/sok?q=barn&typ=slutrapport"),
)
_FIRST_YEAR, _YEARS = 2001, 25
_LINE, _LINES = 90, 40  # of a pictured page
_UNREAD = ("damaged", "encrypted", "too_slow", "unsupported")


@dataclass(frozen=True)
class FundedBank(BenchBank):
    """Three projects in five have funds of two years, so that a year has some 240 projects at scale 1."""

    def made(self) -> Iterator[Made]:
        for made in super().made():
            years = tuple(str(year) for year in funded_years(made.entry.project_id))
            facets = {**made.entry.facets, **({"funding_year": years} if years else {})}
            yield replace(made, entry=replace(made.entry, facets=facets))


def funded_years(project_id: int) -> tuple[int, ...]:
    number = (project_id - FIRST_ID) // 100
    first = _FIRST_YEAR + number % _YEARS
    return (first, first + 1) if number % 5 < 3 else ()


def build_used(folder: Path, bank: FundedBank) -> None:
    """Fills `folder` (a KB_DATA), which holds nothing yet."""
    build(folder, bank)
    settings = Settings(data=str(folder))
    database = open_database(settings.database_url)
    dice = random.Random(SEED)
    with database.transaction() as session:
        person = users.add(session, EDITOR, PASSWORD, "redaktor")
        session.flush()
        _describe(session, dice, bank)
        _scan(session, dice)
        _fill_queue(session, dice, round(QUEUE * bank.scale))
        _keep(session, person.id, dice)
        _give_originals(session, settings)
    database.dispose()


def shown(session: Session) -> Sequence[int]:
    """Ids of published documents that everybody may see."""
    seen = Document.classification == "open", Document.published_at.is_not(None), Document.state == "read"
    open_project = Project.classification == "open", Project.published_at.is_not(None)
    asked = select(Document.id).join(Project).where(*seen, *open_project).order_by(Document.project_id, Document.id)
    return list(session.scalars(asked))[:: max(1, SHOWN)][:SHOWN]


def _describe(session: Session, dice: random.Random, bank: FundedBank) -> None:
    """Funds, and texts as long as real ones, so that whoever walks a table walks as far."""
    parts = ("background", "purpose", "target_group", "method", "results", "lessons")
    some = [" ".join(dice.choices(bank.sentences, k=4)) for _ in range(200)]
    ids = list(session.scalars(select(Project.id).order_by(Project.id)))
    funds = [
        {"id": one * 10 + year % 10, "project_id": one, "year": year, "granted": dice.randrange(50, 3_000) * 1_000}
        for one in ids
        for year in funded_years(one)
    ]
    session.execute(insert(Funding), funds)
    told = [{"id": one, "summary": {part: dice.choice(some) for part in parts}} for one in ids if dice.random() < 0.8]
    session.execute(update(Project), told)
    _date(session, dice)
    ids = list(session.scalars(select(Document.id)))
    found = [
        {"id": one, "summary": dice.choice(some)[:800], "suggestions": {"title": {"value": dice.choice(some)}}}
        for one in ids
    ]
    session.execute(update(Document), found)


def _date(session: Session, dice: random.Random) -> None:
    """What was published came day by day, not all at once."""
    for table in (Project, Document):
        published = list(session.scalars(select(table.id).where(table.published_at.is_not(None))))
        days = [{"id": one, "published_at": PUBLISHED - timedelta(seconds=dice.randrange(10**8))} for one in published]
        session.execute(update(table), days)
    begun = update(Document).where(Document.read_at.is_not(None))
    session.execute(begun.values(reading_started_at=PUBLISHED - timedelta(seconds=1)))


def _scan(session: Session, dice: random.Random) -> None:
    """One document in twenty was read from its pictures."""
    rows = session.execute(select(Document.id, Document.page_count).order_by(Document.id)).all()[::20]
    sure = [
        {"document_id": one, "number": number, "confidence": dice.randrange(50, 99)}
        for one, pages in rows
        for number in range(1, pages + 1)
    ]
    session.execute(update(Page), sure)
    session.execute(update(Document), [{"id": one, "scan_pages": pages} for one, pages in rows])
    boxes = packed(595, 842, [(f"ord{n}", 40, 2.0 * n, 60, 9) for n in range(300)])
    scans: list[dict[str, Any]] = [
        {"document_id": row["document_id"], "number": row["number"], "state": "read", "boxes": boxes} for row in sure
    ]
    session.execute(insert(Scan), scans)


def _fill_queue(session: Session, dice: random.Random, count: int) -> None:
    """Oldest first: what came out well or stopped, then what waits."""
    files, drops, jobs = [], [], []
    well = list(session.scalars(select(Document.id).limit(count // 5)))
    for number in range(count):
        at = PUBLISHED + timedelta(seconds=number)
        drop: dict[str, Any] = {"file_name": f"rapport {number}.pdf", "size": 2_000_000, "dropped_by": EDITOR}
        drop |= {"media_type": "application/pdf", "dropped_at": at, "document_id": None, "refused": ""}
        if number < len(well):
            drop["document_id"] = well[number]
        elif number % 50 == 0:
            drop["refused"] = "too_large"
        else:
            one = FIRST_ID * 2 + number
            stopped = number % 20 == 1
            document = {"id": one, "sha256": f"{one:064x}", "file_name": drop["file_name"], "size": 2_000_000}
            document |= {"state": "failed" if stopped else "queued", "reason": dice.choice(_UNREAD) if stopped else ""}
            files.append(document | {"media_type": "application/pdf"})
            drop["document_id"] = one
            if not stopped:
                jobs.append({"kind": "read", "subject": "document", "subject_id": one, "created_at": at})
        drops.append(drop)
    for table, rows in ((Document, files), (Drop, drops), (Job, jobs)):
        if rows:
            session.execute(insert(table), rows)


def _keep(session: Session, user_id: int, dice: random.Random) -> None:
    """Views on the start page, judged questions, synonyms."""
    for name, address in VIEWS:
        saved_views.put_on_start(session, user_id, saved_views.keep(session, user_id, name, address).id)
    some = list(session.scalars(select(Document.id).where(Document.state == "read").limit(1_000)))
    for number in range(100):
        judged = {one: dice.randrange(3) for one in dice.sample(some, min(20, len(some)))}
        judgements.judge(session, f"fråga {number}", judged, EDITOR)
    for number in range(300):
        editors_words.add(session, editors_words.SYNONYM, f"ord{number}a", same_as=f"ord{number}b", by=EDITOR)


def _give_originals(session: Session, settings: Settings) -> None:
    """The shown documents are PDFs of their own texts, so that their pages have pictures with marks."""
    originals = open_originals(settings.originals_url)
    for one in shown(session):
        texts = [page.text for page in documents.pages(session, one)]
        pages = [textwrap.wrap(text.encode("cp1252", "replace").decode("cp1252"), _LINE)[:_LINES] for text in texts]
        kept = originals.keep(BytesIO(small_pdf(*pages)), 100_000_000)
        documents.get(session, one).sha256 = kept.sha256
    session.flush()
