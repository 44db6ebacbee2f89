"""Pages that an older analysis has put into tokens are analysed anew on their way into the index, from their text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from catalog.documents import AnalysedPage
from catalog.renewed_tokens import RenewedTokens
from indexer import analyse, analysis_version


def renewed(pages: Iterable[AnalysedPage]) -> Iterator[RenewedTokens]:
    """What must be stored, for each page whose tokens are of an older analysis."""
    for page in pages:
        if page.analysis_version != analysis_version():
            tokens = analyse(page.text)
            yield RenewedTokens(
                document_id=page.document_id,
                number=page.number,
                exact=tokens.exact,
                parts=tokens.parts,
                spans=tokens.spans,
                version=analysis_version(),
                older_version=page.analysis_version,
            )


def with_renewed(pages: list[AnalysedPage], new: list[RenewedTokens]) -> list[AnalysedPage]:
    """The pages with their new tokens in place."""
    by_number = {one.number: one for one in new}
    return [_with(page, by_number.get(page.number)) for page in pages]


def _with(page: AnalysedPage, new: RenewedTokens | None) -> AnalysedPage:
    if new is None:
        return page
    return replace(page, exact=new.exact, parts=new.parts, spans=new.spans, analysis_version=new.version)
