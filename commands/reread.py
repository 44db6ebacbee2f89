"""`kunskapsbanken reread`."""

from __future__ import annotations

import time
from contextlib import ExitStack

import click

from catalog.documents import rereading
from commands.own_workers import own_workers
from commands.preparation import opened_bank
from commands.progress import bars
from commands.record import prepare_bank
from settings import Settings
from workers.bank import Bank
from workers.rereading import OLDER, BadWhere, Where, chosen, promise_rereading, readers_today

LOOK_SECONDS = 0.2
HELP = "Which documents: reader-older, format=pdf (docx, odt …), state=read, state=failed, or all."


@click.command()
@click.option("--where", default=OLDER, show_default=True, help=HELP)
@click.option("--dry-run", is_flag=True, help="Only tells how many there are.")
@click.option("--wait", is_flag=True, help="Returns when all of them are read.")
@click.pass_obj
def reread(settings: Settings, where: str, dry_run: bool, wait: bool) -> None:
    """Reads documents and scans again, after all other work; their old text is searched until the new one is in."""
    try:
        which = Where.parse(where)
    except BadWhere as error:
        raise click.ClickException(str(error)) from error
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        today = readers_today(settings, bank.database)
        found = chosen(bank.database, which, today)
        if dry_run:
            click.echo(f"{len(found)} documents would be read again.")
            return
        promise_rereading(bank.database, found, today, older_only=which.what == OLDER)
    click.echo(f"{len(found)} documents will be read again, after all other work.")
    if wait and found:
        _wait(settings, found)


def _wait(settings: Settings, found: list[int]) -> None:
    """Works them itself where no `serve` runs."""
    with ExitStack() as stack:
        revive = stack.enter_context(own_workers(settings))
        bank = stack.enter_context(opened_bank(settings))
        count = stack.enter_context(bars())
        while left := _left(bank, found):
            count("read", len(found) - left, len(found))
            revive()
            time.sleep(LOOK_SECONDS)
        with bank.database.reading() as session:
            failed = rereading.without_new_text(session, found)
    click.echo(f"{len(found) - failed} have their new text, {failed} do not; the queue and the coverage page say why.")


def _left(bank: Bank, found: list[int]) -> int:
    with bank.database.reading() as session:
        return rereading.left_of(session, found)
