from __future__ import annotations

from pathlib import Path
from types import ModuleType

import pytest

import indexer

ROOM = Path(indexer.__file__).parent


@pytest.mark.parametrize("name", indexer.__all__)
def test_every_public_name_leads_to_what_it_names(name: str) -> None:
    assert not isinstance(getattr(indexer, name), ModuleType)


def test_no_public_name_is_that_of_a_module() -> None:
    """Python would put the module in the name's place, as soon as anybody loads it."""
    modules = {path.stem for path in ROOM.iterdir()}
    assert modules.isdisjoint(indexer.__all__)


def test_an_unknown_name_is_refused() -> None:
    with pytest.raises(AttributeError, match="no attribute 'answer'"):
        indexer.answer  # noqa: B018 - asking is the test
