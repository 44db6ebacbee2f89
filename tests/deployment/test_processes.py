"""All processes of docker-compose.yml on real servers: one address in front, a file dropped there, found there."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NoReturn
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.deployment.conftest import GIVEN
from tests.deployment.stack import PROCESSES, Stack
from tests.journeys.person import Person
from tests.journeys.serving import free_address, until
from tests.servers.guarded import guarded
from tests.servers.indices import own_indices
from tests.servers.postgresql_cluster import NotInstalled, cluster, create_owned_database

RequireProgram = Callable[[str], str]
PASSWORD = "en lång lösenfras"


@pytest.fixture(scope="module")
def stack(
    tmp_path_factory: pytest.TempPathFactory,
    elasticsearch_address: str,
    require_program: RequireProgram,
    missing: Callable[[str], NoReturn],
) -> Iterator[Stack]:
    """Servers first, then the record prepared as the file does it, all processes of the bank, and the front."""
    require_program("redis-server")
    nginx, openssl = require_program("nginx"), require_program("openssl")
    made = Stack(tmp_path_factory.mktemp("stack"))
    with ExitStack() as living:
        living.enter_context(made.running_redis())
        try:
            _prepare_postgresql(made, living)
        except NotInstalled as error:
            missing(str(error))
        _prepare_elasticsearch(made, living, elasticsearch_address, nginx, openssl)
        prepared = made.run("prepare")
        assert prepared.returncode == 0, prepared.stderr
        processes = [
            living.enter_context(made.running(service, number)) for number, service in enumerate(PROCESSES, start=1)
        ]
        living.enter_context(made.running_front(nginx))
        for address in (*made.webs, made.front):
            until(lambda address=address: _answers(address, "/redo"), 60, f"readiness of {address}")  # type: ignore[misc]
        yield made
    assert {process.returncode for process in processes} == {0}, made.logs()


def _prepare_postgresql(stack: Stack, living: ExitStack) -> None:
    """A server of its own, where the file's user and database have nobody beside them."""
    server = living.enter_context(cluster())
    told = stack.services["postgres"]["environment"]
    create_owned_database(server.url, told["POSTGRES_USER"], told["POSTGRES_PASSWORD"], told["POSTGRES_DB"])
    stack.postgres = f"127.0.0.1:{server.port}"


def _prepare_elasticsearch(stack: Stack, living: ExitStack, address: str, nginx: str, openssl: str) -> None:
    told = stack.services["web"]["environment"]
    user, password = told["KB_ELASTICSEARCH_USER"], told["KB_ELASTICSEARCH_PASSWORD"]
    assert (user, password) == ("elastic", stack.services["elasticsearch"]["environment"]["ELASTIC_PASSWORD"])
    folder = stack.folder / "guard"
    folder.mkdir()
    prefix = living.enter_context(own_indices(address)).prefix
    guard = living.enter_context(guarded(folder, address, nginx, openssl, user=user, password=password))
    stack.elasticsearch = {
        "KB_ELASTICSEARCH": guard,
        "KB_ELASTICSEARCH_CA": str(folder / "certificate.pem"),
        "KB_ELASTICSEARCH_PREFIX": prefix,
    }


def _answers(address: str, path: str) -> bool:
    try:
        return Person(address).get(path).status == 200
    except OSError:
        return False


def _metrics(stack: Stack, web: str) -> dict[str, float]:
    """Sums over all labels, by name."""
    text = Person(stack.metrics[web]).get("/metrics").text
    sums: dict[str, float] = {}
    for family in text_string_to_metric_families(text):
        for one in family.samples:
            sums[one.name] = sums.get(one.name, 0.0) + one.value
    return sums


def _found(address: str, word: str) -> int:
    answer = Person(address).get(f"/api/v1/search?q={quote(word)}")
    return int(json.loads(answer.text)["total"]) if answer.status == 200 else 0


def test_a_file_dropped_at_the_front_is_found_through_every_process_and_no_secret_is_told(stack: Stack) -> None:
    added = stack.run("web", "user", "add", "anna", "--role", "administratör", given=f"{PASSWORD}\n")
    assert added.returncode == 0, added.stderr
    anna = Person(stack.front)
    anna.sign_in("anna", PASSWORD)
    wish = {"vart": "nytt", "projektnamn": "Samlarteamet", "publicera": "ja", "klass": "open"}
    dropped = anna.drop("rapport.txt", "Handledning av samlarteam på Kungsholmen.".encode(), **wish)
    assert dropped.status == 303, dropped.text
    for address in (*stack.webs, stack.front):
        assert until(lambda at=address: _found(at, "samlarteam"), 60, f"the hit at {address}") == 1  # type: ignore[misc]
    assert anna.get("/projekt/samlarteamet").status == 200
    told = stack.logs() + stack.run("web", "status").stdout
    assert not [secret for secret in GIVEN.values() if secret in told]


def test_both_processes_are_ready_and_tell_of_the_same_bank(stack: Stack) -> None:
    told = [_metrics(stack, web) for web in stack.webs]
    assert [one["kunskapsbanken_part_ready"] for one in told] == [4, 4]
    assert told[0]["kunskapsbanken_projects"] == told[1]["kunskapsbanken_projects"]


def test_one_address_leads_to_both_processes_and_no_log_holds_what_was_asked(stack: Stack) -> None:
    counted = "kunskapsbanken_http_responses_total"
    before = [_metrics(stack, web).get(counted, 0.0) for web in stack.webs]
    for _ in range(8):
        assert Person(stack.front).search("hemligord").status == 200
    answered = [_metrics(stack, web)[counted] - first for web, first in zip(stack.webs, before, strict=True)]
    assert all(answered)
    assert sum(answered) == 8
    assert "hemligord" not in stack.logs()


def test_the_preparing_service_refuses_a_wrong_password_of_the_engine_in_a_line(stack: Stack) -> None:
    assert stack.run("prepare").returncode == 0
    stack.elasticsearch["KB_ELASTICSEARCH_PASSWORD"] = "fel"
    try:
        refused = stack.run("prepare")
    finally:
        del stack.elasticsearch["KB_ELASTICSEARCH_PASSWORD"]
    assert refused.returncode == 1
    assert refused.stderr.splitlines() == ["Error: Elasticsearch knows neither this user nor this key (401)."]


def test_a_front_without_processes_behind_it_says_so_in_swedish(
    tmp_path: Path, require_program: RequireProgram
) -> None:
    nowhere = Stack(tmp_path, webs=[free_address(), free_address()])
    with nowhere.running_front(require_program("nginx")):
        until(lambda: _listens(nowhere.front), 20, "the front")
        answer = Person(nowhere.front).search("hemligord")
        assert answer.status == 503
        assert "Försök igen" in answer.text
    assert "hemligord" not in nowhere.logs()


def _listens(address: str) -> bool:
    try:
        return bool(Person(address).get("/").status)
    except OSError:
        return False
