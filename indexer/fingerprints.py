"""What an index must have been built for to answer as this program means it."""

from __future__ import annotations

from collections.abc import Mapping

from indexer import fields
from indexer.analysis.version import analysis_version


def fingerprint() -> dict[str, str]:
    """Of mapping and analysis; an engine adds the `format` of its own files."""
    return {"mapping": fields.mapping_fingerprint(), "analysis": analysis_version()}


def is_current(built_for: Mapping[str, str]) -> bool:
    """False for an index that still serves, but should be rebuilt."""
    return all(built_for.get(name) == value for name, value in fingerprint().items())
