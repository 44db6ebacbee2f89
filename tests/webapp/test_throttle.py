from __future__ import annotations

from webapp.throttle import FORGOTTEN_AFTER, LONGEST_WAIT, MOST_KEYS, Throttle


class Clock:
    now = 1000.0

    def __call__(self) -> float:
        return self.now


def test_the_first_mistakes_cost_nothing() -> None:
    throttle = Throttle(3, Clock())
    for _ in range(2):
        throttle.failed("anna")
    assert throttle.wait("anna") == 0


def test_each_further_mistake_doubles_the_wait_up_to_a_bound() -> None:
    throttle, waits = Throttle(1, Clock()), []
    for _ in range(12):
        throttle.failed("anna")
        waits.append(throttle.wait("anna"))
    assert waits[:4] == [2, 4, 8, 16]
    assert waits[-1] == LONGEST_WAIT


def test_the_wait_passes_with_time_and_touches_nobody_else() -> None:
    clock = Clock()
    throttle = Throttle(1, clock)
    throttle.failed("anna")
    assert throttle.wait("bo") == 0
    clock.now += 2
    assert throttle.wait("anna") == 0


def test_what_went_well_or_long_ago_is_forgotten() -> None:
    clock = Clock()
    throttle = Throttle(2, clock)
    throttle.failed("anna")
    throttle.succeeded("anna")
    throttle.failed("anna")
    clock.now += FORGOTTEN_AFTER + 1
    throttle.failed("anna")
    assert throttle.wait("anna") == 0


def test_a_flood_of_names_fills_no_memory() -> None:
    throttle = Throttle(1, Clock())
    for number in range(MOST_KEYS + 10):
        throttle.failed(f"name {number}")
    assert throttle.wait("name 0") == 0
    assert throttle.wait(f"name {MOST_KEYS + 9}") > 0
