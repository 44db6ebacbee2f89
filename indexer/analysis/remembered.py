"""What is worked out once and then looked up at C speed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

_Known = TypeVar("_Known")


class Remembered(dict[str, _Known]):
    """Word → what is made of it. Emptied when it holds `most`, so that no text can make it grow without end."""

    def __init__(self, make: Callable[[str], _Known], most: int) -> None:
        super().__init__()
        self._make, self._most = make, most

    def __missing__(self, word: str) -> _Known:
        if len(self) >= self._most:
            self.clear()
        found = self[word] = self._make(word)
        return found
