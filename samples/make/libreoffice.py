"""PDF as most officials make it: written in Word, exported by LibreOffice."""

import os
import re
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.make import word
from samples.make.tree import Source

DATE = re.compile(rb"\(D:\d{14}[^)]*\)")
IDENTITY = re.compile(rb"/ID \[ <[0-9A-F]{32}>\s*<[0-9A-F]{32}> \]")
CHECKSUM = re.compile(rb"/DocChecksum /[0-9A-F]{32}")


def write(source: Source, target: Path) -> None:
    """The docx converted to PDF."""
    with TemporaryDirectory() as folder:
        draft = Path(folder) / "document.docx"
        word.write(source, draft)
        _convert(draft, source)
        target.write_bytes(_dated(draft.with_suffix(".pdf").read_bytes(), source))


def _convert(draft: Path, source: Source) -> None:
    """Runs soffice with a profile of its own, so that two runs never share a lock."""
    soffice = shutil.which("soffice") or "soffice"
    profile = f"-env:UserInstallation={(draft.parent / 'profile').as_uri()}"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir"]
    environment = os.environ | {"SOURCE_DATE_EPOCH": str(int(source.facts.moment.timestamp()))}
    subprocess.run(
        [*command, str(draft.parent), str(draft)],
        check=True,
        capture_output=True,
        timeout=180,
        env=environment,
    )


def _dated(pdf: bytes, source: Source) -> bytes:
    """The same PDF without the clock's time and the random identity of the run."""
    nought = b"0" * 32
    pdf = DATE.sub(source.facts.moment.strftime("(D:%Y%m%d%H%M%SZ)").encode(), pdf)
    pdf = CHECKSUM.sub(b"/DocChecksum /" + nought, pdf)
    return IDENTITY.sub(b"/ID [ <" + nought + b">\n<" + nought + b"> ]", pdf)
