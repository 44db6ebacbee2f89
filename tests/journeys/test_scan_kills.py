"""Kill -9 of whoever reads scans, at any moment, loses no page and reads none twice."""

from __future__ import annotations

import contextlib
import random
import time
from collections import Counter
from pathlib import Path

import psutil
import pytest
from sqlalchemy import select

from catalog import jobs
from catalog.models import Document, Page, Scan
from indexer import SearchQuery
from settings import Settings
from tests.journeys.oracle import EDITORS
from tests.journeys.serving import Served, is_running, until
from tests.scans import REPORT, SECOND, scanned_pdf
from workers.bank import Bank

SEED = 7
KILLS = 6
FILES = 3
WORDS = ("vräkningarna", "kuratorer")
PATIENCE = 300


@pytest.mark.usefixtures("tesseract")
def test_kills_of_those_who_read_scans_lose_no_page_and_read_none_twice(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.mkdir()
    for number in range(FILES):
        content = scanned_pdf([f"{REPORT}\nNummer {number}", f"{SECOND}\nNummer {number}"])
        (source / f"skannad {number}.pdf").write_bytes(content)
    served = Served(tmp_path / "data", more={"KB_OCR_WORKERS": "2"})
    bank = Bank(Settings.from_environ({"KB_DATA": str(tmp_path / "data")}))
    try:
        served.start()
        assert served.run("import", str(source)).returncode == 0
        _kill_some(served)
        until(lambda: not _waiting(bank), PATIENCE, "the last page")
        assert _faults(bank) == []
        assert served.stop() == 0
    finally:
        bank.close()
        if served.process is not None:
            served.kill()


def _kill_some(served: Served) -> None:
    """Workers, their fork servers and tesseract alike: whatever gives way to everything else belongs to them."""
    chance = random.Random(SEED)
    for _ in range(KILLS):
        time.sleep(chance.random() * 2)  # the moment itself is what is drawn
        with contextlib.suppress(psutil.NoSuchProcess):
            chosen = chance.choice(until(lambda: _scanning(served), 30, "a scanning process"))
            chosen.kill()
            until(lambda chosen=chosen: not is_running(chosen), 10, "the end of the killed process")  # type: ignore[misc]


def _scanning(served: Served) -> list[psutil.Process]:
    found = []
    for one in served.supervisor.children(recursive=True):
        with contextlib.suppress(psutil.NoSuchProcess):
            found += [one] if one.nice() > 0 else []
    return found


def _waiting(bank: Bank) -> dict[str, int]:
    with bank.database.reading() as session:
        return jobs.waiting(session)


def _faults(bank: Bank) -> list[str]:
    with bank.database.reading() as session:
        found = [
            f"{one.number} of {one.document_id} is {one.state}"
            for one in session.scalars(select(Scan).where(Scan.state != "read"))
        ]
        pages = list(session.scalars(select(Page)))
        documents = list(session.scalars(select(Document)))
    counted = Counter(page.document_id for page in pages)
    found += [f"{one.file_name} has {counted[one.id]} pages" for one in documents if counted[one.id] != len(WORDS)]
    found += [f"page {page.number} has no text" for page in pages if WORDS[page.number - 1] not in page.text.lower()]
    found += [f"{one.file_name} is not indexed" for one in documents if one.indexed_version != one.version]
    for word in WORDS:
        total = bank.engine.search(SearchQuery(text=word, audience=EDITORS, today=99991231)).total
        found += [] if total == FILES else [f"{word} is found {total} times"]
    return found
