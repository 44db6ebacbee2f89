"""Documents and projects about the same as another, or as a text, with what they share; under the reader's rights."""

from __future__ import annotations

from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import Final, NamedTuple

from catalog import documents, listing
from catalog.models import Document, Project
from indexer import Alike, Likeness, SearchError, SearchQuery, analyse, forms, likeness, telling_words
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.figures import upper_first
from webapp.search import today
from webapp.search_hits import document_meta, project_meta, title_of
from webapp.signed_in import my_audience
from webapp.texts import gettext as _
from webapp.vocabulary import vocabulary

FACETS: Final = ("subject_area", "method", "target_group")
SHOWN: Final = 4
WORDS_SHOWN: Final = 4
FEWEST_SHARED: Final = 3  # words and facet values; two words in common are chance
MOST_PAGES: Final = 40  # of a long document that are looked at, spread over it
TITLE_COUNTS: Final = 5  # a word of the title counts as so many of the pages
MOST_KEPT: Final = 256

_kept: OrderedDict[tuple[int, int, int], Mapping[str, float]] = OrderedDict()
_lock = Lock()


class Similar(NamedTuple):
    """shares: what both have, in words."""

    title: str
    link: str
    meta: tuple[str, ...]
    shares: str


def similar_documents(bank: Bank, document: Document, leave_out: Iterable[int] = ()) -> list[Similar]:
    """Nothing while search is away. leave_out: ids of what the page shows already."""
    words = _words_of(bank, document)
    wanted = likeness(words, _facets(document.project), "document", {document.id, *leave_out})
    found = _asked(bank, words, wanted)
    with bank.database.reading() as session:
        listed = listing.seen(session, [one.entry.entry_id for one in found], (), my_audience()).documents
    labels = vocabulary(bank.database)
    return [
        Similar(title_of(row), f"/dokument/{row.id}", document_meta(row, labels), _shares(one))
        for one in found
        if (row := listed.get(one.entry.entry_id))
    ]


def similar_projects(
    bank: Bank, title: str, text: str, facets: Mapping[str, Sequence[str]], leave_out: Iterable[int] = ()
) -> list[Similar]:
    """For a project's page, and for a form in which somebody begins to describe a new one."""
    words = telling_words(_counted(title, text), bank_vocabulary(bank.database))
    found = _asked(bank, words, likeness(words, facets, "project", leave_out))
    with bank.database.reading() as session:
        listed = listing.seen(session, (), [one.entry.entry_id for one in found], my_audience()).projects
    labels = vocabulary(bank.database)
    return [
        Similar(row.title, f"/projekt/{row.slug}", project_meta(row, labels), _shares(one))
        for one in found
        if (row := listed.get(one.entry.entry_id))
    ]


def similar_to_project(bank: Bank, project: Project) -> list[Similar]:
    text = "\n\n".join(filter(None, (project.aim, *project.summary.values())))
    return similar_projects(bank, project.title, text, _facets(project), [project.id])


class _Found(NamedTuple):
    entry: Alike
    words: list[str]


def _asked(bank: Bank, words: Mapping[str, float], wanted: Likeness) -> list[_Found]:
    query = SearchQuery().visible_to(my_audience(), today())
    try:
        alike = bank.engine.similar(wanted, query, 2 * SHOWN)
    except SearchError:
        return []
    found = [_Found(one, _common(one, words)) for one in alike]
    return [one for one in found if len(one.words) + len(one.entry.facets) >= FEWEST_SHARED][:SHOWN]


def _common(one: Alike, words: Mapping[str, float]) -> list[str]:
    """Words that both have; a compound where both have all its parts."""
    shared = set(one.words)
    return [word for word in words if shared.issuperset(forms(word).leaves)]


def _words_of(bank: Bank, document: Document) -> Mapping[str, float]:
    """Kept, as a reader turns the pages of a document."""
    known = bank_vocabulary(bank.database)
    key = (document.id, document.version, len(known))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    step = max(1, -(-document.page_count // MOST_PAGES))
    counts = _counted(title_of(document), document.summary)
    with bank.database.reading() as session:
        for page in documents.analysed(session, document.id, range(1, document.page_count + 1, step)):
            counts.update(page.exact.split())
    found = telling_words(counts, known)
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)
    return found


def _counted(title: str, text: str) -> Counter[str]:
    counts = Counter(analyse(text).exact.split())
    for word in analyse(title).exact.split():
        counts[word] += TITLE_COUNTS
    return counts


def _facets(project: Project | None) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for term in project.terms if project else ():
        if term.kind in FACETS:
            found.setdefault(term.kind, []).append(term.key)
    return found


def _shares(one: _Found) -> str:
    """Samma sakområde, metod; delar orden hembesök, boendestöd."""
    kinds = {kind for kind, _key in one.entry.facets}
    named = {"subject_area": _("sakområde"), "method": _("metod"), "target_group": _("målgrupp")}
    same = _("samma %(kinds)s", kinds=", ".join(named[kind] for kind in FACETS if kind in kinds)) if kinds else ""
    shared = _("delar orden %(words)s", words=", ".join(one.words[:WORDS_SHOWN])) if one.words else ""
    return upper_first("; ".join(filter(None, (same, shared))))
