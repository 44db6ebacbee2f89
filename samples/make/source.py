"""Reads the texts: TOML between two `+++` lines, then the dialect of `dialect.py`."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samples.make import dialect
from samples.make.tree import Facts, Source

NO_PROJECT = "_utan projekt"


class BadTextError(ValueError):
    """A text whose front matter cannot be used; the message names the file."""


@dataclass(frozen=True)
class Project:
    """A folder of texts, perhaps with none in it yet."""

    folder: Path
    values: dict[str, Any]
    sources: tuple[Source, ...]

    @property
    def name(self) -> str:
        """The folder its documents go to."""
        title = str(self.values.get("title", NO_PROJECT))
        return title.replace("/", "-").replace(":", " -")

    @property
    def described(self) -> set[str]:
        """The file names that projekt.toml tells about."""
        return set(self.values.get("documents", {}))


def projects(texts: Path) -> tuple[Project, ...]:
    """Every folder under `texts`, in order of name."""
    return tuple(_project(folder) for folder in sorted(texts.iterdir()) if folder.is_dir())


def _project(folder: Path) -> Project:
    facts = folder / "projekt.toml"
    values = tomllib.loads(facts.read_text(encoding="utf-8")) if facts.exists() else {}
    return Project(folder, values, tuple(_read_all(folder)))


def _read_all(folder: Path) -> Iterator[Source]:
    return (read(path) for path in sorted(folder.glob("*.md")))


def read(path: Path) -> Source:
    """The document that the text at `path` describes."""
    parts = path.read_text(encoding="utf-8").split("+++\n", 2)
    if len(parts) != len(("before", "facts", "text")):
        message = f"{path}: no front matter between two +++ lines"
        raise BadTextError(message)
    blocks, notes = dialect.parse(parts[2])
    return Source(path, _facts(path, parts[1]), blocks, notes)


def _facts(path: Path, text: str) -> Facts:
    try:
        values = {key: str(value) for key, value in tomllib.loads(text).items()}
        values["classification"] = values.pop("class", "öppen")
        return Facts(**values)
    except (TypeError, tomllib.TOMLDecodeError) as error:
        message = f"{path}: {error}"
        raise BadTextError(message) from error
