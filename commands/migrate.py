"""`kunskapsbanken migrate`."""

from __future__ import annotations

import click

from catalog.migration import HEAD
from commands.preparation import prepare_bank
from settings import Settings


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Brings the record's tables to this program's form; once, before web, worker and scheduler. `serve` does it."""
    prepare_bank(settings)
    click.echo(f"The record has version {HEAD}.")
