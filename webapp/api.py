"""/api/v1: the same questions and answers as the pages, as JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from webapp import search_page
from webapp.export import downloads, files
from webapp.export.about import Told, head
from webapp.export.columns import columns
from webapp.export.labels import Keys
from webapp.search import answered, asked
from webapp.search_facets import FacetList
from webapp.search_hits import Group, Hit, Parts
from webapp.search_page import SearchPage
from webapp.signed_in import may_edit

bp = Blueprint("api", __name__, url_prefix="/api/v1")


@bp.get("/search")
def search() -> ResponseReturnValue:
    """Takes the parameters of /sok, one page of hits at a time. Links lead to the pages for people."""
    return jsonify(answer(answered(asked())))


@bp.get("/hits")
def hits() -> ResponseReturnValue:
    """Every hit of the same parameters, a JSON object a line, with keys for labels (docs/export.md)."""
    return downloads.in_turn(lambda: _lines(downloads.found(asked())))


def _lines(told: Told) -> Response:
    chosen, keys = columns(for_editors=may_edit()), Keys(told.root)
    pieces = files.line_pieces(head(told), chosen, downloads.batches(told), keys)
    return downloads.streamed(pieces, "application/x-ndjson")


def answer(page: SearchPage) -> dict[str, Any]:
    return {
        "question": page.query.text,
        "spelling": _spelling(page),
        "reading": page.query.reading,
        "readings": _readings(page),
        "total": page.result.total,
        "total_projects": page.result.total_projects,
        "page": page.query.page,
        "link": search_page.link(page.query),
        "projects": [_project(group) for group in page.groups],
        "facets": {facet.name: _values(facet) for facet in page.facets},
        "years": {str(year): count for year, count in sorted(page.result.years.items()) if year},
        "filters": [{"facet": chip.field, "label": chip.label, "excluded": chip.negated} for chip in page.chips],
    }


def _spelling(page: SearchPage) -> dict[str, Any] | None:
    """applied: the answer is that of the mended question; else it is only proposed."""
    found = page.spelling
    if found is None:
        return None
    return {"applied": found.applied, "typed": found.typed, "proposed": found.text, "link": found.link}


def _readings(page: SearchPage) -> dict[str, int]:
    """Documents by reading, for the readings that may answer differently."""
    counted = {"all": page.result.all_words, "any": page.result.any_words, "exact": page.result.exact_words}
    return {name: count for name, count in counted.items() if count is not None}


def _project(group: Group) -> dict[str, Any]:
    """A project with its documents, best first; id 0 and empty fields for a document without project.

    left_out: how many more of its documents are hits; `/api/v1/hits` has them too.
    """
    folded = [
        {"id": hit.document_id, "title": hit.title, "score": hit.score, "link": hit.link, "pages": []}
        for hit in group.folded
    ]
    return {
        "id": group.project_id,
        "title": group.title,
        "link": group.link,
        "score": group.score,
        "finding": group.finding,
        "passage": _marked(group.parts),
        "documents": [*map(_document, group.hits), *folded],
        "left_out": group.left_out,
    }


def _document(hit: Hit) -> dict[str, Any]:
    """pages: those with a passage first, then the others by number, with an empty passage."""
    shown = [
        {"number": one.number, "heading": one.heading, "link": one.link, "passage": _marked(one.parts)}
        for one in hit.passages
    ]
    others = [{"number": one.number, "heading": "", "link": one.link, "passage": _marked(())} for one in hit.more]
    return {
        "id": hit.document_id,
        "title": hit.title,
        "score": hit.score,
        "link": hit.link,
        "summary": hit.summary,
        "pages": [*shown, *others],
    }


def _marked(parts: Parts) -> dict[str, Any]:
    """Text with marks as [start, end] in characters (code points)."""
    return {"text": "".join(text for text, _ in parts), "marks": list(_marks(parts))}


def _marks(parts: Parts) -> Iterable[list[int]]:
    at = 0
    for text, is_marked in parts:
        if is_marked:
            yield [at, at + len(text)]
        at += len(text)


def _values(facet: FacetList) -> list[dict[str, Any]]:
    return [
        {"key": one.key, "label": one.label, "count": one.documents, "state": one.state, "link": one.link}
        for one in (*facet.shown, *facet.folded)
    ]
