"""The search page over HTTP on both engines: two banks with the same record, asked in turns by one client each."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import ExitStack
from itertools import chain, cycle, islice
from pathlib import Path

import psutil
from elasticsearch import Elasticsearch

from benchmarks.measure import Series, print_table
from benchmarks.serving import RunningBank, running_bank
from benchmarks.web import Client
from indexer import ElasticsearchConnection

MILLISECONDS = 1_000


def pages_over_http(folder: Path, connection: ElasticsearchConnection, questions: Sequence[str], warm_up: int) -> None:
    """`folder` holds the record and the embedded engine's index; the other bank gets a copy of the record."""
    other = folder.with_name("beside")
    shutil.copytree(folder, other, ignore=shutil.ignore_patterns("index"))
    settings = {
        "KB_ENGINE": "elasticsearch",
        "KB_ELASTICSEARCH": ",".join(connection.addresses),
        "KB_ELASTICSEARCH_PREFIX": connection.prefix,
        "KB_ELASTICSEARCH_TIMEOUT": f"{connection.timeout}",
    }
    with ExitStack() as stack:
        embedded = stack.enter_context(running_bank(folder))
        ours = stack.enter_context(running_bank(other, **settings))
        node = stack.enter_context(Elasticsearch(connection.addresses[0]))
        _measure((embedded, ours), node, questions, warm_up)


def _measure(banks: tuple[RunningBank, RunningBank], node: Elasticsearch, questions: Sequence[str], warm: int) -> None:
    times = [Series("page on the embedded engine"), Series("page on Elasticsearch")]
    clients = [Client(bank.address) for bank in banks]
    for number, text in enumerate(chain(islice(cycle(questions), warm), questions)):
        if number == warm:
            before = _spent(banks, node)
        for series, client in zip(times, clients, strict=True):
            series.time_each(client.ask, [text])
    for series in times:
        del series.values[:warm]
    spent = [(now - then) / len(questions) for now, then in zip(_spent(banks, node), before, strict=True)]
    print_table("search page over HTTP, rendered (aim: at most 2 times)", times[0], times[1:])
    print(f"processor time a page: embedded {spent[0]:.1f} ms; Elasticsearch: ours {spent[1]:.1f} ms, ", end="")
    print(f"the server's {spent[2]:.1f} ms")


def _spent(banks: Sequence[RunningBank], node: Elasticsearch) -> list[float]:
    """Milliseconds of processor time of all processes of each bank, then of the nodes."""
    nodes = node.nodes.stats(metric="process")["nodes"].values()
    server = sum(one["process"]["cpu"]["total_in_millis"] for one in nodes)
    return [*map(_of_processes, banks), float(server)]


def _of_processes(bank: RunningBank) -> float:
    root = psutil.Process(bank.process.pid)
    times = [process.cpu_times() for process in (root, *root.children(recursive=True))]
    return MILLISECONDS * sum(one.user + one.system for one in times)
