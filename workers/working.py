"""A process that works one or more queues until it is told to stop."""

from __future__ import annotations

import os
import signal
import time
import warnings
from collections.abc import Sequence
from types import FrameType

from celery.exceptions import SecurityWarning, WorkerShutdown
from celery.signals import worker_ready
from celery.worker import state

from catalog import jobs
from settings import Settings
from workers import owners, queue
from workers.bank import Bank
from workers.celery_app import create_celery
from workers.tasks import add_tasks

LEAST_URGENT = 19


def work(settings: Settings, kinds: Sequence[str]) -> None:
    """Works the queues `kinds` in this process; returns at SIGTERM or SIGINT, having given back what it held."""
    # The warning is about pickled messages; ours are JSON, and a container's only user is often root.
    warnings.simplefilter("ignore", SecurityWarning)
    queue.configure(settings)
    bank = Bank(settings)
    app = create_celery(settings)
    add_tasks(app, bank)
    worker = app.Worker(
        pool="solo",  # one file at a time in one process; more processes are more workers
        queues=list(kinds),
        hostname=bank.owner,
        without_gossip=True,
        without_mingle=True,
        without_heartbeat=True,  # all three would talk to other workers; the rows say who does what
        quiet=True,
        loglevel="WARNING",
    )
    worker_ready.connect(_stop_at_once, weak=False)
    try:
        if "read" in kinds:
            bank.reader.warm()
        if set(kinds) == {"ocr"}:
            os.nice(LEAST_URGENT)  # files that people wait for go first, by the operating system
        _free_dead(bank)
        for kind in kinds:
            queue.nudge(kind)
        worker.start()
    finally:
        bank.close()


def _free_dead(bank: Bank) -> None:
    """Most workers that start take the place of one that died; what it held is free at once."""
    with bank.database.transaction() as session:
        jobs.free_dead(session, owners.is_alive, time.time())


def _stop_at_once(**_: object) -> None:
    """Instead of Celery's warm shutdown, which waits for a long reading; every act can be begun anew."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _stop)


def _stop(_number: int, _frame: FrameType | None) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)  # once is enough, the second would break the giving back
    state.should_stop = 0  # Python swallows what is raised within a finalizer: then the loop ends after this act
    raise WorkerShutdown(0)
