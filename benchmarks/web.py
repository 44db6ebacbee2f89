"""A search over HTTP, rendered, beside the same work done bare on tantivy in one process.

python -m benchmarks.web [--scale 1] [--questions 200] [--folder KEPT] [--corpus ../shared/corpus]

One client, then eight at once. The bank runs as `kunskapsbanken serve` starts it; pages have all facets, histogram,
page maps and marked passages.
"""

from __future__ import annotations

import argparse
import http.client
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle, islice
from pathlib import Path
from urllib.parse import quote, urlsplit

from benchmarks.bench_bank import BenchBank
from benchmarks.bench_record import build
from benchmarks.measure import Series, print_table
from benchmarks.search import Bare
from benchmarks.serving import running_bank

CLIENTS = 8
WARMING = 40


class Client:
    """One browser with one connection that stays open."""

    def __init__(self, address: str) -> None:
        self._connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=30)

    def ask(self, text: str) -> int:
        """Bytes of the page; anything but 200 ends the benchmark."""
        self._connection.request("GET", f"/sok?q={quote(text)}")
        answer = self._connection.getresponse()
        body = answer.read()
        if answer.status != http.client.OK:
            raise RuntimeError(f"{answer.status} for {text!r}")
        return len(body)


def throughput(address: str, questions: list[str], clients: int) -> float:
    """Pages a second that so many clients get together."""
    browsers = [Client(address) for _ in range(clients)]
    shares = [questions[number::clients] for number in range(clients)]
    start = time.perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        list(pool.map(lambda pair: [pair[0].ask(text) for text in pair[1]], zip(browsers, shares, strict=True)))
    return len(questions) / (time.perf_counter() - start)


def prepare(folder: Path, bank: BenchBank) -> Bare:
    """The record and both indexes, made where they are missing."""
    new = not (folder / "data").exists()
    if new:
        build(folder / "data", bank)
    bare = Bare(folder / "bare")
    if new:
        bare.write(bank)
    bare.documents.reload()
    bare.pages.reload()
    return bare


def measure(folder: Path, bank: BenchBank, count: int) -> None:
    bare = prepare(folder, bank)
    questions = bank.questions(count)
    with running_bank(folder / "data") as running:
        client = Client(running.address)
        for text in islice(cycle(questions), WARMING):
            client.ask(text)
            bare.ask(text)
        theirs, ours = Series("bare tantivy, one process"), Series("GET /sok, one client")
        for text in questions:
            theirs.time_each(bare.ask, [text])
            ours.time_each(client.ask, [text])
        print_table(
            f"{count} questions at scale {bank.scale} (aim: median 5, p95 12 times bare's median)", theirs, [ours]
        )
        print(f"p95 is {ours.percentile(0.95) / theirs.median:.1f} times bare's median")
        one = throughput(running.address, questions, 1)
        many = throughput(running.address, questions * 2, CLIENTS)
        print(f"one client {one:.0f} pages/s, {CLIENTS} at once {many:.0f} pages/s: {many / one:.2f} times (aim: 1.5)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--corpus", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = given.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        measure(folder, BenchBank(given.scale, given.corpus), given.questions)


if __name__ == "__main__":
    main()
