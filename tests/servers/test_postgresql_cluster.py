from __future__ import annotations

import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import psutil
import pytest

from tests.servers.postgresql_cluster import NotInstalled, find_programs

LONGEST = 60.0  # seconds that anything here may take on a busy machine
RUN = """
from tests.servers.postgresql_cluster import cluster
with cluster() as made:
    print((made.data / "postmaster.pid").read_text().split()[0], made.home, flush=True)
    input()
"""


@pytest.fixture(autouse=True)
def _installed(missing: Callable[[str], NoReturn]) -> None:
    try:
        find_programs()
    except NotInstalled as error:
        missing(str(error))


def test_a_killed_run_leaves_neither_its_server_nor_its_files() -> None:
    running = subprocess.Popen([sys.executable, "-c", RUN], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    with running:
        assert running.stdout is not None
        number, home = running.stdout.readline().split()
        server = psutil.Process(int(number))
        running.send_signal(signal.SIGKILL)
    server.wait(LONGEST)
    until = time.monotonic() + LONGEST
    while Path(home).exists():
        assert time.monotonic() < until, f"{home} is still there"
        time.sleep(0.05)
