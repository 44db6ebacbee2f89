"""What a text says of itself once all its scanned pages are in."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.extraction import language, summary, titles
from indexer.extraction.paragraphs import Paragraph
from indexer.extraction.result import ExtractedPage, Extraction

OPENING = 3  # pages on which a title is looked for


def whole_text(media_type: str, pages: Sequence[ExtractedPage]) -> Extraction:
    """The pages as an Extraction, with the title, language and summary that they tell."""
    paragraphs = [paragraph for page in pages for paragraph in _paragraphs(page)]
    first = [paragraph for page in pages if page.number <= OPENING for paragraph in _paragraphs(page)]
    return Extraction(
        media_type=media_type,
        pages=tuple(pages),
        title=titles.choose("", first, ""),
        language=language.detect("\n".join(page.text for page in pages)),
        summary=summary.find(paragraphs),
    )


def _paragraphs(page: ExtractedPage) -> list[Paragraph]:
    """The heading is that which its page was given; of others nothing is known."""
    parts = filter(None, (part.strip() for part in page.text.split("\n\n")))
    return [Paragraph(part, int(part == page.heading)) for part in parts]
