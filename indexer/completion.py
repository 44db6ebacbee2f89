"""What the word that is being typed may become: words of the bank, inflections folded into one, compounds too."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from heapq import nlargest
from itertools import islice
from typing import NamedTuple

from indexer.analysis.forms import forms
from indexer.spelling import Visible
from indexer.vocabulary import LONGEST, Vocabulary

SHORTEST_START = 2  # letters; one letter is half the bank
LONGEST_KEPT = 3  # letters; a few thousand beginnings at most
MOST_ROUNDS = 3  # of questions to the engine, where much of what begins so is not for this person
_SPARE = 4  # rows that are asked for beyond those that are wanted: some are not for everybody
_FORMS_ASKED = 4  # inflections of a row whose commonest form this person does not see
_MOST_PARTS = 200  # parts of compounds that begin alike


class Completed(NamedTuple):
    """`entries` that this person may see hold the word as it stands here."""

    word: str
    entries: int


def complete(start: str, vocabulary: Vocabulary, visible: Visible, most: int = 6) -> list[Completed]:
    """Words that begin so, and compounds with a part that does; commonest first, each inflected word once.

    `start` is in its exact form. Only what this person sees: `visible` decides, the vocabulary merely orders.
    """
    if not SHORTEST_START <= len(start) <= LONGEST:
        return []
    beginning, inside = _likely(start, vocabulary, most)
    first, others = _seen(beginning, visible, most), _seen(inside, visible, most)
    kept = max(most - len(others), most // 2)
    found = [*first[:kept], *others][:most]
    return sorted(found, key=lambda one: (not one.word.startswith(start), -one.entries, one.word))


def _likely(start: str, vocabulary: Vocabulary, most: int) -> tuple[list[list[str]], list[list[str]]]:
    """Rows that begin so, and rows of compounds. Of two or three letters, typed by everybody, they are kept."""
    if kept := vocabulary.beginnings.get((start, most)):
        return kept
    beginning = _rows(vocabulary.words.beginning(start), vocabulary, most)
    taken = {vocabulary.keys[row[0]] for row in beginning}
    found = beginning, _rows(_compounds(start, vocabulary, taken), vocabulary, most)
    if len(start) <= LONGEST_KEPT:
        vocabulary.beginnings[start, most] = found
    return found


def _rows(words: Iterable[str], vocabulary: Vocabulary, most: int) -> list[list[str]]:
    """The commonest words with their inflections, of which `words` holds at least one."""
    counts, keys = vocabulary.counts, vocabulary.keys
    sums: dict[str, int] = {}
    listed = list(words)
    for word in listed:
        key = keys[word]
        sums[key] = sums.get(key, 0) + counts[word]
    commonest = nlargest(MOST_ROUNDS * (most + _SPARE), sums, key=lambda key: (sums[key], key))
    forms_of: dict[str, list[str]] = {key: [] for key in commonest}
    for word in listed:
        if keys[word] in forms_of:
            forms_of[keys[word]].append(word)
    return [vocabulary.commonest(forms_of[key])[:_FORMS_ASKED] for key in commonest]


def _compounds(start: str, vocabulary: Vocabulary, taken: set[str]) -> Iterator[str]:
    """Words of the compounds of which a part begins so, or is an inflection of what was typed."""
    parts = dict.fromkeys([*islice(vocabulary.parts.beginning(start), _MOST_PARTS), forms(start).keys[0]])
    seen = set(taken)
    for part in parts:
        for key in vocabulary.compounds.get(part, ()):
            if key not in seen:
                seen.add(key)
                yield from (word for word in vocabulary.by_key.get(key, ()) if not word.startswith(start))


def _seen(rows: Sequence[Sequence[str]], visible: Visible, most: int) -> list[Completed]:
    """Asks for the commonest form of each row first, and for other forms only where that one is not seen."""
    found: list[Completed] = []
    for begin in range(0, len(rows), most + _SPARE):
        some = rows[begin : begin + most + _SPARE]
        counts = dict(visible([row[0] for row in some]))
        if others := [form for row in some if not counts.get(row[0]) for form in row[1:]]:
            counts.update(visible(others))
        best = (max(row, key=lambda form: counts.get(form, 0)) for row in some)
        found.extend(Completed(form, counts[form]) for form in best if counts.get(form))
        if len(found) >= most:
            break
    return found[:most]
