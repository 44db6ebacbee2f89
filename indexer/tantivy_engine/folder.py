"""The index's folder: two tantivy indexes, the fingerprint of what they were built for, and the writer's lock."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tantivy

from indexer import fields
from indexer.analysis import ANALYSIS_VERSION
from indexer.errors import EngineUnavailable, IndexBusy, IndexOutdated
from indexer.tantivy_engine.schema import schema_of

FORMAT = "tantivy 0.27, layout 3"


def fingerprint() -> dict[str, str]:
    """What an index must have been built for to be served by this program."""
    return {"format": FORMAT, "mapping": fields.mapping_fingerprint(), "analysis": ANALYSIS_VERSION}


def prepare(folder: Path) -> None:
    """Makes a new index where there is none; raises IndexOutdated for one of another mapping or analysis."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with _locked(folder / "opening.lock", wait=True):
            _prepare(folder)
    except (OSError, ValueError) as error:
        raise EngineUnavailable(f"The index in {folder} cannot be opened: {error}") from error


def _prepare(folder: Path) -> None:
    built_for = folder / "index.json"
    if built_for.exists():
        found = json.loads(built_for.read_text("utf-8"))
        if found != fingerprint():
            raise IndexOutdated(f'The index in {folder} was built for {found}; run "kunskapsbanken rebuild".')
        return
    open_documents(folder)
    open_pages(folder)
    built_for.write_text(json.dumps(fingerprint()), "utf-8")


def open_documents(folder: Path) -> tantivy.Index:
    return _open(folder / "documents", fields.documents())


def open_pages(folder: Path) -> tantivy.Index:
    return _open(folder / "pages", fields.pages())


def _open(folder: Path, mapped: fields.Mapped) -> tantivy.Index:
    folder.mkdir(exist_ok=True)
    index = tantivy.Index(schema_of(mapped), path=str(folder))
    index.config_reader(reload_policy="manual")
    return index


@contextmanager
def writers_lock(folder: Path) -> Iterator[None]:
    """Held by one process at a time; the system lets it go when that process dies."""
    with _locked(folder / "writer.lock", wait=False):
        yield


@contextmanager
def _locked(path: Path, *, wait: bool) -> Iterator[None]:
    with path.open("ab") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | (0 if wait else fcntl.LOCK_NB))
        except BlockingIOError as error:
            raise IndexBusy("Another process writes to the index; try again in a moment.") from error
        yield
