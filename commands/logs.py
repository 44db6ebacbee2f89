"""Where the processes of the command say what went wrong."""

from __future__ import annotations

import logging
import sys


def log_to_stderr() -> None:
    """Warnings and errors, one line each, with the process that says it; standard output is for results."""
    logging.basicConfig(
        stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(process)d %(levelname)s %(name)s: %(message)s"
    )
