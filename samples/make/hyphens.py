"""Soft hyphens where Swedish words may break: chromium ships no Swedish patterns here."""

from functools import cache
from importlib import import_module
from typing import Any

SOFT = "\u00ad"
SHORTEST = 8


@cache
def _patterns() -> Any:
    """Imported by name, since pyphen ships no types."""
    return import_module("pyphen").Pyphen(lang="sv_SE", left=3, right=3)


def softened(text: str) -> str:
    """The text with its longer words ready to break at a line's end."""
    return " ".join(_word(word) for word in text.split(" "))


def _word(word: str) -> str:
    breakable = len(word) >= SHORTEST and "@" not in word and "/" not in word
    return str(_patterns().inserted(word, SOFT)) if breakable else word
