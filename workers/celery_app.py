"""The Celery app: three queues, and why each setting stands."""

from __future__ import annotations

from typing import Any

from celery import Celery
from kombu.entity import Queue

from settings import Settings
from workers.queue import KINDS

POLLING_SECONDS = 0.1  # a waiting worker looks ten times a second: 0.05 s to a hit on average, 1 % of a core
# Redis hands a message out again after this. It must be longer than the longest work on one message: a file's reading
# (its limits end it within minutes) or a batch of the index (five minutes of lease).
VISIBILITY_SECONDS = 3600


def create_celery(settings: Settings) -> Celery:
    """Makes the app without connecting; whoever works adds the tasks with `tasks.add_tasks`."""
    app = Celery("kunskapsbanken", set_as_current=False)
    app.conf.update(_common(), **(_redis(settings) if settings.broker else _files(settings)))
    return app


def _common() -> dict[str, Any]:
    return {
        # Reading scales to many processes, the index has one writer, and scans wait for both.
        "task_queues": [Queue(kind, routing_key=kind) for kind in KINDS],  # type: ignore[no-untyped-call]
        "task_create_missing_queues": False,  # a misspelt kind fails where it is sent
        "task_ignore_result": True,  # the record tells how it went; no result backend
        "task_store_errors_even_if_ignored": False,
        "worker_prefetch_multiplier": 1,  # a nudge kept back by a busy worker would wake nobody
        "worker_enable_remote_control": False,  # its broadcast queue would be polled, and grow in the file layout
        "worker_send_task_events": False,  # nobody listens
        "worker_hijack_root_logger": False,  # the process that starts the worker has set up its log
        "worker_redirect_stdouts": False,
        "broker_connection_retry_on_startup": True,  # Redis may come up after the workers
        "broker_connection_max_retries": None,  # a broker that is away for a night costs nothing but time
        "broker_connection_timeout": 2.0,  # a person waits for the answer to an upload, not for the broker
        "task_publish_retry": False,  # fail fast: the row is the promise, the sweep nudges again
    }


def _files(settings: Settings) -> dict[str, Any]:
    """One machine: messages are files in the data folder."""
    folder = str(settings.broker_folder)
    return {
        "broker_url": "filesystem://localhost//",
        "broker_transport": "workers.file_broker:Transport",
        "broker_transport_options": {
            "data_folder_in": folder,  # the same folder both ways: every process sends and takes
            "data_folder_out": folder,
            "control_folder": folder,
            "store_processed": False,  # a nudge that was taken tells nothing more
            "polling_interval": POLLING_SECONDS,
        },
        "task_acks_late": False,  # a lost nudge is mended by the sweep; files have no hand-back anyway
    }


def _redis(settings: Settings) -> dict[str, Any]:
    """Many machines: a message is handed out again where its worker died before it was done."""
    return {
        "broker_url": _verified(settings.broker),
        "broker_transport_options": {
            "visibility_timeout": VISIBILITY_SECONDS,
            "socket_connect_timeout": 2.0,  # as broker_connection_timeout, which Redis does not heed
            "socket_timeout": 10.0,  # a silent broker is noticed
            "polling_interval": 1.0,  # a blocking pop answers at once; this is only how often it is renewed
        },
        "task_acks_late": True,
        "task_reject_on_worker_lost": True,
    }


def _verified(url: str) -> str:
    """Kombu would take any certificate where the URL says nothing about them; here rediss: means a valid one."""
    if not url.startswith("rediss:") or "ssl_cert_reqs=" in url:
        return url
    return f"{url}{'&' if '?' in url else '?'}ssl_cert_reqs=required"
