"""What Prometheus scrapes from a real bank, read by the library's own parser."""

from __future__ import annotations

import http.client
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from catalog import generations
from catalog.dropping import Desk, Wish, drop
from catalog.generations import Findings
from indexer import sniff
from settings import Settings
from tests.journeys.serving import HOUSE, Served, free_address, served, until
from workers import queue
from workers.bank import Bank

Samples = dict[tuple[str, tuple[tuple[str, str], ...]], float]


@pytest.fixture
def metrics() -> str:
    return free_address()


@pytest.fixture
def running(tmp_path: Path, metrics: str) -> Iterator[Served]:
    with served(tmp_path / "data", more={"KB_METRICS_ADDRESS": metrics, "KB_WEB_PROCESSES": "2"}) as bank:
        until(lambda: _answers(metrics), 20, "the first scrape")
        yield bank


def _get(address: str, path: str) -> tuple[int, str]:
    connection = http.client.HTTPConnection(address, timeout=10)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    finally:
        connection.close()


def _answers(address: str) -> bool:
    try:
        return _get(address, "/metrics")[0] == 200
    except OSError:
        return False


def _scrape(address: str) -> Samples:
    status, text = _get(address, "/metrics")
    assert status == 200
    return {
        (f"{sample.name}".removeprefix("kunskapsbanken_"), tuple(sorted(sample.labels.items()))): sample.value
        for family in text_string_to_metric_families(text)
        for sample in family.samples
    }


def _searches(samples: Samples) -> float:
    return samples.get(("search_duration_seconds_count", (("call", "search"), ("engine", "tantivy"))), 0.0)


def test_searches_of_all_processes_are_counted_together_and_survive_their_process(
    running: Served, metrics: str
) -> None:
    before = _searches(_scrape(metrics))
    for _ in range(12):
        assert _get(running.address, "/sok")[0] == 200
    assert _searches(_scrape(metrics)) == before + 12
    web = next(one for one in running.supervisor.children() if len(one.children()) == 2)
    for worker in web.children():
        worker.kill()
    assert until(lambda: _searches(_scrape(metrics)), 20, "a scrape") == before + 12


def test_health_is_no_answer_to_a_reader(running: Served, metrics: str) -> None:
    for _ in range(5):
        _get(running.address, "/halsa")
    _get(running.address, "/om")
    counted = {labels: value for (name, labels), value in _scrape(metrics).items() if name == "http_responses_total"}
    assert counted == {(("status", "2xx"),): 1.0}


def test_the_record_the_queue_and_the_index_are_told_as_they_stand(
    running: Served, metrics: str, tmp_path: Path
) -> None:
    settings = Settings(data=str(tmp_path / "data"))
    queue.configure(settings)
    bank = Bank(settings)
    for name, data in (("a.txt", b"Rapporten."), ("b.pdf", b"%PDF-1.4 trasig"), ("c.bin", b"\x00\x01")):
        list(drop(Desk(bank.database, bank.originals, 999, sniff), io.BytesIO(data), name, Wish("Eva")))
    queue.nudge("read")
    bank.close()

    def settled() -> Samples | None:
        found = _scrape(metrics)
        return found if found["documents", (("state", "failed"),)] and found["index_documents", ()] else None

    found = until(settled, 30, "one read, one failed")
    assert found["documents", (("state", "read"),)] == 1
    assert found["documents_failed", (("reason", "damaged"),)] == 1
    assert found["files_refused", (("reason", "unsupported"),)] == 1
    assert found["pages_read", ()] == 1
    for part in ("record", "index", "broker", "originals"):
        assert found["part_ready", (("part", part),)] == 1
    for kind in ("read", "index"):
        for state in ("waiting", "delayed", "working"):
            assert ("jobs", (("kind", kind), ("state", state))) in found
        assert found["oldest_job_age_seconds", (("kind", kind),)] >= 0
    assert found["index_entries_behind", (("subject", "document"),)] >= 0


def test_what_the_last_sweep_found_of_the_index_is_told_and_how_long_ago_it_was(
    running: Served, metrics: str, tmp_path: Path
) -> None:
    until(lambda: ("index_differences", ()) in _scrape(metrics), 30, "the first sweep")
    bank = Bank(Settings(data=str(tmp_path / "data")))
    live = bank.generations.live()
    with bank.database.transaction() as session:
        generations.note(session, live, Findings(entries=5, pages=9, size=1000, differences=3))
    bank.close()
    found = _scrape(metrics)
    assert found["index_differences", ()] == 3
    assert 0 <= found["index_comparison_age_seconds", ()] < 60


def test_every_metric_is_explained_to_operators_and_every_explained_one_is_told(running: Served, metrics: str) -> None:
    explained = set(
        re.findall(r"`(?:kunskapsbanken)?_([a-z_]+)", (HOUSE / "docs" / "operations.md").read_text("utf-8"))
    )
    _get(running.address, "/sok")
    told = {family.name for family in text_string_to_metric_families(_get(metrics, "/metrics")[1])}
    told |= {"kunskapsbanken_search_failures"}  # stands there only once there was one
    assert {name.removesuffix("_total") for name in explained} == {one.removeprefix("kunskapsbanken_") for one in told}


def test_a_part_that_is_away_is_told_and_the_rest_too(running: Served, metrics: str, tmp_path: Path) -> None:
    originals = tmp_path / "data" / "originals"
    until((originals / "unfinished").is_dir, 10, "the first look")
    (originals / "unfinished").rmdir()
    originals.rmdir()
    originals.write_text("not a folder")
    found = until(
        lambda: now if not (now := _scrape(metrics))["part_ready", (("part", "originals"),)] else None, 10, "the loss"
    )
    assert found["part_ready", (("part", "record"),)] == 1
    assert ("projects", ()) in found


def test_the_pages_do_not_tell_metrics_and_without_the_setting_nobody_does(running: Served, tmp_path: Path) -> None:
    assert _get(running.address, "/metrics")[0] == 404
    (tmp_path / "another").mkdir()
    with served(tmp_path / "another" / "data") as quiet:
        assert len(quiet.supervisor.children()) == len(running.supervisor.children()) - 1


def test_web_alone_tells_them_too_and_ends_with_its_process(tmp_path: Path, metrics: str) -> None:
    bank = Served(tmp_path / "data", more={"KB_METRICS_ADDRESS": metrics})
    bank.run("sweep")
    process = bank.begin("web")
    until(lambda: _answers(metrics), 20, "a scrape")
    process.terminate()
    assert process.wait(timeout=20) == 0
    assert not _answers(metrics)
