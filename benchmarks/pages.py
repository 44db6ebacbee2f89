"""Every page of the bank at the size of a city, in one process, each against the search page of the same run.

    python -m benchmarks.pages [--scale 1] [--rounds 15] [--folder KEPT]

Processor time is that of the process with all its threads; statements are those sent to the record. Pages are asked in
turns, so that what a process keeps for some seconds is kept, and made anew, as in a bank that is used.
"""

from __future__ import annotations

import argparse
import gc
import random
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Final
from urllib.parse import quote_plus

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from benchmarks.bench_use import EDITOR, PASSWORD, FundedBank, build_used, funded_years, shown
from benchmarks.measure import Series
from catalog import documents
from catalog.database import open_database
from commands.web import YOUNGEST
from settings import Settings
from tests.webapp.conftest import csrf_token
from webapp import create_app
from workers import queue

MOST_MILLISECONDS, MOST_STATEMENTS = 60.0, 40
FIRST_PIECES: Final = 2  # of the stream of hits, each some hundred lines
BASELINE: Final = "/sok"
OK, SEE_OTHER = 200, 303


@dataclass
class Asked:
    """A page with its addresses, asked one after the other, and what each asking took."""

    name: str
    addresses: Sequence[str]
    signed_in: bool = False
    pieces: int = 0  # of a stream that are taken; 0: all of it
    spent: Series = field(default_factory=lambda: Series("processor time"))
    statements: Series = field(default_factory=lambda: Series("statements", ""))
    size: Series = field(default_factory=lambda: Series("size", "B"))

    def ask(self, client: FlaskClient, turn: int) -> None:
        address = self.addresses[turn % len(self.addresses)]
        with counted_statements() as statements:
            start = time.process_time()
            with client.get(address, buffered=False) as answer:
                size = sum(len(piece) for piece in islice(answer.iter_encoded(), self.pieces or None))
                spent = time.process_time() - start
            if answer.status_code != OK:
                raise RuntimeError(f"{answer.status_code} for {address}")
        self.spent.values.append(spent * 1000)
        self.statements.values.append(len(statements))
        self.size.values.append(size)

    def forget(self) -> None:
        for series in (self.spent, self.statements, self.size):
            series.values.clear()


@contextmanager
def counted_statements() -> Iterator[list[str]]:
    """What is asked of the record meanwhile; beginning a transaction and its settings are no statements."""
    sent: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if not statement.startswith(("BEGIN", "PRAGMA", "SET ")):
            sent.append(statement)

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def pages(settings: Settings, bank: FundedBank) -> list[Asked]:
    questions = [quote_plus(text) for text in bank.questions(30)]
    some = random.Random(1)
    database = open_database(settings.database_url)
    with database.reading() as session:
        found = [documents.get(session, one) for one in shown(session)]
        words = [some.choice(documents.pages(session, one.id)[0].text.split()) for one in found]
    database.dispose()
    slugs = [one.project.slug for one in found if one.project]
    years = sorted({year for one in found if one.project_id for year in funded_years(one.project_id)})
    sought = [f"/dokument/{one.id}?q={quote_plus(word)}" for one, word in zip(found, words, strict=True)]
    numbers = [one.id for one in found]
    return [*_read(questions, slugs, numbers, sought, years), *_edited(questions, slugs, numbers)]


def _read(
    questions: list[str], slugs: list[str], numbers: list[int], sought: list[str], years: list[int]
) -> list[Asked]:
    """What everyone may open."""
    return [
        Asked(BASELINE, [f"/sok?q={one}" for one in questions]),
        Asked("/sok, the whole bank", ["/sok"]),
        Asked("/", ["/"]),
        Asked("/projekt/…", [f"/projekt/{slug}" for slug in slugs]),
        Asked("/dokument/… of a search", sought),
        Asked("/dokument/…", [f"/dokument/{number}" for number in numbers]),
        Asked("/utforska", ["/utforska"]),
        Asked("/utforska of a search", [f"/utforska?q={one}" for one in questions]),
        Asked("/utforska by keyword", ["/utforska?rader=nyckelord"]),
        Asked("/utforska by money", ["/utforska?rakna=medel"]),
        Asked("/utforska by year", ["/utforska?rader=ar"]),
        Asked("/utforska/arsrapport, the form", ["/utforska/arsrapport"]),
        Asked("/utforska/arsrapport", [f"/utforska/arsrapport?ar={year}" for year in years]),
        Asked("/api/v1/search", [f"/api/v1/search?q={one}" for one in questions]),
        Asked(
            f"/api/v1/hits, {FIRST_PIECES} pieces", [f"/api/v1/hits?q={one}" for one in questions], pieces=FIRST_PIECES
        ),
        Asked("/halsa", ["/halsa"]),
        Asked("/redo", ["/redo"]),
    ]


def _edited(questions: list[str], slugs: list[str], numbers: list[int]) -> list[Asked]:
    """What only editors may open."""
    edited = [
        ("/uppladdning", ["/uppladdning"]),
        ("/uppladdning/ko, the live queue", ["/uppladdning/ko"]),
        ("…/ko, one list", [f"/uppladdning/ko?lista={name}&sida=2" for name in ("hjalp", "pagar", "klara")]),
        ("/projekt/…/redigera", [f"/projekt/{slug}/redigera" for slug in slugs]),
        ("/projekt/…/publicera", [f"/projekt/{slug}/publicera" for slug in slugs]),
        ("/nytt-projekt", ["/nytt-projekt"]),
        ("/dokument/…/redigera", [f"/dokument/{number}/redigera" for number in numbers]),
        ("/dokument/…/publicera", [f"/dokument/{number}/publicera" for number in numbers]),
        ("/administration/tackning", ["/administration/tackning"]),
        ("…/tackning, its lists", [f"/administration/tackning/{name}" for name in LISTS]),
        ("/administration/index", ["/administration/index"]),
        ("/administration/ord", ["/administration/ord"]),
        ("/administration/provning", ["/administration/provning"]),
        ("…/provning, one question", [f"/administration/provning/fraga?q={one}" for one in questions]),
    ]
    return [Asked(name, addresses, signed_in=True) for name, addresses in edited]


LISTS = ("hela", "svarlasta", "inskannade", "brister", "olasta", "skadade", "utan-sammanfattning", "utan-slutrapport")


def editor(app: Flask) -> FlaskClient:
    """A client that has signed in through the form."""
    client = app.test_client()
    sent = {"namn": EDITOR, "losenord": PASSWORD, "csrf_token": csrf_token(client, "/logga-in")}
    answer = client.post("/logga-in", data=sent)
    if answer.status_code != SEE_OTHER:
        raise RuntimeError(f"{answer.status_code} for signing in")
    return client


def measure(settings: Settings, asked: Sequence[Asked], rounds: int) -> None:
    """Two rounds to warm up, which load modules, templates and pictures and are not counted; then the server's ways."""
    queue.configure(settings)
    app = create_app(settings)
    clients = {False: app.test_client(), True: editor(app)}
    for turn in range(-2, rounds):
        if not turn:
            gc.collect()
            gc.freeze()
            gc.set_threshold(YOUNGEST)
        for one in asked:
            one.ask(clients[one.signed_in], turn)
            if turn < 0:
                one.forget()
    app.extensions["bank"].close()


def print_pages(asked: Sequence[Asked], scale: float) -> None:
    """A star stands beside what is over an aim."""
    base = asked[0].spent.median
    print(f"\nEach page at scale {scale}; * over {MOST_MILLISECONDS:.0f} ms or {MOST_STATEMENTS} statements")
    print(f"{'':36} {'n':>4} {'median':>10} {'p95':>10} {'statements':>11} {'kB':>8} {'ratio':>7}")
    for one in asked:
        spent, statements = one.spent, one.statements.median
        slow = spent.median > MOST_MILLISECONDS or statements > MOST_STATEMENTS
        print(
            f"{one.name:36} {len(spent.values):>4} {spent.median:>7.1f} ms {spent.percentile(0.95):>7.1f} ms "
            f"{statements:>11.0f} {one.size.median / 1000:>8.1f} {spent.median / base:>7.2f}{' *' if slow else ''}"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--scale", type=float, default=1.0)
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--folder", type=Path)
    given = parser.parse_args()
    bank = FundedBank(given.scale)
    with tempfile.TemporaryDirectory() as temporary:
        folder = (given.folder or Path(temporary)) / "data"
        if not folder.exists():
            build_used(folder, bank)
        settings = Settings(data=str(folder))
        asked = pages(settings, bank)
        measure(settings, asked, given.rounds)
        print_pages(asked, given.scale)


if __name__ == "__main__":
    main()
