"""A new generation of the index beside the live one: begun, given up, and brought into agreement after a kill.

The engine says which generation searches see. Everything here may be stopped anywhere and begun again. `switching`
tells when the new one is ready.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Protocol

from catalog import generations
from catalog.database import Database
from catalog.generations import Owed
from indexer import Generations, is_current

log = logging.getLogger(__name__)

PRIORITY = 8  # after everything that people wait for


class HoldsIndex(Protocol):
    """What a bank must have for its index to be rebuilt; a web process has it too."""

    @property
    def database(self) -> Database: ...
    @property
    def generations(self) -> Generations: ...


@dataclass(frozen=True, slots=True)
class Rebuild:
    """`begun` is false where another rebuild was going on already: this is that one."""

    name: str
    promised: Owed
    begun: bool


def promise_rebuild(bank: HoldsIndex, *, anew: bool = False) -> Rebuild:
    """Makes an empty generation and promises it every entry; `anew` gives up a rebuild that is going on."""
    settle(bank)
    if anew:
        give_up(bank)
    with bank.database.transaction() as session:
        generations.alone(session)
        going_on = generations.building(session)
        if going_on is None:
            # Made inside the transaction: `settle` in another process must not take it for one that nobody knows.
            name = bank.generations.make()
            made = generations.begin(session, name, bank.generations.built_for(name), PRIORITY)
        else:
            made = going_on
    return Rebuild(made.name, Owed(made.entries_promised, made.pages_promised), begun=going_on is None)


def settle(bank: HoldsIndex) -> None:
    """Brings the record after the engine: what is live, what is being built, what is gone. Safe at any time."""
    with bank.database.transaction() as session:
        generations.alone(session)
        live, existing = bank.generations.live(), bank.generations.names()
        if live:
            generations.switched(session, live, bank.generations.built_for(live))
        building = generations.building(session)
        if building is not None and building.name not in existing:
            log.warning("Generation %s of the index is gone; its rebuild ends.", building.name)
            generations.forget(session, building.name)
        generations.forget_jobs_of_others(session)
        unknown = set(existing) - {one.name for one in generations.everyone(session)} - {live}
    for name in sorted(unknown):
        bank.generations.drop(name)
    _begin_outdated_anew(bank)


def _begin_outdated_anew(bank: HoldsIndex) -> None:
    """A rebuild that an older program began would be outdated when it ends."""
    with bank.database.reading() as session:
        building = generations.building(session)
    if building is not None and not is_current(building.built_for):
        give_up(bank)
        promise_rebuild(bank)


def pause(bank: HoldsIndex, name: str) -> bool:
    """Nobody works on the rebuild until it is resumed; changes are promised to it meanwhile. False where it is over."""
    with bank.database.transaction() as session:
        return generations.pause(session, name)


def resume(bank: HoldsIndex, name: str) -> bool:
    """The caller nudges "index". False where it is not paused."""
    with bank.database.transaction() as session:
        return generations.resume(session, name)


def give_up(bank: HoldsIndex, name: str | None = None) -> bool:
    """Clears the generation that is being built; the live one stays. False where it is not `name`, or live by now."""
    with bank.database.transaction() as session:
        generations.alone(session)
        building = generations.building(session)
        if building is None or name not in {None, building.name} or building.name == bank.generations.live():
            return False
        generations.forget(session, building.name)
    bank.generations.drop(building.name)
    return True
