"""A whole bank in a folder of its own, started as a person would start it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

KUNSKAPSBANKEN = Path(sys.executable).with_name("kunskapsbanken")


@dataclass(frozen=True)
class RunningBank:
    """Where it answers, its environment for further commands, and the seconds it took to be ready."""

    address: str
    environment: dict[str, str]
    process: subprocess.Popen[str]
    ready_after: float

    def command(self, *arguments: str, text: str | None = None) -> str:
        """Runs `kunskapsbanken …` on this bank and returns what it printed."""
        return subprocess.run(
            [KUNSKAPSBANKEN, *arguments], env=self.environment, input=text, capture_output=True, text=True, check=True
        ).stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def installed(settings: dict[str, str]) -> dict[str, str]:
    """The environment of a process of a bank, which is compiled once and not at each start."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"} | settings


@contextmanager
def running_bank(folder: Path, **settings: str) -> Iterator[RunningBank]:
    """Starts `kunskapsbanken serve` on `folder`, yields when it is ready, ends it with SIGTERM."""
    address = f"127.0.0.1:{free_port()}"
    environment = installed({"KB_DATA": str(folder), "KB_ADDRESS": address, **settings})
    start = time.perf_counter()
    process = subprocess.Popen([KUNSKAPSBANKEN, "serve"], env=environment, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    try:
        if not any(address in line for line in process.stdout):
            raise RuntimeError("The bank ended before it was ready; what it said stands above.")
        yield RunningBank(f"http://{address}", environment, process, time.perf_counter() - start)
    finally:
        process.terminate()
        process.wait(30)
