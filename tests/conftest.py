"""What every test may use: real parts, asked for by name, and a fresh data folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import hypothesis
import pytest
from playwright.sync_api import Browser, sync_playwright

from indexer import scan_program
from settings import Settings

pytest_plugins = ["tests.servers.fixtures"]
# No test is timed: a busy machine is nobody's fault.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")
SKIPPING_FORBIDDEN = bool(os.environ.get("KB_TESTS_FORBID_SKIP"))


@pytest.fixture(scope="session")
def missing() -> Callable[[str], NoReturn]:
    """Skips the test for the reason that is told (fails where skipping is forbidden)."""

    def skip(reason: str) -> NoReturn:
        if SKIPPING_FORBIDDEN:
            pytest.fail(reason)
        pytest.skip(reason)

    return skip


@pytest.fixture(scope="session")
def require_program(missing: Callable[[str], NoReturn]) -> Callable[[str], str]:
    """Gives the path of a program, or skips the test by the program's name (fails where skipping is forbidden)."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            missing(f"{name} is not installed; .ci/run installs it")
        return path

    return find


@pytest.fixture(scope="session")
def tesseract(require_program: Callable[[str], str], missing: Callable[[str], NoReturn]) -> str:
    """The path of tesseract, which knows Swedish; tests that read scans ask for it."""
    path = require_program("tesseract")
    if not scan_program().is_there:
        missing("tesseract knows no Swedish; .ci/run installs tesseract-ocr-swe")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of a bank in a fresh folder, with one reading worker."""
    return Settings(data=str(tmp_path / "data"), workers="1", web_processes="1")


@pytest.fixture(scope="session")
def browser(require_program: Callable[[str], str]) -> Iterator[Browser]:
    """One for all tests: Playwright can be started once in a process."""
    path = require_program("chromium")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()
