"""Stands in for the splitter until it is merged: no word is taken apart."""

from __future__ import annotations

from typing import NamedTuple

from indexer.analysis.tokens import words_of


class Forms(NamedTuple):
    """keys: whole first. tops: the compound's top parts in order, () where the word is not taken apart."""

    keys: tuple[str, ...]
    tops: tuple[str, ...]
    leaves: tuple[str, ...]


def forms(exact: str) -> Forms:
    base = next((base for _, base in words_of(exact)), exact)
    return Forms((base,), (), (base,))
