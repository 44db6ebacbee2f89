"""Elasticsearch falls over, is slow or too busy, under a whole bank: search says so, all else goes on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

from catalog import jobs, standing
from commands.web import THREADS
from settings import Settings
from tests.journeys.oracle import complaints
from tests.journeys.person import Person
from tests.journeys.serving import Served, served, until
from tests.journeys.small_files import SmallFile, small_files, write
from tests.servers.elasticsearch_node import Node, free_port
from tests.servers.installation import NotInstallable
from tests.servers.moody_proxy import MoodyProxy, moody_proxy
from workers.bank import Bank

PASSWORD = "en lång lösenfras"
LONGEST_SEARCH = 3.0  # seconds until a reader is told
LATE = 10.0  # seconds
FILES, SEED = 40, 8
READERS = 12
FIRST = SmallFile("slutrapport.txt", "Skuldsanering prövades.".encode(), 1, "skuldsanering")
OPEN = {"vart": "nytt", "projektnamn": "Bo kvar", "publicera": "ja", "klass": "open"}


@dataclass(frozen=True)
class House:
    """A bank on PostgreSQL, Redis and Elasticsearch, an administrator's browser, and what is in the bank already."""

    served: Served
    bank: Bank
    anna: Person
    document: str

    def read(self) -> int:
        with self.bank.database.reading() as session:
            return standing.documents_by_state(session)["read"]

    def is_quiet(self) -> bool:
        with self.bank.database.reading() as session:
            return not jobs.waiting(session)

    def finds(self, word: str) -> bool:
        answer = self.anna.search(word)
        return answer.status == 200 and "/dokument/" in answer.text


@pytest.fixture
def environ(tmp_path: Path, record_and_broker: dict[str, str]) -> dict[str, str]:
    return {
        "KB_DATA": str(tmp_path / "data"),
        "KB_WEB_PROCESSES": "1",
        "KB_ENGINE": "elasticsearch",
        **record_and_broker,
    }


@pytest.fixture
def proxy(elasticsearch_address: str, search_server: dict[str, str], environ: dict[str, str]) -> Iterator[MoodyProxy]:
    """What the bank takes for Elasticsearch."""
    with moody_proxy(elasticsearch_address) as made:
        environ |= {**search_server, "KB_ELASTICSEARCH": made.address}
        yield made


@pytest.fixture
def node(tmp_path: Path, environ: dict[str, str], missing: Callable[[str], NoReturn]) -> Iterator[Node]:
    """A server of this test's own: the others' must not be killed."""
    made = Node(tmp_path / "node", free_port())
    made.home.mkdir()
    try:
        made.start()
    except NotInstallable as error:
        missing(f"no Elasticsearch: {error}")
    environ["KB_ELASTICSEARCH"] = made.address
    yield made
    made.stop()


def house(environ: dict[str, str]) -> Iterator[House]:
    with served(Path(environ["KB_DATA"]), more=environ) as running:
        added = running.run("user", "add", "anna", "--role", "administratör", given=f"{PASSWORD}\n")
        assert added.returncode == 0, added.stderr
        anna, bank = Person(running.address), Bank(Settings.from_environ(environ))
        anna.sign_in("anna", PASSWORD)
        anna.drop(FIRST.name, FIRST.content, **OPEN)
        shown = until(lambda: re.search(r"/dokument/\d+", anna.search(FIRST.word).text), 60, "the first hit")
        yield House(running, bank, anna, shown[0])
        bank.close()


@pytest.fixture
def before_a_proxy(proxy: MoodyProxy, environ: dict[str, str]) -> Iterator[House]:
    yield from house(environ)


@pytest.fixture
def before_a_node(node: Node, environ: dict[str, str]) -> Iterator[House]:
    yield from house(environ)


def check_search_is_away(one: House) -> None:
    answer = one.anna.search(FIRST.word)
    assert answer.status == 503
    assert int(answer.headers["Retry-After"] or 0) > 0
    assert "Sökningen är tillfälligt otillgänglig" in answer.text
    assert answer.seconds < LONGEST_SEARCH


def check_the_rest_goes_on(one: House) -> None:
    for path in ("/", "/projekt/bo-kvar", one.document, f"{one.document}?visa=text", "/uppladdning"):
        answer = one.anna.get(path)
        assert answer.status == 200, path
        assert answer.seconds < LONGEST_SEARCH, path


@pytest.mark.parametrize("mood", [{"seconds": LATE}, {"always": 429}], ids=["slow", "too busy"])
def test_uploads_are_kept_while_it_does_not_answer_well_and_found_afterwards(
    before_a_proxy: House, proxy: MoodyProxy, mood: dict[str, float]
) -> None:
    one = before_a_proxy
    for name, value in mood.items():
        setattr(proxy, name, value)
    check_search_is_away(one)
    check_the_rest_goes_on(one)
    assert one.anna.drop("delrapport.txt", "Vräkning undveks.".encode()).status == 303
    until(lambda: one.read() == 2, 30, "the reading of what was dropped")
    check_search_is_away(one)
    proxy.seconds, proxy.always = 0.0, 0
    until(lambda: one.served.run("sweep").returncode == 0 and one.finds("vräkningar"), 90, "the second hit")
    until(one.is_quiet, 60, "the last job")


def test_many_readers_at_once_do_not_wait_for_it_one_after_the_other(before_a_proxy: House, proxy: MoodyProxy) -> None:
    proxy.seconds = LATE
    proxy.asked.clear()
    with ThreadPoolExecutor(READERS) as readers:
        answers = list(readers.map(lambda _: before_a_proxy.anna.search(FIRST.word), range(READERS)))
    assert [one.status for one in answers] == [503] * READERS
    assert len([path for path, _ in proxy.asked if path == "/_msearch"]) <= THREADS
    proxy.seconds = 0.0
    until(lambda: before_a_proxy.finds(FIRST.word), 30, "the hit as before")


def test_it_is_killed_in_the_middle_of_an_import_and_everything_is_found_when_it_is_back(
    before_a_node: House, node: Node, tmp_path: Path
) -> None:
    one, files = before_a_node, write(small_files(FILES, SEED), tmp_path / "in")
    importing = one.served.begin("import", str(tmp_path / "in"))
    until(lambda: one.read() > 5, 60, "the reading of some files")
    node.kill()
    check_search_is_away(one)
    check_the_rest_goes_on(one)
    assert importing.wait(timeout=120) == 0
    until(lambda: one.read() == FILES + 1, 60, "the reading of all files")
    assert not one.is_quiet()
    node.start()
    until(one.is_quiet, 150, "the last job")
    assert complaints(one.bank, [FIRST, *files]) == []
