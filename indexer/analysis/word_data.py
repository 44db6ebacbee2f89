"""Where the word data lie, and the table made of them.

hunspell-sv is the Swedish word list of PyPI (LGPL-3.0), used as data. Its table is made once for an environment, at
`make install` or by whoever needs it first; its name tells data and number, so a new version of either makes its own.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import sys
import sysconfig
import tempfile
import time
from functools import cache
from importlib.metadata import PackageNotFoundError, files, version
from pathlib import Path
from typing import Final

from indexer.analysis import affixes, word_choice, word_table

# The number of the table. Raise it by one when the same word data give other files, so that each environment makes them
# anew: with it tables of the old form are left to programs that know them.
TABLE: Final = 1
_PACKAGE: Final = "hunspell-sv"
_LIST: Final = "sv_SE"
_OLD: Final = 30 * 86_400  # seconds; tables of other versions are kept so long, as another tree may use them


class NoWordData(Exception):
    """The word list is not installed, or its table can be written nowhere."""


@cache
def table() -> word_table.WordTable:
    return word_table.WordTable(table_folder())


def table_folder() -> Path:
    """The table's folder; makes the table where there is none (some 10 s of work)."""
    name = f"words-{_name()}"
    places = _places()
    for place in places:
        if (place / name).is_dir():
            return place / name
    for place in places:
        try:
            place.mkdir(parents=True, exist_ok=True)
            return _made(place / name)
        except OSError:  # read-only, or full: the next place may do
            continue
    raise NoWordData(f"The table of Swedish words cannot be written to {' or '.join(map(str, places))}.")


def _name() -> str:
    """Changes with whatever the table's content and form depend on."""
    made_by = f"{TABLE} {sys.byteorder} {version('marisa-trie')} {sources_digest()}"
    return hashlib.sha256(made_by.encode()).hexdigest()[:16]


@cache
def sources_digest() -> str:
    """Of the word list itself."""
    digest = hashlib.sha256()
    for suffix in ("aff", "dic"):
        digest.update(_source(suffix).read_bytes())
    return digest.hexdigest()


def _source(suffix: str) -> Path:
    try:
        listed = files(_PACKAGE) or []
    except PackageNotFoundError as missing:
        raise NoWordData(f"The package {_PACKAGE} is not installed.") from missing
    for file in listed:
        if file.name == f"{_LIST}.{suffix}":
            return Path(str(file.locate())).resolve()
    raise NoWordData(f"The package {_PACKAGE} holds no {_LIST}.{suffix}.")


def _places() -> tuple[Path, ...]:
    """The environment's own data folder; the user's cache where that may not be written."""
    environment = Path(sysconfig.get_path("data")) / "share" / "kunskapsbanken"
    try:
        return environment, Path.home() / ".cache" / "kunskapsbanken"
    except RuntimeError:  # a user without a home, as containers may have
        return (environment,)


def _made(folder: Path) -> Path:
    """Makes the table under a lock, so that processes that start together make it once, and shows it when whole."""
    with (folder.parent / "words.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _remove_old(folder.parent)
            with tempfile.TemporaryDirectory(dir=folder.parent, prefix="making-") as making:
                made = Path(making) / "table"
                made.mkdir()
                word_table.write_table(_words(), made)
                made.rename(folder)
    return folder


def _words() -> word_choice.Words:
    read = affixes.read_affixes(_source("aff").read_text("utf-8"))
    entries = affixes.entries(_source("dic").read_text("utf-8"), read)
    return word_choice.choose(affixes.forms(entries, read), read)


def _remove_old(place: Path) -> None:
    """A process that still has such a table open keeps it."""
    for folder in place.glob("words-*/"):
        if time.time() - folder.stat().st_mtime > _OLD:
            shutil.rmtree(folder, ignore_errors=True)
