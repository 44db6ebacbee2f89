"""A person's question, asked once: as it was typed, or with its misspelt words mended where else nothing is found."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from indexer.analysis.own_words import own_words
from indexer.analysis.tokens import analyse, span
from indexer.question_tree import Word
from indexer.questions import question
from indexer.search_query import MOST_RANKED, Reading, SearchQuery
from indexer.search_result import SearchResult
from indexer.spelling import propose
from indexer.vocabulary import Vocabulary

MOST_MENDED = 4  # words of one question; whoever mistypes more must look at them
_FORMS_ASKED = 5  # inflections that are asked for before a word counts as unknown


class Searched(Protocol):
    """What of an engine is needed here."""

    def search(self, query: SearchQuery) -> SearchResult: ...
    def word_counts(self, words: Sequence[str], query: SearchQuery) -> Mapping[str, int]: ...


@dataclass(frozen=True, slots=True)
class Proposal:
    """`text` is the question with each of `words` replaced: the typed word in its exact form, and the proposed one."""

    text: str
    words: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """`query` is what was answered: its `typed` is filled where the proposal was applied; else it is only offered."""

    result: SearchResult
    query: SearchQuery
    proposal: Proposal | None


def ask(engine: Searched, vocabulary: Vocabulary, query: SearchQuery) -> Asked:
    """Searches. A word that stands in no visible entry is mended at once where all words together find nothing.

    That is decided once: a query that says which (`typed` or `as_written`), or asks for a reading, is answered as it
    stands. Raises what the engine raises.
    """
    result = engine.search(query)
    if query.typed or not query.text:
        return Asked(result, query, None)
    found = _found_with_all(result)
    proposal = proposed(engine, vocabulary, query, sure=not found)
    if proposal is None or found or query.as_written or query.reading is not Reading.AUTO:
        return Asked(result, query, proposal)
    mended = replace(query, text=proposal.text, typed=query.text)
    return Asked(engine.search(mended), mended, proposal)


def proposed(engine: Searched, vocabulary: Vocabulary, query: SearchQuery, *, sure: bool = True) -> Proposal | None:
    """The question with its unknown words replaced; None where no word is unknown or nothing better is known.

    Not `sure`: a word of the vocabulary is taken for known without asking the engine.
    """
    clauses = question(query.text, query.reading).loose
    words = list(dict.fromkeys(c.unit.exact for c in clauses if isinstance(c.unit, Word)))[:MOST_RANKED]
    if not sure:
        words = [word for word in words if word not in vocabulary]
    instead: dict[str, str] = {}
    for word in _unknown(engine, vocabulary, query, words)[:MOST_MENDED]:
        if other := propose(word, vocabulary, lambda asked: engine.word_counts(asked, query)):
            instead[word] = other
    return Proposal(_replaced(query.text, instead), tuple(instead.items())) if instead else None


def _found_with_all(result: SearchResult) -> bool:
    """Whether something has all the words. Of a list that was read so the counts need not be waited for."""
    return result.found if result.reading is Reading.ALL else bool(result.all_words)


def _unknown(engine: Searched, vocabulary: Vocabulary, query: SearchQuery, words: Sequence[str]) -> list[str]:
    """Those of which neither the word nor another form of it stands in an entry that this person may see."""
    explained = {synonym.word for synonym in own_words().synonyms}
    doubtful = {word: [word, *vocabulary.inflections(word)[:_FORMS_ASKED]] for word in words if word not in explained}
    asked = list(dict.fromkeys(form for forms in doubtful.values() for form in forms))
    counts = engine.word_counts(asked, query) if asked else {}
    return [word for word, forms in doubtful.items() if not any(map(counts.get, forms))]


def _replaced(text: str, instead: Mapping[str, str]) -> str:
    tokens = analyse(text)
    for number, word in reversed(list(enumerate(tokens.exact.split()))):
        if word in instead:
            start, end = span(tokens.spans, number)
            text = text[:start] + instead[word] + text[end:]
    return text
