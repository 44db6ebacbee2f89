"""What the start page shows of the views that somebody put there: figures of the visitor's own rights."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from threading import Lock
from time import monotonic
from urllib.parse import parse_qsl, urlsplit
from weakref import WeakKeyDictionary

from werkzeug.datastructures import MultiDict

from catalog import saved_views
from catalog.database import Database
from indexer import SearchError, SearchQuery, ask
from webapp import search_page, search_url
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.explore import choices, figure, page
from webapp.facets import FACETS
from webapp.kept_terms import in_todays_terms
from webapp.languages import language
from webapp.search_url import BadQuery
from webapp.told_terms import chooses_untold

log = logging.getLogger(__name__)

ROWS = 5
WIDTH = 100
# Each of the views is a table of the whole bank, and everybody begins on the start page. Its figures may so be some
# seconds older than the hits behind them, by each process on its own; a view put there or taken off is seen at once.
FRESH_FOR = 15.0  # seconds

Kept = tuple[tuple[str, str], ...]  # name and address of each view


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the view's table; width: of its bar, of 100."""

    label: str
    link: str
    told: str
    width: float


@dataclass(frozen=True, slots=True)
class StartView:
    """told: what its search finds, or what its chart shows, in words. rows: the tallest of its table."""

    name: str
    link: str
    told: str
    caption: str
    rows: tuple[Row, ...]


Asked = tuple[Kept, frozenset[str], int, str]
_shown: WeakKeyDictionary[Database, dict[Asked, tuple[float, tuple[StartView, ...]]]] = WeakKeyDictionary()
_lock = Lock()


def views(bank: Bank, audience: frozenset[str], today: int) -> tuple[StartView, ...]:
    """Those whose figures can be had; without them when search is away."""
    with bank.database.reading() as session:
        kept = tuple((view.name, view.address) for view in saved_views.on_start(session))
    if not kept:
        return ()
    asked = (kept, audience, today, language())
    with _lock:
        shown = _shown.setdefault(bank.database, {})
        since, found = shown.get(asked, (float("-inf"), ()))
    if monotonic() - since > FRESH_FOR:
        made = list(_views(kept, bank, audience, today))
        found = tuple(filter(None, made))
        for old in [one for one, (then, _) in shown.items() if monotonic() - then > FRESH_FOR]:
            shown.pop(old, None)
        if len(made) == len(kept):  # what is left out while search is away comes back with it
            shown[asked] = monotonic(), found
    return found


def _views(kept: Kept, bank: Bank, audience: frozenset[str], today: int) -> Iterator[StartView | None]:
    """None for a view of what this audience may not know of: its address would tell. Without those that failed."""
    for name, address in kept:
        args = MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        try:
            if urlsplit(address).path == choices.PATH:
                view = choices.read(args)
                view = replace(view, query=view.query.visible_to(audience, today))
                yield None if chooses_untold(view.query, bank.database) else _table(name, view, bank)
            else:
                query = search_url.read(args, FACETS).visible_to(audience, today)
                yield None if chooses_untold(query, bank.database) else _search(name, query, bank)
        except (BadQuery, SearchError) as error:
            log.warning("The start page leaves out a view: %s", error)


def _table(name: str, view: choices.View, bank: Bank) -> StartView:
    asked = replace(view, query=in_todays_terms(view.query, bank.database), first="", second="")
    built = page.build(asked, bank)
    lines = [line for line in built.table.lines if line.total.value]
    tallest = sorted(lines, key=lambda line: -line.total.value)[:ROWS]
    kept = [line for line in lines if line in tallest]
    most = max((line.total.value for line in kept), default=1)
    rows = tuple(
        Row(one.head.label, one.head.link, one.total.told, round(one.total.value / most * WIDTH, 1)) for one in kept
    )
    return StartView(
        name, choices.link(view), figure.of_rows(built.view, built.table) if rows else built.found, built.caption, rows
    )


def _search(name: str, asked: SearchQuery, bank: Bank) -> StartView:
    query = in_todays_terms(asked, bank.database)
    found = ask(bank.engine, bank_vocabulary(bank.database), replace(query, page=1, projects_a_page=1)).result
    return StartView(name, search_page.link(query), search_page.heading(found, filtered=query.has_filters), "", ())
