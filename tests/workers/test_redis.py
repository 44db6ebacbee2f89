"""Redis as cities run it: behind TLS and a password, both in the URL, neither in any log."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from redis import Redis

from settings import Settings
from tests.journeys.serving import HOUSE, command
from tests.servers.redis_server import RedisServer
from workers import queue
from workers.celery_app import VISIBILITY_SECONDS, create_celery
from workers.index_step import LEASE_SECONDS

PASSWORD = "mycket-hemligt"


@pytest.fixture
def server(require_program: Callable[[str], str], tmp_path: Path) -> Iterator[RedisServer]:
    _certify(require_program("openssl"), tmp_path, "IP:127.0.0.1")
    key, certificate = str(tmp_path / "key.pem"), str(tmp_path / "certificate.pem")
    words = ["--port", "0", "--tls-cert-file", certificate, "--tls-key-file", key, "--tls-ca-cert-file", certificate]
    started = RedisServer(
        require_program("redis-server"),
        tmp_path,
        words=[*words, "--tls-auth-clients", "no", "--requirepass", PASSWORD],
        scheme="rediss",
        user=f":{PASSWORD}@",
        query=f"?ssl_ca_certs={certificate}",
    )
    try:
        started.start()
        yield started
    finally:
        started.kill()


def test_a_nudge_arrives_through_tls_with_a_password(server: RedisServer, settings: Settings) -> None:
    queue.configure(replace(settings, broker=server.url))
    queue.nudge("read")
    assert _waiting(server) == 1


def test_a_server_with_a_certificate_of_nobody_is_not_spoken_to(
    server: RedisServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    queue.configure(replace(settings, broker=server.url.partition("?")[0]))
    queue.nudge("read")
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text
    assert _waiting(server) == 0


def test_a_server_with_a_certificate_of_another_host_is_not_spoken_to(
    server: RedisServer, settings: Settings, caplog: pytest.LogCaptureFixture, require_program: Callable[[str], str]
) -> None:
    _certify(require_program("openssl"), server.folder, "DNS:redis.staden.example")
    server.kill()
    server.scheme, plain = "rediss", server.query
    server.query = f"{plain}&ssl_check_hostname=false"
    server.start()
    queue.configure(replace(settings, broker=server.url.replace(server.query, plain)))
    queue.nudge("read")
    assert "CERTIFICATE_VERIFY_FAILED" in caplog.text


def test_the_password_stands_in_no_log(
    server: RedisServer, settings: Settings, caplog: pytest.LogCaptureFixture
) -> None:
    queue.configure(replace(settings, broker=server.url.replace(PASSWORD, "felaktigt")))
    queue.nudge("read")
    assert "invalid username-password pair" in caplog.text
    assert "felaktigt" not in caplog.text


def test_a_worker_and_the_status_tell_no_password(server: RedisServer, settings: Settings) -> None:
    environ = {**os.environ, "KB_DATA": settings.data, "KB_BROKER": server.url.replace(PASSWORD, "felaktigt")}
    for words in (["worker", "--queue", "read"], ["status"], ["status", "--json"]):
        process = subprocess.Popen(
            command(*words), env=environ, cwd=HOUSE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
        )
        try:
            told = process.communicate(timeout=8)[0]
        except subprocess.TimeoutExpired:  # a worker goes on trying
            process.terminate()
            told = process.communicate(timeout=20)[0]
        assert told
        assert "felaktigt" not in told


def test_a_message_is_hidden_longer_than_any_batch_may_take(settings: Settings) -> None:
    options = create_celery(replace(settings, broker="redis://127.0.0.1/0")).conf.broker_transport_options
    assert options["visibility_timeout"] == VISIBILITY_SECONDS > 2 * LEASE_SECONDS


def _waiting(server: RedisServer) -> int:
    with closing(Redis.from_url(server.url)) as client:
        return int(client.llen("read"))


def _certify(openssl: str, folder: Path, name: str) -> None:
    words = ["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=prov"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    subprocess.run([openssl, *words, *files, "-addext", f"subjectAltName={name}"], check=True, capture_output=True)
