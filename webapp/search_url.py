"""Address <-> SearchQuery, both ways, pure. The address is the state: what is not in it is not in the question."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from typing import Protocol
from urllib.parse import quote_plus

from indexer import (
    DEEPEST_PROJECT,
    FIRST_YEAR,
    LAST_YEAR,
    LONGEST_QUESTION,
    MISSING,
    PROJECTS_A_PAGE,
    Filter,
    Reading,
    SearchQuery,
    Sort,
)
from webapp.facets import Facet
from webapp.texts import gettext

LONGEST_VALUE = 120  # as long as a term's key can be
MOST_VALUES = 50  # of one facet; more would be a machine's question
DEEPEST_PAGE = DEEPEST_PROJECT // PROJECTS_A_PAGE
_LONGEST_NUMBER = 9  # digits; beyond it int() only costs time

READINGS = {"alla": Reading.ALL, "nagot": Reading.ANY, "exakt": Reading.EXACT, "liknande": Reading.ALIKE}
SORTS = {"nyast": Sort.NEWEST, "aldst": Sort.OLDEST, "titel": Sort.TITLE, "sidor": Sort.PAGES}
_WRITTEN_READINGS = {reading: word for word, reading in READINGS.items()}
_WRITTEN_SORTS = {sort: word for word, sort in SORTS.items()}


class BadQuery(Exception):
    """The address asks for what cannot be asked; `for_people` says what and what to do."""

    def __init__(self, for_people: str) -> None:
        super().__init__(for_people)
        self.for_people = for_people


class Arguments(Protocol):
    """What a request's arguments are: several values by name."""

    def getlist(self, key: str) -> list[str]: ...


def read(args: Arguments, fields: Sequence[Facet]) -> SearchQuery:
    """The question of an address, within bounds. Raises BadQuery.

    `utfall=-` asks for what has no value of the facet, `ar=-` for what has no known year, which a range outweighs.
    `skrev` is what was typed where `q` is a mended form of it, `ratta=nej` that nothing is to be mended.
    Unknown parameters and words are left aside. `ater=typ:slutrapport` takes an exclusion back: it is how a form
    without script unpresses the button of `inte=typ:slutrapport`, and never stands in a link.
    """
    first, last = _years(args)
    text, typed = _text(args), _text(args, "skrev")
    return SearchQuery(
        text=text,
        typed=typed if text and typed != text else "",
        as_written=_one(args, "ratta") == "nej",
        reading=READINGS.get(_one(args, "ord"), Reading.AUTO),
        filters=_filters(args, fields),
        from_year=first,
        to_year=last,
        without_year=_one(args, "ar") == MISSING and first is None and last is None,
        sort=SORTS.get(_one(args, "sort"), Sort.RELEVANCE),
        page=_page(args),
    )


def parameters(query: SearchQuery, fields: Sequence[Facet]) -> list[tuple[str, str]]:
    """Names and values of the address, in their one order; what is as usual is left out."""
    pairs = [("q", query.text)] if query.text else []
    if query.typed:
        pairs.append(("skrev", query.typed))
    if query.as_written:
        pairs.append(("ratta", "nej"))
    if query.reading in _WRITTEN_READINGS:
        pairs.append(("ord", _WRITTEN_READINGS[query.reading]))
    filters = {one.field: one for one in query.filters}
    chosen = [(field, filters[field.name]) for field in fields if field.name in filters]
    pairs += [(field.parameter, value) for field, choices in chosen for value in choices.include]
    pairs += [("inte", f"{field.parameter}:{value}") for field, choices in chosen for value in choices.exclude]
    if query.without_year:
        pairs.append(("ar", MISSING))
    else:
        pairs += [(name, str(year)) for name, year in (("fran", query.from_year), ("till", query.to_year)) if year]
    if query.sort in _WRITTEN_SORTS:
        pairs.append(("sort", _WRITTEN_SORTS[query.sort]))
    return [*pairs, ("sida", str(query.page))] if query.page > 1 else pairs


def link(query: SearchQuery, fields: Sequence[Facet], path: str = "/sok") -> str:
    """The one address of a question."""
    pairs = parameters(query, fields)
    return f"{path}?{_encoded(pairs)}" if pairs else path


def needs_tidying(args: Iterable[tuple[str, str]]) -> bool:
    """Whether a form left empty fields or an unpressed button in the address, so that its one address is better."""
    return any(name == "ater" or not value for name, value in args)


def _encoded(pairs: Iterable[tuple[str, str]]) -> str:
    return "&".join(f"{name}={quote_plus(value, safe=':')}" for name, value in pairs)


def _one(args: Arguments, name: str) -> str:
    """The last value of a parameter; empty where there is none."""
    return (args.getlist(name) or [""])[-1].strip()


def _text(args: Arguments, name: str = "q") -> str:
    """NFC, blanks for control characters, so that a question has one written form."""
    text = unicodedata.normalize("NFC", _one(args, name))
    text = re.sub(r"\s+", " ", "".join(" " if unicodedata.category(c) in {"Cc", "Cs"} else c for c in text)).strip()
    if len(text) > LONGEST_QUESTION:
        raise BadQuery(gettext("Frågan är för lång. Skriv högst %(most)s tecken.", most=LONGEST_QUESTION))
    return text


def _filters(args: Arguments, fields: Sequence[Facet]) -> tuple[Filter, ...]:
    """Choices in a stable order; a value both chosen and excluded is excluded."""
    taken_back = set(args.getlist("ater"))
    against = [pair for pair in args.getlist("inte") if pair not in taken_back]
    filters = []
    for field in fields:
        exclude = _values(p.partition(":")[2] for p in against if p.partition(":")[0] == field.parameter)
        include = _values(v for v in args.getlist(field.parameter) if v.strip() not in exclude)
        if include or exclude:
            filters.append(Filter(field.name, include, exclude))
    return tuple(sorted(filters, key=lambda f: f.field))


def _values(given: Iterable[str]) -> tuple[str, ...]:
    """Each value once, in the order given; what cannot be a term's key is left aside."""
    stripped = (value.strip() for value in given)
    values = tuple(dict.fromkeys(v for v in stripped if v and len(v) <= LONGEST_VALUE and v.isprintable()))
    if len(values) > MOST_VALUES:
        raise BadQuery(gettext("Så många val på en gång går inte. Ta bort några av filtren."))
    return values


def _years(args: Arguments) -> tuple[int | None, int | None]:
    """The range, turned the right way round."""
    first, last = _year(args, "fran"), _year(args, "till")
    return (last, first) if first and last and first > last else (first, last)


def _year(args: Arguments, name: str) -> int | None:
    if not (written := _one(args, name)):
        return None
    year = _whole(written)
    if year is None or not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadQuery(
            gettext("Året %(year)s går inte att läsa. Skriv fyra siffror, till exempel 2019.", year=written[:20])
        )
    return year


def _page(args: Arguments) -> int:
    if not (written := _one(args, "sida")):
        return 1
    page = _whole(written)
    if page is None or not 1 <= page <= DEEPEST_PAGE:
        raise BadQuery(
            gettext(
                "Resultatsidan %(page)s finns inte. Det går att bläddra till sida %(deepest)s; lägg till ett ord eller "
                "ett filter för att komma åt mer.",
                page=written[:20],
                deepest=DEEPEST_PAGE,
            )
        )
    return page


def _whole(written: str) -> int | None:
    plain = written.isascii() and written.isdecimal() and len(written) <= _LONGEST_NUMBER
    return int(written) if plain else None
