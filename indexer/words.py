"""Typed text → small tree. Never fails: what cannot be read as syntax is read as plain words.

word  "exact phrase"  -without  start*  a OR b  a ELLER b  field:value  field:"exact phrase"
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import islice

from indexer import fields
from indexer.analysis.tokens import words_of
from indexer.question_tree import AnyOf, Clause, FacetIs, Phrase, Prefix, Text, Unit, Within, Word, YearIn
from indexer.search_query import LONGEST_QUESTION, MOST_RANKED
from indexer.word_ways import only_by_form, with_synonyms, word_of

MOST_WORDS = 500
SHORTEST_START = 2  # letters before * ; one letter would be half the bank

_QUOTES = str.maketrans("”“„«»″", '""""""')
_OR = frozenset({"OR", "ELLER"})
_YEARS = re.compile(r"(\d{4})(?:-(\d{4}))?")


@cache
def _piece() -> re.Pattern[str]:
    """-name:"phrase" or -name:words; the name only where the mapping knows it, the hyphen only before a piece."""
    names = "|".join(map(re.escape, sorted(fields.documents().named, key=len, reverse=True)))
    return re.compile(
        rf"(?P<not>(?<![^\s(])-(?=[^\s-]))?(?:(?<![^\s(-])(?P<name>{names}):(?=[^\s]))?"
        r'(?:"(?P<phrase>[^"]*)"|(?P<words>[^\s"]+))',
        re.IGNORECASE,
    )


def parse(text: str) -> tuple[Clause, ...]:
    """Reads at most LONGEST_QUESTION characters and MOST_WORDS clauses, repeats left out."""
    pieces = list(_piece().finditer(text[:LONGEST_QUESTION].translate(_QUOTES)))
    different: dict[Clause, Clause] = {}
    for clause in _grouped(pieces):
        different.setdefault(_unshown(clause), clause)
    return _bounded(list(islice(different.values(), MOST_WORDS)))


def _bounded(clauses: list[Clause]) -> tuple[Clause, ...]:
    """Words beyond the first MOST_RANKED are there by their own form only: each further way costs time."""
    left, bounded = MOST_RANKED, []
    for clause in with_synonyms(clauses):
        units = clause.unit.units if isinstance(clause.unit, AnyOf) else (clause.unit,)
        left -= len(units)
        bounded.append(clause if left >= 0 else replace(clause, unit=_narrowed(clause.unit)))
    return tuple(bounded)


def _narrowed(unit: Unit | AnyOf) -> Unit | AnyOf:
    if isinstance(unit, AnyOf):
        return replace(unit, units=tuple(only_by_form(one) if isinstance(one, Word) else one for one in unit.units))
    return only_by_form(unit) if isinstance(unit, Word) else unit


def _grouped(pieces: list[re.Match[str]]) -> Iterator[Clause]:
    """Joins pieces with OR between them; an OR with nothing on one side is a plain word."""
    at = 0
    while at < len(pieces):
        alternatives = _alternatives(pieces, at)
        if len(alternatives) > 1 and (units := _different(map(_single, alternatives))):
            shown = " OR ".join(unit.shown for unit in units)
            yield Clause(AnyOf(shown, units) if len(units) > 1 else units[0], negated=bool(alternatives[0]["not"]))
        else:
            yield from _clauses(pieces[at])
        at += 2 * len(alternatives) - 1


def _different(units: Iterable[Unit | None]) -> tuple[Unit, ...]:
    return tuple({_plain(unit): unit for unit in units if unit}.values())


def _alternatives(pieces: list[re.Match[str]], at: int) -> list[re.Match[str]]:
    """The piece and all that follow it with an OR between."""
    found = [pieces[at]]
    if _is_or(pieces[at]):
        return found
    while at + 2 < len(pieces) and _is_or(pieces[at + 1]) and not (_is_or(pieces[at + 2]) or pieces[at + 2]["not"]):
        at += 2
        found.append(pieces[at])
    return found


def _is_or(piece: re.Match[str]) -> bool:
    return piece[0] in _OR


def _clauses(piece: re.Match[str]) -> Iterator[Clause]:
    """What stands alone: plain text gives a clause a word, everything else one clause."""
    if piece["not"] or piece["phrase"] is not None or _named(piece):
        unit = _single(piece)
        if unit:
            yield Clause(unit, negated=bool(piece["not"]))
        return
    *words, last = words_of(piece[0]) or [""]
    for exact in words:
        yield Clause(word_of(exact, exact))
    if last:
        yield Clause(_last(last, piece[0], alone=not words))


def _single(piece: re.Match[str]) -> Unit | None:
    """A piece as one unit; several words in one piece (LSS-boende) are a phrase here. None where there is no word."""
    written = piece["phrase"] if piece["phrase"] is not None else piece["words"]
    shown = piece[0].removeprefix("-")
    field = _named(piece)
    if field is None:
        return _text(written, quoted=piece["phrase"] is not None)
    if field.role != "text":
        return _facet_or_year(field, written, shown) or _text(shown, quoted=False)
    unit = _text(written, quoted=piece["phrase"] is not None)
    return Within(shown, field.sources[0], unit) if unit else None


def _named(piece: re.Match[str]) -> fields.Field | None:
    return fields.documents().named[piece["name"].lower()][0] if piece["name"] else None


def _facet_or_year(field: fields.Field, written: str, shown: str) -> FacetIs | YearIn | None:
    if field.role == "facet" and (words := as_words(written)):
        return FacetIs(shown, field.name, keys_written(facet_key(words)), words)
    if field.role == "year" and (years := _YEARS.fullmatch(written)):
        first, last = sorted((int(years[1]), int(years[2] or years[1])))
        return YearIn(shown, first, last)
    return None


def as_words(label: str) -> str:
    """A label as it is compared with what was typed: neither case nor signs count, å ä ö do."""
    return " ".join(words_of(label))


def keys_written(key: str) -> tuple[str, ...]:
    """How the key may stand in the record: with hyphens, or with underscores."""
    return tuple(dict.fromkeys((key, key.replace("-", "_"))))


def facet_key(label: str) -> str:
    """The key that a label is given: å and ä to a, ö to o, everything between words to a hyphen."""
    return "-".join(words_of(label)).translate(str.maketrans("åäö", "aao"))


def _text(written: str, *, quoted: bool) -> Text | None:
    words = words_of(written)
    if not words:
        return None
    if len(words) > 1:
        return Phrase(f'"{written}"' if quoted else written, tuple(words))
    if quoted:
        return Phrase(f'"{written}"', (words[0],))
    return _last(words[0], written, alone=True)


def _last(exact: str, written: str, *, alone: bool) -> Word | Prefix:
    """The last word of a piece, which a * after it makes a start of words."""
    if written.rstrip(",.;:!?)").endswith("*") and len(exact) >= SHORTEST_START:
        return Prefix(f"{exact}*", exact)
    return word_of(exact, written.strip(",.;:!?()*") if alone else exact)


def _unshown(clause: Clause) -> Clause:
    """The clause without how it was typed, to tell whether two ask the same."""
    return replace(clause, unit=_plain(clause.unit))


def _plain(unit: Unit | AnyOf) -> Unit | AnyOf:
    return replace(unit, shown="", ways=()) if isinstance(unit, Word) else replace(unit, shown="")
