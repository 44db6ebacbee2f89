"""Makes a bank's live index one of another mapping, as a newer program finds it."""

from __future__ import annotations

import json

from elasticsearch import Elasticsearch

from settings import Settings
from workers.bank import Bank

OTHER = {"mapping": "of last year"}


def outdate(bank: Bank) -> str:
    """Gives the generation's name."""
    live = bank.generations.live()
    if bank.settings.engine == "elasticsearch":
        _outdate_indices(bank.settings, live)
    else:
        _outdate_folder(bank.settings, live)
    assert bank.generations.built_for(live)["mapping"] == OTHER["mapping"]
    return live


def _outdate_folder(settings: Settings, live: str) -> None:
    told = settings.index_folder / live / "index.json"
    told.write_text(json.dumps({**json.loads(told.read_text()), **OTHER}), encoding="utf-8")


def _outdate_indices(settings: Settings, live: str) -> None:
    index = f"{settings.elasticsearch_prefix}-documents-{live}"
    with Elasticsearch(list(settings.elasticsearch_addresses)) as client:
        told = client.indices.get_mapping(index=index)[index]["mappings"]["_meta"]
        client.indices.put_mapping(index=index, meta={**told, "built_for": {**told["built_for"], **OTHER}})
