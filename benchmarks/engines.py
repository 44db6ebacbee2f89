"""Elasticsearch against the embedded engine, our door against the bare client, our bulk writing against bare bulk.

Server and questions are the same for all; the server is KB_TESTS_ELASTICSEARCH or a node of its own. The engines are
asked in turns, first in this process, then through the search pages of a bank each.

    python -m benchmarks.engines [--scale 1] [--questions 300] [--bulk 5000]
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from itertools import chain, cycle, islice
from pathlib import Path
from typing import Any
from unittest.mock import patch

from elasticsearch import Elasticsearch

from benchmarks.bench_bank import BenchBank, write
from benchmarks.bench_record import build
from benchmarks.engine_bulk import BATCH, bulk
from benchmarks.engine_pages import pages_over_http
from benchmarks.measure import Series, print_table
from benchmarks.search import counted
from indexer import ElasticsearchConnection, SearchEngine, SearchQuery, open_engine
from tests.servers.elasticsearch_node import elasticsearch
from tests.servers.indices import own_indices

QUERY = SearchQuery().visible_to(frozenset({"public", "staff"}), 20261122)
WARM_UP = 300  # questions before the measured ones: a server of Java is slow until its compiler has seen them
HEAP = "1g"


def ask(engine: SearchEngine, text: str) -> int:
    """A search page's engine part: the search with all counts, and the pages of the documents shown."""
    result = engine.search(replace(QUERY, text=text))
    found = [document.document_id for group in result.projects for document in group.documents]
    pages = len(result.page_hits(found))
    counted(result)
    return pages


@dataclass
class Bare:
    """The client with the bodies that our engine sent for a question, and nothing around it."""

    client: Elasticsearch
    sent: dict[str, list[dict[str, Any]]]

    def ask(self, text: str) -> int:
        return sum(len(self.client.msearch(**sent)["responses"]) for sent in self.sent[text])


@contextmanager
def recorded(sent: list[dict[str, Any]]) -> Iterator[None]:
    """Keeps what the client is asked meanwhile."""
    real = Elasticsearch.msearch

    def keep(client: Elasticsearch, **asked: Any) -> Any:
        sent.append(asked)
        return real(client, **asked)

    with patch.object(Elasticsearch, "msearch", keep):
        yield


def written(folder: Path, connection: ElasticsearchConnection, bank: BenchBank) -> None:
    """The bank in both engines, its record beside the embedded one's index.

    Segments are merged, and the server keeps no answers: the same questions are asked several times here.
    """
    build(folder, bank)
    start = time.perf_counter()
    ours = open_engine("elasticsearch", connection)
    entries = write(bank, ours, batch=BATCH)
    ours.close()
    with Elasticsearch(connection.addresses[0], request_timeout=600) as client:
        indices = f"{connection.prefix}-*"
        client.indices.forcemerge(index=indices, max_num_segments=1)
        client.indices.put_settings(index=indices, settings={"index.requests.cache.enable": False})
    print(f"elasticsearch: {entries} entries written and merged in {time.perf_counter() - start:.0f} s")


def search(embedded: SearchEngine, ours: SearchEngine, address: str, questions: Sequence[str], scale: float) -> None:
    bare = Bare(Elasticsearch(address), {})
    for text in questions:
        with recorded(bare.sent.setdefault(text, [])):
            ask(ours, text)
    times = [
        Series("embedded: search, page hits"),
        Series("Elasticsearch: the same"),
        Series("bare client, same bodies"),
    ]
    for text in chain(islice(cycle(questions), WARM_UP), questions):
        for series, asked in zip(times, (lambda t: ask(embedded, t), lambda t: ask(ours, t), bare.ask), strict=True):
            series.time_each(asked, [text])
    for series in times:
        del series.values[:WARM_UP]
    print_table(f"{len(questions)} questions at scale {scale}", times[0], times[1:])
    differences = Series("our time over the bare client's")
    differences.values = [ours - bare for ours, bare in zip(times[1].values, times[2].values, strict=True)]
    print(f"in the door: median {differences.median:.2f} ms, p95 {differences.percentile(0.95):.2f} ms")
    print(f"{sum(map(len, bare.sent.values())) / len(bare.sent):.1f} calls a page")
    bare.client.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--questions", type=int, default=300)
    parser.add_argument("--bulk", type=int, default=5_000, help="entries")
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    bank = BenchBank(given.scale, given.corpus)
    questions = bank.questions(given.questions)
    with tempfile.TemporaryDirectory() as temporary, elasticsearch(HEAP) as address:
        bulk(address, [made.entry for made in islice(bank.made(), given.bulk)])
        with own_indices(address) as connection:
            folder = Path(temporary) / "data"
            written(folder, connection, bank)
            engines = open_engine("tantivy", folder / "index"), open_engine("elasticsearch", connection)
            with closing(engines[0]) as embedded, closing(engines[1]) as ours:
                search(embedded, ours, address, questions, bank.scale)
            pages_over_http(folder, connection, questions, WARM_UP)


if __name__ == "__main__":
    main()
