"""Messages are nudges: doubled, in the wrong order or from two schedulers, nobody sees a difference."""

from __future__ import annotations

import os
import random
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from catalog import jobs, terms
from catalog.dropping import Wish
from commands.import_plan import plan
from commands.importing import import_all, opened_desk
from settings import Settings
from tests.journeys.oracle import complaints
from tests.journeys.serving import HOUSE, command, until
from tests.journeys.small_files import small_files, write
from workers import queue
from workers.bank import Bank
from workers.celery_app import create_celery
from workers.queue import KINDS

PARTS = (
    ["scheduler"],
    ["scheduler"],
    ["worker", "--queue", "read"],
    ["worker", "--queue", "read"],
    ["worker", "--queue", "index"],
)


@pytest.fixture
def environ(tmp_path: Path, record_and_broker: dict[str, str]) -> dict[str, str]:
    return {"KB_DATA": str(tmp_path / "data"), **record_and_broker}


def test_doubled_and_disordered_messages_and_two_schedulers_change_nothing(
    environ: dict[str, str], tmp_path: Path
) -> None:
    files = write(small_files(24, seed=9), tmp_path / "in")
    settings = Settings.from_environ(environ)
    queue.configure(settings)
    bank = Bank(settings)
    bank.database.migrate()
    with bank.database.transaction() as session:
        terms.seed(session)
    _nudge_wildly(settings, 40)  # before there is any work, the index before the reading
    try:
        with ExitStack() as stack:
            for words in PARTS:
                stack.enter_context(_living(words, environ))
            desk = stack.enter_context(opened_desk(settings))
            list(import_all(desk, plan(desk.database, [tmp_path / "in"], Wish("import", skip_known=True))))
            _nudge_wildly(settings, 40)
            until(lambda: _is_quiet(bank), 150, "the last job")
        assert complaints(bank, files) == []
    finally:
        bank.close()


def _nudge_wildly(settings: Settings, times: int) -> None:
    """Past the door that lets only one message wait."""
    chance, app = random.Random(1), create_celery(settings)
    for _ in range(times):
        kind = chance.choice(KINDS)
        app.send_task(kind, queue=kind, ignore_result=True)
    app.close()


@contextmanager
def _living(words: list[str], environ: dict[str, str]) -> Iterator[None]:
    process = subprocess.Popen(command(*words), env={**os.environ, **environ}, cwd=HOUSE, stderr=subprocess.DEVNULL)
    try:
        yield
    finally:
        process.terminate()
        assert process.wait(timeout=20) == 0


def _is_quiet(bank: Bank) -> bool:
    with bank.database.reading() as session:
        return not jobs.waiting(session)
