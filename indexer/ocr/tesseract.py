"""One run of tesseract within limits: a grey picture in, its table of words out."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from typing import IO

from indexer.errors import UnreadableFile
from indexer.extraction.child_end import OUT_OF_TIME
from indexer.extraction.limits import MEGABYTE, confine
from indexer.extraction.scan_work import DOTS_AN_INCH
from indexer.ocr.program import LANGUAGE

SEGMENTATION = "3"  # fully automatic, without a guess at the orientation: that is found here, for less
_OPTIONS = ("stdin", "stdout", "-l", LANGUAGE, "--psm", SEGMENTATION, "--dpi", str(DOTS_AN_INCH), "tsv")


@dataclass(frozen=True, slots=True)
class ScanLimits:
    """seconds: of processor time a run. wall: of any kind, much more, since scans give way to everything else.

    output: bytes of the table; a full page has some 50 kB.
    """

    seconds: int = 60
    wall: int = 900
    memory: int = 1000 * MEGABYTE
    output: int = 10 * MEGABYTE


def words_table(program: str, picture: bytes, limits: ScanLimits) -> str:
    """The table as tesseract writes it (TSV); raises UnreadableFile."""
    with tempfile.TemporaryFile() as file:
        file.write(picture)
        file.seek(0)
        with _running(program, file, limits) as process:
            assert process.stdout
            table = process.stdout.read(limits.output + 1)
            if len(table) > limits.output:
                raise UnreadableFile("too_large", f"more than {limits.output} bytes of words", transient=True)
            status = process.wait()
    if status:
        reason = "too_slow" if status in OUT_OF_TIME else "damaged"
        raise UnreadableFile(reason, f"tesseract ended with {status}", transient=True)
    return table.decode("utf-8", "replace")


def _begin(limits: ScanLimits) -> None:
    """In the child, before it becomes tesseract."""
    confine(limits.seconds, limits.wall, limits.memory)
    os.putenv("OMP_THREAD_LIMIT", "1")  # more threads than one make a page slower, and take the others' time


@contextmanager
def _running(program: str, picture: IO[bytes], limits: ScanLimits) -> Iterator[subprocess.Popen[bytes]]:
    """Ends with the block, and with this process, whatever happens."""
    process = subprocess.Popen(  # noqa: S603 - the program that PATH names, and fixed options
        [program, *_OPTIONS],
        stdin=picture,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        preexec_fn=partial(_begin, limits),  # noqa: PLW1509 - a worker has one thread
    )
    try:
        yield process
    finally:
        assert process.stdout
        process.stdout.close()
        if process.poll() is None:
            process.kill()
        process.wait()
