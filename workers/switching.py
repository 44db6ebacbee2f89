"""Compares a generation of the index with the record, and lets searches see the new one once it is whole."""

from __future__ import annotations

import logging

from catalog import generations
from catalog.generations import Findings
from indexer import SearchError
from workers.bank import Bank
from workers.comparison import SUBJECTS, Comparison, compare
from workers.rebuilding import settle

log = logging.getLogger(__name__)


def switch_when_ready(bank: Bank) -> bool:
    """Switches to the generation that is being built, once nothing is owed to it and it holds what it must."""
    with bank.database.reading() as session:
        building = generations.building(session)
        if building is None or building.paused_at or generations.is_owed(session, building.name):
            return False
    if bank.generations.live() != building.name:
        found = compare(bank, building.name)
        _note(bank, building.name, found)
        if not _is_ready(bank, found):
            log.warning("The new index lacks or differs in %d entries; the sweep mends it.", found.differences)
            return False
        if not _switched(bank, building.name):
            return False
    settle(bank)
    log.info("Searches see generation %s of the index.", building.name)
    return True


def _switched(bank: Bank, name: str) -> bool:
    """False where somebody has paused the rebuild or given it up while it was compared: that waits for this moment."""
    with bank.database.transaction() as session:
        generations.alone(session)
        if not generations.is_worked_on(session, name):
            return False
        bank.generations.switch(name)
    return True


def look_over(bank: Bank, generation: str) -> Comparison:
    """Compares a generation with the record and keeps the figures; "" is the live one."""
    found = compare(bank, generation)
    _note(bank, generation or bank.generations.live(), found)
    return found


def _is_ready(bank: Bank, new: Comparison) -> bool:
    """Nothing differs but what the live generation cannot hold either: one bad entry does not stop all others.

    Where the live one cannot be read, the new one is better than nothing.
    """
    if not new.differences:
        return True
    try:
        live = compare(bank)
    except SearchError:
        return True
    return all(new.different(subject).keys() <= live.different(subject).keys() for subject in SUBJECTS)


def _note(bank: Bank, name: str, found: Comparison) -> None:
    size = bank.generations.bytes(name)
    with bank.database.transaction() as session:
        generations.note(session, name, Findings(found.entries, found.pages, size, found.differences))
