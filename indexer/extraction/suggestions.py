"""Proposals for a project's fields from a document's text, each with the place that speaks for it. A person decides."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from indexer.extraction.result import ExtractedPage, Extraction
from indexer.extraction.vocabulary import Found, Searched, Vocabulary

Vocabularies = Mapping[str, Mapping[str, Sequence[str]]]
Suggestion = dict[str, Any]

FRONT_PAGES = 2
FRONT_CHARACTERS = 1500  # of the first page, where a document says what it is
REPEATED = 3  # times that a term stands in the text before it is proposed, unless it stands at the front
MOST_TERMS = 4
LATEST_YEAR = 2099
QUOTE = 160  # characters
_LISTS = {"subject_area": MOST_TERMS, "method": MOST_TERMS, "target_group": MOST_TERMS}
_YEAR = re.compile(r"(?<![\d./:-])(?:19[89]\d|20\d\d)(?![\d/:])")
_DIARY_WORDS = ("dnr", "d.nr", "diarienr", "diarienummer", "ärendenummer")
_DASHES = "\u2010\u2011\u2012\u2013"  # that word processors put where a hyphen was meant
_DIARY = re.compile(
    rf"\b(?:{'|'.join(map(re.escape, _DIARY_WORDS))})\b"
    rf"(?: ?\([^()\n]{{1,20}}\))?[\s.:]{{0,4}}((?:[A-ZÅÄÖa-zåäö]{{1,8}}[ -]?)?\d[\d.:/{_DASHES}-]{{2,30}}\d)",
    re.IGNORECASE,
)


def suggest(extraction: Extraction, vocabularies: Vocabularies) -> dict[str, Suggestion]:
    """{field: {"value", "page", "quote"}} of the fields that the text says something about.

    `vocabularies` holds the names of each key by kind. The value is a text (title, document_type, registration_number,
    summary), a number (year), or a list of keys (organisation, subject_area, method, target_group); the page is 0 where
    it speaks of the whole file.
    """
    text = Searched(extraction.text)
    proposals = {
        "title": _title(extraction),
        "summary": _summary(extraction),
        "year": _year(extraction),
        "registration_number": _registration_number(extraction, text),
        "document_type": _document_type(extraction, vocabularies.get("document_type", {})),
        "organisation": _organisations(extraction, text, vocabularies.get("organisation", {})),
    }
    for kind, most in _LISTS.items():
        proposals[kind] = _terms(extraction, text, vocabularies.get(kind, {}), most)
    return {field: proposal for field, proposal in proposals.items() if proposal}


def _title(extraction: Extraction) -> Suggestion | None:
    return _at(extraction, extraction.title, extraction.title) if extraction.title else None


def _summary(extraction: Extraction) -> Suggestion | None:
    return _at(extraction, extraction.summary, extraction.summary[:60]) if extraction.summary else None


def _year(extraction: Extraction) -> Suggestion | None:
    """The latest year of the title, else of the front; else that of the file's own date.

    Years after that date are plans, and are taken only where there is no other.
    """
    newest = max((int(date[:4]) for date in extraction.dates if date[:4].isdecimal()), default=LATEST_YEAR)
    for number, text in ((0, extraction.title), *_front(extraction)):
        told = list(_YEAR.finditer(text))
        years = [found for found in told if int(found[0]) <= newest] or told
        if years:
            best = max(years, key=lambda found: int(found[0]))
            return _suggestion(int(best[0]), number, text, best.start())
    if extraction.dates and extraction.dates[0][:4].isdecimal():
        return _suggestion(int(extraction.dates[0][:4]), 0, "", 0)
    return None


def _registration_number(extraction: Extraction, whole: Searched) -> Suggestion | None:
    places = [(0, extraction.running)]
    if any(word in whole.lowered for word in _DIARY_WORDS):
        places += [(page.number, page.text) for page in extraction.pages]
    for number, text in places:
        if found := _DIARY.search(text):
            return _suggestion(re.sub(f"[{_DASHES}]", "-", found[1]), number, text, found.start())
    return None


def _document_type(extraction: Extraction, names: Mapping[str, Sequence[str]]) -> Suggestion | None:
    """The first such word that starts a line of title, front or running header; else the first at all there."""
    places = [(0, extraction.title), *_front(extraction, pages=1), (0, extraction.running)]
    vocabulary = Vocabulary(names, Searched("\n".join(text for _, text in places)))
    found = [
        (one.start > 0 and text[one.start - 1] != "\n", number, text, one)
        for number, text in places
        for one in vocabulary.find(text)
    ]
    if not found:
        return None
    _, number, text, first = min(found, key=lambda candidate: candidate[0])
    return _suggestion(first.key, number, text, first.start)


def _organisations(extraction: Extraction, whole: Searched, names: Mapping[str, Sequence[str]]) -> Suggestion | None:
    """Those named at the front; where there is none, the one named most."""
    weighed = _weighed(extraction, whole, names)
    front = _proposal(weighed, MOST_TERMS, lambda found: found.at_front > 0)
    return front or _proposal(weighed, 1, lambda found: found.times >= REPEATED)


def _terms(extraction: Extraction, whole: Searched, names: Mapping[str, Sequence[str]], most: int) -> Suggestion | None:
    weighed = _weighed(extraction, whole, names)
    return _proposal(weighed, most, lambda found: found.at_front > 0 or found.times >= REPEATED)


class _Weighed:
    """How often a key's names stand in the text, and the first place."""

    def __init__(self, page: ExtractedPage, found: Found) -> None:
        self.page, self.found = page, found
        self.times = self.at_front = 0


def _weighed(extraction: Extraction, whole: Searched, names: Mapping[str, Sequence[str]]) -> dict[str, _Weighed]:
    """By key; nothing where the text holds no name at all."""
    weighed: dict[str, _Weighed] = {}
    vocabulary = Vocabulary(names, whole)
    for page in extraction.pages if vocabulary else ():
        for found in vocabulary.find(page.text):
            weighed.setdefault(found.key, _Weighed(page, found)).times += 1
    if weighed:
        front = f"{extraction.title}\n{extraction.summary}\n" + "\n".join(text for _, text in _front(extraction))
        for found in vocabulary.find(front):
            if found.key in weighed:
                weighed[found.key].at_front += 1
    return weighed


def _proposal(weighed: Mapping[str, _Weighed], most: int, is_enough: Callable[[_Weighed], bool]) -> Suggestion | None:
    chosen = [key for key, one in weighed.items() if is_enough(one)]
    chosen.sort(key=lambda key: (-weighed[key].at_front, -weighed[key].times, key))
    if not chosen:
        return None
    best = weighed[chosen[0]]
    return _suggestion(chosen[:most], best.page.number, best.page.text, best.found.start)


def _front(extraction: Extraction, pages: int = FRONT_PAGES) -> Iterator[tuple[int, str]]:
    for page in extraction.pages[:pages]:
        yield page.number, page.text[:FRONT_CHARACTERS]


def _at(extraction: Extraction, value: str, wanted: str) -> Suggestion:
    """A value of the whole file with the first page on which it stands."""
    for page in extraction.pages:
        start = page.text.find(wanted)
        if start >= 0:
            return _suggestion(value, page.number, page.text, start)
    return _suggestion(value, 0, "", 0)


def _suggestion(value: Any, page: int, text: str, start: int) -> Suggestion:
    begin = max(text.rfind(mark, 0, start) for mark in (". ", "\n")) + 1
    begin = begin if start - begin < QUOTE // 2 else start
    return {"value": value, "page": page, "quote": " ".join(text[begin : begin + QUOTE].split())}
