"""Find within a document: processor time of the document view of a long document, first and repeated.

    python -m benchmarks.find_within [--pages 5000]

One question stands on nearly every page, one on every tenth, one on a single page, one nowhere. "First" forgets what
the process kept; "repeated" steps to the next hit of the same question.
"""

from __future__ import annotations

import argparse
import random
import re
import tempfile
import time
from collections.abc import Callable
from io import BytesIO

from flask.testing import FlaskClient

from benchmarks.bench_bank import SEED, BenchBank
from catalog import documents, terms
from catalog.documents import Arrival, PageText, Reading, Wish
from indexer import analyse, analysis_version
from settings import Settings
from webapp import create_app, document_hits
from workers.bank import Bank
from workers.index_step import index_next

SENTENCES_A_PAGE = 16
RUNS = 5
QUESTIONS = {
    "on nearly every page": "och verksamheten socialtjänsten",
    "on every tenth page": "skärgårdsbesök",
    "on one page": "månlandning",
    "nowhere": "rymdfärd",
    "several words and a phrase": 'skärgårdsbesök "gjordes ett" barn*',
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=5_000)
    pages = parser.parse_args().pages
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data=folder)
        document_id = _fill(settings, pages)
        app = create_app(settings)
        client = app.test_client()
        client.get(f"/dokument/{document_id}")
        print(f"{pages} pages{'':28} {'hits':>8} {'first':>9} {'repeated':>9} {'without q':>9} {'kB':>6}")
        for name, text in QUESTIONS.items():
            print(_measured(client, document_id, name, text))
        app.extensions["bank"].close()


def _measured(client: FlaskClient, document_id: int, name: str, text: str) -> str:
    address = f"/dokument/{document_id}?q={text}"
    first = min(_spent(lambda: _afresh(client, address)) for _ in range(RUNS))
    again = min(_spent(lambda: client.get(f"{address}&sida=2500")) for _ in range(RUNS))
    plain = min(_spent(lambda: client.get(f"/dokument/{document_id}?sida=2500")) for _ in range(RUNS))
    answer = client.get(address)
    told = answer.get_data(as_text=True).partition('id="sidtraffar"')[2].partition(">")[2].partition("<")[0]
    size = len(answer.data) / 1000
    return f"{name:37} {told:>22} {first:6.0f} ms {again:6.1f} ms {plain:6.1f} ms {size:6.0f}"


def _afresh(client: FlaskClient, address: str) -> None:
    document_hits._kept.clear()  # noqa: SLF001  # nobody else needs to forget
    client.get(address)


def _spent(work: Callable[[], object]) -> float:
    """Milliseconds of processor time, of all threads of this process."""
    start = time.process_time()
    work()
    return (time.process_time() - start) * 1000


def _fill(settings: Settings, count: int) -> int:
    """A bank with one document of so many pages of real sentences, read and indexed."""
    bank = Bank(settings)
    bank.database.migrate()
    kept = bank.originals.keep(BytesIO(b"text"), 1_000)
    with bank.database.transaction() as session:
        terms.seed(session)
        arrival = Arrival(kept, "lång.txt", "text/plain", Wish("bench", title="En lång rapport"))
        (made,) = documents.register(session, [arrival])
        documents.store_reading(session, made.document_id, _reading(count))
        documents.publish(session, made.document_id, "open", "bench")
    while index_next(bank):
        pass
    bank.close()
    return made.document_id


def _reading(count: int) -> Reading:
    dice = random.Random(SEED)
    sentences = [one for one in BenchBank().sentences if not re.search(r"\d{6}", one)]  # no identity numbers
    pages = []
    for number in range(1, count + 1):
        text = " ".join(dice.choices(sentences, k=SENTENCES_A_PAGE))
        text += " Här gjordes ett skärgårdsbesök." if number % 10 == 0 else ""
        text += " Sedan en månlandning." if number == count // 2 else ""
        tokens = analyse(text)
        pages.append(PageText(number, text, f"Kapitel {number // 25}", "", tokens.exact, tokens.parts, tokens.spans))
    return Reading(pages=pages, language="sv", reader="bench", analysis_version=analysis_version())


if __name__ == "__main__":
    main()
