"""`kunskapsbanken backup` and `restore`: record, originals and templates as files; the index is rebuilt from them."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import click

from catalog import documents
from catalog.database import open_database
from catalog.originals import Originals, open_originals
from commands.preparation import opened_bank
from commands.record import prepare_bank
from settings import Settings

RECORD, ORIGINALS, TEMPLATES = "catalog.sqlite", "originals", "templates"


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.pass_obj
def backup(settings: Settings, folder: Path) -> None:
    """Copies record, originals and templates into FOLDER, which must be new or empty. The bank may be running."""
    source = _sqlite(settings)
    if not source.exists():
        raise click.ClickException(f"There is no bank in {settings.data_folder}.")
    _must_be_empty(folder)
    folder.mkdir(parents=True, exist_ok=True)
    # The record first: every original that it names is kept already, and stays.
    size = _copy_record(source, folder / RECORD)
    count, total = _copy_originals(open_originals(settings.originals_url), Originals(folder / ORIGINALS))
    _copy_templates(settings.templates_folder, folder / TEMPLATES)
    click.echo(f"1 record of {size} bytes and {count} originals of {total} bytes copied to {folder}.")


@click.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.pass_obj
def restore(settings: Settings, folder: Path) -> None:
    """Makes a bank from a backup in FOLDER, in a data folder that must be new or empty; then run `rebuild`."""
    if not (folder / RECORD).exists():
        raise click.ClickException(f"{folder} holds no backup: {RECORD} is missing.")
    target = _sqlite(settings)
    _must_be_empty(settings.data_folder)
    target.parent.mkdir(parents=True, exist_ok=True)
    size = _copy_record(folder / RECORD, target)
    count, total = _copy_originals(Originals(folder / ORIGINALS), open_originals(settings.originals_url))
    _copy_templates(folder / TEMPLATES, settings.templates_folder)
    prepare_bank(settings)
    click.echo(f"1 record of {size} bytes and {count} originals of {total} bytes restored. Now: kunskapsbanken rebuild")
    _tell_of_missing(settings, folder)


def _tell_of_missing(settings: Settings, folder: Path) -> None:
    """The bank can be used without them, so that this is told last."""
    with opened_bank(settings) as bank, bank.database.reading() as session:
        missing = documents.missing_originals(session, bank.originals)
    if missing:
        raise click.ClickException(
            f"{missing} originals that the record names are not in {folder}: take them from another backup, "
            "or drop those files again."
        )


def _sqlite(settings: Settings) -> Path:
    """The record's file; other databases have tools of their own."""
    name = open_database(settings.database_url).engine.url
    if name.get_backend_name() != "sqlite" or not name.database:
        raise click.ClickException(
            "KB_DATABASE is PostgreSQL: back up and restore the record with pg_dump and pg_restore, "
            "and copy the originals as files."
        )
    return Path(name.database)


def _must_be_empty(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"{folder} is not empty; nothing was copied.")


def _copy_record(source: Path, target: Path) -> int:
    """Through SQLite's own backup, which is right also while others write."""
    try:
        with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
            old.backup(new)
            _must_be_whole(new)
    except sqlite3.Error as error:
        for made in (target, target.with_name(f"{target.name}-journal")):
            made.unlink(missing_ok=True)  # so that the folder is empty for the next try
        raise click.ClickException(f"The record {source} cannot be copied: {error}.") from error
    return target.stat().st_size


def _must_be_whole(record: sqlite3.Connection) -> None:
    """Pages are copied as they are, damaged ones too; raises DatabaseError where SQLite finds one."""
    if (found := record.execute("PRAGMA quick_check(1)").fetchone()[0]) != "ok":
        raise sqlite3.DatabaseError(f"it is damaged ({' '.join(found.split())})")


def _copy_templates(source: Path, target: Path) -> None:
    """Of the yearly report; a bank without own ones has none."""
    if source.is_dir():
        shutil.copytree(source, target)


def _copy_originals(source: Originals, target: Originals) -> tuple[int, int]:
    """Each is hashed on its way, so that a damaged one is noticed."""
    count = total = 0
    for sha256 in source.stored():
        path = source.path(sha256)
        with path.open("rb") as stream:
            kept = target.keep(stream, max(1, path.stat().st_size))
        if kept.sha256 != sha256:
            raise click.ClickException(f"The original {sha256} is damaged: its bytes have the hash {kept.sha256}.")
        count, total = count + 1, total + kept.size
    return count, total
