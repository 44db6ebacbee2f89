"""Search and reading: the public names of the room. Nothing else of it is imported from outside.

What reads files is loaded when it is first asked for, so that a web process never carries a PDF library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from indexer.analysis.collation import collation_key
from indexer.analysis.forms import Forms, forms, grams
from indexer.analysis.marking import Mark, mark_words, marks
from indexer.analysis.own_words import OwnWords, Synonym, own_words, use_own_words
from indexer.analysis.passages import Passage, opening, passages
from indexer.analysis.tokens import analyse
from indexer.analysis.version import analysis_version
from indexer.asking import Asked, Proposal, ask
from indexer.completion import Completed, complete
from indexer.connection import ElasticsearchConnection
from indexer.cross import Cell, Cross
from indexer.engine import Generations, SearchEngine, WriteBatch, open_engine, open_generations
from indexer.entry import IndexEntry, PageEntry, Tokens
from indexer.errors import (
    REASONS,
    EngineRefused,
    EngineUnavailable,
    EntryRefused,
    IndexBusy,
    SearchError,
    TooDeep,
    UnreadableFile,
)
from indexer.evaluation import Score, first_documents, score
from indexer.explanation import Bonus, Explanation, Reason, bonus
from indexer.fields import Field, facets
from indexer.fingerprint import fingerprint, is_current
from indexer.likeness import Alike, Likeness, likeness, telling_words
from indexer.question import Question, question, ways_of
from indexer.question_tree import Way
from indexer.search_query import (
    DEEPEST_PROJECT,
    FEWEST_FOR_ALL_WORDS,
    LONGEST_QUESTION,
    MISSING,
    PROJECTS_A_PAGE,
    Filter,
    Reading,
    SearchQuery,
    Sort,
)
from indexer.search_result import DocumentHit, PageHit, ProjectHit, QuestionWord, SearchResult
from indexer.vocabulary import Vocabulary, words_in
from indexer.walking import Walk, WalkedHit

if TYPE_CHECKING:
    from indexer.extraction.begun import BegunReading
    from indexer.extraction.child import Reader
    from indexer.extraction.result import ExtractedPage, Extraction
    from indexer.extraction.sniff import sniff
    from indexer.extraction.suggestions import suggest
    from indexer.pictures import Picture, WordBox, page_picture, page_words

_LATER = {
    "BegunReading": "indexer.extraction.begun",
    "ExtractedPage": "indexer.extraction.result",
    "Extraction": "indexer.extraction.result",
    "Picture": "indexer.pictures",
    "Reader": "indexer.extraction.child",
    "WordBox": "indexer.pictures",
    "page_picture": "indexer.pictures",
    "page_words": "indexer.pictures",
    "sniff": "indexer.extraction.sniff",
    "suggest": "indexer.extraction.suggestions",
}

__all__ = [
    "DEEPEST_PROJECT",
    "FEWEST_FOR_ALL_WORDS",
    "LONGEST_QUESTION",
    "MISSING",
    "PROJECTS_A_PAGE",
    "REASONS",
    "Alike",
    "Asked",
    "BegunReading",
    "Bonus",
    "Cell",
    "Completed",
    "Cross",
    "DocumentHit",
    "ElasticsearchConnection",
    "EngineRefused",
    "EngineUnavailable",
    "EntryRefused",
    "Explanation",
    "ExtractedPage",
    "Extraction",
    "Field",
    "Filter",
    "Forms",
    "Generations",
    "IndexBusy",
    "IndexEntry",
    "Likeness",
    "Mark",
    "OwnWords",
    "PageEntry",
    "PageHit",
    "Passage",
    "Picture",
    "ProjectHit",
    "Proposal",
    "Question",
    "QuestionWord",
    "Reader",
    "Reading",
    "Reason",
    "Score",
    "SearchEngine",
    "SearchError",
    "SearchQuery",
    "SearchResult",
    "Sort",
    "Synonym",
    "Tokens",
    "TooDeep",
    "UnreadableFile",
    "Vocabulary",
    "Walk",
    "WalkedHit",
    "Way",
    "WordBox",
    "WriteBatch",
    "analyse",
    "analysis_version",
    "ask",
    "bonus",
    "collation_key",
    "complete",
    "facets",
    "fingerprint",
    "first_documents",
    "forms",
    "grams",
    "is_current",
    "likeness",
    "mark_words",
    "marks",
    "open_engine",
    "open_generations",
    "opening",
    "own_words",
    "page_picture",
    "page_words",
    "passages",
    "question",
    "score",
    "sniff",
    "suggest",
    "telling_words",
    "use_own_words",
    "ways_of",
    "words_in",
]


def __getattr__(name: str) -> Any:
    """Loads what reads files on first use."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'indexer' has no attribute {name!r}")
