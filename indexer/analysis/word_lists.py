"""The bank's own short lists, mappings/swedish/*.txt: words of a line, then # and why they stand there."""

from __future__ import annotations

from functools import cache
from importlib.resources import files


@cache
def lines(name: str) -> tuple[tuple[str, ...], ...]:
    """The words of each line of a list."""
    text = files("mappings").joinpath(f"swedish/{name}.txt").read_text("utf-8")
    found = (line.partition("#")[0].split() for line in text.splitlines())
    return tuple(tuple(words) for words in found if words)


@cache
def listed(name: str) -> frozenset[str]:
    return frozenset(word for words in lines(name) for word in words)


@cache
def pairs(name: str) -> dict[str, str]:
    """Of a list with two words a line, the first → the second. Read only; copy before changing."""
    return {line[0]: line[1] for line in lines(name)}
