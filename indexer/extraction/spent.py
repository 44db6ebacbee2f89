"""How much of its processor time a child has used."""

from __future__ import annotations

import time

from indexer.extraction.limits import Limits

_SHARE = 0.6  # then the rest is handed to a new child, so that one slow page still fits


class Spent:
    """Counts from its making."""

    def __init__(self, limits: Limits) -> None:
        self._until = time.process_time() + _SHARE * limits.seconds

    def enough(self) -> bool:
        return time.process_time() > self._until
