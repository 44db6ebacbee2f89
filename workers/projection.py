"""From the record to the index: a document or project as an IndexEntry."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from pathlib import PurePath

from catalog import audience, terms
from catalog.documents import AnalysedPage
from catalog.models import ControlledTerm, Document, Project
from indexer import FIRST_YEAR, LAST_YEAR, IndexEntry, PageEntry, Tokens, analyse, analysis_version, collation_key

TERM_FACETS = ("subject_area", "organisation", "method", "target_group", "keyword")
CHOSEN_FACETS = ("project_type", "status", "finding")
PROJECTS_AT_ONCE = 256  # whose texts are kept analysed; their documents come one after the other in a rebuild
Vocabulary = dict[str, dict[str, terms.Term]]


def project_document(document: Document, pages: Iterable[AnalysedPage], vocabulary: Vocabulary) -> IndexEntry:
    """The entry of a document that was read; called in an open session, for the successors of its terms."""
    project = document.project
    title = document.title or PurePath(document.file_name).stem
    return IndexEntry(
        id=document.id,
        kind="document",
        project_id=document.project_id or 0,
        version=document.version,
        texts={
            "title": analyse(title),
            "summary": _with_shared(document.summary, _about(project)),
            "labels": _with_shared(_joined(*_own_labels(document, vocabulary)), _shared_labels(project, vocabulary)),
            "running": analyse(document.running),
        },
        facets=_facets(project) | _chosen("document_type", document.document_type),
        audience=tuple(sorted(audience.of_document(document, project))),
        year=_year(document.year),
        sort_date=_day(document),
        sort_title=collation_key(title),
        visible_from=_number(document.published_at),
        pages=tuple(PageEntry(page.number, Tokens(page.exact, page.parts, page.spans)) for page in pages),
    )


def project_project(project: Project, vocabulary: Vocabulary) -> IndexEntry:
    """The entry that every project has of its own, with or without files."""
    year = _year(project.end_year or project.start_year)
    return IndexEntry(
        id=project.id,
        kind="project",
        project_id=project.id,
        version=project.version,
        texts={
            "title": analyse(project.title),
            "summary": analyse(_joined(project.aim, *project.summary.values())),
            "labels": _shared(_shared_labels(project, vocabulary)),
            "running": Tokens("", ""),
        },
        facets=_facets(project),
        audience=tuple(sorted(audience.of_project(project))),
        year=year,
        sort_date=year * 10_000,
        sort_title=collation_key(project.title),
        visible_from=_number(project.published_at),
    )


def _year(written: int | None) -> int:
    """0 where it is unknown: a year of no question is none that an answer may count by."""
    return written if written and FIRST_YEAR <= written <= LAST_YEAR else 0


def _day(document: Document) -> int:
    """Yyyymmdd, or of a year alone yyyy0000; 0 where that is unknown."""
    written = document.document_date
    return _number(written) if written and _year(written.year) else _year(document.year) * 10_000


def _about(project: Project | None) -> str:
    return _joined(project.title, project.aim, *project.summary.values()) if project else ""


def _with_shared(own: str, shared: str) -> Tokens:
    """The tokens of both texts; what a project's documents share is analysed once for all of them."""
    first, second = analyse(own), _shared(shared)
    return Tokens(f"{first.exact} {second.exact}".strip(), f"{first.parts} {second.parts}".strip())


def _shared(text: str) -> Tokens:
    return _analysed(text, analysis_version())


@lru_cache(maxsize=PROJECTS_AT_ONCE)
def _analysed(text: str, _version: str) -> Tokens:
    """Analysed once, until the editors change what words are."""
    return analyse(text)


def _facets(project: Project | None) -> dict[str, tuple[str, ...]]:
    """Keys by field; a merged organisation counts under the one it became."""
    if project is None:
        return {}
    facets: dict[str, tuple[str, ...]] = {}
    for field in CHOSEN_FACETS:
        facets |= _chosen(field, getattr(project, field))
    for field in TERM_FACETS:
        keys = sorted({terms.current_key(term) for term in project.terms if term.kind == field})
        facets |= {field: tuple(keys)} if keys else {}
    return facets | _of_yearly_reports(project)


def _of_yearly_reports(project: Project) -> dict[str, tuple[str, ...]]:
    """What the yearly report counts: so that a search can open what stands behind its figures."""
    years = tuple(sorted({f"{money.year:04d}" for money in project.funding}))
    facets = {"funding_year": years} if years else {}
    if project.equality_analysis is not None:
        facets |= _chosen("equality_analysis", "gjord" if project.equality_analysis else "ej_gjord")
    return facets


def _chosen(field: str, key: str) -> dict[str, tuple[str, ...]]:
    return {field: (key,)} if key else {}


def _own_labels(document: Document, vocabulary: Vocabulary) -> list[str]:
    return [*_label(vocabulary, "document_type", document.document_type), PurePath(document.file_name).stem]


def _shared_labels(project: Project | None, vocabulary: Vocabulary) -> str:
    """Every word that a label, an old name or a registered fact of the project can be asked for by."""
    if project is None:
        return ""
    chosen = [name for field in CHOSEN_FACETS for name in _label(vocabulary, field, getattr(project, field))]
    facts = [project.contact, project.registration_number, project.funder, project.funding_focus]
    return _joined(*chosen, *_names(project.terms), *project.partners, *project.researchers, *facts)


def _label(vocabulary: Vocabulary, kind: str, key: str) -> list[str]:
    term = vocabulary.get(kind, {}).get(key)
    return [term.label, *term.old_names] if term else []


def _names(chosen: Iterable[ControlledTerm]) -> list[str]:
    return [name for term in chosen for name in terms.names(term)]


def _joined(*texts: str) -> str:
    """Paragraphs of their own, so that no phrase runs from one into the next."""
    return "\n\n".join(text for text in texts if text)


def _number(moment: date | datetime | None) -> int:
    """A day as yyyymmdd; 0 for none."""
    return int(moment.strftime("%Y%m%d")) if moment else 0
