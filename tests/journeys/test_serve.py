"""One command starts the whole bank and stops it, whatever happens to its parts."""

from __future__ import annotations

import http.client
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import urlencode

import psutil
import pytest

from indexer import LONGEST_QUESTION
from settings import Settings
from tests.journeys.serving import Served, is_running, served, until
from tests.journeys.small_files import small_files, write
from workers.bank import Bank


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def answers(bank: Served, address: str = "/om") -> bool:
    connection = http.client.HTTPConnection(bank.address, timeout=5)
    try:
        connection.request("GET", address)
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@pytest.fixture
def running(data: Path) -> Iterator[Served]:
    with served(data) as bank:
        yield bank


def test_one_line_tells_the_address_and_the_pages_answer_there(data: Path) -> None:
    bank = Served(data)
    lines = bank.start()
    assert lines == [f"Kunskapsbanken is ready: http://{bank.address}/"]
    assert answers(bank)
    assert answers(bank, _link_of_a_pasted_text())
    assert bank.stop() == 0


def _link_of_a_pasted_text() -> str:
    """The longest question, misspelt: links carry it as it was typed and as it was mended."""
    pasted = ("barnen på förskolan får stöd av hemtjännst " * 50)[:LONGEST_QUESTION].strip()
    return "/sok?" + urlencode({"q": pasted.replace("nnst", "nst"), "skrev": pasted})


def test_sigterm_ends_every_process_and_leaves_nothing_half_done(running: Served, data: Path) -> None:
    family = running.family()
    assert len(family) >= 6
    assert running.stop() == 0
    assert not any(map(is_running, family))
    assert list((data / "broker").glob("*.*ed")) == []


def test_a_second_serve_on_the_same_folder_is_refused_with_the_reason(running: Served, data: Path) -> None:
    second = Served(data).run("serve")
    assert second.returncode != 0
    assert "Another `kunskapsbanken serve` uses" in second.stderr
    assert "Traceback" not in second.stderr
    assert answers(running)


def test_an_address_that_is_taken_is_refused_with_the_reason(running: Served, tmp_path: Path) -> None:
    second = Served(tmp_path / "another", running.address).run("serve")
    assert second.returncode != 0
    assert f"{running.address} cannot be used" in second.stderr


def test_an_address_for_metrics_that_is_taken_is_refused_with_the_reason(running: Served, tmp_path: Path) -> None:
    second = Served(tmp_path / "another", more={"KB_METRICS_ADDRESS": running.address}).run("serve")
    assert second.returncode == 1
    assert f"{running.address} cannot be used, perhaps another program does; set KB_METRICS_ADDRESS" in second.stderr


def test_a_killed_supervisor_takes_all_its_children_with_it(running: Served) -> None:
    family = running.family()
    running.kill()
    assert not any(map(is_running, family))


def test_every_part_that_is_killed_starts_again(running: Served) -> None:
    children = running.supervisor.children()
    for child in children:
        child.kill()
    until(lambda: _renewed(running, children), 20, "the return of every part")
    until(lambda: answers(running), 20, "an answer")


def _renewed(running: Served, before: list[psutil.Process]) -> bool:
    now = running.supervisor.children()
    return len(now) == len(before) and not set(now) & set(before)


def test_an_import_goes_on_where_kill_nine_stopped_it(running: Served, data: Path, tmp_path: Path) -> None:
    files = write(small_files(20, seed=3), tmp_path / "in" / "Projektet")
    importing = running.begin("import", str(tmp_path / "in"))
    bank = Bank(Settings(data=str(data)))
    until(lambda: list(bank.originals.stored()), 30, "the first original")
    importing.kill()
    importing.wait()
    running.kill()
    running.start()
    report = tmp_path / "report.csv"
    assert running.run("import", str(tmp_path / "in"), "--wait", "--report", str(report)).returncode == 0
    rows = [line.split(",") for line in report.read_text("utf-8").splitlines()[1:]]
    assert len(rows) == len(files)
    assert {row[1] for row in rows} == {"read"}
    assert len({row[-1] for row in rows}) == len(files)


def test_the_status_names_the_living_processes(running: Served) -> None:
    told = json.loads(running.run("status", "--json").stdout)
    assert told["served"]
    assert {one["process"] for one in told["processes"]} == {one.pid for one in running.family()}


def test_the_demo_administrator_is_told_once_and_can_sign_in(data: Path) -> None:
    from catalog import users

    bank = Served(data)
    demo, ready = bank.start("--samples")
    assert "is ready" in ready
    name, password = demo.removeprefix("Demo administrator: name ").split(", password ")
    bank.stop()
    record = Bank(Settings(data=str(data))).database
    with record.transaction() as session:
        found = users.check_password(session, name, password)
    assert found
    assert found.role == "administrator"
    assert len(bank.start("--samples")) == 1
    bank.stop()
    record.dispose()


def test_the_record_of_a_newer_program_is_refused_in_one_line(data: Path) -> None:
    bank = Served(data)
    assert bank.run("status").returncode == 0
    with closing(sqlite3.connect(data / "catalog.sqlite")) as record, record:
        record.execute("UPDATE alembic_version SET version_num = 'of a later year'")
    refused = bank.run("serve")
    assert refused.returncode == 1
    assert refused.stderr.startswith("Error: ")
    assert len(refused.stderr.splitlines()) == 1
