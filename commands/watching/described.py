"""Which project a file of the watched folder goes to, by its sub-folder and projekt.toml, as with `import`."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping
from pathlib import Path

from catalog import project_file
from catalog.database import Database
from catalog.dropping import Wish
from catalog.errors import BadValue
from commands.import_plan import Folders
from commands.watching import places, reasons
from commands.watching.inbox import LARGEST_DESCRIPTION, Mark

log = logging.getLogger(__name__)


def descriptions(path: Path) -> Iterator[Path]:
    """Where a projekt.toml would speak of the file: in the watched folder itself, and in the first one below."""
    yield Path(project_file.NAME)
    if len(path.parts) > 1:
        yield Path(path.parts[0], project_file.NAME)


class Described:
    """For one look at the folder. `bad` tells by path what is wrong with a projekt.toml; its files wait."""

    def __init__(self, database: Database, root: Path, wish: Wish) -> None:
        self._root, self._seen = root, set[Path]()
        self._folders = Folders(database, root, wish)
        self.bad: dict[Path, str] = {}

    def wish_of(self, path: Path, marks: Mapping[Path, Mark]) -> Wish | None:
        """None where the file must wait. `marks`: each projekt.toml as it was seen."""
        last = list(descriptions(path))[-1]
        if last in self.bad:
            return None
        try:
            for one in descriptions(path):
                _check(self._root / one, marks.get(one))
            wish = self._folders.wish_of(self._root / path)
        except (BadValue, ValueError, OSError) as error:
            self.bad[last] = str(error)
            self._tell_beside(last, reasons.description(str(error)))
            return None
        if last not in self._seen:
            self._seen.add(last)
            self._tell_beside(last, "")
        return wish

    def _tell_beside(self, description: Path, text: str) -> None:
        """Beside the projekt.toml, for whoever wrote it; taken away when all is well."""
        try:
            if text:
                places.write_reason(self._root / description, text)
            else:
                places.clear_reason(self._root / description)
        except OSError as error:
            log.warning("Beside a projekt.toml of the watched folder nothing can be written: %s", error.strerror)


def _check(file: Path, mark: Mark | None) -> None:
    """Raises BadValue for a link, which would be followed, and for what can be no description."""
    if file.is_symlink():
        raise BadValue(f"{file.name} is a link; put the file itself there.")
    if mark and mark.size > LARGEST_DESCRIPTION:
        raise BadValue(f"{file.name} is larger than {LARGEST_DESCRIPTION} bytes.")
