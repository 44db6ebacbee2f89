"""/sok/forslag: what a question that is being typed may become, for the list under the search box."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from time import monotonic
from typing import Any

from flask import Blueprint, jsonify, request
from flask.typing import ResponseReturnValue

from catalog import completing
from catalog.columns import folded
from catalog.database import Database
from indexer import SearchQuery, analyse, complete
from webapp import search_page, search_url
from webapp.bank import bank
from webapp.bank_words import bank_vocabulary
from webapp.counts import documents_counted
from webapp.figures import number, upper_first
from webapp.search import today
from webapp.signed_in import my_audience
from webapp.texts import gettext, ngettext
from webapp.vocabulary import FRESH_FOR, vocabulary

WORDS, TERMS, PROJECTS = 6, 2, 3  # rows of each kind at most
FACETS = ("subject_area", "method")

bp = Blueprint("completion", __name__)


@dataclass(frozen=True, slots=True)
class Option:
    text: str
    told: str
    link: str


@bp.get("/sok/forslag")
def suggest() -> ResponseReturnValue:
    """Never kept by anyone on the way: it is what a person was typing. Raises BadQuery, and what the engine raises."""
    query = search_url.read(request.args, ()).visible_to(my_audience(), today())
    response = jsonify(_answer(query))
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _answer(query: SearchQuery) -> dict[str, Any]:
    starts = completing.starts(query.text)
    groups = list(_groups(query, starts)) if starts else []
    count = sum(len(group["options"]) for group in groups)
    told = ngettext("%(n)s förslag", "%(n)s förslag", count, n=number(count)) if count else gettext("Inga förslag")
    return {"groups": groups, "told": told if starts else ""}


def _groups(query: SearchQuery, starts: list[str]) -> Iterator[dict[str, Any]]:
    labels = {"subject_area": gettext("Sakområde"), "method": gettext("Metod")}
    if words := list(_words(query)):
        yield _group("ord", gettext("Ord"), words, starts[-1:])
    for name in FACETS:
        if terms := list(_terms(name, starts, query.audience)):
            yield _group(name, labels[name], terms, starts)
    if projects := list(_projects(starts, query.audience)):
        yield _group("projekt", gettext("Projekt"), projects, starts)


def _group(name: str, label: str, options: Iterable[Option], starts: list[str]) -> dict[str, Any]:
    rows = [
        {"text": one.text, "marks": _marks(one.text, starts), "told": one.told, "link": one.link} for one in options
    ]
    return {"name": name, "label": label, "options": rows}


def _marks(text: str, starts: list[str]) -> list[list[int]]:
    """Where the typed letters stand, as [start, end] in characters; nothing where folding has moved them."""
    lowered = text.lower()
    if len(lowered) != len(text):
        return []
    return [[at, at + len(start)] for start in starts if (at := lowered.find(start)) >= 0][:1]


def _words(query: SearchQuery) -> Iterator[Option]:
    """Only the last word is completed, and only while it is being typed; what stands before it stays."""
    text = query.text
    if request.args.get("q", "")[-1:].isspace():
        return
    tokens = analyse(text)
    last = tokens.exact.rpartition(" ")[2]
    typed = re.search(r"[^\W_]+$", text)
    if not typed or folded(typed[0]) != last:
        return
    known = bank_vocabulary(bank().database)
    engine = bank().engine
    for word, entries in complete(last, known, lambda words: engine.word_counts(words, query), WORDS):
        completed = SearchQuery(text=text[: typed.start()] + word)
        told = ngettext("%(n)s träff", "%(n)s träffar", entries, n=number(entries))
        yield Option(word, told, search_page.link(completed))


def _terms(name: str, starts: list[str], audience: frozenset[str]) -> Iterator[Option]:
    labels = vocabulary(bank().database).named(name)
    matching = {key: label for key, label in labels.items() if completing.holds(label, starts)}
    if not matching:
        return
    every = _documents(bank().database, name, audience, int(monotonic() / FRESH_FOR))
    counts = {key: every[key] for key in matching if key in every}
    for key in _commonest(counts)[:TERMS]:
        told = documents_counted(counts[key])
        yield Option(upper_first(matching[key]), told, search_page.link(SearchQuery().toggled(name, key)))


@lru_cache(maxsize=16)
def _documents(database: Database, name: str, audience: frozenset[str], moment: int) -> Mapping[str, int]:
    """Documents by term, as whoever belongs to that audience sees them; counted anew each `moment`."""
    del moment
    with database.reading() as session:
        return completing.documents_of_terms(session, name, audience)


def _commonest(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda key: (-counts[key], key))


def _projects(starts: list[str], audience: frozenset[str]) -> Iterator[Option]:
    with bank().database.reading() as session:
        found = completing.projects_titled(session, starts, audience, PROJECTS)
    for project in found:
        told = documents_counted(project.documents)
        yield Option(project.title, told if project.documents else "", f"/projekt/{project.slug}")
