"""The only door in: says that there is work of a kind. The row in the record is the promise, this is only a nudge."""

from __future__ import annotations

import logging
import threading
from typing import Any
from urllib.parse import urlsplit

from settings import BadSetting, Settings
from workers import nudge_files

log = logging.getLogger(__name__)


KINDS = ("read", "index", "ocr")


class _Door:
    """The process's way to the broker, made at the first nudge: Celery is heavy and its connections cross no fork.

    Where messages are files, nobody needs it to leave one.
    """

    settings: Settings | None = None
    app: Any = None
    lock = threading.Lock()


def configure(settings: Settings) -> None:
    """Says which broker this process nudges; call once, before or after a fork. Raises BadSetting."""
    if settings.broker:
        _check(settings.broker)
    _Door.settings, _Door.app = settings, None


def _check(url: str) -> None:
    """Only what can be seen without asking the server: it may sleep. The URL is not shown, a password stands in it."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"redis", "rediss"} and bool(parts.hostname) and parts.port != 0
    except ValueError:  # the port is no number, or the brackets of an address do not close
        usable = False
    if not usable:
        raise BadSetting("KB_BROKER cannot be used; write redis://:password@host:port/0, signs as %40.")


def nudge(kind: str) -> None:
    """Wakes a worker for `kind`. Never raises: a broker that is away is logged, and the sweep mends."""
    try:
        _nudge(_settings(), kind)
    except Exception as error:  # noqa: BLE001 - whatever the broker's libraries raise, the row stands
        why = str(error).partition("\n")[0]
        log.warning("The broker did not take a nudge for %s, the sweep will nudge again: %s", kind, why)


def _nudge(settings: Settings, kind: str) -> None:
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of work.")
    if not settings.broker:
        nudge_files.leave(settings.broker_folder, kind)
    elif not _is_waiting(kind):
        _app().send_task(kind, queue=kind, ignore_result=True)


def ask_broker() -> None:
    """Raises whatever the broker's libraries raise where it does not answer."""
    if _settings().broker:
        _is_waiting("read")


def _settings() -> Settings:
    if _Door.settings is None:
        raise RuntimeError("workers.queue.configure(settings) was not called in this process.")
    return _Door.settings


def _is_waiting(kind: str) -> bool:
    """A message that nobody has taken yet will find our row too, so nudges never pile up."""
    with _app().pool.acquire(block=True) as connection:  # kept open: making one takes as long as all the rest
        return bool(_queue(kind)(connection.default_channel).queue_declare(passive=False).message_count)


def _queue(kind: str) -> Any:
    return _app().amqp.queues[kind]


def _app() -> Any:
    with _Door.lock:
        if _Door.app is None:
            from workers.celery_app import create_celery

            _Door.app = create_celery(_settings())
        return _Door.app
