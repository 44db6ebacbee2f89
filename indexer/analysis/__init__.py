"""Swedish text → tokens, and where a question's words stand in it; for index and question, for both engines."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

import Stemmer


def _fingerprint() -> str:
    """Changes with whatever changes tokens: this code and the stemmer (stop words do not; the index keeps them)."""
    digest = hashlib.sha256(Path(__file__).with_name("tokens.py").read_bytes())
    digest.update(Stemmer.version().encode())
    return digest.hexdigest()[:16]


ANALYSIS_VERSION: Final = _fingerprint()
