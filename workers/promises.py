"""Promises index entries in bulk: for the sweep, where one by one would hold the record too long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from catalog import jobs
from workers.bank import Bank

AT_ONCE = 2_000  # rows in one transaction: some 0.1 s, so that nobody else waits long


def promise_entries(bank: Bank, subject: str, versions: Mapping[int, int], priority: int) -> int:
    """Promises each id of the subject ("document" or "project") its turn in the index; tells how many."""
    for some in _pieces(list(versions)):
        with bank.database.transaction() as session:
            jobs.add_all(session, "index", subject, [(one, versions[one], priority) for one in some])
    return len(versions)


def _pieces(ids: list[int]) -> Iterator[list[int]]:
    yield from (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))
