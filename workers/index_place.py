"""Where the settings say that the index is, for web and workers alike."""

from __future__ import annotations

from pathlib import Path

from indexer import ElasticsearchConnection, SearchEngine, open_engine
from settings import Settings


def index_place(settings: Settings) -> Path | ElasticsearchConnection:
    if settings.engine != "elasticsearch":
        return settings.index_folder
    return ElasticsearchConnection(
        addresses=settings.elasticsearch_addresses,
        prefix=settings.elasticsearch_prefix,
        ca_file=settings.elasticsearch_ca,
        api_key=settings.elasticsearch_api_key,
        user=settings.elasticsearch_user,
        password=settings.elasticsearch_password,
        timeout=float(settings.elasticsearch_timeout),
        connections=int(settings.elasticsearch_connections),
    )


def open_index(settings: Settings, generation: str = "") -> SearchEngine:
    """Raises IndexOutdated, or EngineUnavailable where the engine cannot be reached."""
    return open_engine(settings.engine, index_place(settings), generation)
