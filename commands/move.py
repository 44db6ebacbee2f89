"""`kunskapsbanken move`."""

from __future__ import annotations

from pathlib import Path

import click

from catalog.database import open_database
from catalog.moving import move as move_record
from settings import Settings


@click.command()
@click.argument("source")
@click.pass_obj
def move(settings: Settings, source: str) -> None:
    """Copies the record in SOURCE, an SQLite file or a database URL, into the empty one of KB_DATABASE.

    Stop both banks first. The source stays as it is. Originals are copied as files; then run `rebuild`.
    """
    old, new = open_database(_url(source)), open_database(settings.database_url)
    try:
        counts = move_record(old, new)
    finally:
        old.dispose()
        new.dispose()
    for name, count in counts.items():
        click.echo(f"{count:>9} {name}")
    click.echo("The record is moved. Now copy the originals, then: kunskapsbanken rebuild")


def _url(source: str) -> str:
    """An SQLite file that is not there would be made; that is never what is meant."""
    if "://" in source:
        return source
    if not Path(source).is_file():
        raise click.ClickException(f"There is no file {source}; give the old bank's catalog.sqlite or a database URL.")
    return f"sqlite:///{Path(source).resolve()}"
