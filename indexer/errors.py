"""Why searching or reading failed.

SearchError
├── IndexBusy          another process writes; try again
├── EngineUnavailable  the engine does not answer
│   └── EngineRefused  certificate, user, key or address are wrong; waiting does not help
├── EntryRefused       the index does not take one entry
└── TooDeep            a result page beyond the stated depth
UnreadableFile         a file cannot be read, with its reason
"""

from __future__ import annotations


class SearchError(Exception):
    """Something about searching failed; the message says what and what to do."""


class IndexBusy(SearchError):
    """Another process holds the writer's lock; try again in a moment."""


class EngineUnavailable(SearchError):
    """The engine cannot be reached or opened."""


class EngineRefused(EngineUnavailable):
    """The engine's certificate, or our user, key or address, is wrong; somebody must change a setting."""


class EntryRefused(SearchError):
    """The index does not take this entry, for the reason it gives; others are not concerned."""


class TooDeep(SearchError):
    """A page of results beyond DEEPEST_PROJECT was asked for."""


REASONS = ("encrypted", "damaged", "unsupported", "too_large", "too_slow", "needs_ocr", "no_text")


class UnreadableFile(Exception):
    """A file that gives no text. `reason` is one of REASONS; `detail` is for operators, never shown to readers.

    `transient` is true where the child died or a limit struck, so that another attempt may go better.
    """

    def __init__(self, reason: str, detail: str = "", *, transient: bool = False) -> None:
        super().__init__(f"{reason}: {detail}" if detail else reason)
        self.reason, self.detail, self.transient = reason, detail, transient
