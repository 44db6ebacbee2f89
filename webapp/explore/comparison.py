"""How the comparison over the years is shown: chart, table, and sentences of what is seen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from indexer import SearchQuery
from webapp.charts import Chart, Series
from webapp.counts import documents_counted
from webapp.explore.choices import Measure
from webapp.explore.over_years import OverYears, Trend, asks_for_all_words
from webapp.explore.table import percent
from webapp.figures import number
from webapp.texts import gettext as _
from webapp.texts import ngettext

HUNDRED = 100
FEW = 10  # documents of a year, of which one moves the share by ten percent
FEWEST_FOR_LINES = 2  # years
Link = Callable[[SearchQuery], str]


@dataclass(frozen=True, slots=True)
class Count:
    """A search in one year; link: "" where nothing is behind it."""

    documents: int
    told: str
    share: str
    link: str


@dataclass(frozen=True, slots=True)
class YearLine:
    year: int
    documents: Count
    counts: tuple[Count, ...]


@dataclass(frozen=True, slots=True)
class Said:
    """What is seen of one search: its name, then words."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """chart: None where there are no two years. instead: (name, better spelling) of words that nothing holds."""

    title: str
    names: tuple[str, ...]
    links: tuple[str, ...]
    lines: tuple[YearLine, ...]
    chart: Chart | None
    measured: str
    said: tuple[Said, ...]
    notes: tuple[str, ...]
    instead: tuple[tuple[str, str], ...]


def comparison(found: OverYears, measure: Measure, link: Link) -> Comparison:
    names = tuple(trend.name for trend in found.trends)
    what = _("Andel av årets dokument") if measure == "andel" else _("Antal dokument")
    title = _("%(what)s: %(names)s", what=what, names=_(" och ").join(names))
    return Comparison(
        title=title,
        names=names,
        links=tuple(link(trend.query) for trend in found.trends),
        lines=tuple(_line(found, year, link) for year in found.years),
        chart=_chart(found, measure, title) if len(found.years) >= FEWEST_FOR_LINES else None,
        measured=_measured(found, measure),
        said=tuple(Said(trend.name, _said(found, trend, measure)) for trend in found.trends) if found.years else (),
        notes=tuple(_notes(found, measure)),
        instead=tuple((trend.name, trend.instead) for trend in found.trends if trend.instead),
    )


def _chart(found: OverYears, measure: Measure, title: str) -> Chart:
    series = tuple(
        Series(trend.name, tuple(_value(found, trend, year, measure) for year in found.years)) for trend in found.trends
    )
    return Chart("lines", title, tuple(map(str, found.years)), series, "%" if measure == "andel" else "")


def _value(found: OverYears, trend: Trend, year: int, measure: Measure) -> float | None:
    if measure == "antal":
        return float(trend.by_year.get(year, 0))
    share = found.share(trend, year)
    return None if share is None else round(share * HUNDRED, 2)


def _line(found: OverYears, year: int, link: Link) -> YearLine:
    def count(query: SearchQuery, documents: int, share: float | None) -> Count:
        address = link(query.narrowed("year", f"{year:04d}")) if documents else ""
        return Count(documents, number(documents), percent(share) if documents else "", address)

    return YearLine(
        year,
        count(found.base, found.by_year.get(year, 0), None),
        tuple(count(trend.query, trend.by_year.get(year, 0), found.share(trend, year)) for trend in found.trends),
    )


def _measured(found: OverYears, measure: Measure) -> str:
    """What the figures are of, before the sentences of each search."""
    if not found.years:
        return _("Inget av dokumenten har ett känt år.")
    if measure == "antal":
        return _("Antal dokument som innehåller orden.")
    return _("Andel av årets dokument som innehåller orden.")


def _said(found: OverYears, trend: Trend, measure: Measure) -> str:
    """From the first year with documents to the last, and the highest between them."""
    if not any(trend.by_year.values()):
        return _("finns inte i något dokument.")
    first, last = found.years[0], found.years[-1]
    values = {year: _value(found, trend, year, measure) or 0 for year in found.years}
    start, end = (_told(values[year], measure) for year in (first, last))
    if first == last:
        return _("finns i %(end)s %(last)s.", end=end, last=last)
    moved = start != end
    said = (
        _("har gått från %(start)s %(first)s till %(end)s %(last)s.", start=start, first=first, end=end, last=last)
        if moved
        else _("ligger på %(end)s både %(first)s och %(last)s.", end=end, first=first, last=last)
    )
    peak = max(values, key=lambda year: (values[year], year))
    if _told(values[peak], measure) in {start, end}:
        return said
    return f"{said} " + _("Högst var %(peak)s: %(n)s.", peak=peak, n=_told(values[peak], measure))


def _told(value: float, measure: Measure) -> str:
    """31 procent, or 12 dokument."""
    if measure == "andel":
        return _("%(n)s procent", n=round(value))
    return documents_counted(round(value))


def _notes(found: OverYears, measure: Measure) -> Iterator[str]:
    few = [year for year in found.years if 0 < found.by_year.get(year, 0) < FEW]
    if few and measure == "andel":
        yield ngettext(
            "Ett av åren har färre än %(few)s dokument. Där säger andelen lite.",
            "%(num)s av åren har färre än %(few)s dokument. Där säger andelen lite.",
            len(few),
            few=FEW,
        )
    if asks_for_all_words(found.base):
        yield _("Jämförelsen räknar dokument som har alla ord i grundsökningen, inte bara något av dem.")
    left_out = sum(count for year, count in found.by_year.items() if year not in found.years)
    if left_out:
        yield _("Dokument från tidigare år än %(first)s visas inte: %(n)s.", first=found.years[0], n=number(left_out))
