"""What stands before the first process starts."""

from __future__ import annotations

import pytest

from catalog import jobs
from commands.preparation import prepare
from settings import Settings
from tests import factories
from tests.outdated import outdate
from workers import queue
from workers.bank import Bank
from workers.steps import index_next


def test_an_index_of_an_older_mapping_serves_on_and_a_new_one_is_begun(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    prepare(settings, samples=False)
    queue.configure(settings)
    bank = Bank(settings)
    with bank.database.transaction() as session:
        factories.document(session)
    index_next(bank)
    entries = list(bank.engine.entries())
    live = outdate(bank)
    for _ in range(2):  # a second start goes on with what the first began
        prepare(settings, samples=False)
        assert "older version; a new one of 1 entries" in capsys.readouterr().out
    assert bank.generations.live() == live
    assert list(bank.engine.entries()) == entries
    while index_next(bank):
        pass
    assert bank.generations.live() != live
    assert list(bank.engine.entries()) == entries
    with bank.database.reading() as session:
        assert jobs.waiting(session) == {}
    prepare(settings, samples=False)
    assert capsys.readouterr().out == ""
    bank.close()
