"""What stands before the first process starts."""

from __future__ import annotations

import json

import pytest

from catalog import jobs
from commands.preparation import prepare
from indexer import IndexOutdated
from settings import Settings
from tests import factories
from workers import queue
from workers.bank import Bank


def test_an_index_of_an_older_analysis_gives_way_and_its_entries_are_promised(settings: Settings) -> None:
    prepare(settings, samples=False)
    queue.configure(settings)
    bank = Bank(settings)
    with bank.database.transaction() as session:
        factories.document(session)
        for claimed in jobs.claim(session, "index", "nobody", 10, 60.0, 0.0):
            jobs.done(session, claimed)
    built_for = settings.index_folder / "index.json"
    built_for.write_text(json.dumps({"analysis": "of last year"}), encoding="utf-8")
    with pytest.raises(IndexOutdated):
        _ = bank.engine
    prepare(settings, samples=False)
    assert list(bank.engine.entries()) == []
    with bank.database.reading() as session:
        assert jobs.waiting(session) == {"index": 1}
    bank.close()
