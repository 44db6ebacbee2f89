"""The lists of words that come with the program: mappings/swedish/*.txt, with the reason of each line.

The reasons are Swedish in every language of the pages, as the words are that they are about.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import NamedTuple

from webapp.texts import LazyText
from webapp.texts import lazy_gettext as _l


class FixedWord(NamedTuple):
    word: str
    why: str


class FixedList(NamedTuple):
    """`name` is the file's, without its ending."""

    name: str
    words: tuple[FixedWord, ...]

    @property
    def label(self) -> LazyText:
        return LABELS.get(self.name, self.name)


LABELS: dict[str, LazyText] = {
    "words": _l("Ord som ordlistan saknar"),
    "dictionary_forms": _l("Grundformer"),
    "first_parts": _l("Förkortningar som börjar sammansättningar"),
    "never_first": _l("Aldrig första led"),
    "never_last": _l("Aldrig sista led"),
    "whole": _l("Delas aldrig"),
    "stopwords": _l("Ord som inte räknas i en fråga"),
}


@cache
def fixed_lists() -> tuple[FixedList, ...]:
    found = sorted(files("mappings").joinpath("swedish").iterdir(), key=lambda file: file.name)
    return tuple(
        FixedList(file.name.removesuffix(".txt"), tuple(_words(file.read_text("utf-8"))))
        for file in found
        if file.name.endswith(".txt")
    )


def _words(text: str) -> list[FixedWord]:
    lines = (line.partition("#") for line in text.splitlines())
    return [FixedWord(word.strip(), why.strip()) for word, _, why in lines if word.strip()]
