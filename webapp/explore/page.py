"""View -> the page of /utforska: controls, table, chart, comparison."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from indexer import SearchQuery
from webapp import counts, search_page
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.explore import choices, figure, notes
from webapp.explore.axes import AXES
from webapp.explore.base import base, crossed
from webapp.explore.choices import NO_COLUMNS, View
from webapp.explore.comparison import Comparison, comparison
from webapp.explore.counting import ALL, Counting, counted
from webapp.explore.money import granted
from webapp.explore.over_years import over_years
from webapp.explore.table import Table, Tabulating
from webapp.figures import number, upper_first
from webapp.search_facets import Chip, chips, without_filters
from webapp.search_spelling import Spelling, spelling
from webapp.search_words import Choice
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.told_terms import words_of
from webapp.unknown_choices import unknown_choices, unknown_told
from webapp.vocabulary import Vocabulary

FORM = frozenset({"q", "rader", "kolumner", "rakna", "andel", "sort", "sida", "alla", "diagram"})
COMPARING = frozenset({"a", "b"})


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    label: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Control:
    """A field of choices: its name in the address, its label."""

    name: str
    label: str
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class ExplorePage:
    """What the template shows.

    found: what the base finds, in words; list: its address on the search page. unknown: sentences about choices that
    nothing has, where nothing is found. kept, kept_comparing: the pairs that the two forms carry along. whole: the
    address with every row and column, "" where none is left out.
    """

    view: View
    title: str
    found: str
    list: str
    chips: tuple[Chip, ...]
    clear: str
    unknown: tuple[str, ...]
    spelling: Spelling | None
    controls: tuple[Control, ...]
    kept: tuple[tuple[str, str], ...]
    kept_comparing: tuple[tuple[str, str], ...]
    table: Table
    counting: Counting
    caption: str
    over: str
    under: tuple[str, ...]
    left_out: tuple[str, ...]
    whole: str
    drawn: figure.Drawn | None
    comparison: Comparison | None
    measures: tuple[Choice, ...]

    @property
    def address(self) -> str:
        return choices.link(self.view)

    def file(self, name: str) -> str:
        """The address of a file made of this view."""
        return choices.link(self.view, f"{choices.PATH}/{name}")


def build(view: View, bank: Bank, *, complete: bool = False) -> ExplorePage:
    """complete: the table has every row and column. Raises BadQuery, EngineUnavailable."""
    found = base(view, bank)
    view = replace(view, query=found.query)
    words = words_of(view.query, bank.database)
    cross = crossed(view, found.query, bank, complete=complete)
    counting = counted(cross, view, lambda groups: granted(bank.database, groups, view))
    table = Tabulating(view, found.query, counting, words, search_page.link).table(complete=complete)

    def link(query: SearchQuery) -> str:
        return choices.link(replace(view, query=query))

    years = over_years(bank.engine, bank_vocabulary(bank.database), view, found.query)
    return ExplorePage(
        view=view,
        title=notes.title(view),
        found=_found(counting),
        list=search_page.link(found.query),
        chips=chips(found.query, words, link),
        clear=link(without_filters(found.query)),
        unknown=_unknown(view, counting, words, bank),
        spelling=spelling(found.asked, link) if found.asked else None,
        controls=tuple(_controls(view)),
        kept=tuple(pair for pair in choices.parameters(view) if pair[0] not in FORM),
        kept_comparing=tuple(pair for pair in choices.parameters(view) if pair[0] not in COMPARING),
        table=table,
        counting=counting,
        caption=notes.caption(view),
        over=notes.over(view, table),
        under=tuple(notes.under(view, table)),
        left_out=tuple(_left_out(view, table)),
        whole="" if view.whole else choices.link(replace(view, whole=True)),
        drawn=figure.drawn(view, table, counting, notes.caption(view)),
        comparison=comparison(years, view.measure, search_page.link) if years else None,
        measures=_measures(view),
    )


def _unknown(view: View, counting: Counting, words: Vocabulary, bank: Bank) -> tuple[str, ...]:
    """As the search page says it where it finds nothing."""
    total = counting.cells[ALL, ALL]
    if total.documents or total.projects:
        return ()
    return unknown_told(unknown_choices(view.query, search_page.finder(bank)), words)


def _found(counting: Counting) -> str:
    """31 dokument i 14 projekt."""
    total = counting.cells[ALL, ALL]
    return counts.found(total.documents, len(total.projects))


def _controls(view: View) -> Iterator[Control]:
    yield Control("rader", _("Rader"), tuple(Option(a.parameter, str(a.label), a == view.rows) for a in AXES))
    none = Option(NO_COLUMNS, _("Inga"), view.columns is None)
    across = tuple(Option(a.parameter, str(a.label), a == view.columns) for a in AXES)
    yield Control("kolumner", _("Kolumner"), (none, *across))
    what = {"projekt": upper_first(_("projekt")), "dokument": _("Dokument"), "medel": _("Beviljade medel")}
    yield Control("rakna", _("Räkna"), tuple(Option(n, label, n == view.count) for n, label in what.items()))
    shares = {"rad": _("Raden"), "kolumn": _("Kolumnen"), "alla": _("Alla")}
    yield Control("andel", _("Andel av"), tuple(Option(n, label, n == view.share) for n, label in shares.items()))


def _left_out(view: View, table: Table) -> Iterator[str]:
    """Nothing is cut silently."""
    if count := table.rows_left_out:
        yield ngettext(
            "%(n)s rad med %(many)s visas inte här.",
            "%(n)s rader med %(many)s visas inte här.",
            count,
            n=number(count),
            many=view.rows.many,
        )
    if view.columns and (count := table.columns_left_out):
        yield ngettext(
            "%(n)s kolumn med %(many)s visas inte här.",
            "%(n)s kolumner med %(many)s visas inte här.",
            count,
            n=number(count),
            many=view.columns.many,
        )


def _measures(view: View) -> tuple[Choice, ...]:
    share = Choice(
        _("andel av årets dokument"), None, choices.link(replace(view, measure="andel")), view.measure == "andel"
    )
    count = Choice(_("antal dokument"), None, choices.link(replace(view, measure="antal")), view.measure == "antal")
    return share, count
