"""The folder of one generation: two tantivy indexes, the mappings they follow, and what they were built for."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import tantivy

from indexer import fields
from indexer.errors import EngineUnavailable
from indexer.fingerprints import fingerprint
from indexer.tantivy_engine.schema import schema_of

FORMAT = "tantivy 0.27, layout 3"
PARTS = ("documents", "pages")


@dataclass(frozen=True, slots=True)
class Part:
    """Entries or pages. An index built for an older mapping is read and written by that one, which lies beside it."""

    folder: Path
    mapped: fields.Mapped

    def opened(self) -> tantivy.Index:
        """Raises EngineUnavailable where files of the index are torn or gone."""
        try:
            index = tantivy.Index(schema_of(self.mapped), path=str(self.folder))
        except (OSError, ValueError) as error:
            raise EngineUnavailable(f"The index in {self.folder} cannot be opened: {error}") from error
        index.config_reader(reload_policy="manual")
        return index


@dataclass(frozen=True, slots=True)
class Folder:
    path: Path

    @property
    def built_for(self) -> dict[str, str]:
        """Empty where no index of a layout that this program knows lies here."""
        try:
            found: dict[str, str] = json.loads((self.path / "index.json").read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return found if found.get("format") == FORMAT else {}

    @property
    def documents(self) -> Part:
        return self._part("documents")

    @property
    def pages(self) -> Part:
        return self._part("pages")

    def fill(self) -> None:
        """Makes two empty indexes for today's mapping and analysis; the fingerprint last."""
        for name in PARTS:
            (self.path / name).mkdir(parents=True)
            (self.path / f"{name}.json").write_text(fields.mapping_text(name), "utf-8")
            self._part(name).opened()
        (self.path / "index.json").write_text(json.dumps({"format": FORMAT, **fingerprint()}), "utf-8")

    def bytes(self) -> int:
        """How much it takes on the disk; files that go meanwhile count nothing."""
        return sum(_size(file) for file in self.path.rglob("*"))

    def _part(self, name: str) -> Part:
        try:
            text = (self.path / f"{name}.json").read_text("utf-8")
            return Part(self.path / name, fields.read(text))
        except (OSError, ValueError, KeyError) as error:
            raise EngineUnavailable(f"The index in {self.path} cannot be read: {error}") from error


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
