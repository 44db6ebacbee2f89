"""A word of a question with the ways in which a text may hold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from indexer.analysis.forms import forms
from indexer.analysis.own_words import Synonym, own_words
from indexer.analysis.tokens import words_of
from indexer.question_tree import Clause, Way, Word


def word_of(exact: str, shown: str) -> Word:
    """By its form, or by its parts where it is a compound."""
    found = forms(exact)
    ways = [Way("form", found.keys[:1], shown)]
    if len(set(found.tops)) > 1:
        ways.append(Way("parts", found.tops, shown))
    return Word(shown, exact, found.leaves, tuple(ways))


def with_synonyms(clauses: Sequence[Clause]) -> list[Clause]:
    """Words that stand one after the other and are an editors' term: each may be there by a synonym of the term."""
    keys = [_key(clause) for clause in clauses]
    found: dict[int, list[Way]] = {}
    for synonym in own_words().synonyms:
        sought = [forms(word).keys[0] for word in words_of(synonym.word)]
        for at in _places(keys, sought):
            for place in range(at, at + len(sought)):
                found.setdefault(place, []).append(_way(synonym))
    return [_with(clause, found.get(place, [])) for place, clause in enumerate(clauses)]


def only_by_form(word: Word) -> Word:
    return replace(word, ways=word.ways[:1])


def _key(clause: Clause) -> str:
    return clause.unit.ways[0].keys[0] if isinstance(clause.unit, Word) and not clause.negated else ""


def _places(keys: list[str], sought: list[str]) -> list[int]:
    if not sought or sought[0] not in keys:
        return []
    return [at for at in range(len(keys) - len(sought) + 1) if keys[at : at + len(sought)] == sought]


def _way(synonym: Synonym) -> Way:
    found = [forms(word) for word in words_of(synonym.same_as)]
    leaves = tuple(leaf for one in found for leaf in one.leaves)
    return Way("synonym", tuple(one.keys[0] for one in found), synonym.same_as, leaves, synonym.weight)


def _with(clause: Clause, ways: list[Way]) -> Clause:
    if not isinstance(clause.unit, Word):
        return clause
    known = {way.keys for way in clause.unit.ways}
    new = {way.keys: way for way in ways if way.keys and way.keys not in known}
    return replace(clause, unit=replace(clause.unit, ways=(*clause.unit.ways, *new.values())))
