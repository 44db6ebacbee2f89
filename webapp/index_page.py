"""The page about the index: what serves, whether it agrees with the record, what waits, how a rebuild goes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from catalog.generation_models import IndexGeneration
from catalog.generations import Owed
from indexer import fingerprint, is_current
from webapp.figures import number
from webapp.file_words import file_size
from webapp.moments import about, day_and_time
from webapp.scans_page import ScansPage
from webapp.texts import gettext as _

ENGINES = {"tantivy": "tantivy", "elasticsearch": "Elasticsearch"}
SHORT = 12  # characters of a fingerprint that are shown


@dataclass(frozen=True, slots=True)
class Standing:
    """What the record tells: the generations, what is owed to the new one, and jobs by kind."""

    live: IndexGeneration | None
    building: IndexGeneration | None
    owed: Owed
    waiting: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Rule:
    """One part of the fingerprint: what the index was built for, and what the program has where that is another."""

    built_for: str
    program: str = ""


@dataclass(frozen=True, slots=True)
class InUse:
    """The generation that searches see."""

    name: str
    built: str
    fields: Rule
    words: Rule
    content: str
    size: str
    checked: str
    differences: int


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the rebuild `name` has come, in pages (in entries where the bank has no pages)."""

    name: str
    done: int
    total: int
    started: str
    said: str
    speed: str
    is_written: bool
    is_paused: bool

    @property
    def percent(self) -> int:
        return 100 * self.done // self.total if self.total else 100


@dataclass(frozen=True, slots=True)
class IndexPage:
    engine: str
    in_use: InUse | None
    progress: Progress | None
    is_outdated: bool
    reading: int
    indexing: int
    rebuilding: int
    scans: ScansPage


def build(stands: Standing, engine: str, now: datetime, scans: ScansPage) -> IndexPage:
    live, building = stands.live, stands.building
    return IndexPage(
        engine=ENGINES.get(engine, engine),
        in_use=_in_use(live, now) if live else None,
        progress=_progress(building, stands.owed, now) if building else None,
        is_outdated=live is not None and not is_current(live.built_for),
        reading=stands.waiting.get("read", 0),
        indexing=stands.waiting.get("index", 0),
        rebuilding=stands.owed.entries,
        scans=scans,
    )


def _in_use(live: IndexGeneration, now: datetime) -> InUse:
    counted = _("%(entries)s poster, %(pages)s sidor", entries=number(live.entries), pages=number(live.pages))
    return InUse(
        name=live.name,
        built=day_and_time(live.started_at, now),
        fields=_rule(live, "mapping"),
        words=_rule(live, "analysis"),
        content=counted if live.checked_at else "",
        size=file_size(live.size),
        checked=day_and_time(live.checked_at, now) if live.checked_at else "",
        differences=live.differences,
    )


def _rule(live: IndexGeneration, part: str) -> Rule:
    built_for, program = live.built_for.get(part, ""), fingerprint()[part]
    return Rule(built_for[:SHORT], "" if built_for == program else program[:SHORT])


def _progress(building: IndexGeneration, owed: Owed, now: datetime) -> Progress:
    in_pages = building.pages_promised > 0
    total = building.pages_promised if in_pages else building.entries_promised
    done = max(0, total - (owed.pages if in_pages else owed.entries))
    counted = {"done": number(done), "total": number(total)}
    so_far = _("%(done)s av %(total)s sidor", **counted) if in_pages else _("%(done)s av %(total)s poster", **counted)
    seconds = max(0.001, (now - building.started_at).total_seconds() - (building.paused_seconds or 0.0))
    is_paused = building.paused_at is not None
    goes_on = done and not is_paused
    left = _("%(time)s kvar", time=about((total - done) * seconds / done)) if goes_on and owed.entries else ""
    return Progress(
        name=building.name,
        done=done,
        total=total,
        started=day_and_time(building.started_at, now),
        said=f"{so_far}, {left}" if left else so_far,
        speed=_("%(count)s sidor i sekunden", count=number(round(done / seconds))) if in_pages and goes_on else "",
        is_written=not owed.entries,
        is_paused=is_paused,
    )
