"""A mapping → tantivy's schema."""

from __future__ import annotations

from typing import Final

import tantivy

from indexer.fields import Field, Mapped
from indexer.tantivy_engine import titles

_KEPT: Final = {"docs": "basic", "freqs": "freq", "positions": "position"}


def schema_of(mapped: Mapped) -> tantivy.Schema:
    """Integers are signed: tantivy silently deletes nothing by an unsigned field."""
    builder = tantivy.SchemaBuilder()
    for field in mapped.fields:
        _add(builder, field)
    return builder.build()


def _add(builder: tantivy.SchemaBuilder, field: Field) -> None:
    if field.role == "sort_title":
        for name in titles.NAMES:
            builder.add_integer_field(name, fast=True)
    elif field.type in {"long", "integer"}:
        builder.add_integer_field(field.name, indexed=field.indexed, fast=field.fast)
    elif field.type == "double":
        builder.add_float_field(field.name, indexed=field.indexed, fast=field.fast)
    elif field.type == "keyword":
        builder.add_text_field(field.name, tokenizer_name="raw", index_option="basic", fast=field.fast)
    else:
        builder.add_text_field(field.name, tokenizer_name="whitespace", index_option=_KEPT[field.kept])
