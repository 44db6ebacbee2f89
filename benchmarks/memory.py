"""Memory of all processes of an idle bank, and the time until it is ready.

python -m benchmarks.memory
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

import psutil

from benchmarks.serving import running_bank

QUIET_SECONDS = 5
MEGABYTE = 1_000_000


def proportional_anonymous(pid: int) -> int:
    """Bytes of anonymous memory, pages shared after a fork counted by share (Pss_Anon of the kernel)."""
    lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return sum(int(line.split()[1]) * 1024 for line in lines if line.startswith("Pss_Anon:"))


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, running_bank(Path(folder) / "data") as bank:
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


if __name__ == "__main__":
    main()
