"""The command in this process, on a bank in a fresh folder."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from click.testing import CliRunner, Result

from commands import main
from settings import Settings
from workers import queue
from workers.bank import Bank

Command = Callable[..., Result]


@pytest.fixture
def command(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Command:
    """Runs a command; `given` is its standard input."""
    monkeypatch.setenv("KB_DATA", settings.data)
    monkeypatch.setenv("KB_WORKERS", "1")

    def run(*words: str, given: str = "") -> Result:
        return CliRunner().invoke(main, [str(word) for word in words], input=given, prog_name="kunskapsbanken")

    return run


@pytest.fixture
def bank(settings: Settings) -> Iterator[Bank]:
    queue.configure(settings)
    opened = Bank(settings)
    yield opened
    opened.close()
