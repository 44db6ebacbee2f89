"""The list of hits: projects with their documents, page maps and passages, out of a result and the record.

What a page has hundreds of is a tuple: a frozen dataclass takes four times as long to make.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from catalog.listing import ListedDocument, ListedProject
from catalog.models import Document, Project
from indexer import DocumentHit, PageHit, ProjectHit, SearchResult
from indexer import Passage as FoundPassage
from webapp.document_links import Links, page_names, pages_counted
from webapp.figures import file_format, month, number, upper_first, years
from webapp.texts import gettext, ngettext
from webapp.vocabulary import Vocabulary

PASSAGES_OF_BEST = 3  # of a project's first document; the others show one
DOCUMENTS_OPEN = 3  # of a project; the others are folded
MOST_LISTED = 43  # of a project, the folded ones too; the page says how many more there are
MAP_HEIGHT, LOWEST = 26, 4
NARROWEST_MAP = 20  # pages; shorter documents would have blocks for bars
LONGEST_SUMMARY = 260  # characters, where no page holds the words

Parts = tuple[tuple[str, str], ...]  # text, and the kind of mark that lies on it or "" where none does


class Passage(NamedTuple):
    """parts: the text in pieces, each with whether it is marked."""

    number: int
    name: str
    heading: str
    link: str
    parts: Parts


class PageLink(NamedTuple):
    number: int
    name: str
    link: str


class PageMap(NamedTuple):
    """One unit a page; bars are an SVG path in a box of width x 28, where a short document ends early.

    The higher a bar, the better its page answers, as the engine's score has it (docs/decisions/0026). told: what the
    bars show, in words.
    """

    pages: int
    width: int
    bars: str
    told: str


class Hit(NamedTuple):
    document_id: int
    score: float
    title: str
    link: str
    language: str
    meta: tuple[str, ...]
    summary: str
    page_map: PageMap | None
    passages: tuple[Passage, ...]
    more: tuple[PageLink, ...]
    why: str


@dataclass(frozen=True, slots=True)
class FoldedHit:
    document_id: int
    score: float
    title: str
    link: str
    meta: tuple[str, ...]
    why: str


@dataclass(frozen=True, slots=True)
class Group:
    """A project with its documents; a document without project stands alone, with empty project fields."""

    project_id: int
    score: float
    title: str
    link: str
    meta: tuple[str, ...]
    finding: str
    finding_label: str
    found: str
    parts: Parts
    hits: tuple[Hit, ...]
    folded: tuple[FoldedHit, ...]
    left_out: int


@dataclass(frozen=True, slots=True)
class Shelf:
    """What the list is made from, fetched in one go for the whole page."""

    links: Links
    vocabulary: Vocabulary
    documents: Mapping[int, ListedDocument]
    projects: Mapping[int, ListedProject]
    page_hits: Mapping[int, Sequence[PageHit]]
    passages: Mapping[tuple[int, int], tuple[str, FoundPassage]]
    aims: Mapping[int, FoundPassage]


def open_documents(result: SearchResult) -> Iterator[tuple[int, int]]:
    """(document id, how many passages it may show) of every document that is not folded."""
    for project in result.projects:
        for place, hit in enumerate(project.documents[:DOCUMENTS_OPEN]):
            yield hit.document_id, 1 if place else PASSAGES_OF_BEST


def listed_documents(result: SearchResult) -> list[int]:
    """Ids of all documents that the list names."""
    return [hit.document_id for project in result.projects for hit in project.documents[:MOST_LISTED]]


def groups(result: SearchResult, shelf: Shelf) -> tuple[Group, ...]:
    """Projects in the order of the result; what the record has lost or hidden since it was indexed is left out."""
    return tuple(group for hit in result.projects if (group := _group(hit, shelf)))


def marked(passage: FoundPassage) -> Parts:
    """The text of a passage in pieces, its marks told apart."""
    parts: list[tuple[str, str]] = []
    at, text = 0, passage.text
    for start, end, _, kind in passage.marks:
        parts += ((text[at:start], ""), (text[start:end], kind))
        at = end
    parts.append((text[at:], ""))
    return tuple([part for part in parts if part[0]])


def _group(hit: ProjectHit, shelf: Shelf) -> Group | None:
    known = [one for one in hit.documents if one.document_id in shelf.documents]
    project = shelf.projects.get(hit.project_id)
    if not known and project is None:
        return None
    opened, rest = known[:DOCUMENTS_OPEN], known[DOCUMENTS_OPEN:]
    aim = shelf.aims.get(hit.project_id)
    finding = project.finding if project else ""
    return Group(
        project_id=hit.project_id,
        score=hit.score,
        title=project.title if project else "",
        link=f"/projekt/{project.slug}" if project else "",
        meta=project_meta(project, shelf.vocabulary) if project else (),
        finding=finding,
        finding_label=shelf.vocabulary.label("finding", finding) if finding else "",
        found=ngettext("%(written)s dokument", "%(written)s dokument", len(hit.documents), written=len(hit.documents))
        if hit.documents
        else "",
        parts=marked(aim) if aim else (),
        hits=tuple(_hit(one, 1 if place else PASSAGES_OF_BEST, shelf) for place, one in enumerate(opened)),
        folded=tuple(_folded(one, shelf) for one in rest),
        left_out=max(0, len(hit.documents) - MOST_LISTED),
    )


def _hit(hit: DocumentHit, most: int, shelf: Shelf) -> Hit:
    document = shelf.documents[hit.document_id]
    pages = shelf.page_hits.get(document.id, ())
    names = page_names(document.page_kind)
    passages = tuple(_passages(document, pages[:most], names, shelf))
    shown = {passage.number for passage in passages}
    rest = sorted(page.number for page in pages if page.number not in shown)
    return Hit(
        document_id=document.id,
        score=hit.score,
        title=title_of(document),
        link=shelf.links.document(document.id),
        language=document.language,
        meta=document_meta(document, shelf.vocabulary),
        summary="" if passages else shortened(document.summary),
        page_map=_page_map(document, pages, names) if pages else None,
        passages=passages,
        more=tuple(PageLink(n, names % {"n": n}, shelf.links.page(document.id, n)) for n in rest),
        why=shelf.links.why(document.id),
    )


def _passages(document: ListedDocument, pages: Sequence[PageHit], names: str, shelf: Shelf) -> Iterator[Passage]:
    for page in pages:
        if found := shelf.passages.get((document.id, page.number)):
            heading, passage = found
            heading = "" if heading in document.title else heading  # a title page says what the hit says already
            link = shelf.links.page(document.id, page.number)
            yield Passage(page.number, names % {"n": page.number}, heading, link, marked(passage))


def _page_map(document: ListedDocument, pages: Sequence[PageHit], names: str) -> PageMap:
    """pages: best first. names: what names all pages of the document."""
    count = max(document.page_count, *[page.number for page in pages])
    tallest = MAP_HEIGHT / (max([page.score for page in pages]) or 1.0)
    bars = [f"M{page - 0.875} 27v-{max(LOWEST, round(tallest * score, 1))}h.75V27z" for page, score in pages]
    told = gettext(
        "Träff på %(found)s av %(pages)s",
        found=number(len(pages)),
        pages=pages_counted(document.page_kind, count),
    )
    if len(pages) > 1 and pages[0].score > pages[1].score:
        best = names % {"n": pages[0].number}
        told = gettext("%(told)s, bäst\N{NO-BREAK SPACE}på\N{NO-BREAK SPACE}%(page)s", told=told, page=best)
    return PageMap(count, max(count, NARROWEST_MAP), "".join(bars), told)


def _folded(hit: DocumentHit, shelf: Shelf) -> FoldedHit:
    document = shelf.documents[hit.document_id]
    link = shelf.links.document(document.id)
    meta = document_meta(document, shelf.vocabulary)
    return FoldedHit(document.id, hit.score, title_of(document), link, meta, shelf.links.why(document.id))


def title_of(document: Document | ListedDocument) -> str:
    """The title, or the file's name until somebody has given one."""
    return document.title or document.file_name


def shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    text = " ".join(text.split())
    if len(text) <= LONGEST_SUMMARY:
        return text
    return text[:LONGEST_SUMMARY].rpartition(" ")[0].rstrip(",;:–-") + " …"


def document_meta(document: Document | ListedDocument, words: Vocabulary) -> tuple[str, ...]:
    """Type, date, format and class, in that order; a state that the document should not be in stands last."""
    kind = upper_first(words.label("document_type", document.document_type)) if document.document_type else ""
    dated = month(document.document_date) if document.document_date else str(document.year or "")
    seen = words.label("classification", document.classification)
    draft = "" if document.published_at else gettext("utkast")
    return tuple(filter(None, (kind, dated, file_format(document.media_type), seen, draft)))


def project_meta(project: Project | ListedProject, words: Vocabulary) -> tuple[str, ...]:
    """Organisations, years and status; the finding stands after them with its sign."""
    status = words.label("status", project.status) if project.status else ""
    return tuple(filter(None, (owners_of(project, words), years(project.start_year, project.end_year), status)))


def owners_of(project: Project | ListedProject, words: Vocabulary) -> str:
    """The organisations, each with what it has become since: "Östermalm (nu Norra innerstaden)"."""
    return ", ".join(words.with_successor("organisation", key) for key in project.organisations)
