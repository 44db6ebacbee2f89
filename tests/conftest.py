"""What every test may use: real parts, asked for by name, and a fresh data folder."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn

import pytest
from playwright.sync_api import Browser, sync_playwright

from settings import Settings
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.installation import NotInstallable

SKIPPING_FORBIDDEN = bool(os.environ.get("KB_TESTS_FORBID_SKIP"))


@pytest.fixture(scope="session")
def require_program() -> Callable[[str], str]:
    """Gives the path of a program, or skips the test by the program's name (fails where skipping is forbidden)."""

    def find(name: str) -> str:
        path = shutil.which(name)
        return path or skip_by_name(f"{name} is not installed; .ci/run installs it")

    return find


def skip_by_name(reason: str) -> NoReturn:
    """Leaves the test out for this reason; fails it where skipping is forbidden."""
    if SKIPPING_FORBIDDEN:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def elasticsearch_address() -> Iterator[str]:
    """A real server's, one for all tests."""
    with ExitStack() as stack:
        try:
            address = stack.enter_context(elasticsearch())
        except NotInstallable as error:
            skip_by_name(f"no Elasticsearch: {error}; .ci/run installs what is missing")
        yield address


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
