"""`kunskapsbanken rebuild`."""

from __future__ import annotations

import time
from collections.abc import Callable

import click
from rich.progress import TextColumn

from catalog import generations
from catalog.generations import Owed
from commands.own_workers import own_workers
from commands.preparation import opened_bank
from commands.progress import progress_bar
from commands.record import prepare_bank
from settings import Settings
from workers.bank import Bank
from workers.comparison import compare
from workers.queue import nudge
from workers.rebuilding import Rebuild, promise_rebuild, resume
from workers.sweep import sweep

LOOK_SECONDS = 0.2
LOOKS_BEFORE_SWEEP = 10  # in which nothing was owed and nobody switched
MOST_SWEEPS = 3


@click.command()
@click.option("--anew", is_flag=True, help="Gives up a rebuild that is going on, and begins again.")
@click.pass_obj
def rebuild(settings: Settings, anew: bool) -> None:
    """Builds a new index from the record beside the old one, which answers until the new one is whole.

    One that was paused goes on.
    """
    started = time.monotonic()
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        asked = promise_rebuild(bank, anew=anew)
        if resume(bank, asked.name):
            click.echo("The rebuild was paused; it goes on.")
    if not asked.begun:
        click.echo("A rebuild is going on already; it is watched here. With --anew it begins again.")
    with own_workers(settings) as revive, opened_bank(settings) as bank:
        nudge("index")
        _watch(bank, asked, revive)
        left = compare(bank).differences
    seconds, promised = time.monotonic() - started, asked.promised
    told = f"{promised.entries} entries written in {seconds:.1f} s, {promised.pages / seconds:.0f} pages a second"
    click.echo(f"{told}; {left} differ from the record.")


def _watch(bank: Bank, asked: Rebuild, revive: Callable[[], None]) -> None:
    """Returns when searches see the new index; raises ClickException where that does not come about."""
    idle = 0
    with progress_bar(TextColumn("{task.fields[told]}")) as progress:
        task = progress.add_task("pages", total=asked.promised.pages, told="")
        while stands := _stands(bank, asked.name):
            left, is_paused = stands
            done, speed = asked.promised.pages - left.pages, progress.tasks[task].speed or 0.0
            pace = "paused" if is_paused else f"{speed:.0f} pages/s"
            told = f"{pace}, {left.entries} entries left"
            progress.update(task, completed=max(0, done), told=told)
            revive()
            time.sleep(LOOK_SECONDS)
            idle = 0 if left.entries or is_paused else idle + 1
            if idle and idle % LOOKS_BEFORE_SWEEP == 0:
                _mend(bank, idle // LOOKS_BEFORE_SWEEP)
        progress.update(task, completed=asked.promised.pages)
    with bank.database.reading() as session:
        live = generations.live(session)
    if live is None or live.name != asked.name:
        raise click.ClickException("The rebuild was given up; search goes on as before.")


def _mend(bank: Bank, times: int) -> None:
    """Entries are missing though nothing is owed: the sweep promises them again."""
    if times > MOST_SWEEPS:
        left = sweep(bank).entries_promised
        raise click.ClickException(
            f"{left} entries cannot be written, see the log of the index worker; the old index answers on."
        )
    sweep(bank)


def _stands(bank: Bank, name: str) -> tuple[Owed, bool] | None:
    """What the new index lacks, and whether its rebuild is paused; None when it is being built no more."""
    with bank.database.reading() as session:
        building = generations.building(session)
        if building is None or building.name != name:
            return None
        return generations.owed(session, name), building.paused_at is not None
