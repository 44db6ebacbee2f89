from __future__ import annotations

import pytest

from settings import BadSetting, Settings


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
    ],
)
def test_a_value_that_cannot_be_used_is_refused_by_name(variable: str, value: str) -> None:
    with pytest.raises(BadSetting, match=variable):
        Settings.from_environ({variable: value})


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
