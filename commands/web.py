"""Serves the pages with gunicorn: processes of a few threads each, sharing what was loaded before the fork."""

from __future__ import annotations

import gc
import os
from functools import partial
from typing import Any

import click
from flask import Flask
from gunicorn.app.base import BaseApplication
from gunicorn.glogging import Logger

from commands.metrics import gather_counts, tell_metrics
from commands.parent_death import die_with_parent
from commands.supervisor import Part, Supervisor
from settings import Settings
from webapp import create_app
from workers import queue

THREADS = 4  # a slow download or upload holds one thread, not the process
QUIET_SECONDS = 60.0  # between two turns in which nothing is asked of the supervisor
YOUNGEST = 20_000  # new objects before Python looks for circles: a page makes 2,000, and almost none of them in one
TIMEOUT_SECONDS = 120  # a large upload over a slow line is alive as long as bytes come
LONGEST_LINE = 8190  # gunicorn's most: a link may carry the longest question twice, as typed and as mended


class HouseLog(Logger):  # type: ignore[misc]
    """Gunicorn's own lines go the way of all others."""

    def setup(self, cfg: Any) -> None:
        super().setup(cfg)
        self.error_log.handlers.clear()
        self.error_log.propagate = True


class Web(BaseApplication):  # type: ignore[misc]
    """Gunicorn's own master, told in code instead of by a file."""

    def __init__(self, settings: Settings, bind: str, app: Flask | None) -> None:
        self._settings, self._bind, self._app = settings, bind, app
        super().__init__()

    def load_config(self) -> None:
        options: dict[str, Any] = {
            "bind": self._bind,
            "workers": int(self._settings.web_processes),
            "worker_class": "gthread",
            "threads": THREADS,
            "keepalive": 0,  # a kept connection stays with its process, however busy; new ones go to the idle one
            "timeout": TIMEOUT_SECONDS,
            "limit_request_line": LONGEST_LINE,
            "graceful_timeout": 5,
            "preload_app": True,  # the application is made once and shared
            "logger_class": HouseLog,
            "accesslog": None,  # search words never reach a log (design §3.9)
            "loglevel": "warning",
            "control_socket_disable": True,
            "post_fork": _begin,
            "worker_tmp_dir": "/dev/shm" if os.path.isdir("/dev/shm") else None,  # noqa: S108, PTH112 - heartbeats only
        }
        for name, value in options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        queue.configure(self._settings)
        return self._app or create_app(self._settings)


def _begin(_server: Any, worker: Any) -> None:
    die_with_parent(worker.ppid)
    gc.set_threshold(YOUNGEST)


def serve_pages(settings: Settings, bind: str = "", app: Flask | None = None) -> None:
    """Serves until SIGTERM; `bind` is "fd://N" where a socket listens already, `app` one that is made already."""
    Web(settings, bind or f"{settings.host}:{settings.port}", app).run()


@click.command()
@click.pass_obj
def web(settings: Settings) -> None:
    """Serves the pages only, for a machine of its own; with KB_METRICS_ADDRESS beside a process that tells metrics."""
    if not settings.metrics_port:
        serve_pages(settings)
        return
    gather_counts(settings)
    parts = [Part("web", partial(serve_pages, settings)), Part("metrics", partial(tell_metrics, settings))]
    Supervisor(parts).run(lambda: QUIET_SECONDS)
