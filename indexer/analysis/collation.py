"""Swedish alphabetical order: å, ä and ö last in this order, v and w apart, é with e."""

from __future__ import annotations

from indexer.analysis.tokens import words_of

_AFTER_Z = str.maketrans("åäö", "{|}")  # the three characters that follow z in every byte order


def collation_key(text: str) -> str:
    """A key that sorts rightly by its bytes; punctuation and case do not count."""
    return " ".join(exact for exact, _ in words_of(text)).translate(_AFTER_Z)
