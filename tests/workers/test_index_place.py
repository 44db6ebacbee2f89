"""Settings lead to the index, whichever engine holds it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from indexer import ElasticsearchConnection
from settings import Settings
from workers.index_place import index_place, open_index


def test_embedded_index_lies_in_the_data_folder(settings: Settings) -> None:
    assert index_place(settings) == Path(settings.data) / "index"
    open_index(settings).close()


def test_elasticsearch_is_reached_by_its_own_settings(settings: Settings) -> None:
    given = replace(
        settings,
        engine="elasticsearch",
        elasticsearch="https://a:9200, https://b:9200",
        elasticsearch_prefix="stad",
        elasticsearch_user="bank",
        elasticsearch_password="hemligt",
        elasticsearch_timeout="1.5",
    )
    place = index_place(given)

    assert place == ElasticsearchConnection(
        ("https://a:9200", "https://b:9200"), prefix="stad", user="bank", password="hemligt", timeout=1.5
    )
    assert "hemligt" not in repr(place)
