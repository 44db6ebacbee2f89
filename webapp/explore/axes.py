"""What rows and columns can be: each facet, and the year; their values in the order of a table."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from catalog.seeded_terms import FIXED
from indexer import MISSING, SearchQuery, collation_key
from webapp.facets import FACETS
from webapp.figures import upper_first
from webapp.texts import LazyText, gettext
from webapp.texts import lazy_gettext as _l
from webapp.vocabulary import Vocabulary

YEAR, FUNDING_YEAR = "year", "funding_year"
LONGEST_SPAN = 60  # years between the first and the last that are filled in; a wrong date must not make 300 rows

_MANY = {
    "document_type": _l("dokumenttyper"),
    "subject_area": _l("sakområden"),
    "organisation": _l("förvaltningar"),
    "finding": _l("utfall"),
    "method": _l("metoder"),
    "target_group": _l("målgrupper"),
    "status": _l("statusar"),
    "project_type": _l("projekttyper"),
    "keyword": _l("nyckelord"),
    FUNDING_YEAR: _l("år med medel"),
    "equality_analysis": _l("svar om jämställdhetsanalys"),
    YEAR: _l("år"),
}


@dataclass(frozen=True, slots=True)
class Axis:
    """name: as the engine counts by it. parameter: in the address. many: its values, in a sentence."""

    name: str
    parameter: str
    label: LazyText
    many: LazyText


AXES = (
    *(Axis(facet.name, facet.parameter, facet.label, _MANY[facet.name]) for facet in FACETS),
    Axis(YEAR, "ar", _l("År"), _MANY[YEAR]),
)
BY_PARAMETER = {axis.parameter: axis for axis in AXES}
BY_NAME = {axis.name: axis for axis in AXES}


def label(axis: Axis, key: str, words: Vocabulary) -> str:
    if key == MISSING:
        return gettext("Uppgift saknas")
    return str(int(key)) if axis.name == YEAR else upper_first(words.label(axis.name, key))


def keys(axis: Axis, present: Iterable[str], query: SearchQuery, words: Vocabulary) -> list[str]:
    """Those that are present, and those of a fixed list or between two years that nothing has: an empty row tells too.

    In the list's own order, years as they follow, others by label; what has no value comes last.
    """
    found = set(present)
    known = found - {MISSING}
    if axis.name == YEAR:
        known |= set(_between(known))
    elif axis.name in FIXED:
        known |= {key for key in words.named(axis.name) if _asked_for(axis, key, query)}
    return [*sorted(known, key=lambda key: _place(axis, key, words)), *sorted(found & {MISSING})]


def _asked_for(axis: Axis, key: str, query: SearchQuery) -> bool:
    chosen = query.filter_of(axis.name)
    return key not in chosen.exclude and (not chosen.include or key in chosen.include)


def _between(years: set[str]) -> Iterable[str]:
    if not years or int(max(years)) - int(min(years)) > LONGEST_SPAN:
        return ()
    return (f"{year:04d}" for year in range(int(min(years)), int(max(years)) + 1))


def _place(axis: Axis, key: str, words: Vocabulary) -> tuple[int, str, str]:
    if axis.name == YEAR:
        return int(key), "", key
    if axis.name in FIXED:
        order = list(words.named(axis.name))
        return (order.index(key) if key in order else len(order)), "", key
    return 0, collation_key(label(axis, key, words)), key
