"""What a nudge sets off."""

from __future__ import annotations

import logging

from celery import Celery

from catalog.errors import CatalogError
from indexer import SearchError
from workers import steps
from workers.bank import Bank
from workers.outage import worked

log = logging.getLogger(__name__)

WORKING_SECONDS = 5.0  # on one message; then another message, so that Celery sees a stop or a lost broker


def add_tasks(app: Celery, bank: Bank) -> None:
    """Gives the app its tasks, each named by its kind of work."""

    def read() -> None:
        worked(bank, "read", lambda: steps.read_waiting(bank, WORKING_SECONDS))

    def index() -> None:
        try:
            worked(bank, "index", lambda: steps.index_waiting(bank, WORKING_SECONDS))
        except (SearchError, CatalogError) as error:  # the rows stand, the sweep nudges again
            log.warning("Nothing was indexed: %s", error)

    def ocr() -> None:
        worked(bank, "ocr", lambda: steps.scan_waiting(bank, WORKING_SECONDS))

    app.task(name="read")(read)
    app.task(name="index")(index)
    app.task(name="ocr")(ocr)
