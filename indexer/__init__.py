"""Search and reading: the public names of the room. Nothing else of it is imported from outside.

Each is loaded when it is first asked for: a web process never carries a PDF library, a command that drops files no
search.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
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
    from indexer.conversion import converts, to_pdf
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
    from indexer.extraction.isolation import forbid_network_and_programs
    from indexer.extraction.limits import confine
    from indexer.extraction.reader import Reader
    from indexer.extraction.result import ExtractedPage, Extraction
    from indexer.extraction.sniff import sniff
    from indexer.extraction.suggestions import suggest
    from indexer.extraction.versions import formats, readers
    from indexer.fields import Field, facets
    from indexer.fingerprints import fingerprint, is_current
    from indexer.likenesses import Alike, Likeness, likeness, telling_words
    from indexer.mail_hanging import hanging
    from indexer.ocr.program import INSTALL_SCANNING, ScanProgram, scan_program
    from indexer.ocr.scanner import ScannedPage, Scanner, is_older_scan_reader, scan_reader
    from indexer.ocr.whole_text import whole_text
    from indexer.page_alignment import align
    from indexer.pictures import Picture, WordBox, page_picture, page_texts, page_words
    from indexer.question_tree import AnyOf, Way
    from indexer.questions import Question, question, question_of, values_named, ways_of
    from indexer.search_query import (
        DEEPEST_PROJECT,
        FEWEST_FOR_ALL_WORDS,
        FIRST_YEAR,
        LAST_YEAR,
        LONGEST_QUESTION,
        MISSING,
        MOST_VALUES,
        PROJECTS_A_PAGE,
        Filter,
        NamedValue,
        Reading,
        SearchQuery,
        Sort,
    )
    from indexer.search_result import DocumentHit, PageHit, ProjectHit, QuestionWord, SearchResult
    from indexer.vocabulary import Vocabulary, words_in
    from indexer.walking import Walk, WalkedHit
    from indexer.words import as_words, keys_written

__all__ = [
    "DEEPEST_PROJECT",
    "FEWEST_FOR_ALL_WORDS",
    "FIRST_YEAR",
    "INSTALL_SCANNING",
    "LAST_YEAR",
    "LONGEST_QUESTION",
    "MISSING",
    "MOST_VALUES",
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
    "NamedValue",
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
    "as_words",
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
    "keys_written",
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
    "question_of",
    "readers",
    "scan_program",
    "scan_reader",
    "score",
    "sniff",
    "suggest",
    "telling_words",
    "to_pdf",
    "use_own_words",
    "values_named",
    "ways_of",
    "whole_text",
    "words_in",
]


_NAMES = {
    "analysis.collation": "collation_key",
    "analysis.forms": "Forms forms grams",
    "analysis.known_words": "KnownWords known_words",
    "analysis.marking": "Mark mark_words marks",
    "analysis.own_words": "OwnWords Synonym own_words use_own_words",
    "analysis.passages": "Passage passages",
    "analysis.tokens": "analyse",
    "analysis.version": "analysis_version",
    "analysis.word_data": "NoWordData",
    "asking": "Asked Proposal ask",
    "completion": "Completed complete",
    "connection": "ElasticsearchConnection",
    "conversion": "converts to_pdf",
    "cross": "Cell Cross",
    "engine": "Generations SearchEngine WriteBatch open_engine open_generations",
    "entry": "IndexEntry PageEntry Tokens",
    "errors": "REASONS EngineRefused EngineUnavailable EntryRefused IndexBusy SearchError TooDeep UnreadableFile",
    "evaluation": "Score first_documents score",
    "explanation": "Bonus Explanation Reason bonus",
    "extraction.isolation": "forbid_network_and_programs",
    "extraction.limits": "confine",
    "extraction.reader": "Reader",
    "extraction.result": "ExtractedPage Extraction",
    "extraction.sniff": "sniff",
    "extraction.suggestions": "suggest",
    "extraction.versions": "formats readers",
    "fields": "Field facets",
    "fingerprints": "fingerprint is_current",
    "likenesses": "Alike Likeness likeness telling_words",
    "mail_hanging": "hanging",
    "ocr.program": "INSTALL_SCANNING ScanProgram scan_program",
    "ocr.scanner": "ScannedPage Scanner is_older_scan_reader scan_reader",
    "ocr.whole_text": "whole_text",
    "page_alignment": "align",
    "pictures": "Picture WordBox page_picture page_texts page_words",
    "questions": "Question question question_of values_named ways_of",
    "question_tree": "AnyOf Way",
    "search_query": "DEEPEST_PROJECT FEWEST_FOR_ALL_WORDS FIRST_YEAR LAST_YEAR LONGEST_QUESTION MISSING "
    "MOST_VALUES PROJECTS_A_PAGE Filter NamedValue Reading SearchQuery Sort",
    "search_result": "DocumentHit PageHit ProjectHit QuestionWord SearchResult",
    "vocabulary": "Vocabulary words_in",
    "walking": "Walk WalkedHit",
    "words": "as_words keys_written",
}
_PLACES = {name: f"indexer.{place}" for place, names in _NAMES.items() for name in names.split()}


def __getattr__(name: str) -> Any:
    """Loads on first use."""
    if name in _PLACES:
        return getattr(import_module(_PLACES[name]), name)
    raise AttributeError(f"module 'indexer' has no attribute {name!r}")
