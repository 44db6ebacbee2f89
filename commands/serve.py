"""One command for one machine: starts web, workers and scheduler as children and stops them together."""

from __future__ import annotations

import os
import socket
from functools import partial

import click
from flask import Flask

from commands.metrics import gather_counts, tell_metrics
from commands.only_one import listening, only_one
from commands.readiness import Readiness
from commands.scanning import tell_of_scans
from commands.scheduler import keep_sweeping
from commands.supervisor import Part, Supervisor, fork
from commands.warmth import warm
from commands.watch import keep_watching
from commands.web import serve_pages
from settings import Settings
from workers.working import work


@click.command()
@click.option("--samples", is_flag=True, help="On an empty bank: adds a demo administrator and the sample collection.")
@click.pass_obj
def serve(settings: Settings, samples: bool) -> None:
    """Starts the whole bank on this machine and prints its address when it is ready. Ends with Ctrl-C or SIGTERM."""
    with only_one(settings.data_folder), listening(settings) as listener:
        parts = [Part("import of samples", partial(_import_samples, settings), once=True)] if samples else []
        _prepare(settings, samples)
        tell_of_scans(settings)
        gather_counts(settings)
        app = warm(settings)
        readiness = Readiness(settings)
        supervisor = Supervisor([*_parts(settings, listener, app), *parts])
        supervisor.run(partial(readiness.on_turn, supervisor))
    if not readiness.was_ready:
        raise click.ClickException("The bank was stopped before it was ready.")


def _parts(settings: Settings, listener: socket.socket, app: Flask) -> list[Part]:
    """The index has one writer, so one process; as many as KB_WORKERS read files, as KB_OCR_WORKERS scans."""
    metrics = [Part("metrics", partial(tell_metrics, settings))] if settings.metrics_port else []
    watched = [Part("watched folder", partial(keep_watching, settings))] if settings.watch else []
    readers = [Part(f"reader {n}", partial(work, settings, ["read"])) for n in range(1, int(settings.workers) + 1)]
    scanners = [Part(f"scanner {n}", partial(work, settings, ["ocr"])) for n in range(1, settings.ocr_processes + 1)]
    return [
        Part("web", partial(serve_pages, settings, f"fd://{listener.fileno()}", app)),
        *readers,
        Part("index", partial(work, settings, ["index"])),
        *scanners,
        Part("scheduler", partial(keep_sweeping, settings)),
        *watched,
        *metrics,
    ]


def _prepare(settings: Settings, samples: bool) -> None:
    """In a child: what it takes to migrate is used once, and no child inherits an open record."""
    from commands.preparation import prepare

    if os.waitstatus_to_exitcode(os.waitpid(fork(partial(prepare, settings, samples)), 0)[1]):
        raise SystemExit(1)  # the child has told the reason


def _import_samples(settings: Settings) -> None:
    from commands.samples import import_samples

    import_samples(settings)
