"""Search and reading: the public names of the room. Nothing else of it is imported from outside.

What reads files is loaded when it is first asked for, so that a web process never carries a PDF library.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from indexer.analysis.collation import collation_key
from indexer.analysis.forms import Forms, forms, grams
from indexer.analysis.known_words import KnownWords, known_words
from indexer.analysis.marking import Mark, mark_words, marks
from indexer.analysis.own_words import OwnWords, Synonym, own_words, use_own_words
from indexer.analysis.passages import Passage, passages
from indexer.analysis.tokens import analyse
from indexer.analysis.version import analysis_version
from indexer.analysis.word_data import NoWordData
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
from indexer.ocr.program import INSTALL_SCANNING, ScanProgram, scan_program
from indexer.question import Question, question, ways_of
from indexer.question_tree import AnyOf, Way
from indexer.search_query import (
    DEEPEST_PROJECT,
    FEWEST_FOR_ALL_WORDS,
    FIRST_YEAR,
    LAST_YEAR,
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
    from indexer.conversion import converts, to_pdf
    from indexer.extraction.child import Reader
    from indexer.extraction.isolation import forbid_network_and_programs
    from indexer.extraction.limits import confine
    from indexer.extraction.result import ExtractedPage, Extraction
    from indexer.extraction.sniff import sniff
    from indexer.extraction.suggestions import suggest
    from indexer.extraction.versions import formats, readers
    from indexer.mail_hanging import hanging
    from indexer.ocr.scanner import ScannedPage, Scanner, is_older_scan_reader, scan_reader
    from indexer.ocr.whole_text import whole_text
    from indexer.page_alignment import align
    from indexer.pictures import Picture, WordBox, page_picture, page_texts, page_words

_LATER = {
    "ExtractedPage": "indexer.extraction.result",
    "Extraction": "indexer.extraction.result",
    "Picture": "indexer.pictures",
    "Reader": "indexer.extraction.child",
    "ScannedPage": "indexer.ocr.scanner",
    "Scanner": "indexer.ocr.scanner",
    "WordBox": "indexer.pictures",
    "align": "indexer.page_alignment",
    "confine": "indexer.extraction.limits",
    "converts": "indexer.conversion",
    "forbid_network_and_programs": "indexer.extraction.isolation",
    "hanging": "indexer.mail_hanging",
    "is_older_scan_reader": "indexer.ocr.scanner",
    "page_picture": "indexer.pictures",
    "formats": "indexer.extraction.versions",
    "page_texts": "indexer.pictures",
    "page_words": "indexer.pictures",
    "readers": "indexer.extraction.versions",
    "scan_reader": "indexer.ocr.scanner",
    "sniff": "indexer.extraction.sniff",
    "suggest": "indexer.extraction.suggestions",
    "to_pdf": "indexer.conversion",
    "whole_text": "indexer.ocr.whole_text",
}

__all__ = [
    "DEEPEST_PROJECT",
    "FEWEST_FOR_ALL_WORDS",
    "FIRST_YEAR",
    "INSTALL_SCANNING",
    "LAST_YEAR",
    "LONGEST_QUESTION",
    "MISSING",
    "PROJECTS_A_PAGE",
    "REASONS",
    "Alike",
    "AnyOf",
    "Asked",
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
    "KnownWords",
    "Likeness",
    "Mark",
    "NoWordData",
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
    "ScanProgram",
    "ScannedPage",
    "Scanner",
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
    "align",
    "analyse",
    "analysis_version",
    "ask",
    "bonus",
    "collation_key",
    "complete",
    "confine",
    "converts",
    "facets",
    "fingerprint",
    "first_documents",
    "forbid_network_and_programs",
    "formats",
    "forms",
    "grams",
    "hanging",
    "is_current",
    "is_older_scan_reader",
    "known_words",
    "likeness",
    "mark_words",
    "marks",
    "open_engine",
    "open_generations",
    "own_words",
    "page_picture",
    "page_texts",
    "page_words",
    "passages",
    "question",
    "readers",
    "scan_program",
    "scan_reader",
    "score",
    "sniff",
    "suggest",
    "telling_words",
    "to_pdf",
    "use_own_words",
    "ways_of",
    "whole_text",
    "words_in",
]


def __getattr__(name: str) -> Any:
    """Loads what reads files on first use."""
    if name in _LATER:
        return getattr(import_module(_LATER[name]), name)
    raise AttributeError(f"module 'indexer' has no attribute {name!r}")
