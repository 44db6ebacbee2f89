"""`kunskapsbanken sweep`."""

from __future__ import annotations

import click

from commands.preparation import opened_bank
from commands.record import prepare_bank
from settings import Settings
from workers.sweep import sweep as sweep_bank


@click.command()
@click.pass_obj
def sweep(settings: Settings) -> None:
    """Mends what was lost or killed: leases, promises, entries, unfinished files. `serve` does it each minute."""
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        report = sweep_bank(bank)
    click.echo(", ".join(f"{name.replace('_', ' ')} {number}" for name, number in report.as_numbers().items()) + ".")
    if report.engine:
        raise click.ClickException(report.engine)
