"""An entry that kills whatever process writes it: only that one is given up, and every other one is found before."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import select

from catalog import documents, generations, jobs, terms
from catalog.models import Job
from indexer import SearchQuery
from settings import Settings
from tests import factories
from tests.journeys.serving import HOUSE
from workers import queue
from workers.bank import Bank
from workers.rebuilding import promise_rebuild
from workers.sweep import sweep

ENTRIES = 40
EDITORS = frozenset({"editors"})
# One process after another, as the supervisor starts them; the deadly one's title stands in the environment.
DYING = """
import os, signal
from settings import Settings
from workers import entry_making, index_step, queue
from workers.bank import Bank
from workers.sweep import sweep

make = entry_making.project_document

def project_document(document, *rest):
    if document.title == os.environ["DEADLY"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return make(document, *rest)

def work():
    settings = Settings.from_environ(os.environ)
    queue.configure(settings)
    bank = Bank(settings)
    sweep(bank)
    while index_step.index_next(bank):
        pass

entry_making.project_document = project_document
deaths = 0
while True:
    child = os.fork()
    if not child:
        try:
            work()
        finally:
            os._exit(0)
    if os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) != -signal.SIGKILL:
        break
    deaths += 1
print(deaths)
"""


def deaths(settings: Settings, deadly: str = "") -> int:
    """How many processes died before one found nothing more to do."""
    environ = {**os.environ, "KB_DATA": settings.data, "DEADLY": deadly}
    command = [sys.executable, "-c", DYING]
    return int(subprocess.run(command, check=True, env=environ, cwd=HOUSE, stdout=subprocess.PIPE, text=True).stdout)


@pytest.fixture
def bank(settings: Settings) -> Bank:
    queue.configure(settings)
    opened = Bank(settings)
    opened.database.migrate()
    with opened.database.transaction() as session:
        terms.seed(session)
        for number in range(ENTRIES):
            factories.document(session, f"{number}.pdf", pages=("Boendestöd.",), analysed=True, title=f"Nr {number}")
    return opened


def found(bank: Bank) -> int:
    return bank.engine.search(SearchQuery(text="boendestöd", audience=EDITORS, today=99991231)).total


def owed(bank: Bank) -> list[Job]:
    with bank.database.reading() as session:
        return list(session.scalars(select(Job).where(Job.kind == "index")))


def test_it_alone_rests_with_a_reason_until_it_changes(bank: Bank) -> None:
    assert deaths(bank.settings, "Nr 17") == jobs.MOST_LOSSES
    assert found(bank) == ENTRIES - 1
    (resting,) = owed(bank)
    assert resting.last_error == "Every process that wrote it died."
    assert resting.not_before > time.time()
    sweep(bank)
    assert deaths(bank.settings, "Nr 17") == 0
    with bank.database.transaction() as session:
        documents.update(session, resting.subject_id, title="Ett annat namn")
    assert deaths(bank.settings) == 0
    assert found(bank) == ENTRIES
    assert owed(bank) == []
    bank.close()


def test_others_that_were_with_it_are_lost_less_often_than_ends_them(bank: Bank) -> None:
    with bank.database.transaction() as session:  # the oldest of all, so that it stands first in every batch
        first = session.scalars(select(Job).order_by(Job.created_at, Job.id)).first()
        assert first is not None
        deadly = documents.get(session, first.subject_id).title
    assert deaths(bank.settings, deadly) == jobs.MOST_LOSSES
    assert found(bank) == ENTRIES - 1
    bank.close()


def test_a_rebuild_goes_on_without_it(bank: Bank) -> None:
    assert deaths(bank.settings, "Nr 17") == jobs.MOST_LOSSES
    asked = promise_rebuild(bank)
    assert deaths(bank.settings, "Nr 17") < jobs.MOST_LOSSES
    assert bank.generations.live() == asked.name
    assert found(bank) == ENTRIES - 1
    assert [one.generation for one in owed(bank)] == [""]
    with bank.database.reading() as session:
        assert generations.building(session) is None
    bank.close()
