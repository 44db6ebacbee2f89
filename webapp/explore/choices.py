"""Address <-> View, both ways, pure: a view of /utforska can be bookmarked, mailed, kept and gone back to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal, TypeVar, get_args
from urllib.parse import quote_plus

from werkzeug.datastructures import MultiDict

from indexer import SearchQuery, Sort
from webapp import search_url
from webapp.charts import Kind
from webapp.explore.axes import BY_NAME, BY_PARAMETER, Axis
from webapp.facets import FACETS
from webapp.search_url import Arguments

T = TypeVar("T", bound=str)

PATH = "/utforska"
NO_COLUMNS = "inga"
Count = Literal["projekt", "dokument", "medel"]
Share = Literal["rad", "kolumn", "alla"]
Measure = Literal["andel", "antal"]
KINDS: dict[str, Kind] = {"staplar": "bars", "delade": "stacked", "linjer": "lines", "karta": "heat"}
_WRITTEN_KINDS = {kind: word for word, kind in KINDS.items()}


@dataclass(frozen=True, slots=True)
class View:
    """query: the base, whose sort and page say nothing here. columns: None for a table of one dimension.

    kind: of the chart, None for the one that suits the table. whole: rows and columns that a page leaves out are shown.
    first, second: the searches that are compared over the years, in `measure`.
    """

    query: SearchQuery = SearchQuery()  # noqa: RUF009 - frozen
    rows: Axis = BY_NAME["subject_area"]
    columns: Axis | None = BY_NAME["finding"]
    count: Count = "projekt"
    share: Share = "rad"
    kind: Kind | None = None
    whole: bool = False
    first: str = ""
    second: str = ""
    measure: Measure = "andel"


USUAL = View()


def read(args: Arguments) -> View:
    """The view of an address, within the bounds of a search; raises BadQuery. Unknown words are left aside.

    `forut` is what the form's question was when the page was made: of another question its reading says nothing.
    """
    query = search_url.read(_same_question(args), FACETS)
    rows = BY_PARAMETER.get(_one(args, "rader"), USUAL.rows)
    columns = None if _one(args, "kolumner") == NO_COLUMNS else BY_PARAMETER.get(_one(args, "kolumner"), USUAL.columns)
    return View(
        query=replace(query, sort=Sort.RELEVANCE, page=1),
        rows=rows,
        columns=columns if columns != rows else None,
        count=_word(args, "rakna", get_args(Count), USUAL.count),
        share=_word(args, "andel", get_args(Share), USUAL.share),
        kind=KINDS.get(_one(args, "diagram")),
        whole=_one(args, "alla") == "ja",
        first=search_url.read(MultiDict({"q": _one(args, "a")}), ()).text,
        second=search_url.read(MultiDict({"q": _one(args, "b")}), ()).text,
        measure=_word(args, "matt", get_args(Measure), USUAL.measure),
    )


def parameters(view: View) -> list[tuple[str, str]]:
    """Names and values of the address, in their one order; what is as usual is left out."""
    columns = view.columns.parameter if view.columns else NO_COLUMNS
    usual_columns = USUAL.columns if view.rows != USUAL.columns else None
    own = (
        ("rader", view.rows.parameter, view.rows == USUAL.rows),
        ("kolumner", columns, view.columns == usual_columns),
        ("rakna", view.count, view.count == USUAL.count),
        ("andel", view.share, view.share == USUAL.share),
        ("diagram", _WRITTEN_KINDS[view.kind] if view.kind else "", not view.kind),
        ("alla", "ja", not view.whole),
        ("a", view.first, not view.first),
        ("b", view.second, not view.second),
        ("matt", view.measure, view.measure == USUAL.measure),
    )
    return [*search_url.parameters(view.query, FACETS), *((name, value) for name, value, usual in own if not usual)]


def link(view: View, path: str = PATH) -> str:
    """The one address of a view, or of a file made of it."""
    pairs = "&".join(f"{name}={quote_plus(value, safe=':')}" for name, value in parameters(view))
    return f"{path}?{pairs}" if pairs else path


def needs_tidying(args: MultiDict[str, str]) -> bool:
    """Whether a form was sent, whose fields are not the address of what it asks for."""
    return "forut" in args or search_url.needs_tidying(args.items(multi=True))


def _same_question(args: Arguments) -> Arguments:
    """Without the reading and the mending of another question."""
    if not args.getlist("forut") or _one(args, "forut") == _one(args, "q"):
        return args
    return MultiDict([(name, value) for name in _names() for value in args.getlist(name)])


def _names() -> tuple[str, ...]:
    return ("q", "inte", "ater", "ar", "fran", "till", *(facet.parameter for facet in FACETS))


def _one(args: Arguments, name: str) -> str:
    return (args.getlist(name) or [""])[-1].strip()


def _word(args: Arguments, name: str, known: tuple[T, ...], usual: T) -> T:
    return next((word for word in known if word == _one(args, name)), usual)
