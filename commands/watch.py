"""`kunskapsbanken watch`, and the same as a part of `serve`."""

from __future__ import annotations

import contextlib
import logging
import signal
import threading

import click

from settings import Settings

log = logging.getLogger(__name__)

SHORTEST_LOOK, LONGEST_LOOK = 0.1, 5.0  # seconds between two looks; a quarter of what a file must stay unchanged


def keep_watching(settings: Settings) -> None:
    """Returns at SIGTERM or SIGINT. A record that is away is waited for: the files stay where they are."""
    from catalog.unavailable import PASSING
    from commands.only_one import only_watcher
    from commands.watching.watcher import Watcher
    from workers import queue
    from workers.bank import Bank
    from workers.outage import told

    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    seconds = float(settings.watch_seconds)
    with only_watcher(settings.data_folder):
        queue.configure(settings)
        bank = Bank(settings)
        watcher = Watcher(bank, settings.watch_folder, seconds)
        try:
            while not told_to_stop.is_set():
                try:
                    watcher.turn(told_to_stop.is_set)
                except PASSING as error:
                    log.warning("The watched folder waits for the record: %s", told(error))
                told_to_stop.wait(min(LONGEST_LOOK, max(SHORTEST_LOOK, seconds / 4)))
            with contextlib.suppress(*PASSING):
                watcher.stop()
        finally:
            bank.close()


@click.command()
@click.pass_obj
def watch(settings: Settings) -> None:
    """Takes in what is put into the folder KB_WATCH, until it is told to stop; `serve` does it by itself."""
    if not settings.watch:
        raise click.ClickException("KB_WATCH is empty; name the folder to watch.")
    keep_watching(settings)
