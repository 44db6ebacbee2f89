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
