"""The facets of the search page: declared in mappings/documents.json, in the order there."""

from __future__ import annotations

from dataclasses import dataclass

from indexer import Field, facets
from webapp.languages import language
from webapp.texts import LazyText, lazy_text

UNFOLDED = 3  # the first lists stand open; the others fold until something in them is chosen


@dataclass(frozen=True, slots=True)
class Facet:
    """name: field of the index and kind of the record's terms. parameter: in the address."""

    name: str
    parameter: str
    label: LazyText
    unfolded: bool


def _label(field: Field) -> str:
    return field.label_en if language() == "en" else field.label


FACETS = tuple(
    Facet(field.name, field.parameter, lazy_text(_label, field), field.order <= UNFOLDED) for field in facets()
)
BY_NAME = {facet.name: facet for facet in FACETS}
