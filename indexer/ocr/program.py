"""The program that reads scans, where it is installed."""

from __future__ import annotations

import re
import shutil
import subprocess
import time
from dataclasses import dataclass

PROGRAM = "tesseract"
LANGUAGE = "swe"
INSTALL_SCANNING = "sudo apt-get install tesseract-ocr tesseract-ocr-swe"
ASKED_AGAIN_AFTER = 30.0  # seconds: whoever installs it need not start anything again
_PATIENCE = 20.0  # seconds, on a machine that is busy
_VERSION = re.compile(r"tesseract v?(\d+(?:\.\d+)*)")


@dataclass(frozen=True, slots=True)
class ScanProgram:
    """`path` and `version` are empty where `missing` says what is missing: "program" or "language"."""

    path: str = ""
    version: str = ""
    missing: str = ""

    @property
    def is_there(self) -> bool:
        return not self.missing


def scan_program() -> ScanProgram:
    """As it stood at most ASKED_AGAIN_AFTER seconds ago."""
    if _Known.program is None or time.monotonic() > _Known.until:
        _Known.program, _Known.until = _look(), time.monotonic() + ASKED_AGAIN_AFTER
    return _Known.program


class _Known:
    program: ScanProgram | None = None
    until = 0.0


def _look() -> ScanProgram:
    path = shutil.which(PROGRAM)
    if path is None:
        return ScanProgram(missing="program")
    version = _VERSION.search(_told(path, "--version"))
    if version is None:
        return ScanProgram(missing="program")
    if LANGUAGE not in _told(path, "--list-langs").split():
        return ScanProgram(missing="language")
    return ScanProgram(path, version[1])


def _told(path: str, option: str) -> str:
    """Empty where the program does not answer."""
    try:
        done = subprocess.run(  # noqa: S603 - the program that PATH names, and a fixed option
            [path, option], capture_output=True, text=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return done.stdout + done.stderr
