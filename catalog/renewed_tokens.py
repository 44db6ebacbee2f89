"""Tokens that a newer analysis has made of pages whose text stands unchanged."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import update
from sqlalchemy.orm import Session

from catalog.models import PageTokens


@dataclass(frozen=True, slots=True)
class RenewedTokens:
    """`older_version` names the analysis whose tokens these replace; a page that was read anew meanwhile stays."""

    document_id: int
    number: int
    exact: str
    parts: str
    spans: bytes
    version: str
    older_version: str


def renew(session: Session, pages: Iterable[RenewedTokens]) -> None:
    """Replaces the tokens of each page, so that marks and index agree."""
    for page in pages:
        session.execute(
            update(PageTokens)
            .where(
                PageTokens.document_id == page.document_id,
                PageTokens.number == page.number,
                PageTokens.analysis_version == page.older_version,
            )
            .values(exact=page.exact, parts=page.parts, spans=page.spans, analysis_version=page.version)
            .execution_options(synchronize_session=False)
        )
