"""Another program under limits: `python -m indexer.extraction.confined '{"seconds": 60, …}' PROGRAM ARGUMENT…`.

For callers with several threads, which must not fork with work of their own between fork and program.
"""

from __future__ import annotations

import json
import os
import sys

from indexer.extraction import isolation
from indexer.extraction.limits import confine


def main() -> None:
    confine(**json.loads(sys.argv[1]))
    isolation.forbid_network()
    os.execv(sys.argv[2], sys.argv[2:])  # noqa: S606  the caller names the program in full


if __name__ == "__main__":
    main()
