"""Words that tell nothing about what a question is after; taken off questions, never off the index."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def stop_words() -> frozenset[str]:
    """Exact forms; the list and its source stand in mappings/swedish/stopwords.txt."""
    lines = files("mappings").joinpath("swedish/stopwords.txt").read_text("utf-8").splitlines()
    return frozenset(line for line in lines if line and not line.startswith("#"))
