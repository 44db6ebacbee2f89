"""What stands over the hits: the question in words, its address, the date and the number of hits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from indexer import Reading, SearchQuery, Sort
from webapp import counts, search_url
from webapp.export.hits import Hits
from webapp.facets import FACETS, Facet
from webapp.figures import HERE, full_date, number, upper_first, years
from webapp.texts import gettext as _
from webapp.texts import ngettext
from webapp.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Told:
    """query: as it was answered, its reading decided. root: what addresses begin with. bank: its name."""

    query: SearchQuery
    hits: Hits
    root: str
    bank: str
    moment: datetime

    @property
    def link(self) -> str:
        """The list on the search page."""
        return self.root + search_url.link(self.query, FACETS)


def about(told: Told, words: Vocabulary) -> list[tuple[str, str]]:
    """Names and values, for the head of a file."""
    here = told.moment.astimezone(HERE)
    return [
        (_("Bank"), told.bank),
        (_("Fråga"), question(told.query)),
        *filters(told.query, words),
        (_("Ordning"), order(told.query)),
        (_("Antal"), counted(told.hits)),
        (_("Hämtad"), f"{full_date(here)} {here.hour}.{here.minute:02}"),
        (_("Adress"), told.link),
        (
            _("Medel"),
            _("summan av alla år, på projektets första rad, så att en summa av kolumnen räknar varje projekt en gång"),
        ),
    ]


def head(told: Told) -> dict[str, Any]:
    """The same for programs; filters and sort are told by the address."""
    return {
        "bank": told.bank,
        "question": told.query.text,
        "typed": told.query.typed or None,
        "reading": told.query.reading,
        "link": told.link,
        "exported_at": told.moment.isoformat(timespec="seconds"),
        "documents": told.hits.documents,
        "projects": told.hits.distinct_projects,
        "count": len(told.hits),
    }


def question(query: SearchQuery) -> str:
    """The words that were searched for, and how they were read."""
    if not query.text:
        return _("hela banken")
    reading = _reading(query.reading)
    read = f"{query.text} ({reading})" if reading else query.text
    return _("%(question)s. Du skrev: %(typed)s", question=read, typed=query.typed) if query.typed else read


def filters(query: SearchQuery, words: Vocabulary) -> Iterator[tuple[str, str]]:
    """Each facet that is chosen from, and the years: ("Dokumenttyp", "Slutrapport eller Delrapport")."""
    for facet in FACETS:
        chosen = query.filter_of(facet.name)
        included = _(" eller ").join(_label(facet, key, words) for key in chosen.include)
        excluded = [_("inte %(value)s", value=_label(facet, key, words)) for key in chosen.exclude]
        if included or excluded:
            yield str(facet.label), ", ".join(filter(None, (included, *excluded)))
    if query.has_years:
        yield _("År"), _("uppgift saknas") if query.without_year else years(query.from_year, query.to_year)


def _label(facet: Facet, key: str, words: Vocabulary) -> str:
    return upper_first(words.label(facet.name, key))


def order(query: SearchQuery) -> str:
    told = {
        Sort.RELEVANCE: _("bäst först") if query.text else _("nyast"),
        Sort.NEWEST: _("nyast"),
        Sort.OLDEST: _("äldst"),
        Sort.TITLE: _("titel"),
        Sort.PAGES: _("flest sidor"),
    }
    return told[query.sort]


def counted(hits: Hits) -> str:
    """As the search page counts, and how many rows that makes: "31 dokument i 14 projekt, 33 rader"."""
    lines = ngettext("%(n)s rad", "%(n)s rader", len(hits), n=number(len(hits)))
    return _("%(found)s, %(rows)s", found=counts.found(hits.documents, hits.distinct_projects), rows=lines)


def _reading(reading: Reading) -> str:
    told = {
        Reading.ALL: _("alla orden"),
        Reading.ANY: _("något av orden"),
        Reading.EXACT: _("ordagrant"),
        Reading.ALIKE: _("liknande ord"),
    }
    return told.get(reading, "")
