"""`kunskapsbanken migrate`."""

from __future__ import annotations

import click

from catalog.migration import HEAD
from commands.preparation import renew_index
from commands.record import prepare_bank
from settings import Settings


@click.command()
@click.pass_obj
def migrate(settings: Settings) -> None:
    """Brings the record's tables to this program's form and begins a new index where the live one is of an older form.

    Once, before web, worker and scheduler; `serve` does it by itself. Refuses a wrong password or certificate.
    """
    prepare_bank(settings)
    click.echo(f"The record has version {HEAD}.")
    renew_index(settings)
