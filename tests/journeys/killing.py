"""An import under random kills: any process of the bank, at any moment."""

from __future__ import annotations

import contextlib
import random
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from catalog import jobs
from catalog.dropping import Wish
from commands.import_plan import plan
from commands.importing import import_all, opened_desk
from settings import Settings
from tests.journeys.serving import Served, is_running, until
from tests.journeys.small_files import SmallFile, small_files, write
from workers.bank import Bank
from workers.queue import configure

LONGEST_MOMENT = 0.4  # seconds between a drop and the kill
LONGEST_IMPORT = 1.5  # seconds that the command for one portion takes, loading included
WISH = Wish("kills", skip_known=True)


@dataclass(slots=True)
class Kills:
    """What was killed, by kind of process."""

    counted: dict[str, int] = field(default_factory=dict)

    def note(self, kind: str) -> None:
        self.counted[kind] = self.counted.get(kind, 0) + 1

    @property
    def total(self) -> int:
        return sum(self.counted.values())


def import_under_kills(
    data: Path, source: Path, *, kills: int, files: int, seed: int, more: dict[str, str] | None = None
) -> tuple[Kills, list[SmallFile]]:
    """Imports made files in as many portions as there are kills, one kill after each; ends with a quiet bank.

    `more` are settings: of the servers that the bank stands on.
    """
    chance = random.Random(seed)
    waiting = list(small_files(files, seed))
    environ = {"KB_DATA": str(data), "KB_WORKERS": "2", "KB_WEB_PROCESSES": "1", **(more or {})}
    served, done = Served(data, more=environ), Kills()
    written: list[SmallFile] = []
    bank = Bank(Settings.from_environ(environ))
    try:
        served.start()
        configure(bank.settings)
        for turn in range(kills):
            share = -(-len(waiting) // (kills - turn))
            portion = source / f"portion {turn}"
            written += write(waiting[:share], portion)
            del waiting[:share]
            _one_kill(served, bank, portion, chance, done)
        assert served.run("import", str(source)).returncode == 0
        until(lambda: _is_quiet(bank), 60, "the last job")
        assert served.stop() == 0
    finally:
        bank.close()
        if served.process is not None:
            served.kill()
    return done, written


def _one_kill(served: Served, bank: Bank, portion: Path, chance: random.Random, done: Kills) -> None:
    """Drops a portion, waits a random moment and kills one random process."""
    kind = chance.choice(("supervisor", "import", "web", "worker", "worker", "worker", "worker"))
    done.note(kind)
    if kind == "import":
        _kill_import(served, portion, chance)
        return
    with opened_desk(bank.settings) as desk:
        list(import_all(desk, plan(desk.database, [portion], WISH)))
    time.sleep(chance.random() * LONGEST_MOMENT)  # the moment itself is what is drawn
    _kill(served, kind, chance)


def _kill_import(served: Served, portion: Path, chance: random.Random) -> None:
    """At any moment of its life: while it loads, while it drops, or after."""
    importing = served.begin("import", str(portion))
    with contextlib.suppress(subprocess.TimeoutExpired):
        importing.wait(timeout=chance.random() * LONGEST_IMPORT)
    importing.kill()
    importing.wait()


def _kill(served: Served, kind: str, chance: random.Random) -> None:
    if kind == "supervisor":
        served.kill()
        served.start()
        return
    with contextlib.suppress(psutil.NoSuchProcess):
        chosen = chance.choice(list(_children(served, kind)))
        chosen.kill()
        until(lambda: not is_running(chosen), 10, "the end of the killed process")


def _children(served: Served, kind: str) -> Iterator[psutil.Process]:
    """The supervisor's own children: the web's master and its processes, or readers, index worker and scheduler.

    Their order is that of their start. Children that read a file are left out: their end is the file's own fault.
    """
    first, *others = until(served.supervisor.children, 10, "a child")
    if kind == "web":
        yield from (first, *first.children())
    else:
        yield from others or [first]


def _is_quiet(bank: Bank) -> bool:
    with bank.database.reading() as session:
        return not jobs.waiting(session)
