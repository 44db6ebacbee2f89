"""Swedish alphabetical order: å, ä and ö last in this order, v and w apart, é with e."""

from __future__ import annotations

from typing import Final

from indexer.analysis.tokens import words_of

# All characters of a key in their order: å, ä and ö are written as the three that follow z in every byte order, a
# letter of another alphabet as ~ after them.
ALPHABET: Final = " 0123456789abcdefghijklmnopqrstuvwxyz{|}~"
LONGEST_KEY: Final = 44  # characters; titles that begin with so many alike are one title to a sorted list
_AFTER_Z = str.maketrans("åäö", "{|}")


def collation_key(text: str) -> str:
    """A key that sorts rightly by its bytes; punctuation and case do not count."""
    written = " ".join(words_of(text)).translate(_AFTER_Z)[:LONGEST_KEY]
    return "".join(letter if letter in ALPHABET else "~" for letter in written)
