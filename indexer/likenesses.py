"""What an entry or a text is about, and which entries are about the same."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from math import log
from typing import Final

from indexer.analysis.forms import forms
from indexer.analysis.stop_words import stop_words
from indexer.conditions import Clause, HasKey, Holds
from indexer.fields import Mapped
from indexer.vocabulary import Vocabulary

MOST_WORDS: Final = 25  # that tell what a text is about; of more, those at the end say little
MOST_FACETS: Final = 20
SHORTEST: Final = 4  # letters
_FEW: Final = 400  # different words; in a shorter text a word that stands once may tell what it is about
# What a shared value of a facet counts beside a shared word, whose BM25 is 2 to 8: a project's subject says more than
# one word of its reports and less than three.
FACET_WEIGHT: Final = 6.0


@dataclass(frozen=True, slots=True)
class Likeness:
    """words: how much each tells, by its token in the index (1 for the best). facets: keys by facet field.

    kind: of the entries that are wanted, "document" or "project". leave_out: ids that are not.
    """

    words: Mapping[str, float]
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)
    kind: str = "document"
    leave_out: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """An entry with what it shares, weightiest first: tokens of words, and facet fields with keys."""

    entry_id: int
    score: float
    words: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]


def telling_words(counts: Mapping[str, int], vocabulary: Vocabulary) -> dict[str, float]:
    """The words that tell most of a text, best first, each weighing at most 1.

    counts: how often each stands there, by exact form. Inflections count together; a word that stands in no other
    document tells nothing of what they share. The vocabulary counts 0 for what came only as an entry was written anew.
    """
    by_key: dict[str, Counter[str]] = {}
    for word, count in counts.items():
        if len(word) >= SHORTEST and word.isalpha() and word not in stop_words():
            by_key.setdefault(forms(word).keys[0], Counter())[word] += count
    commonest = max(1, *vocabulary.counts.values()) if vocabulary.counts else 1
    weights = {
        max(inflections, key=lambda word: (inflections[word], word)): (1 + log(inflections.total()))
        * log(1 + commonest / max(1, *(vocabulary.counts.get(word, 1) for word in inflections)))
        for inflections in by_key.values()
        if inflections.total() > 1 or len(counts) < _FEW
    }
    best = sorted(weights, key=lambda word: (-weights[word], word))[:MOST_WORDS]
    return {word: weights[word] / weights[best[0]] for word in best}


def likeness(
    words: Mapping[str, float], facets: Mapping[str, Sequence[str]], kind: str, leave_out: Iterable[int] = ()
) -> Likeness:
    """words: as `telling_words` gives them. A compound's weight is shared among its parts."""
    tokens: dict[str, float] = {}
    for word, weight in words.items():
        leaves = forms(word).leaves
        for leaf in leaves:
            tokens[leaf] = max(tokens.get(leaf, 0.0), weight / len(leaves))
    return Likeness(tokens, facets, kind, tuple(leave_out))


def alike_clauses(wanted: Likeness, mapped: Mapped) -> list[Clause]:
    """None of them must be met."""
    base = mapped.text_of(mapped.widest, "leaves")
    words = [Clause(Holds(base.name, token), weight, "word") for token, weight in wanted.words.items()] if base else []
    facets = [
        Clause(HasKey(name, (key,)), FACET_WEIGHT, "facet", constant=True)
        for name, keys in wanted.facets.items()
        for key in keys
        if name in mapped.by_name
    ]
    return [*words, *facets[:MOST_FACETS]]


def alike(entry_id: int, clauses: Sequence[Clause], scores: Sequence[float]) -> Alike:
    """`scores` are the engine's own for each clause, 0 where the entry does not meet it."""
    met = sorted(zip(scores, clauses, strict=True), key=lambda one: -one[0])
    words = tuple(c.condition.token for score, c in met if score > 0 and isinstance(c.condition, Holds))
    facets = tuple(
        (c.condition.field, c.condition.keys[0]) for score, c in met if score > 0 and isinstance(c.condition, HasKey)
    )
    return Alike(entry_id, sum(scores), words, facets)
