"""Files that must not open: one asks for a password, one was cut off on its way."""

from pathlib import Path

from reportlab.lib.pdfencrypt import StandardEncryption

from samples.make import chromium, reportlab_pdf, word
from samples.make.tree import Source

OPENS_WITH = "kunskap2019"
"""The user password of the encrypted samples, for tests that want to look inside."""

KEPT = 0.4
"""How much of a damaged file arrived."""


def encrypted(source: Source, target: Path) -> None:
    """A PDF that nobody reads without the password."""
    lock = StandardEncryption(OPENS_WITH, ownerPassword=f"{OPENS_WITH}!", strength=128)
    reportlab_pdf.write(source, target, lock)


def damaged(source: Source, target: Path) -> None:
    """A PDF or docx that ends in the middle."""
    make = word.write if target.suffix == ".docx" else chromium.write
    make(source, target)
    whole = target.read_bytes()
    target.write_bytes(whole[: int(len(whole) * KEPT)])
