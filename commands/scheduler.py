"""Sweeps at start and every minute."""

from __future__ import annotations

import logging
import signal
import threading

import click

from settings import Settings

log = logging.getLogger(__name__)

SECONDS_BETWEEN = 60.0


def keep_sweeping(settings: Settings) -> None:
    """Returns at SIGTERM or SIGINT. A sweep that fails is logged; the next one is a minute away."""
    from workers import queue
    from workers.bank import Bank
    from workers.sweep import sweep

    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    queue.configure(settings)
    bank = Bank(settings)
    try:
        while not told_to_stop.is_set():
            try:
                sweep(bank)
            except Exception:
                log.exception("The sweep failed.")
            told_to_stop.wait(SECONDS_BETWEEN)
    finally:
        bank.close()


@click.command()
@click.pass_obj
def scheduler(settings: Settings) -> None:
    """Runs what must happen now and then: the sweep, at start and every minute."""
    keep_sweeping(settings)
