from __future__ import annotations

import os
import subprocess
import sys

from workers import owners


def test_this_process_is_alive() -> None:
    assert owners.is_alive(owners.this_process())


def test_an_owner_names_host_process_and_start() -> None:
    host, number, start = owners.this_process().rsplit(":", 2)
    assert host
    assert int(number) == os.getpid()
    assert int(start) > 0


def test_a_process_that_ended_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "pass"])
    child.wait()
    host, _, start = owners.this_process().rsplit(":", 2)
    assert not owners.is_alive(f"{host}:{child.pid}:{start}")


def test_a_number_that_was_used_again_is_dead() -> None:
    host, number, start = owners.this_process().rsplit(":", 2)
    assert not owners.is_alive(f"{host}:{number}:{int(start) - 100}")


def test_an_ended_process_that_nobody_has_waited_for_is_dead() -> None:
    child = subprocess.Popen([sys.executable, "-c", "import workers.owners as o; print(o.this_process())"], stdout=-1)
    assert child.stdout
    owner = child.stdout.read().decode().strip()
    os.waitid(os.P_PID, child.pid, os.WEXITED | os.WNOWAIT)
    assert not owners.is_alive(owner)
    child.wait()
    child.stdout.close()


def test_of_other_machines_only_the_lease_tells() -> None:
    assert owners.is_alive("another.example.org:1:1")
