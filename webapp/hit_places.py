"""Where a question's words stand in a document, and how: in its title and summary, in its project's words, on pages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from catalog.documents import AnalysedPage
from catalog.models import Document
from indexer import Mark, Question, analyse, marks
from webapp.page_tokens import tokens_of
from webapp.read_words import holds, word_around

TITLE, SUMMARY, PROJECT = "title", "summary", "project"
EXACT, FORM, LONGER, APART, SYNONYM = "exact", "form", "longer", "apart", "synonym"
WAYS = (EXACT, FORM, LONGER, APART, SYNONYM)  # the surest first


@dataclass(slots=True)
class Found:
    """One way in which a word of the question is there.

    texts: TITLE, SUMMARY or PROJECT. pages: their numbers, in order. written: the words, in small letters.
    """

    texts: list[str] = field(default_factory=list)
    pages: list[int] = field(default_factory=list)
    written: dict[str, None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Places:
    """words: the ways in which each is there, by its number in the question. together: pages that hold them all."""

    words: dict[int, dict[str, Found]]
    together: tuple[int, ...]

    def ways(self, word: int) -> Iterator[tuple[str, Found]]:
        """The surest first."""
        found = self.words.get(word, {})
        return ((way, found[way]) for way in WAYS if way in found)


def places_of(asked: Question, document: Document, pages: Iterable[AnalysedPage]) -> Places:
    """`pages` are those that may hold words of the question, in their order."""
    found: dict[int, dict[str, Found]] = {}
    for name, text in _texts(document):
        for way, mark in _ways(asked, text, marks(asked, text, analyse(text))):
            _note(found, mark, way, text).texts.append(name)
    together: list[int] = []
    for page in pages:
        here = marks(asked, page.text, tokens_of(page))
        for way, mark in _ways(asked, page.text, here):
            _note(found, mark, way, page.text).pages.append(page.number)
        if 1 < len(asked.on_pages) == len({mark.word for mark in here}):
            together.append(page.number)
    for ways in found.values():
        for one in ways.values():
            one.texts, one.pages = list(dict.fromkeys(one.texts)), list(dict.fromkeys(one.pages))
    return Places(found, tuple(together))


def _texts(document: Document) -> Iterator[tuple[str, str]]:
    yield TITLE, document.title or document.file_name
    yield SUMMARY, document.summary
    if project := document.project:
        yield PROJECT, "\n\n".join(filter(None, (project.title, project.aim, *project.summary.values())))


def _ways(asked: Question, text: str, found: Sequence[Mark]) -> Iterator[tuple[str, Mark]]:
    for mark in found:
        if mark.kind != "part":
            yield mark.kind, mark
        else:
            yield (LONGER if holds(asked, mark.word, word_around(text, mark)) else APART), mark


def _note(found: dict[int, dict[str, Found]], mark: Mark, way: str, text: str) -> Found:
    one = found.setdefault(mark.word, {}).setdefault(way, Found())
    one.written.setdefault(word_around(text, mark) if way in {LONGER, APART} else text[mark.start : mark.end].lower())
    return one
