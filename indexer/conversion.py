"""Office files as PDF through LibreOffice where it is installed, in a limited process with a fresh profile."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from functools import cache
from pathlib import Path

from indexer.errors import UnreadableFile
from indexer.extraction.child_end import OUT_OF_TIME
from indexer.extraction.limits import MEGABYTE
from indexer.extraction.media_types import DOC, DOCX, ODP, ODT, PPT, PPTX, RTF

SECONDS = 60  # of processor time
WALL = 120
MEMORY = 1500 * MEGABYTE
LARGEST = 200 * MEGABYTE  # bytes of the PDF
_FILES = 256
_ROOMS = Path(__file__).resolve().parent.parent  # where Python finds this package
_RESTART = 81  # how LibreOffice ends when it has made its profile and wants to be started again
_ENDINGS = {DOCX: "docx", DOC: "doc", ODT: "odt", RTF: "rtf", PPTX: "pptx", PPT: "ppt", ODP: "odp"}
_SWITCHES = ("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck", "--nofirststartwizard")
# No macros, nothing fetched from elsewhere in or beside the file, no links brought up to date.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse">
<value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse">
<value>0</value></prop></item>
</oor:items>
"""


def converts(media_type: str) -> bool:
    """Whether files of this kind can be made a PDF here."""
    return media_type in _ENDINGS and bool(_program())


def to_pdf(original: Path, media_type: str, target: Path) -> None:
    """Makes `target`, whole or not at all, on the way in a folder beside it; raises UnreadableFile.

    Takes some two seconds of processor time. The caller sees to it that not many are made at once.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix="making-") as made:
        folder = Path(made)
        source = folder / f"original.{_ENDINGS[media_type]}"
        source.symlink_to(original.resolve())
        _write_profile(folder)
        if _run(source, folder) == _RESTART:
            _run(source, folder)
        pdf = folder / "original.pdf"
        if not pdf.is_file() or not pdf.stat().st_size:
            raise UnreadableFile("damaged", "LibreOffice made no PDF")
        pdf.replace(target)


@cache
def _program() -> str:
    """The program itself, beside the script that starts it: so it is it that the limits bind. "" where none is."""
    script = shutil.which("soffice") or shutil.which("libreoffice")
    if script is None:
        return ""
    binary = Path(script).resolve().with_name("soffice.bin")
    return str(binary) if binary.is_file() else script


def _write_profile(folder: Path) -> None:
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")


def _run(source: Path, folder: Path) -> int:
    """LibreOffice's exit status; raises UnreadableFile where it took too long or died."""
    limits = {"seconds": SECONDS, "wall": WALL, "memory": MEMORY, "largest_file": LARGEST, "files": _FILES}
    command = [sys.executable, "-m", "indexer.extraction.confined", json.dumps(limits), _program(), *_SWITCHES]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), str(source)]
    process = subprocess.Popen(  # noqa: S603  programs of our own choice
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env=_environment(folder),
        cwd=_ROOMS,
        start_new_session=True,
    )
    try:
        status = process.wait(WALL + 5)
    except subprocess.TimeoutExpired:
        status = -signal.SIGKILL
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    if status in OUT_OF_TIME:
        raise UnreadableFile("too_slow", f"LibreOffice ended with {status}")
    return status


def _environment(folder: Path) -> dict[str, str]:
    """Nothing of the bank's own settings, where its passwords may stand."""
    own = {"HOME": str(folder), "TMPDIR": str(folder)}
    return own | {"PATH": "/usr/bin:/bin", "LANG": "C.UTF-8", "SAL_USE_VCLPLUGIN": "svp"}
