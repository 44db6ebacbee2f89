"""Kill -9 of the indexing process at random moments of a rebuild, with searches going on from another process."""

from __future__ import annotations

import multiprocessing
import os
import random
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from sqlalchemy import update

from catalog import generations, jobs, terms
from catalog.models import Document
from indexer import SearchEngine, SearchQuery
from settings import Settings
from tests import factories
from tests.journeys.serving import HOUSE
from workers import queue
from workers.bank import Bank
from workers.comparison import compare
from workers.index_place import open_index
from workers.rebuilding import give_up, pause, promise_rebuild, resume

DOCUMENTS = 120
KILLS, LONGEST_LIFE = 12, 0.25  # seconds that a worker lives after it has begun to work
SEED = 4
EDITORS = frozenset({"editors"})
SPAWN = multiprocessing.get_context("spawn")

WORKING = """
import os
from settings import Settings
from workers import index_step, queue
from workers.bank import Bank
from workers.sweep import sweep
index_step.MOST_REBUILT = 4
settings = Settings.from_environ(os.environ)
queue.configure(settings)
bank = Bank(settings)
print("working", flush=True)
sweep(bank)
while index_step.index_next(bank):
    pass
"""


@dataclass(frozen=True)
class Answer:
    """What a search for a word of every document gives: how many, how many in the list, how many of each type."""

    total: int
    shown: int
    types: tuple[tuple[str, int], ...]


def answer(engine: SearchEngine) -> Answer:
    result = engine.search(SearchQuery(text="boendestöd", audience=EDITORS, today=99991231, projects_a_page=500))
    shown = sum(len(project.documents) for project in result.projects)
    return Answer(result.total, shown, tuple(sorted(result.facets["document_type"].items())))


def search_on(settings: Settings, told: Connection) -> None:
    """In a process of its own: every different answer until it is told to stop."""
    engine, seen = open_index(settings), set[Answer]()
    searches = 0
    told.send("searching")
    while not told.poll():
        seen.add(answer(engine))
        searches += 1
    told.send((searches, seen))


@contextmanager
def searching(settings: Settings) -> Iterator[list[tuple[int, set[Answer]]]]:
    """Gives the list into which the number of searches and all answers come at the end."""
    here, there = SPAWN.Pipe()
    process = SPAWN.Process(target=search_on, args=(settings, there))
    process.start()
    found: list[tuple[int, set[Answer]]] = []
    try:
        assert here.recv() == "searching"
        yield found
        here.send("stop")
        found.append(here.recv())
    finally:
        process.kill()
        process.join()


@pytest.fixture
def environ(tmp_path: Path, either_engine: dict[str, str]) -> dict[str, str]:
    return {"KB_DATA": str(tmp_path / "data"), "KB_ELASTICSEARCH_TIMEOUT": "30", **either_engine}


def test_a_rebuild_goes_on_after_every_kill_and_no_search_is_empty_or_mixed(environ: dict[str, str]) -> None:
    settings = Settings.from_environ(environ)
    queue.configure(settings)
    bank = Bank(settings)
    fill(bank)
    assert work(environ).wait() == 0
    old = answer(bank.engine)
    assert old == Answer(DOCUMENTS, DOCUMENTS, (("delrapport", DOCUMENTS),))
    change_unseen(bank)
    chance, struck = random.Random(SEED), 0
    with searching(settings) as found:
        asked = promise_rebuild(bank)
        for _ in range(KILLS):
            worker = work(environ)
            time.sleep(chance.random() * LONGEST_LIFE)  # the moment itself is what is drawn
            worker.kill()
            worker.wait()
            struck += is_being_built(bank)
        assert work(environ).wait() == 0
    new = answer(bank.engine)
    ((searches, seen),) = found
    assert new == Answer(DOCUMENTS, DOCUMENTS, (("slutrapport", DOCUMENTS),))
    assert seen <= {old, new}
    assert old in seen
    assert searches > KILLS
    assert struck >= 2
    assert bank.generations.live() == asked.name
    assert compare(bank).differences == 0
    with bank.database.reading() as session:
        assert {one.state for one in generations.everyone(session)} == {"live", "old"}
        assert jobs.waiting(session) == jobs.waiting(session, asked.name) == {}
    bank.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def either_record(request: pytest.FixtureRequest) -> dict[str, str]:
    """The variables of one database, then of the other."""
    return {} if request.param == "sqlite" else {"KB_DATABASE": request.getfixturevalue("postgresql_url")}


def test_a_rebuild_is_paused_and_given_up_among_kills_and_the_old_index_stays(
    environ: dict[str, str], either_record: dict[str, str]
) -> None:
    environ |= either_record
    settings = Settings.from_environ(environ)
    queue.configure(settings)
    bank = Bank(settings)
    fill(bank)
    assert work(environ).wait() == 0
    old, before = answer(bank.engine), bank.generations.live()
    change_unseen(bank)
    chance = random.Random(SEED)
    with searching(settings) as found:
        for end in (give_up, resume):
            asked = promise_rebuild(bank)
            struck(environ, chance)
            assert pause(bank, asked.name)
            struck(environ, chance)
            left = owed(bank, asked.name)
            assert work(environ).wait() == 0
            assert owed(bank, asked.name) == left > 0
            assert bank.generations.live() == before
            assert end(bank, asked.name)
            struck(environ, chance)
            if end is give_up:
                assert bank.generations.names() == [before]
        assert work(environ).wait() == 0
    ((_, seen),) = found
    new = answer(bank.engine)
    assert new.types == (("slutrapport", DOCUMENTS),)
    assert seen <= {old, new}
    assert bank.generations.live() == asked.name
    assert compare(bank).differences == 0
    bank.close()


def struck(environ: dict[str, str], chance: random.Random) -> None:
    """A worker that is killed at a moment that is drawn."""
    worker = work(environ)
    time.sleep(chance.random() * LONGEST_LIFE)
    worker.kill()
    worker.wait()


def owed(bank: Bank, name: str) -> int:
    with bank.database.reading() as session:
        return generations.owed(session, name).entries


def fill(bank: Bank) -> None:
    bank.database.migrate()
    with bank.database.transaction() as session:
        terms.seed(session)
        for number in range(DOCUMENTS):
            pages = ("Boendestöd prövades.", f"Sida två av {number}.")
            name = f"{number}.pdf"
            factories.document(session, name, pages=pages, analysed=True, document_type="delrapport")


def change_unseen(bank: Bank) -> None:
    """As where a newer program makes other entries of the same record: no version grows, the old index stands."""
    with bank.database.transaction() as session:
        session.execute(update(Document).values(document_type="slutrapport"))


def is_being_built(bank: Bank) -> bool:
    with bank.database.reading() as session:
        return generations.building(session) is not None


def work(environ: dict[str, str]) -> subprocess.Popen[str]:
    """An indexing process that has begun to work; it ends when nothing is owed."""
    command = [sys.executable, "-c", WORKING]
    worker = subprocess.Popen(command, env={**os.environ, **environ}, cwd=HOUSE, stdout=subprocess.PIPE, text=True)
    assert worker.stdout
    with worker.stdout as told:
        assert told.readline() == "working\n"
    return worker
