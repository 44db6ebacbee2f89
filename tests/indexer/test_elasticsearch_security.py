"""Certificate and password: what is wrong is refused at start, in a sentence."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from commands.preparation import prepare
from indexer import ElasticsearchConnection, EngineRefused, open_engine
from settings import Settings
from tests.contract.bank import document, found, write
from tests.servers.elasticsearch_node import free_port
from tests.servers.guarded import PASSWORD, USER, guarded


@pytest.fixture
def secured(
    connection: ElasticsearchConnection, tmp_path: Path, require_program: Callable[[str], str]
) -> Iterator[ElasticsearchConnection]:
    """Elasticsearch behind TLS and a password, reached with the right ones."""
    programs = require_program("nginx"), require_program("openssl")
    with guarded(tmp_path, connection.addresses[0], *programs) as address:
        certificate = str(tmp_path / "certificate.pem")
        yield replace(connection, addresses=(address,), ca_file=certificate, user=USER, password=PASSWORD)


def test_right_certificate_and_password_let_in(secured: ElasticsearchConnection) -> None:
    engine = open_engine("elasticsearch", secured)
    write(engine, document(1, "ord"))

    assert found(engine, "ord") == [1]
    assert PASSWORD not in repr(secured)
    engine.close()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [({"ca_file": ""}, "certificate"), ({"password": "fel"}, "401"), ({"user": "", "api_key": "bmo6bmo="}, "401")],
)
def test_wrong_certificate_password_or_key_is_refused(
    secured: ElasticsearchConnection, wrong: dict[str, Any], told: str
) -> None:
    with pytest.raises(EngineRefused, match=told):
        open_engine("elasticsearch", replace(secured, **wrong))


def test_file_that_holds_no_certificate_is_refused(secured: ElasticsearchConnection, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("no certificate", "utf-8")
    with pytest.raises(EngineRefused):
        open_engine("elasticsearch", replace(secured, ca_file=str(tmp_path / "empty.pem")))


def of(connection: ElasticsearchConnection, data: Path, **changed: str) -> Settings:
    return replace(
        Settings(
            data=str(data),
            engine="elasticsearch",
            elasticsearch=connection.addresses[0],
            elasticsearch_ca=connection.ca_file,
            elasticsearch_user=connection.user,
            elasticsearch_password=connection.password,
            elasticsearch_prefix=connection.prefix,
            elasticsearch_timeout="20",
        ),
        **changed,
    )


def test_bank_does_not_start_with_a_wrong_password(
    secured: ElasticsearchConnection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        prepare(of(secured, tmp_path / "data", elasticsearch_password="fel"), samples=False)
    assert "Error: Elasticsearch knows neither this user nor this key (401)." in capsys.readouterr().err


def test_bank_starts_while_elasticsearch_sleeps(
    secured: ElasticsearchConnection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asleep = of(secured, tmp_path / "data", elasticsearch=f"https://127.0.0.1:{free_port()}")
    prepare(asleep, samples=False)
    assert "Searches must wait: Elasticsearch cannot be reached" in capsys.readouterr().out
