"""What makes one hit better than another: clauses that find nothing by themselves."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from indexer.analysis.forms import grams
from indexer.analysis.word_types import stem
from indexer.conditions import Clause, Holds, SideBySide, Starts
from indexer.fields import Field, Mapped
from indexer.finding import side_by_side
from indexer.question_tree import Phrase, Prefix, Within, Word
from indexer.questions import Question
from indexer.search_query import MOST_RANKED

# Clauses of a question that rank, the weightiest first; with those that bind they stay below the 1,024 that
# Elasticsearch takes on the smallest machine.
MOST_CLAUSES: Final = 400


def ranking(question: Question, mapped: Mapped) -> list[Clause]:
    """Each once: doubled clauses would count twice, so of two alike the heavier stays."""
    words = question.ranked_words[:MOST_RANKED]
    others = [field for field in mapped.texts if field.sources != mapped.widest]
    found: dict[object, Clause] = {}
    for clause in (
        *_in(words, _fields_of_all(mapped, "exact", "leaves", "base")),
        *_synonyms(words, mapped),
        *_not_words(question, mapped),
        *_whole_forms(words, mapped),
        *_pairs(question, mapped),
        *_in(words, others),
        *_letters(words, mapped),
    ):
        known = found.get(clause.condition)
        if known is None or known.weight < clause.weight:
            found[clause.condition] = clause
    return list(found.values())[:MOST_CLAUSES]


def _fields_of_all(mapped: Mapped, *analyses: str) -> list[Field]:
    return [field for field in mapped.texts if field.sources == mapped.widest and field.analysis in analyses]


def _in(words: Sequence[Word], fields: Iterable[Field]) -> Iterator[Clause]:
    for field in fields:
        if field.boost:
            for word in words:
                yield from _word(word, field, field.boost)


def _letters(words: Sequence[Word], mapped: Mapped) -> Iterator[Clause]:
    """Every so many of a word's grams, and its last: neighbours share all letters but two and say nearly the same."""
    step = int(mapped.ranking.get("gram_step", 1))
    for field in _fields_of_all(mapped, "grams"):
        for word in words:
            some = grams(word.exact)
            for gram in dict.fromkeys((*some[::step], some[-1])):
                yield Clause(Holds(field.name, gram), field.boost, "letters")


def _word(word: Word, field: Field, weight: float) -> Iterator[Clause]:
    for token in _tokens(word, field.analysis):
        yield Clause(Holds(field.name, token), weight, _kind(word, field.analysis))


def _tokens(word: Word, analysis: str) -> tuple[str, ...]:
    """What a field of that analysis holds of the word; nothing for fields that only decide what is found."""
    if analysis == "leaves":
        return word.leaves
    if analysis == "base":
        return (stem(word.exact),)
    return (word.exact,) if analysis == "exact" else ()


def _kind(word: Word, analysis: str) -> str:
    if analysis == "leaves":
        return "part" if len(word.leaves) > 1 else "form"
    return "form" if analysis == "base" else "exact"


def _synonyms(words: Sequence[Word], mapped: Mapped) -> Iterator[Clause]:
    for field in _fields_of_all(mapped, "leaves"):
        for way in (way for word in words for way in word.ways):
            for leaf in way.leaves:
                yield Clause(Holds(field.name, leaf), field.boost * way.weight, "synonym")


def _not_words(question: Question, mapped: Mapped) -> Iterator[Clause]:
    """Phrases, starts of words, and what is asked of one text only: as much as a word's own form."""
    for unit in question.units[:MOST_RANKED]:
        if isinstance(unit, Within):
            yield from _within(unit, mapped)
        elif isinstance(unit, Phrase | Prefix):
            yield from _written(unit, mapped, mapped.widest, 1.0)
            title = mapped.text_of(("title",), "leaves") or mapped.text_of(("title",), "base")
            if title is not None and isinstance(unit, Phrase):
                yield from _written(unit, mapped, ("title",), title.boost)


def _within(unit: Within, mapped: Mapped) -> Iterator[Clause]:
    sources = (unit.source,)
    if not isinstance(unit.unit, Word):
        yield from _written(unit.unit, mapped, sources, 1.0)
    elif field := mapped.text_of(sources, "leaves") or mapped.text_of(sources, "base"):
        yield from _word(unit.unit, field, 1.0)


def _written(unit: Phrase | Prefix, mapped: Mapped, sources: tuple[str, ...], weight: float) -> Iterator[Clause]:
    field = mapped.text_of(sources, "exact")
    if field is None:
        return
    if isinstance(unit, Prefix):
        yield Clause(Starts(field.name, unit.start), weight, "start", constant=True)
    else:
        yield Clause(side_by_side(field.name, unit), weight, "phrase")


def _whole_forms(words: Sequence[Word], mapped: Mapped) -> Iterator[Clause]:
    for field in _fields_of_all(mapped, "wholes"):
        for word in words:
            key = word.ways[0].keys[0]
            yield Clause(Holds(field.name, key), mapped.ranking["whole_form"], "form", constant=True)


def _pairs(question: Question, mapped: Mapped) -> Iterator[Clause]:
    """Neighbouring words of the question that stand side by side as written."""
    for field in _fields_of_all(mapped, "exact"):
        for pair in question.neighbours[:MOST_RANKED]:
            yield Clause(SideBySide(field.name, pair), mapped.ranking["pairs"], "neighbours")
