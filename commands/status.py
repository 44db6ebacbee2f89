"""`kunskapsbanken status`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import click

from catalog import generations, jobs, scans, standing, watched
from catalog.watch_models import WatchedFolder
from commands.own_workers import is_served
from commands.preparation import opened_bank
from commands.record import prepare_bank
from commands.relatives import processes_of
from commands.scanning import why_not
from indexer import SearchError, analysis_version, is_current, scan_program
from settings import Settings
from workers.bank import Bank
from workers.comparison import compare
from workers.queue import KINDS
from workers.scan_reading import missing_for_scans


@dataclass(frozen=True, slots=True)
class Status:
    """What an operator asks first. index_differences counts entries that are owed, left over or of another version.

    index_outdated: the index that serves was built for another mapping or analysis. rebuild_left: entries that the
    index being built still lacks; None where none is being built. rebuild_paused: nobody works on it.
    watched: each watched folder with its state ("watched", "away", "stopped", "silent" where its process tells
    nothing), and what cannot be taken in.
    """

    documents: dict[str, int]
    failures: dict[str, int]
    projects: int
    pages: int
    jobs: dict[str, int]
    oldest_job_seconds: float
    index_entries: int
    index_differences: int
    index_error: str
    index_generation: str
    index_outdated: bool
    rebuild_left: int | None
    rebuild_paused: bool
    analysis: str
    scans: dict[str, Any]
    served: bool
    processes: list[dict[str, Any]] = field(default_factory=list)
    watched: list[dict[str, Any]] = field(default_factory=list)


@click.command()
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
@click.pass_obj
def status(settings: Settings, as_json: bool) -> None:
    """Tells how the bank stands: documents by state, work that waits, index against record, living processes."""
    prepare_bank(settings)
    with opened_bank(settings) as bank:
        found = _status(bank)
    click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=2) if as_json else _told(found))
    if found.index_error:
        raise click.ClickException(found.index_error)


def _status(bank: Bank) -> Status:
    entries, differences, error = _index(bank)
    live = "" if error else bank.generations.live()
    with bank.database.reading() as session:
        oldest, building = jobs.oldest(session), generations.building(session)
        return Status(
            documents=standing.documents_by_state(session),
            failures=standing.failures_by_reason(session),
            projects=standing.project_count(session),
            pages=standing.page_count(session),
            jobs={kind: jobs.waiting(session).get(kind, 0) for kind in KINDS},
            oldest_job_seconds=round((datetime.now(UTC) - oldest).total_seconds(), 1) if oldest else 0.0,
            index_entries=entries,
            index_differences=differences,
            index_error=error,
            index_generation=live,
            index_outdated=bool(live) and not is_current(bank.generations.built_for(live)),
            rebuild_left=generations.owed(session, building.name).entries if building else None,
            rebuild_paused=building is not None and building.paused_at is not None,
            analysis=analysis_version(),
            scans=_scans(bank, scans.standing(session)),
            served=is_served(bank.settings.data_folder),
            processes=processes_of(bank.settings.data_folder),
            watched=[_watched(one) for one in watched.folders(session)],
        )


def _watched(folder: WatchedFolder) -> dict[str, Any]:
    return {
        "folder": folder.path,
        "state": "silent" if watched.is_silent(folder, datetime.now(UTC)) else folder.state,
        "since": folder.since.isoformat(timespec="seconds"),
        "waiting": folder.waiting,
        "troubles": folder.troubles,
    }


def _scans(bank: Bank, standing: scans.Standing) -> dict[str, Any]:
    """Pages by state, and the program that reads them, or what is missing."""
    return {
        "program": scan_program().version,
        "missing": missing_for_scans(bank.settings),
        **asdict(standing),
    }


def _index(bank: Bank) -> tuple[int, int, str]:
    try:
        comparison = compare(bank)
    except SearchError as error:
        return 0, 0, str(error)
    return comparison.entries, comparison.differences, ""


def _told(found: Status) -> str:
    served = f"{len(found.processes)} processes alive" if found.served else "not served"
    return "\n".join(
        (
            f"Documents: {_counted(found.documents)}; {found.pages} pages; {found.projects} projects.",
            f"Failed because: {_counted(found.failures)}." if found.failures else "Nothing failed.",
            f"Waiting: {_counted(found.jobs)}; the oldest for {found.oldest_job_seconds:.0f} s.",
            f"Index: {found.index_entries} entries, {found.index_differences} differ; analysis {found.analysis}.",
            *_told_of_index(found),
            _told_of_scans(found.scans),
            f"Serve: {served}.",
            *_told_of_watched(found),
        )
    )


def _told_of_index(found: Status) -> Iterator[str]:
    if found.rebuild_paused:
        yield f"A rebuild of the index is paused: {found.rebuild_left} entries left; kunskapsbanken rebuild goes on."
    elif found.rebuild_left is not None:
        yield f"A new index is being built: {found.rebuild_left} entries left."
    elif found.index_outdated:
        yield "The index was built for an older mapping or analysis; it serves, run: kunskapsbanken rebuild"


def _told_of_watched(found: Status) -> Iterator[str]:
    for one in found.watched:
        yield f"Watched folder {one['folder']}: {one['state']} since {one['since']}, {one['waiting']} files wait."
        for trouble in one["troubles"]:
            yield f"  {trouble['why']} {trouble['name']}: {trouble['detail']}"


def _told_of_scans(found: dict[str, Any]) -> str:
    program = f"not read: {why_not(found['missing'])}" if found["missing"] else f"read by tesseract {found['program']}"
    pages = ", ".join(f"{found[state]} {state}" for state in ("waiting", "off", "failed"))
    without = f"{found['documents']} documents need them" if found["documents"] else "no document needs them"
    return f"Scans: {program}; pages: {pages}, {found['hard_to_read']} hard to read; {without}."


def _counted(counts: dict[str, int]) -> str:
    return ", ".join(f"{number} {name}" for name, number in counts.items())
