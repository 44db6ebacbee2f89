from __future__ import annotations

import importlib
import importlib.util
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from tests.conftest import SKIPPING_FORBIDDEN
from tests.deployment import compose

GIVEN = {
    "KB_POSTGRES_PASSWORD": "postgreshemlighet",
    "KB_REDIS_PASSWORD": "redishemlighet",
    "KB_ELASTICSEARCH_PASSWORD": "elastichemlighet",
    "KB_SECRET_KEY": "nyckelhemlighet",
}


@pytest.fixture(params=compose.FILES)
def compose_file(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def require_module() -> Callable[[str], ModuleType]:
    """Imports a development package, or skips the test by its name (fails where skipping is forbidden)."""

    def find(name: str) -> ModuleType:
        if importlib.util.find_spec(name) is None:
            _missing(f"the package {name} is not installed; make install does it")
        return importlib.import_module(name)

    return find


@pytest.fixture
def hadolint() -> str:
    """The linter's program, which its package lays beside the interpreter."""
    path = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if path is None:
        _missing("hadolint is not installed; make install does it")
    return str(path)


def _missing(reason: str) -> None:
    if SKIPPING_FORBIDDEN:
        pytest.fail(reason)
    pytest.skip(reason)
