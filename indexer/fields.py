"""mappings/*.json → frozen Field objects: the one list of fields, facets, labels and weights, for every engine."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a mapping.

    type: as Elasticsearch names it. role: what the field is for. sources: names of the texts in it ("pages": all
    pages of the document). analysis: which tokens of a text, see `indexer.entry_values`. boost: weight in the score,
    0 for a field that only decides what is found. names: what people may write before a colon. order: of facets,
    from 1. indexed: can be filtered by; fast: can be counted, sorted and fetched; kept: what the index keeps of a
    token beside its entries ("docs" nothing, "freqs" how often, "positions" where, for phrases and nearness).
    """

    name: str
    type: str
    role: str
    indexed: bool
    fast: bool
    kept: str
    sources: tuple[str, ...]
    analysis: str
    boost: float
    label: str
    label_en: str
    parameter: str
    order: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Mapped:
    """A part of the index as its mapping file declares it."""

    fields: tuple[Field, ...]
    ranking: Mapping[str, float]
    final_report_types: frozenset[str]

    @cached_property
    def by_name(self) -> Mapping[str, Field]:
        return MappingProxyType({field.name: field for field in self.fields})

    @cached_property
    def facets(self) -> tuple[Field, ...]:
        """In the order in which they are shown."""
        return tuple(sorted((f for f in self.fields if f.role == "facet"), key=lambda f: f.order))

    @cached_property
    def texts(self) -> tuple[Field, ...]:
        return tuple(f for f in self.fields if f.role == "text")

    @cached_property
    def named(self) -> Mapping[str, tuple[Field, ...]]:
        """Fields by what people may write before a colon; a text has one for each analysis."""
        found: dict[str, tuple[Field, ...]] = {}
        for field in self.fields:
            for name in field.names:
                found[name] = (*found.get(name, ()), field)
        return MappingProxyType(found)

    @property
    def near(self) -> int:
        """How many tokens may stand between two parts of a compound in a field of parts."""
        return int(self.ranking.get("near", 0))

    @property
    def most_gram_words(self) -> int:
        return int(self.ranking.get("most_gram_words", 0))

    @cached_property
    def widest(self) -> tuple[str, ...]:
        """The sources of the fields that hold everything."""
        return max((field.sources for field in self.texts), key=len)

    def text_of(self, sources: tuple[str, ...], analysis: str) -> Field | None:
        return next((f for f in self.texts if f.sources == sources and f.analysis == analysis), None)


@cache
def mapping_text(part: str) -> str:
    """The mapping file of `documents` or `pages`, as it stands."""
    return files("mappings").joinpath(f"{part}.json").read_text("utf-8")


def mapping(part: str) -> dict[str, Any]:
    """The same, read."""
    found: dict[str, Any] = json.loads(mapping_text(part))
    return found


def documents() -> Mapped:
    return read(mapping_text("documents"))


def pages() -> Mapped:
    return read(mapping_text("pages"))


@cache
def read(text: str) -> Mapped:
    """What the text of a mapping file declares."""
    return read_mapping(json.loads(text))


def facets() -> tuple[Field, ...]:
    """The facets of documents, in the order in which they are shown."""
    return documents().facets


@cache
def mapping_fingerprint() -> str:
    return hashlib.sha256((mapping_text("documents") + mapping_text("pages")).encode()).hexdigest()[:16]


def read_mapping(mapping: Mapping[str, Any]) -> Mapped:
    """What a mapping declares: one of today's files, or one that an index was built for and keeps."""
    meta, properties = mapping["_meta"], mapping["properties"]
    return Mapped(
        tuple(_field(name, properties[name], described) for name, described in meta["fields"].items()),
        MappingProxyType({name: number["value"] for name, number in meta["ranking"].items()}),
        frozenset(meta.get("final_report_types", ())),
    )


def _field(name: str, declared: dict[str, Any], described: dict[str, Any]) -> Field:
    text, label = declared["type"] == "text", described.get("label", {})
    return Field(
        name=name,
        type=declared["type"],
        role=described["role"],
        indexed=declared.get("index", True),
        fast=not text and declared.get("doc_values", True),
        kept=declared.get("index_options", "docs"),
        sources=tuple(described.get("sources", ())),
        analysis=described.get("analysis", ""),
        boost=described.get("boost", 0.0),
        label=label.get("sv", name),
        label_en=label.get("en", name),
        parameter=described.get("parameter", ""),
        order=described.get("order", 0),
        names=tuple(described.get("names", ())),
    )
