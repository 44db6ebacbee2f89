"""Which reader would read a file today: its fingerprint stands on each document, so that a better one knows its work.

Raise an extractor's number when it gives other text for the same file, `TOGETHER` when what all share does. They stand
here and not in the extractors so that a web process can compare them without a PDF library.
"""

from __future__ import annotations

from collections.abc import Mapping

from indexer.extraction import media_types, registry

TOGETHER = "3"  # pages, headings, running lines, titles, languages: what is made of every extractor's text
FIRST = "1"
# Module of an extractor → its version, where that is not FIRST.
_VERSIONS: Mapping[str, str] = {
    "epub": "2",
    "html": "2",
    "mail": "2",
    "opendocument": "2",
    "outlook": "3",
    "pdf": "2",
    "plain": "2",
    "rtf": "2",
    "separated": "2",
    "slides": "2",
    "word": "2",
}


def fingerprint(media_type: str) -> str:
    """As pdf:1.3; empty for what nobody reads."""
    name = registry.extractor_name(media_type)
    return f"{name}:{_VERSIONS.get(name, FIRST)}.{TOGETHER}" if name else ""


def readers() -> dict[str, str]:
    """The fingerprint of today's reader by media type."""
    return {kind: told for kind in formats().values() if (told := fingerprint(kind))}


def formats() -> dict[str, str]:
    """Media types by the short names that commands take: pdf, docx, odt and so on."""
    told = vars(media_types).items()
    named = {name.lower(): value for name, value in told if name.isupper() and isinstance(value, str)}
    return named | {program.lower(): kind for kind, program in media_types.IMAGES.items()}
