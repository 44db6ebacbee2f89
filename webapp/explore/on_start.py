"""What the start page shows of the views that somebody put there: figures of the visitor's own rights."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import parse_qsl, urlsplit

from werkzeug.datastructures import MultiDict

from catalog import saved_views
from indexer import SearchError, ask
from webapp import search_page, search_url
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.explore import choices, figure, page
from webapp.facets import FACETS
from webapp.kept_terms import in_todays_terms
from webapp.search_url import BadQuery
from webapp.vocabulary import vocabulary

log = logging.getLogger(__name__)

ROWS = 5
WIDTH = 100


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


def views(bank: Bank, audience: frozenset[str], today: int) -> tuple[StartView, ...]:
    """Those whose figures can be had; without them when search is away."""
    with bank.database.reading() as session:
        kept = [(view.name, view.address) for view in saved_views.on_start(session)]
    return tuple(_views(kept, bank, audience, today))


def _views(kept: list[tuple[str, str]], bank: Bank, audience: frozenset[str], today: int) -> Iterator[StartView]:
    for name, address in kept:
        args = MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True))
        try:
            if urlsplit(address).path == choices.PATH:
                yield _table(name, choices.read(args), bank, audience, today)
            else:
                yield _search(name, args, bank, audience, today)
        except (BadQuery, SearchError) as error:
            log.warning("The start page leaves out a view: %s", error)


def _table(name: str, view: choices.View, bank: Bank, audience: frozenset[str], today: int) -> StartView:
    query = in_todays_terms(view.query, vocabulary(bank.database)).visible_to(audience, today)
    asked = replace(view, query=query, first="", second="")
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


def _search(name: str, args: MultiDict[str, str], bank: Bank, audience: frozenset[str], today: int) -> StartView:
    query = in_todays_terms(search_url.read(args, FACETS), vocabulary(bank.database))
    asked = replace(query, page=1, projects_a_page=1).visible_to(audience, today)
    result = ask(bank.engine, bank_vocabulary(bank.database), asked).result
    return StartView(name, search_page.link(query), search_page.heading(result, filtered=query.has_filters), "", ())
