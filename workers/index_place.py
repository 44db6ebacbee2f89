"""Where the settings say that the index is, for web and workers alike."""

from __future__ import annotations

from pathlib import Path

from indexer import ElasticsearchConnection, Generations, SearchEngine, open_engine, open_generations
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
    """The live generation, or the one that is named. Raises EngineUnavailable where the engine cannot be reached."""
    return open_engine(settings.engine, index_place(settings), generation)


def open_index_generations(settings: Settings) -> Generations:
    return open_generations(settings.engine, index_place(settings))
