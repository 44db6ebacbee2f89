"""Tells Prometheus how the bank stands, on an address of its own; never a public one.

The pages' processes write what they count into files of a common folder (prometheus-client's way with forks). The rest
is read from the record at each scrape, so that nothing is counted twice and nothing is lost with a process.
"""

from __future__ import annotations

import logging
import os
import shutil
import signal
import threading

from commands.only_one import check_metrics_address
from settings import Settings

log = logging.getLogger(__name__)


def gather_counts(settings: Settings) -> None:
    """Begins with an empty folder. Call before anything imports prometheus_client, which looks at this once.

    Raises ClickException where KB_METRICS_ADDRESS is taken.
    """
    if not settings.metrics_port:
        return
    check_metrics_address(settings)
    shutil.rmtree(settings.metrics_folder, ignore_errors=True)
    settings.metrics_folder.mkdir(parents=True)
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(settings.metrics_folder)


def tell_metrics(settings: Settings) -> None:
    """Answers until SIGTERM or SIGINT; ends with 1 where the address cannot be used."""
    from prometheus_client import CollectorRegistry, start_http_server
    from prometheus_client.multiprocess import MultiProcessCollector

    from commands.bank_metrics import BankCollector

    told_to_stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: told_to_stop.set())
    registry = CollectorRegistry()
    MultiProcessCollector(registry, path=str(settings.metrics_folder))  # type: ignore[no-untyped-call]
    collector = BankCollector(settings)
    registry.register(collector)
    try:
        server, thread = start_http_server(settings.metrics_port, settings.metrics_host.strip("[]"), registry)
    except OSError as error:
        log.error("KB_METRICS_ADDRESS %s cannot be used: %s", settings.metrics_address, error.strerror)  # noqa: TRY400 - the trace adds nothing
        raise SystemExit(1) from error
    told_to_stop.wait()
    server.shutdown()
    thread.join()
    collector.close()
