"""What the index holds of one document or project, and of one page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from indexer.analysis import word_types


@dataclass(frozen=True, slots=True)
class Tokens:
    """Analysed text: one token a word in each string, joined by single blanks, both strings of equal length in tokens.

    exact: the words as written, folded. parts: the keys of each word joined by "/", the word's own first, then its
    parts down to the leaves: "hemtjänstprojekt/hemtjänst/projekt/hem/tjänst". `spans` holds where each word stands in
    the text, see `indexer.analysis`; empty where nothing will be marked.
    """

    exact: str
    parts: str
    spans: bytes = b""


@dataclass(frozen=True)
class PageEntry:
    number: int
    tokens: Tokens

    @cached_property
    def leaves(self) -> str:
        """The leaves of its words, which both parts of the index hold."""
        return word_types.leaves(self.tokens.exact)


@dataclass(frozen=True)
class IndexEntry:
    """One entry of the part `documents`, with its pages for the part `pages`.

    kind: "document", or "project" for the entry that each project has of its own (no pages).
    texts: analysed text by name of a text field's `source` in the mapping: "title" (of the document or project),
        "summary" (document's summary, project's title, aim and summary), "labels" (of all facet values, old names
        included, keywords, organisations, contact, registration number), "running" (running header and footer).
    facets: keys by facet field, several allowed: {"document_type": ["slutrapport"], "organisation": [...]}.
    year: of the document; 0 where unknown. sort_date: yyyymmdd, 0 where unknown.
    sort_title: the title as a Swedish collation key (made by `indexer.collation_key`).
    audience: tokens of those who may see it. visible_from: yyyymmdd.
    """

    id: int
    kind: str
    project_id: int
    version: int
    texts: Mapping[str, Tokens]
    facets: Mapping[str, tuple[str, ...]]
    audience: tuple[str, ...]
    year: int = 0
    sort_date: int = 0
    sort_title: str = ""
    visible_from: int = 0
    pages: tuple[PageEntry, ...] = field(default=())

    @cached_property
    def words(self) -> set[str]:
        """The different words of all its texts and pages, in their exact form."""
        found: set[str] = set()
        for tokens in (*self.texts.values(), *(page.tokens for page in self.pages)):
            found.update(tokens.exact.split(" "))
        return found - {""}
