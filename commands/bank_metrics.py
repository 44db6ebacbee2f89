"""The metrics that are read from the bank itself when Prometheus asks."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime

from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from catalog import audience, generations, jobs, standing
from catalog.generation_models import IndexGeneration
from catalog.unavailable import DatabaseUnavailable
from indexer import SearchError, SearchQuery
from settings import Settings
from webapp.bank import Bank
from webapp.readiness import Readiness
from workers import queue
from workers.queue import KINDS

log = logging.getLogger(__name__)

LAST_DAY = 99991231  # whatever becomes visible one day


class BankCollector(Collector):
    """What does not answer is told as missing, in bounded time; what hangs on it is left out."""

    def __init__(self, settings: Settings) -> None:
        queue.configure(settings)
        self._bank = Bank(settings)
        self._readiness = Readiness(self._bank)

    def collect(self) -> Iterator[GaugeMetricFamily]:
        missing = self._readiness.missing()
        yield _gauge("part_ready", "1 where the part answers.", "part", _ready(missing))
        try:
            if "record" not in missing:
                yield from _of_record(self._bank)
            if "index" not in missing:
                yield _gauge("index_documents", "Documents that the search engine holds.", "", {"": self._indexed()})
        except (DatabaseUnavailable, SearchError) as error:  # went away between the two questions
            log.warning("Some metrics are left out: %s", type(error).__name__)

    def close(self) -> None:
        self._bank.close()

    def _indexed(self) -> int:
        everybody = audience.of_role("administrator")
        return self._bank.bare_engine.search(SearchQuery(projects_a_page=1).visible_to(everybody, LAST_DAY)).total


def _ready(missing: Iterable[str]) -> dict[str, float]:
    return {part: float(part not in missing) for part in Readiness.PARTS}


def _of_record(bank: Bank) -> list[GaugeMetricFamily]:
    with bank.database.reading() as session:
        ages = {kind: _age(jobs.oldest(session, kind)) for kind in KINDS}
        return [
            _jobs(standing.jobs_by_state(session, time.time())),
            _gauge("oldest_job_age_seconds", "Since the oldest job of the kind was promised; 0: none.", "kind", ages),
            _gauge("documents", "Documents by state of their reading.", "state", standing.documents_by_state(session)),
            _gauge("documents_failed", "Documents not read.", "reason", standing.failures_by_reason(session)),
            _gauge("files_refused", "Files not taken in.", "reason", standing.refusals_by_reason(session)),
            _gauge("projects", "Projects in the record.", "", {"": standing.project_count(session)}),
            _gauge("pages_read", "Pages of all documents that were read.", "", {"": standing.page_count(session)}),
            _gauge("index_entries_behind", "Newest version not indexed.", "subject", standing.entries_behind(session)),
            *_of_comparison(generations.live(session)),
        ]


def _of_comparison(live: IndexGeneration | None) -> Iterator[GaugeMetricFamily]:
    """What the last sweep found of the index that searches see; without a value before the first one."""
    compared = live if live and live.checked_at else None
    differences = {"": compared.differences} if compared else {}
    ages = {"": _age(compared.checked_at)} if compared else {}
    yield _gauge("index_differences", "Entries in which record and index differed at the last sweep.", "", differences)
    yield _gauge("index_comparison_age_seconds", "Since a sweep last compared record and index.", "", ages)


def _jobs(counted: Mapping[tuple[str, str], int]) -> GaugeMetricFamily:
    told = GaugeMetricFamily("kunskapsbanken_jobs", "Promises not kept yet.", labels=("kind", "state"))
    for kind in KINDS:
        for state in standing.JOB_STATES:
            told.add_metric((kind, state), counted.get((kind, state), 0))
    return told


def _gauge(name: str, meaning: str, label: str, values: Mapping[str, float]) -> GaugeMetricFamily:
    """A gauge with one label, or with none where the label is empty."""
    told = GaugeMetricFamily(f"kunskapsbanken_{name}", meaning, labels=(label,) if label else ())
    for key, value in values.items():
        told.add_metric((key,) if label else (), value)
    return told


def _age(since: datetime | None) -> float:
    return max(0.0, (datetime.now(UTC) - since).total_seconds()) if since else 0.0
