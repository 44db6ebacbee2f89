"""Reading files: what they are, what they say, what they suggest."""

from __future__ import annotations

from indexer.extraction.child import Reader
from indexer.extraction.result import ExtractedPage, Extraction
from indexer.extraction.sniff import sniff
from indexer.extraction.suggestions import suggest

__all__ = ["ExtractedPage", "Extraction", "Reader", "sniff", "suggest"]
