"""Keys and addresses made of names: å and ä become a, ö becomes o, blanks become hyphens."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

LONGEST = 120
_LETTERS_WITHOUT_PARTS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "đ": "d", "ł": "l", "þ": "th", "œ": "oe"})


def slug(name: str) -> str:
    """The name in small ASCII letters, digits and hyphens, at most 120; "" where none of it can be written so."""
    parts = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS_WITHOUT_PARTS))
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")[:LONGEST].rstrip("-")


def numbered(name: str, otherwise: str) -> Iterator[str]:
    """The slug of the name, then the same with -2, -3 …, for the first one that is free."""
    base = slug(name) or otherwise
    yield base
    for number in count(2):
        ending = f"-{number}"
        yield base[: LONGEST - len(ending)] + ending
