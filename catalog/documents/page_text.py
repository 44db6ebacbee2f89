"""Pages of a document: their text, and their tokens for passages and marks."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Integer, Select, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from catalog.models import Page, PageTokens

ROWS_AT_ONCE = 200  # of a long document in memory; a page's row takes some ten kilobytes


@dataclass(frozen=True, slots=True)
class AnalysedPage:
    """A page's text with its tokens and where each stands (see `indexer.analysis`)."""

    document_id: int
    number: int
    text: str
    heading: str
    exact: str
    parts: str
    spans: bytes
    analysis_version: str


def pages(session: Session, document_id: int, numbers: Iterable[int] | None = None) -> list[Page]:
    """The document's pages in order; all of them, or those with the given numbers."""
    asked = select(Page).where(Page.document_id == document_id).order_by(Page.number)
    return list(session.scalars(asked if numbers is None else asked.where(Page.number.in_(list(numbers)))))


def tokens(rows: Session | Connection, wanted: Iterable[tuple[int, int]]) -> dict[tuple[int, int], AnalysedPage]:
    """Analysed pages by (document id, page number), in one query; those without tokens are left out."""
    pairs = list(dict.fromkeys(wanted))
    if not pairs:
        return {}
    # Sizes are rounded up, so that a few statements serve every result list without being compiled anew.
    size = _rounded_up(len(pairs))
    given: dict[str, int] = {}
    for place, (document_id, number) in enumerate(pairs + pairs[:1] * (size - len(pairs))):
        given |= {f"document{place}": document_id, f"number{place}": number}
    return {(row[0], row[1]): AnalysedPage(*row) for row in rows.execute(_asking(size), given).all()}


def analysed(session: Session, document_id: int, numbers: Collection[int] | None = None) -> Iterator[AnalysedPage]:
    """Analysed pages of a document in order, one after the other: all, or those with the given numbers."""
    asked = select(*_COLUMNS).join(_PAGE, _SAME).where(_TOKENS.c.document_id == document_id)
    if numbers is not None:
        asked = asked.where(_TOKENS.c.number.in_(list(numbers)))
    rows = session.execute(asked.order_by(_TOKENS.c.number).execution_options(yield_per=ROWS_AT_ONCE))
    return (AnalysedPage(*row) for row in rows)


def analysed_of(session: Session, document_ids: Iterable[int]) -> dict[int, list[AnalysedPage]]:
    """The same for many documents at once, by document id."""
    asked = select(*_COLUMNS).join(_PAGE, _SAME).where(_TOKENS.c.document_id.in_(list(document_ids)))
    found: dict[int, list[AnalysedPage]] = {}
    for row in session.execute(asked.order_by(_TOKENS.c.document_id, _TOKENS.c.number)):
        found.setdefault(row[0], []).append(AnalysedPage(*row))
    return found


def page_counts(session: Session) -> dict[int, int]:
    """Pages that have tokens, by document id; of these the index is made."""
    asked = select(_TOKENS.c.document_id, func.count()).group_by(_TOKENS.c.document_id)
    return dict(session.execute(asked).all())


_PAGE, _TOKENS = Page.__table__, PageTokens.__table__
_COLUMNS = (
    _TOKENS.c.document_id,
    _TOKENS.c.number,
    _PAGE.c.text,
    _PAGE.c.heading,
    _TOKENS.c.exact,
    _TOKENS.c.parts,
    _TOKENS.c.spans,
    _TOKENS.c.analysis_version,
)
_STEP, _LARGE = 8, 64
_SAME = and_(_PAGE.c.document_id == _TOKENS.c.document_id, _PAGE.c.number == _TOKENS.c.number)


def _rounded_up(size: int) -> int:
    """To the next eighth, as a result page has some thirty; beyond 64 to the next power of two."""
    return -(-size // _STEP) * _STEP if size <= _LARGE else 1 << (size - 1).bit_length()


@cache
def _asking(size: int) -> Select[*tuple[Any, ...]]:
    """Asks for so many pairs. Row values in a list would be shorter, but make SQLite read the whole table."""
    pairs = (
        and_(
            _TOKENS.c.document_id == bindparam(f"document{place}", type_=BigInteger),
            _TOKENS.c.number == bindparam(f"number{place}", type_=Integer),
        )
        for place in range(size)
    )
    return select(*_COLUMNS).join(_PAGE, _SAME).where(or_(*pairs))
