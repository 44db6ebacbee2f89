"""What is to be imported from which path: each file with its project and what is said of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from catalog import dropping, project_file
from catalog.database import Database
from catalog.errors import BadValue
from catalog.zip_members import is_leftover

NO_PROJECT = "_"  # a folder whose name begins so is no project


@dataclass(frozen=True, slots=True)
class Planned:
    """A file to import; `shown` is its path as the report names it."""

    path: Path
    shown: str
    wish: dropping.Wish


def plan(database: Database, paths: list[Path], wish: dropping.Wish) -> list[Planned]:
    """Every file under the paths, in order; makes the projects of their folders. Raises BadValue for a projekt.toml."""
    return [planned for path in paths for planned in _planned(database, path, wish)]


def _planned(database: Database, path: Path, wish: dropping.Wish) -> Iterator[Planned]:
    if path.is_file():
        yield Planned(path, str(path), wish)
        return
    folders = Folders(database, path, wish)
    for file in sorted(one for one in path.rglob("*") if one.is_file() and not is_leftover(one.as_posix())):
        yield Planned(file, str(file), folders.wish_of(file))


class Folders:
    """The folders under a path that stand for projects; each is looked at when its first file is asked for.

    The first folder is the project, unless the path itself has a projekt.toml.
    """

    def __init__(self, database: Database, path: Path, wish: dropping.Wish) -> None:
        self._database, self._path, self._wish = database, path, wish
        self._own = _Folder(database, path, path.name if (path / project_file.NAME).exists() else "", wish)
        self._first: dict[str, _Folder] = {}

    def wish_of(self, file: Path) -> dropping.Wish:
        """What is said of a file under the path, its project made where there was none; raises BadValue."""
        first, *below = file.relative_to(self._path).parts
        if not below or self._own.name:
            return self._own.wish_of(file)
        if first not in self._first:
            name = "" if first.startswith(NO_PROJECT) else first
            self._first[first] = _Folder(self._database, self._path / first, name, self._wish)
        return self._first[first].wish_of(file)


class _Folder:
    """A folder that stands for a project, named by its projekt.toml or by itself; "" for one that does not."""

    def __init__(self, database: Database, path: Path, name: str, wish: dropping.Wish) -> None:
        self.name = name
        self._database, self._path = database, path
        self._described = self._read() if name else None
        self._wish = replace(wish, project_id=self._project(wish)) if name else wish

    def wish_of(self, file: Path) -> dropping.Wish:
        said = self._described.documents.get(dropping.shown_name(file.name)) if self._described else None
        if said is None:
            return self._wish
        return replace(
            self._wish,
            title=said.title,
            document_type=self._type_key(said.document_type),
            document_date=said.document_date,
            classification=said.classification or self._wish.classification,
        )

    def _read(self) -> project_file.ProjectFile | None:
        path = self._path / project_file.NAME
        if not path.exists():
            return None
        try:
            return project_file.parse(path.read_text("utf-8-sig"))  # some editors put a mark before the text
        except UnicodeDecodeError as error:
            raise BadValue(f"{path} is not UTF-8; save it so.") from error
        except BadValue as error:
            raise BadValue(f"{self._path}: {error}") from error

    def _project(self, wish: dropping.Wish) -> int:
        if self._described is None:
            return dropping.project_of_folder(self._database, self.name, wish)
        with self._database.transaction() as session:
            return project_file.apply(
                session, self._described, publish=wish.publish, classification=wish.classification, by=wish.dropped_by
            ).id

    def _type_key(self, label: str) -> str:
        if not label:
            return ""
        with self._database.reading() as session:
            return project_file.key_of(session, "document_type", label)
