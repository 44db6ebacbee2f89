"""SearchResult -> what the template and the API show: labels, links, passages, ways on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from catalog import documents, listing, projects
from indexer import (
    Asked,
    Passage,
    SearchQuery,
    SearchResult,
    Sort,
    analyse,
    passages,
    question,
)
from webapp import search_hits, search_url
from webapp.asking_editors import mail_link
from webapp.bank import Bank
from webapp.counts import documents_counted, found, projects_counted
from webapp.document_links import Links
from webapp.facets import FACETS
from webapp.figures import number
from webapp.page_tokens import tokens_of
from webapp.search_facets import Chip, FacetList, Histogram, chips, facet_lists, histogram, without_filters
from webapp.search_help import Asking, Counted, Help, ways_on
from webapp.search_spelling import Spelling, spelling
from webapp.search_words import Choice, ReadingLine, decided, reading_line
from webapp.texts import gettext
from webapp.told_terms import named_in, words_of
from webapp.unknown_choices import Finds
from webapp.vocabulary import Vocabulary, vocabulary

KEPT = frozenset({"q", "ord", "sort", "skrev", "ratta"})
DOWNLOADS = (("Excel", "xlsx"), ("CSV", "csv"), ("JSON", "json"))
PAGES_AROUND = 2  # links on each side of the present result page


@dataclass(frozen=True, slots=True)
class Pager:
    """pages: (number, link), with None where numbers are left out. told: which projects are shown."""

    pages: tuple[tuple[int, str] | None, ...]
    current: int
    previous: str
    next: str
    told: str


@dataclass(frozen=True, slots=True)
class SearchPage:
    """query is the question with its reading decided; kept holds the pairs that a form of filters must carry."""

    query: SearchQuery
    result: SearchResult
    title: str
    heading: str
    reading: ReadingLine | None
    chips: tuple[Chip, ...]
    clear: str
    facets: tuple[FacetList, ...]
    histogram: Histogram | None
    sorts: tuple[Choice, ...]
    groups: tuple[search_hits.Group, ...]
    pager: Pager | None
    help: Help | None
    mail: str
    kept: tuple[tuple[str, str], ...]
    downloads: tuple[tuple[str, str], ...]
    spelling: Spelling | None = None

    @property
    def explore(self) -> str:
        """Where the same hits are counted by facets and years."""
        return search_url.link(replace(self.query, sort=Sort.RELEVANCE, page=1), FACETS, "/utforska")


def link(query: SearchQuery) -> str:
    return search_url.link(query, FACETS)


def build_asked(asked: Asked, bank: Bank) -> SearchPage:
    """As `build`, with what was done about the spelling."""
    page = build(asked.result, asked.query, bank)
    return replace(page, spelling=spelling(asked, link))


def build(result: SearchResult, asked: SearchQuery, bank: Bank) -> SearchPage:
    """Raises what the engine raises: EngineUnavailable."""
    shelf = _shelf(result, replace(asked, reading=result.reading), bank)
    groups = search_hits.groups(result, shelf)
    # Up to here all hangs on the hits alone; from here on the counts are asked for.
    query = decided(asked, result)
    words = words_of(query, bank.database)
    chosen = chips(query, words, link)
    title = heading(result, filtered=bool(chosen))
    shown = [passage for _, passage in shelf.passages.values()]
    return SearchPage(
        query=query,
        result=result,
        title=f"{query.text}, {title}" if query.text else title,
        heading=title,
        reading=reading_line(result, query, [*shown, *shelf.aims.values()], link),
        chips=chosen,
        clear=link(without_filters(query)),
        facets=facet_lists(result, query, words, link),
        histogram=histogram(result, query),
        sorts=_sorts(query),
        groups=groups,
        pager=_pager(result, query),
        help=None if result.total_groups else _ways_on(result, query, chosen, words, bank),
        mail=mail_link(bank.settings.contact, query.text, [chip.label for chip in chosen]),
        kept=tuple(pair for pair in search_url.parameters(query, FACETS) if pair[0] in KEPT),
        downloads=tuple(_downloads(query)),
    )


def _ways_on(result: SearchResult, query: SearchQuery, chosen: tuple[Chip, ...], words: Vocabulary, bank: Bank) -> Help:
    named = named_in(query, bank.database)
    return ways_on(result, query, chosen, Asking(_counter(bank), finder(bank), link, words, named))


def _counter(bank: Bank) -> Counted:
    """Documents; projects where only these are found."""

    def counted(query: SearchQuery) -> str:
        result = bank.engine.search(replace(query, projects_a_page=1))
        if not result.total:
            return projects_counted(result.total_projects) if result.found else ""
        return documents_counted(result.total)

    return counted


def finder(bank: Bank) -> Finds:
    """Whether anything answers to a question, be it a project without documents."""
    return lambda query: bank.engine.search(replace(query, projects_a_page=1)).found


def heading(result: SearchResult, *, filtered: bool) -> str:
    """31 dokument i 14 projekt; what was found where nothing was."""
    if not result.total_groups:
        return gettext("Inga dokument med dina filter") if filtered else gettext("Inga dokument")
    return found(result.total, result.total_projects, about=result.projects_approximate)


def _shelf(result: SearchResult, query: SearchQuery, bank: Bank) -> search_hits.Shelf:
    """Everything of the record for the page: documents with projects, projects without documents, passages."""
    opened = dict(search_hits.open_documents(result))
    asks = bool(query.text)
    page_hits = result.page_hits(list(opened)) if asks else {}
    around = [hit.project_id for hit in result.projects if hit.project_id]
    with bank.database.rows() as rows:
        listed = listing.seen(rows, search_hits.listed_documents(result), around, query.audience)
        shown = [(document, most) for document, most in opened.items() if document in listed.documents]
        wanted = [(document, hit.number) for document, most in shown for hit in page_hits.get(document, ())[:most]]
        analysed = documents.tokens(rows, wanted)
    alone = [hit.project_id for hit in result.projects if not hit.documents and hit.project_id in listed.projects]
    read = question(query.text, query.reading)
    return search_hits.Shelf(
        links=Links(query),
        vocabulary=vocabulary(bank.database),
        documents=listed.documents,
        projects=listed.projects,
        page_hits=page_hits,
        passages={
            place: (page.heading, best[0])
            for place, page in analysed.items()
            if (best := passages(read, page.text, tokens_of(page)))
        },
        aims=dict(_aims(query, bank, alone)) if asks and alone else {},
    )


def _aims(query: SearchQuery, bank: Bank, alone: Iterable[int]) -> Iterator[tuple[int, Passage]]:
    """The best lines of the projects' own words, where no document stands for the project."""
    read = question(query.text, query.reading)
    with bank.database.reading() as session:
        own = projects.by_ids(session, alone).values()
    for project in own:
        text = "\n\n".join(filter(None, (project.aim, *project.summary.values())))
        if best := passages(read, text, analyse(text)):
            yield project.id, best[0]


def _downloads(query: SearchQuery) -> Iterator[tuple[str, str]]:
    """All hits as files: the name of each form, and its address."""
    for label, form in DOWNLOADS:
        yield label, search_url.link(replace(query, page=1), FACETS, f"/sok/export.{form}")


def _sorts(query: SearchQuery) -> tuple[Choice, ...]:
    """The orders that can be chosen; without words no hit is better than another, and the newest come first."""
    offered = {
        Sort.RELEVANCE: gettext("bäst först"),
        Sort.NEWEST: gettext("nyast"),
        Sort.OLDEST: gettext("äldst"),
        Sort.TITLE: gettext("titel"),
        Sort.PAGES: gettext("flest sidor"),
    }
    present = query.sort
    if not query.text:
        del offered[Sort.RELEVANCE], offered[Sort.PAGES]
        present = present if present in offered else Sort.NEWEST
    return tuple(
        Choice(label, None, link(replace(query, sort=sort, page=1)), sort is present) for sort, label in offered.items()
    )


def _pager(result: SearchResult, query: SearchQuery) -> Pager | None:
    """None where everything stands on one page. A page beyond the last has only the way back."""
    size = query.projects_a_page
    last = min(-(-result.total_groups // size), search_url.DEEPEST_PAGE)
    if last <= 1 and query.page == 1:
        return None

    def to(page: int) -> str:
        return link(replace(query, page=page)) if 1 <= page <= last else ""

    first = (query.page - 1) * size + 1
    told = gettext(
        "%(first)s–%(last)s av %(total)s",
        first=number(first),
        last=number(first + len(result.projects) - 1),
        total=number(result.total_groups),
    )
    numbered = tuple((page, to(page)) if page else None for page in _numbers(min(query.page, last), last))
    return Pager(
        numbered,
        query.page,
        to(min(query.page - 1, last)),
        to(query.page + 1),
        told if result.projects else gettext("Här finns inga fler träffar."),
    )


def _numbers(current: int, last: int) -> Iterator[int | None]:
    """First, last and those around the present page; None for each gap."""
    before = 0
    for page in sorted({1, last, *range(max(1, current - PAGES_AROUND), min(last, current + PAGES_AROUND) + 1)}):
        if page > before + 1:
            yield None
        yield page
        before = page
