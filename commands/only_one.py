"""What only one process may hold: the data folder's locks and the address."""

from __future__ import annotations

import fcntl
import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import click

from settings import Settings

T = TypeVar("T")
WAIT_SECONDS = 5.0  # the children of a killed supervisor end within moments and hold both until then


@contextmanager
def only_one(data_folder: Path) -> Iterator[None]:
    """Holds the folder's lock, children included; raises ClickException where another serve does."""
    refusal = f"Another `kunskapsbanken serve` uses {data_folder}; stop it first, or set KB_DATA."
    with _locked(data_folder / "serve.lock", refusal):
        yield


@contextmanager
def only_watcher(data_folder: Path) -> Iterator[None]:
    """The same for the process that takes files out of the watched folder."""
    with _locked(data_folder / "watch.lock", f"Another process with {data_folder} watches the folder already."):
        yield


@contextmanager
def _locked(path: Path, refusal: str) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        _insist(lambda: fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB), refusal)
        os.ftruncate(number, 0)
        os.write(number, str(os.getpid()).encode())  # for `status`
        yield
    finally:
        os.close(number)


@contextmanager
def listening(settings: Settings) -> Iterator[socket.socket]:
    """Listens before anything else is started, so that a taken address is told at once and none is ever refused."""
    with _listener("KB_ADDRESS", settings.host, settings.port) as listener:
        yield listener


def check_metrics_address(settings: Settings) -> None:
    """Raises ClickException where it is taken: the process that tells metrics would begin again for ever."""
    _listener("KB_METRICS_ADDRESS", settings.metrics_host, settings.metrics_port).close()


def _listener(setting: str, host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return _insist(
        lambda: socket.create_server((host.strip("[]"), port), family=family, backlog=2048),
        f"{host}:{port} cannot be used, perhaps another program does; set {setting}.",
    )


def _insist(act: Callable[[], T], refusal: str) -> T:
    deadline = time.monotonic() + WAIT_SECONDS
    while True:
        try:
            return act()
        except OSError as error:
            if time.monotonic() > deadline:
                raise click.ClickException(refusal) from error
            time.sleep(0.05)
