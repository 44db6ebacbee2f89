"""hunspell's word data (.aff and .dic) → every form of every word.

Understood is what sv_SE.aff uses: suffix rules (SFX) whose endings may carry flags of their own (`s/WXZ`), one letter
a flag, and the flags that its directives name. A directive that would change how the rest is read, such as a prefix
rule, stops the reading: better no table than a wrong one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

_NOT_UNDERSTOOD = frozenset({"PFX", "FLAG", "AF", "AM", "COMPLEXPREFIXES", "COMPOUNDFLAG", "CIRCUMFIX"})
_FLAG_NAMES = frozenset(
    {
        "FORBIDDENWORD",
        "NEEDAFFIX",
        "COMPOUNDBEGIN",
        "COMPOUNDMIDDLE",
        "COMPOUNDEND",
        "ONLYINCOMPOUND",
        "COMPOUNDPERMITFLAG",
        "NOSUGGEST",
        "FORCEUCASE",
    }
)


class UnknownRule(Exception):
    """The .aff file uses something that is not understood here."""


class Ending(NamedTuple):
    """Takes `strip` off a word that `fits` and puts `add` in its place; `flags` belong to the form that comes of it."""

    strip: str
    add: str
    fits: re.Pattern[str]
    flags: str

    def form(self, word: str) -> str | None:
        if not word.endswith(self.strip) or not self.fits.search(word):
            return None
        return word[: len(word) - len(self.strip)] + self.add


class Affixes(NamedTuple):
    endings: dict[str, list[Ending]]  # by flag
    named: dict[str, str]  # directive → its flag, such as COMPOUNDEND → Y
    declared: frozenset[str]  # every flag that the file gives a meaning


class Form(NamedTuple):
    """One form of one entry."""

    text: str
    entry: str  # the word as it stands in the .dic
    entry_flags: str
    ending: Ending | None  # None: the entry itself


def read_affixes(aff: str) -> Affixes:
    endings: dict[str, list[Ending]] = {}
    named: dict[str, str] = {}
    rules = ""
    for line in aff.splitlines():
        match line.partition(" #")[0].split():
            case [directive, *_] if directive in _NOT_UNDERSTOOD:
                raise UnknownRule(line)
            case ["SFX", flag, strip, add, condition, *_]:
                endings.setdefault(flag, []).append(_ending(strip, add, condition))
            case ["SFX", flag, "Y" | "N", _]:
                endings.setdefault(flag, [])
            case ["COMPOUNDRULE", rule]:
                rules += rule
            case [directive, flag] if directive in _FLAG_NAMES:
                named[directive] = flag
            case _:
                pass
    _check(endings)
    return Affixes(endings, named, frozenset(endings) | frozenset(named.values()) | frozenset(rules))


def _ending(strip: str, add: str, condition: str) -> Ending:
    added, _, flags = add.partition("/")
    return Ending(_written(strip), _written(added), re.compile(f"(?:{condition})$"), flags)


def _written(letters: str) -> str:
    return "" if letters == "0" else letters


def _check(endings: dict[str, list[Ending]]) -> None:
    """An ending whose flags ask for further endings would be a second level, which sv_SE.aff does not use."""
    for flag, some in endings.items():
        if any(set(ending.flags) & endings.keys() for ending in some):
            raise UnknownRule(f"the endings of {flag} take endings themselves")


def entries(dic: str, affixes: Affixes) -> Iterator[tuple[str, str]]:
    """(word, flags) of each line. `jägare/samlare` is a word with a stroke, as "l" and "n" are no flags: left out."""
    for line in dic.splitlines()[1:]:
        word, _, flags = line.partition("/")
        flags = flags.rstrip()
        if word and affixes.declared.issuperset(flags):
            yield word.strip(), flags


def forms(some: Iterable[tuple[str, str]], affixes: Affixes) -> Iterator[Form]:
    """Every form; an entry that needs an affix (NEEDAFFIX) is none itself."""
    needs_affix = affixes.named.get("NEEDAFFIX", "")
    for word, flags in some:
        if not (needs_affix and needs_affix in flags):
            yield Form(word, word, flags, None)
        for flag in flags:
            for ending in affixes.endings.get(flag, ()):
                text = ending.form(word)
                if text:
                    yield Form(text, word, flags, ending)
