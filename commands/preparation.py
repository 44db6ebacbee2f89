"""What must stand before the first process starts: tables, terms, the key, and the demo administrator of a new bank."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click

from catalog import users
from catalog.database import Database, open_database
from catalog.errors import CatalogError
from catalog.originals import open_originals
from catalog.unavailable import DatabaseUnavailable
from commands.record import prepare_record
from commands.samples import begin_samples
from indexer import EngineRefused, SearchError, is_current
from settings import BadSetting, Settings
from workers import queue
from workers.bank import Bank
from workers.rebuilding import promise_rebuild

DEMO_NAME = "admin"


def prepare(settings: Settings, samples: bool) -> None:
    """Safe to repeat. Runs as a child: what is refused is told in one line and ends it with 1."""
    try:
        _prepare(settings, samples)
    except DatabaseUnavailable as error:
        _refuse(f"The record cannot be used: {str(error).splitlines()[0]}")
    except (BadSetting, CatalogError, EngineRefused, OSError) as error:
        _refuse(str(error))


def _prepare(settings: Settings, samples: bool) -> None:
    from webapp.secret_key import secret_key  # brings Flask along, which `import` and `rebuild` do not need

    database = open_database(settings.database_url)
    try:
        prepare_record(database)
        secret_key(settings)
        renew_index(settings)
        if samples:
            _welcome(settings, database)
    finally:
        database.dispose()


def renew_index(settings: Settings) -> None:
    """An index of an older mapping or analysis serves on while a new one is made, as the bank runs.

    An engine that sleeps may wake later, and pages that need no search go on without it; one that does not let us in
    stays shut until a setting is changed.
    """
    with opened_bank(settings) as bank:
        try:
            live = bank.generations.live()
            if live and not is_current(bank.generations.built_for(live)):
                promised = promise_rebuild(bank).promised.entries
                print(f"The index was made by an older version; a new one of {promised} entries is begun.", flush=True)
        except EngineRefused:
            raise
        except SearchError as error:
            print(f"Searches must wait: {error}", flush=True)


def _refuse(reason: str) -> NoReturn:
    click.echo(f"Error: {reason}", err=True)
    raise SystemExit(1)


@contextmanager
def opened_bank(settings: Settings) -> Iterator[Bank]:
    queue.configure(settings)
    open_originals(settings.originals_url)  # a store that no process could open is refused before one starts
    bank = Bank(settings)
    try:
        yield bank
    finally:
        bank.close()


def _welcome(settings: Settings, database: Database) -> None:
    """Only on an empty bank: the password is printed this once, and kept nowhere."""
    with database.transaction() as session:
        if users.everybody(session):
            return
        password = secrets.token_urlsafe(12)
        users.add(session, DEMO_NAME, password, "administrator")
    begin_samples(settings)
    print(f"Demo administrator: name {DEMO_NAME}, password {password}", flush=True)
