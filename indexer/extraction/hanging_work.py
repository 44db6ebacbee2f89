"""What a child does that takes an Outlook mail apart: tells what hangs on it."""

from __future__ import annotations

import base64
from pathlib import Path
from typing import Any

from indexer.errors import UnreadableFile
from indexer.extraction.frames import write_frame
from indexer.extraction.outlook_mail import as_mail
from indexer.extraction.outlook_message import BROKEN, Attached, OutlookMessage, opened

MOST = 500  # as of a mail that the internet carries
_PART = 3_000_000  # bytes a frame


def warm() -> None:
    """The library is loaded with this module."""


def expect(request: dict[str, Any]) -> dict[str, Any]:
    """Everything is loaded from the start."""
    return request


def prepare(request: dict[str, Any]) -> dict[str, Any]:
    """Nothing needs to be done before the child is shut in."""
    return request


def work(request: dict[str, Any], results: int) -> None:
    """Answers a request of `indexer.mail_hanging`: for each a frame "named", its parts, and "refused" where it is."""
    try:
        found = opened(Path(request["path"])).attached
    except UnreadableFile as error:
        write_frame(results, "unreadable", error.reason)
        return
    if len(found) > MOST:
        write_frame(results, "unreadable", "too_large")
        return
    for one in found:
        write_frame(results, "named", one.name)
        _tell(one, results)


def _tell(one: Attached, results: int) -> None:
    try:
        content = as_mail(one.content) if isinstance(one.content, OutlookMessage) else one.content
    except UnreadableFile as error:
        write_frame(results, "refused", error.reason)
        return
    except BROKEN:
        write_frame(results, "refused", "damaged")
        return
    if content is None:
        write_frame(results, "refused", "unsupported")
        return
    for at in range(0, len(content), _PART):
        write_frame(results, "part", base64.b64encode(content[at : at + _PART]).decode("ascii"))
