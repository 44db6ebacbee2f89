"""Two hundred random kills over an import, and the oracle's word: `python -m benchmarks.kills [--kills N] [--seed N]`.

Ends with 1 where anything was lost, done twice or left behind; about three minutes on two cores.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

from settings import Settings
from tests.journeys.killing import import_under_kills
from tests.journeys.oracle import complaints
from workers.bank import Bank


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--kills", type=int, default=200)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        return run(Path(folder), given.kills, given.seed)


def run(folder: Path, kills: int, seed: int) -> int:
    started = time.monotonic()
    done, files = import_under_kills(folder / "data", folder / "in", kills=kills, files=2 * kills, seed=seed)
    bank = Bank(Settings(data=str(folder / "data")))
    try:
        found = complaints(bank, files)
    finally:
        bank.close()
    print(f"| kills | {', '.join(f'{number} {kind}' for kind, number in sorted(done.counted.items()))} |")
    print(f"| files | {len(files)} |")
    print(f"| seconds | {time.monotonic() - started:.0f} |")
    print(f"| complaints | {len(found)} |")
    for complaint in found:
        print(complaint)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
