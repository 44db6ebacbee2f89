"""The tokens of a page of the record, for marks and passages."""

from __future__ import annotations

from catalog.documents import AnalysedPage
from indexer import Tokens, analyse, analysis_version


def tokens_of(page: AnalysedPage) -> Tokens:
    """As the record holds them, or anew where an older analysis made them: a rebuild renews them only page by page."""
    if page.analysis_version == analysis_version():
        return Tokens(page.exact, page.parts, page.spans)
    return analyse(page.text)
