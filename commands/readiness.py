"""Knows when the pages answer and says so, once."""

from __future__ import annotations

import http.client
import time

from commands.supervisor import Supervisor
from settings import Settings

LOOK_SECONDS = 0.05
PATIENCE_SECONDS = 60.0


class Readiness:
    """Asked by the supervisor between events; `was_ready` tells afterwards how it went."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._gives_up_at = time.monotonic() + PATIENCE_SECONDS
        self.was_ready = False

    def on_turn(self, supervisor: Supervisor) -> float:
        """Looks until the pages answer; ends everything where they never do."""
        if self.was_ready:
            return 60.0
        if self._answers():
            self.was_ready = True
            print(f"Kunskapsbanken is ready: http://{self._settings.host}:{self._settings.port}/", flush=True)
            return 60.0
        if time.monotonic() > self._gives_up_at:
            supervisor.end()
        return LOOK_SECONDS

    def _answers(self) -> bool:
        connection = http.client.HTTPConnection(self._reachable, self._settings.port, timeout=1.0)
        try:
            connection.request("GET", "/halsa")
            return bool(connection.getresponse().status)
        except (OSError, http.client.HTTPException):
            return False
        finally:
            connection.close()

    @property
    def _reachable(self) -> str:
        """Where a server on all addresses can be asked."""
        host = self._settings.host.strip("[]")
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - asked, not bound
