"""`kunskapsbanken rebuild`."""

from __future__ import annotations

import time
from collections.abc import Callable

import click

from catalog import jobs
from commands.own_workers import own_workers
from commands.preparation import opened_bank, prepare_bank
from commands.progress import progress_bar
from settings import Settings
from workers.bank import Bank
from workers.comparison import compare
from workers.queue import nudge
from workers.rebuilding import promise_rebuild

LOOK_SECONDS = 0.2


@click.command()
@click.option("--empty", is_flag=True, help="Takes the old index away first, so that search is empty meanwhile.")
@click.pass_obj
def rebuild(settings: Settings, empty: bool) -> None:
    """Writes every entry of the index anew from the record; search goes on meanwhile. Can be stopped and repeated."""
    started = time.monotonic()
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        promised = promise_rebuild(bank, empty=empty)
    with own_workers(settings) as revive, opened_bank(settings) as bank:
        nudge("index")
        _watch(bank, promised, revive)
        left = compare(bank).differences
    click.echo(f"{promised} entries written in {time.monotonic() - started:.1f} s; {left} differ from the record.")
    if left:
        raise click.ClickException("Some entries could not be written; see the log of the index worker.")


def _watch(bank: Bank, promised: int, revive: Callable[[], None]) -> None:
    """Returns when no entry is owed any more."""
    with progress_bar() as progress:
        task = progress.add_task("indexed", total=promised)
        while owed := _owed(bank):
            progress.update(task, completed=max(0, promised - owed))
            revive()
            time.sleep(LOOK_SECONDS)
        progress.update(task, completed=promised)


def _owed(bank: Bank) -> int:
    with bank.database.reading() as session:
        return jobs.waiting(session).get("index", 0)
