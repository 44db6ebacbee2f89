"""Where the processes of the command say what went wrong: one line each on standard error; results have the other.

Lines hold no search words, no names of people and no texts (design §3.9); a request is known by its number.
"""

from __future__ import annotations

import logging
import sys
from typing import Any

from catalog.origin import request_id

TEXT = "%(asctime)s %(process)d %(levelname)s %(name)s%(of_request)s: %(message)s"


def log_to_stderr(form: str) -> None:
    """Warnings and errors as lines for people ("text") or as JSON objects ("json"), with process and request."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_json() if form == "json" else logging.Formatter(TEXT))
    handler.addFilter(_name_request)
    logging.basicConfig(handlers=[handler], level=logging.WARNING)


def _name_request(record: logging.LogRecord) -> bool:
    named = request_id()
    record.request_id, record.of_request = named, f" [{named}]" if named else ""
    return True


def _json() -> logging.Formatter:
    import structlog  # 0.1 s and rich with it, which the usual log need not wait for

    before: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _add_origin,
    ]
    return structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=before,
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
    )


def _add_origin(_logger: object, _method: str, event: dict[str, Any]) -> dict[str, Any]:
    record: logging.LogRecord = event["_record"]
    event["process"] = record.process
    if named := getattr(record, "request_id", ""):
        event["request_id"] = named
    return event
