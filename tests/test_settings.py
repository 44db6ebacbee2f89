from __future__ import annotations

from dataclasses import Field, fields, replace
from pathlib import Path
from typing import Any

import pytest

from settings import BadSetting, Settings

SECRETS = [one for one in fields(Settings) if one.metadata["secret"]]


@pytest.fixture(params=SECRETS, ids=lambda one: str(one.metadata["variable"]))
def secret(request: pytest.FixtureRequest) -> Field[Any]:
    """Each setting that must not be seen."""
    found: Field[Any] = request.param
    return found


def test_defaults_lie_in_the_data_folder() -> None:
    settings = Settings.from_environ({"KB_DATA": "/srv/bank"})
    assert settings.database_url == "sqlite:////srv/bank/catalog.sqlite"
    assert settings.originals_url == "/srv/bank/originals"
    assert (settings.host, settings.port) == ("127.0.0.1", 8000)


def test_an_empty_variable_means_the_default() -> None:
    assert Settings.from_environ({"KB_DATA": "", "KB_WORKERS": ""}) == Settings()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KB_WORKERS", "0"),
        ("KB_WORKERS", "två"),
        ("KB_WEB_PROCESSES", "-1"),
        ("KB_UPLOAD_MEGABYTES", "1.5"),
        ("KB_ADDRESS", "localhost"),
        ("KB_ADDRESS", "localhost:99999"),
        ("KB_ENGINE", "sphinx"),
        ("KB_PROXIES", "-1"),
        ("KB_SECURE_COOKIES", "yes"),
        ("KB_LOG", "xml"),
        ("KB_METRICS_ADDRESS", "localhost:metrics"),
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environ({variable: value})


def test_a_secret_may_lie_in_a_file_with_or_without_a_line_end(secret: Field[Any], tmp_path: Path) -> None:
    variable = secret.metadata["variable"]
    for written in ("hemligt", "hemligt\n", "hemligt\r\n"):
        (tmp_path / "secret").write_text(written)
        given = Settings.from_environ({f"{variable}_FILE": str(tmp_path / "secret")})
        assert getattr(given, secret.name) == "hemligt"


def test_a_secret_that_is_given_twice_is_refused_by_name(secret: Field[Any], tmp_path: Path) -> None:
    variable = secret.metadata["variable"]
    (tmp_path / "secret").write_text("hemligt")
    with pytest.raises(BadSetting, match=f"Both {variable} and {variable}_FILE"):
        Settings.from_environ({variable: "annat", f"{variable}_FILE": str(tmp_path / "secret")})


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\xff", b"x" * 70_000])
def test_a_file_of_a_secret_that_cannot_be_used_is_told_plainly(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "secret"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(BadSetting, match=r"KB_SECRET_KEY_FILE names .*secret, which"):
        Settings.from_environ({"KB_SECRET_KEY_FILE": str(path)})


def test_only_secrets_are_read_from_files() -> None:
    assert Settings.from_environ({"KB_NAME_FILE": "/nowhere"}) == Settings()


def test_no_secret_is_shown(secret: Field[Any]) -> None:
    assert "hemligt" not in repr(replace(Settings(), **{secret.name: "hemligt"}))


def test_what_sounds_secret_is_marked_so() -> None:
    named = {
        one.metadata["variable"]
        for one in fields(Settings)
        if any(word in one.metadata["variable"] for word in ("KEY", "PASSWORD", "SECRET", "TOKEN"))
    }
    assert named <= {one.metadata["variable"] for one in SECRETS}


def test_metrics_are_told_nowhere_unless_asked_for() -> None:
    assert Settings().metrics_port == 0
    given = Settings.from_environ({"KB_METRICS_ADDRESS": "[::1]:9100"})
    assert (given.metrics_host, given.metrics_port) == ("[::1]", 9100)


ELASTICSEARCH = {"KB_ENGINE": "elasticsearch", "KB_ELASTICSEARCH": "https://a:9200, http://b.example:9200/search"}


def test_several_nodes_of_elasticsearch_are_read_from_one_variable() -> None:
    settings = Settings.from_environ(ELASTICSEARCH)
    assert settings.elasticsearch_addresses == ("https://a:9200", "http://b.example:9200/search")


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KB_ELASTICSEARCH", ""),
        ("KB_ELASTICSEARCH", "a:9200"),
        ("KB_ELASTICSEARCH", "https://a"),
        ("KB_ELASTICSEARCH", "https://user:secret@a:9200"),
        ("KB_ELASTICSEARCH_CA", "/no/such/file.pem"),
        ("KB_ELASTICSEARCH_TIMEOUT", "0"),
        ("KB_ELASTICSEARCH_TIMEOUT", "fast"),
        ("KB_ELASTICSEARCH_CONNECTIONS", "0"),
        ("KB_ELASTICSEARCH_PREFIX", "Bank*"),
    ],
)
def test_a_setting_of_elasticsearch_that_cannot_be_used_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(BadSetting, match=variable) as refused:
        Settings.from_environ({**ELASTICSEARCH, variable: value})
    assert "secret" not in str(refused.value)


def test_key_and_user_exclude_each_other() -> None:
    both = {"KB_ELASTICSEARCH_API_KEY": "k", "KB_ELASTICSEARCH_USER": "u"}
    with pytest.raises(BadSetting, match="KB_ELASTICSEARCH_API_KEY"):
        Settings.from_environ({**ELASTICSEARCH, **both})
