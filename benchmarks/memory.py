"""Memory of all processes of an idle bank, the time until it is ready, and the most they take while a folder comes in.

    python -m benchmarks.memory [--importing FOLDER]

Looked at ten times a second, so that a shorter peak may be missed.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.serving import RunningBank, running_bank

QUIET_SECONDS = 5
LOOK_SECONDS = 0.1
MEGABYTE = 1_000_000


@dataclass
class Peak:
    """Bytes: of all processes together, counted by share (PSS), and of the largest one alone (resident)."""

    together: int = 0
    largest: int = 0

    def look(self, root: psutil.Process) -> None:
        together = 0
        for process in [root, *root.children(recursive=True)]:
            with suppress(psutil.Error, OSError):  # it ended in this moment
                memory = process.memory_full_info()
                together += memory.pss
                self.largest = max(self.largest, memory.rss)
        self.together = max(self.together, together)


@contextmanager
def watched(pid: int) -> Iterator[Peak]:
    """Looks at the process and all below it until the block ends."""
    peak, ended, root = Peak(), threading.Event(), psutil.Process(pid)

    def look() -> None:
        while not ended.wait(LOOK_SECONDS):
            peak.look(root)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        yield peak
    finally:
        ended.set()
        looking.join()


def proportional_anonymous(pid: int) -> int:
    """Bytes of anonymous memory, pages shared after a fork counted by share (Pss_Anon of the kernel)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))


def print_idle(bank: RunningBank) -> None:
    time.sleep(QUIET_SECONDS)
    root = psutil.Process(bank.process.pid)
    print(f"{'process':44} {'PSS MB':>8} {'anonymous MB':>13}")
    pss = anonymous = 0
    for process in [root, *root.children(recursive=True)]:
        own_pss, own_anonymous = process.memory_full_info().pss, proportional_anonymous(process.pid)
        pss, anonymous = pss + own_pss, anonymous + own_anonymous
        name = " ".join(process.cmdline())[-44:]
        print(f"{name:44} {own_pss / MEGABYTE:8.1f} {own_anonymous / MEGABYTE:13.1f}")
    print(f"{'sum (aim: 450 and 350)':44} {pss / MEGABYTE:8.1f} {anonymous / MEGABYTE:13.1f}")
    print(f"ready after {bank.ready_after:.2f} s (aim: 3)")


def print_peak(bank: RunningBank, folder: Path) -> None:
    start = time.perf_counter()
    with watched(bank.process.pid) as peak:
        bank.command("import", str(folder), "--wait")
        while any(json.loads(bank.command("status", "--json"))["jobs"].values()):  # its scans
            time.sleep(1)
    told = f"{peak.together / MEGABYTE:.0f} MB together (aim: 2,000), {peak.largest / MEGABYTE:.0f} MB the largest"
    print(
        f"while {folder.name} came in and its scans were read, {time.perf_counter() - start:.0f} s: {told} (aim: 1,500)"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--importing", type=Path, metavar="FOLDER", help="a folder that is imported afterwards")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_bank(Path(folder) / "data") as bank:
        print_idle(bank)
        if given.importing:
            print_peak(bank, given.importing)


if __name__ == "__main__":
    main()
