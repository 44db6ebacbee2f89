"""The image holds what the bank runs on, in the versions that were tested, and nothing that only engineers need."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
ROOMS = ("catalog", "commands", "indexer", "webapp", "workers")


def _locked(name: str) -> dict[str, str]:
    return dict(re.findall(r"^([a-z0-9-]+)==(\S+)", (ROOT / name).read_text("utf-8"), re.MULTILINE))


def _normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def _declared(group: str) -> set[str]:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["dependency-groups"][group]
    return {_normal(one) for one in declared if isinstance(one, str)}


def _imported(file: Path) -> set[str]:
    tree = ast.walk(ast.parse(file.read_text("utf-8")))
    names = [
        name
        for node in tree
        for name in (
            [one.name for one in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    ]
    return {name.split(".")[0] for name in names}


def test_both_locks_name_the_same_versions_under_the_same_hashes() -> None:
    run, work = (ROOT / "requirements-run.lock").read_text("utf-8"), (ROOT / "requirements.lock").read_text("utf-8")
    assert _locked("requirements-run.lock").items() <= _locked("requirements.lock").items()
    assert set(re.findall(r"--hash=\S+", run)) <= set(re.findall(r"--hash=\S+", work))


def test_the_image_holds_no_tool_of_engineers() -> None:
    assert not _declared("dev") & _locked("requirements-run.lock").keys()
    dockerfile = (ROOT / "Dockerfile").read_text("utf-8")
    assert set(re.findall(r"requirements\S*\.lock", dockerfile)) == {"requirements-run.lock"}


def test_the_image_holds_every_package_that_a_room_imports() -> None:
    files = [file for room in ROOMS for file in (ROOT / room).rglob("*.py")]
    names = set().union(*map(_imported, files)) - sys.stdlib_module_names - {*ROOMS, "settings", "mappings", ""}
    homes = packages_distributions()
    unknown = {
        name for name in names if not {_normal(home) for home in homes[name]} & _locked("requirements-run.lock").keys()
    }
    assert names
    assert not unknown
