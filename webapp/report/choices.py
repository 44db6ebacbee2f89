"""What a report is asked to hold <-> its address, both ways. The address is the state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from indexer import FIRST_YEAR, LAST_YEAR, Filter, SearchQuery
from webapp.search_url import Arguments, BadQuery
from webapp.texts import LazyText, gettext
from webapp.texts import lazy_gettext as _l

PATH = "/utforska/arsrapport"
CHARTS, SUMMARIES, EQUALITY, TABLE = "diagram", "sammanfattningar", "jamstalldhet", "tabell"
PARTS: Mapping[str, LazyText] = {
    CHARTS: _l("Diagram"),
    SUMMARIES: _l("Sammanfattningar"),
    EQUALITY: _l("Jämställdhet"),
    TABLE: _l("Tabell över alla projekt"),
}
ALWAYS = "projekt"  # stands in the address of a form where every part was ticked off, so that none is not all
LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Choices:
    """organisation and project_type: keys, "" for all. template: a file of the bank's own, "" for the standard one."""

    year: int
    organisation: str = ""
    project_type: str = ""
    template: str = ""
    parts: frozenset[str] = frozenset(PARTS)

    @property
    def query(self) -> SearchQuery:
        """The question whose hits the report is about."""
        chosen = {
            "funding_year": f"{self.year:04d}",
            "organisation": self.organisation,
            "project_type": self.project_type,
        }
        return SearchQuery(filters=tuple(Filter(name, (key,)) for name, key in sorted(chosen.items()) if key))

    def link(self, ending: str = "") -> str:
        """The report's address; `ending` is that of a file: ".docx" or ".html"."""
        pairs = [("ar", str(self.year)), ("forvaltning", self.organisation), ("typ", self.project_type)]
        pairs += [("mall", self.template)]
        if self.parts != frozenset(PARTS):
            pairs += [("del", part) for part in (ALWAYS, *(part for part in PARTS if part in self.parts))]
        return f"{PATH}{ending}?{urlencode([(name, value) for name, value in pairs if value])}"


def read(args: Arguments) -> Choices | None:
    """The choices of an address, None where it names no year yet. Raises BadQuery."""
    if not (year := _one(args, "ar")):
        return None
    parts = {part for part in args.getlist("del") if part}
    return Choices(
        _year(year),
        _one(args, "forvaltning"),
        _one(args, "typ"),
        _one(args, "mall"),
        frozenset(parts & PARTS.keys()) if parts else frozenset(PARTS),
    )


def _one(args: Arguments, name: str) -> str:
    value = (args.getlist(name) or [""])[-1].strip()
    if len(value) > LONGEST_NAME or not value.isprintable():
        shown = "".join(letter for letter in value[:20] if letter.isprintable())
        raise BadQuery(gettext("Valet %(value)s går inte att läsa. Välj i listorna.", value=shown))
    return value


def _year(written: str) -> int:
    is_whole = written.isascii() and written.isdecimal() and len(written) == len("2019")
    if not is_whole or not FIRST_YEAR <= int(written) <= LAST_YEAR:
        raise BadQuery(
            gettext("Året %(year)s går inte att läsa. Skriv fyra siffror, till exempel 2019.", year=written[:20])
        )
    return int(written)
