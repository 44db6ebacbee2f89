from __future__ import annotations

import pytest

from indexer import EngineUnavailable
from webapp import patience
from webapp.patience import Patience


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every failure counts as one that somebody waited for."""
    monkeypatch.setattr(patience, "SLOW_SECONDS", -1.0)


@pytest.fixture
def rested(monkeypatch: pytest.MonkeyPatch) -> None:
    """A rest is over at once."""
    monkeypatch.setattr(patience, "REST_SECONDS", -1.0)


def ask(asked: Patience, answer: Exception | None = None) -> bool:
    """Whether the engine itself was asked."""
    reached = False
    try:
        with asked.asking():
            reached = True
            if answer:
                raise answer
    except EngineUnavailable:
        pass
    return reached


@pytest.mark.usefixtures("slow")
def test_after_a_wait_in_vain_nobody_asks_for_a_while() -> None:
    asked = Patience()
    assert ask(asked, EngineUnavailable())
    assert not ask(asked)
    with pytest.raises(EngineUnavailable, match="some seconds"):
        asked.look()


def test_a_failure_that_came_at_once_keeps_nobody_from_asking() -> None:
    asked = Patience()
    assert ask(asked, EngineUnavailable())
    assert ask(asked)
    asked.look()


@pytest.mark.usefixtures("slow", "rested")
def test_after_its_rest_one_asks_and_the_others_do_not_wait_for_him() -> None:
    asked = Patience()
    ask(asked, EngineUnavailable())
    with asked.asking():
        assert not ask(asked)
    assert ask(asked)
    with asked.asking():
        assert ask(asked)


@pytest.mark.usefixtures("slow", "rested")
def test_one_who_asks_in_vain_after_the_rest_makes_room_for_the_next() -> None:
    asked = Patience()
    ask(asked, EngineUnavailable())
    assert ask(asked, EngineUnavailable())
    assert ask(asked)


@pytest.mark.usefixtures("slow")
def test_another_mistake_says_nothing_about_the_engine() -> None:
    asked = Patience()
    with pytest.raises(ZeroDivisionError), asked.asking():
        _ = 1 / 0
    assert ask(asked)
