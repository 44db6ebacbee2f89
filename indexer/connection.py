"""Where an Elasticsearch is and how it is reached, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class ElasticsearchConnection:
    """addresses: URLs of one node or more of one cluster. prefix: what the names of this bank's indices begin with.

    ca_file: certificates to trust, "" for those of the system. Either api_key or user and password, or neither.
    timeout: seconds that one search may take in all its calls. connections: kept open to each node.
    """

    addresses: tuple[str, ...]
    prefix: str = "kunskapsbanken"
    ca_file: str = ""
    api_key: str = field(default="", repr=False)
    user: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 2.5
    connections: int = 10
