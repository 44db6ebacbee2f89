"""Loads, before the first fork, what the processes share: a page of memory that nobody writes to counts once."""

from __future__ import annotations

import ctypes
import gc
import sys
from importlib import import_module

import click
from flask import Flask

from indexer import NoWordData, forms
from settings import Settings
from webapp import create_app
from workers.celery_app import create_celery

# What the parts load only when they begin to work, found by comparing sys.modules; `serve` fails at a wrong name.
LATE = (
    "celery.app.amqp",
    "celery.app.control",
    "celery.app.events",
    "celery.app.log",
    "celery.apps.worker",
    "celery.concurrency.solo",
    "celery.fixups.django",
    "celery.loaders.app",
    "celery.worker.autoscale",
    "celery.worker.consumer",
    "celery.worker.strategy",
    "sqlalchemy.dialects.sqlite",
    "workers.file_broker",
    "workers.sweep",
)
M_ARENA_MAX, MOST_ARENAS = -8, 2  # malloc.h: an arena a thread would keep what each thread once used


def warm(settings: Settings) -> Flask:
    """Loads, and opens nothing but the Swedish words; gives the application that the web processes share."""
    app = create_app(settings)
    create_celery(settings)
    for module in (*LATE, f"indexer.{settings.engine}_engine.engine"):
        import_module(module)
    _open_words()
    if sys.platform == "linux":
        ctypes.CDLL(None).mallopt(M_ARENA_MAX, MOST_ARENAS)
    gc.collect()
    gc.freeze()  # keeps the collector from writing to what is shared
    return app


def _open_words() -> None:
    """The first word opens table and lists, which each process would otherwise do when its first file comes."""
    try:
        forms("ord")
    except NoWordData as missing:
        raise click.ClickException(str(missing)) from missing
