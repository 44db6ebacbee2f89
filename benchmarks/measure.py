"""Medians and ratios of the same run, printed as a table. Seconds are a guide, ratios count."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

T = TypeVar("T")


@dataclass
class Series:
    """Measured values of one thing, in seconds or whatever `unit` says."""

    name: str
    unit: str = "ms"
    values: list[float] = field(default_factory=list)

    @contextmanager
    def timing(self) -> Iterator[None]:
        """Adds the wall time of the block, in milliseconds."""
        start = time.perf_counter()
        yield
        self.values.append((time.perf_counter() - start) * 1000)

    def time_each(self, work: Callable[[T], object], items: Sequence[T]) -> Series:
        """Adds one time for each item."""
        for item in items:
            with self.timing():
                work(item)
        return self

    @property
    def median(self) -> float:
        return statistics.median(self.values)

    def percentile(self, share: float) -> float:
        """The value that `share` (0 to 1) of the values do not exceed."""
        ordered = sorted(self.values)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def print_table(title: str, baseline: Series, others: Sequence[Series]) -> None:
    """Prints median, p95 and each median's ratio to the baseline's."""
    print(f"\n{title}")
    print(f"{'':42} {'n':>6} {'median':>12} {'p95':>12} {'ratio':>7}")
    for series in (baseline, *others):
        ratio = series.median / baseline.median if baseline.median else float("nan")
        print(
            f"{series.name:42} {len(series.values):>6} {series.median:>9.2f} {series.unit:2} "
            f"{series.percentile(0.95):>9.2f} {series.unit:2} {ratio:>7.2f}"
        )
