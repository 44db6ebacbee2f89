"""The official client: how it is opened, and its errors in the words of this room."""

from __future__ import annotations

import ssl
from base64 import b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

from elastic_transport import ConnectionTimeout, TlsError, TransportError
from elasticsearch import ApiError, Elasticsearch

from indexer.connection import ElasticsearchConnection
from indexer.errors import EngineRefused, EngineUnavailable

NOT_FOUND: Final = 404
BUSY: Final = frozenset({429, 503})  # too much to do, or no node for a shard: another attempt may go better
_REFUSED: Final = {401: "knows neither this user nor this key", 403: "does not let this user do this"}


class IndexGone(EngineUnavailable):
    """An index or alias that was searched is no longer there."""


def open_client(connection: ElasticsearchConnection) -> Elasticsearch:
    """Opens no connection yet; raises EngineRefused for an address or certificate file that cannot be used."""
    options: dict[str, Any] = {}
    if connection.ca_file:
        options["ca_certs"] = connection.ca_file
    if connection.api_key:
        options["api_key"] = connection.api_key
    elif connection.user:
        # The client itself takes ASCII only; the server reads UTF-8.
        options["basic_auth"] = b64encode(f"{connection.user}:{connection.password}".encode()).decode()
    try:
        return Elasticsearch(
            list(connection.addresses),
            request_timeout=connection.timeout,
            connections_per_node=connection.connections,
            # Where one node does not answer the next one is asked. What the server refuses is not asked again here:
            # a reader waits for a search, and the writer has a patience of its own.
            max_retries=len(connection.addresses) - 1,
            retry_on_timeout=False,
            retry_on_status=(),
            **options,
        )
    except (ValueError, OSError, ssl.SSLError) as error:
        raise EngineRefused(f"Elasticsearch at {told(connection)} cannot be used: {error}") from error


def told(connection: ElasticsearchConnection) -> str:
    """The addresses without what a URL may hold of a password."""
    return ", ".join(address.rpartition("@")[2] for address in connection.addresses)


@contextmanager
def plain_errors() -> Iterator[None]:
    """Whatever the client raises becomes an EngineUnavailable with one sentence."""
    try:
        yield
    except ApiError as error:
        raise _of_status(error.status_code, _reason(error.body)) from error
    except TlsError as error:
        raise EngineRefused(f"The certificate of Elasticsearch is not trusted: {_first_line(error)}") from error
    except ConnectionTimeout as error:
        raise EngineUnavailable("Elasticsearch does not answer in time.") from error
    except TransportError as error:
        raise EngineUnavailable(f"Elasticsearch cannot be reached: {_first_line(error)}") from error


def check_item(found: dict[str, Any]) -> dict[str, Any]:
    """One answer of several asked together; raises as `plain_errors` does where it is an error."""
    if "error" in found:
        raise _of_status(int(found.get("status", 500)), _reason(found))
    return found


def _of_status(status: int, reason: str) -> EngineUnavailable:
    if status == NOT_FOUND:
        return IndexGone(f"The index is not there: {reason}")
    if status in _REFUSED:
        return EngineRefused(f"Elasticsearch {_REFUSED[status]} ({status}).")
    return EngineUnavailable(f"Elasticsearch answers {status}: {reason}")


def _reason(body: object) -> str:
    """The innermost cause that the server names."""
    error = body.get("error") if isinstance(body, dict) else None
    if not isinstance(error, dict):
        return str(error or body or "no reason given")[:300]
    while isinstance(error.get("caused_by"), dict):
        error = error["caused_by"]
    causes = error.get("root_cause") or [error]
    return f"{causes[0].get('type')}: {causes[0].get('reason')}"[:300]


def _first_line(error: TransportError) -> str:
    return str(error).splitlines()[0][:300]
