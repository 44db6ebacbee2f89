"""The section "Sammanfattning" of a text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from indexer.extraction.paragraphs import Paragraph

LONGEST = 5000  # characters
_HEADING = re.compile(r"(?:\d+(?:\.\d+)*\.?\s+)?(?:kort\s+)?(sammanfattning|summary)\b[^.]{0,40}", re.IGNORECASE)
_CONTENTS_LINE = re.compile(r"[.…\s]{3,}\d+\s*$")


def find(paragraphs: Iterable[Paragraph]) -> str:
    """Paragraphs from that heading to the next of its level or above; "" where there is none."""
    found: list[str] = []
    level = 0
    for paragraph in paragraphs:
        if level and paragraph.level and paragraph.level <= level:
            if found:
                break
            level = 0
        if level:
            found.append(paragraph.text)
        elif paragraph.level and _HEADING.fullmatch(paragraph.text) and not _CONTENTS_LINE.search(paragraph.text):
            level = paragraph.level
    return _shortened("\n\n".join(found))


def _shortened(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    end = text.rfind(". ", 0, LONGEST)
    return text[: end + 1] if end > 0 else text[:LONGEST]
