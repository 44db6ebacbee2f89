"""A folder for each generation, and the file `live` that names the one which searches see."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from indexer.errors import EngineUnavailable, SearchError
from indexer.tantivy_engine.folder import Folder
from indexer.tantivy_engine.locks import makers_lock, writers_lock

UNFINISHED = "unfinished-"  # begins the name of a folder that is being made or taken away


class TantivyGenerations:
    """Below one folder; safe in any process. What this program cannot read counts as not there."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.pointer = root / "live"

    def live(self) -> str:
        try:
            name = self.pointer.read_text("utf-8").strip()
        except FileNotFoundError:
            return ""
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The index in {self.root} cannot be read: {error}") from error
        return name if name in self.names() else ""

    def names(self) -> list[str]:
        """Their names are the moments when they were made, so they come in order."""
        if not self.root.is_dir():
            return []
        folders = (path for path in self.root.iterdir() if not path.name.startswith(UNFINISHED))
        return sorted(path.name for path in folders if Folder(path).built_for)

    def built_for(self, name: str) -> dict[str, str]:
        return self.folder(name).built_for

    def folder(self, name: str) -> Folder:
        """Raises EngineUnavailable where there is no such generation."""
        folder = Folder(self.root / name)
        if not name or Path(name).name != name or not folder.built_for:
            raise EngineUnavailable(f"The index in {self.root} has no generation {name!r}.")
        return folder

    def make(self) -> str:
        with self._alone():
            return self._make()

    def make_first(self) -> None:
        """Where nothing is live: an empty generation, that is live from now on. Harmless where one is."""
        if self.live():
            return
        with self._alone():
            if not self.live():
                self._clear_unknown()
                self._point_at(self._make())

    def switch(self, name: str) -> None:
        with self._alone():
            self.folder(name)
            if self.live() != name:
                self._point_at(name)

    def bytes(self, name: str) -> int:
        return Folder(self.root / name).bytes()

    def drop(self, name: str) -> None:
        """Waits for a writer; searches that have the files open read on in what the system keeps for them."""
        if not (self.root / name).is_dir():
            return
        with writers_lock(self.root, wait=True), self._alone():
            if name == self.live():
                raise SearchError(f"Generation {name} is the live one; it cannot be dropped.")
            if (self.root / name).is_dir():
                shutil.rmtree((self.root / name).rename(self.root / f"{UNFINISHED}{name}"))

    def _make(self) -> str:
        """Whole under another name first: what a kill leaves behind counts for nothing, and is cleared here."""
        for left in self.root.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        name = self._new_name()
        unfinished = self.root / f"{UNFINISHED}{name}"
        Folder(unfinished).fill()
        unfinished.rename(self.root / name)
        return name

    def _new_name(self) -> str:
        """The moment of its making; one later than the newest, though the clock was set back."""
        moment = datetime.now(UTC).strftime("%Y%m%d-%H%M%S-%f")
        newest = max((path.name for path in self.root.iterdir() if Folder(path).built_for), default="")
        return moment if moment > newest else f"{newest}-1"

    def _point_at(self, name: str) -> None:
        """Written whole under another name and renamed, so that a reader finds the old name or the new one."""
        unfinished = self.root / f"live.{os.getpid()}"
        unfinished.write_text(name, "utf-8")
        with unfinished.open("rb") as written:
            os.fsync(written.fileno())
        unfinished.replace(self.pointer)

    def _clear_unknown(self) -> None:
        """An index of a layout from before there were generations, or of another program."""
        known = {"live", "writer.lock", "opening.lock", *self.names()}
        for path in self.root.iterdir():
            if path.name not in known:
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    @contextmanager
    def _alone(self) -> Iterator[None]:
        try:
            self.root.mkdir(parents=True, exist_ok=True)
            with makers_lock(self.root):
                yield
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The index in {self.root} cannot be used: {error}") from error
