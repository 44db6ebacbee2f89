"""The search that a view counts in, asked as the search page asks it, so that every link opens what was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final

from indexer import Asked, Cross, SearchQuery, ask
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.explore.choices import View
from webapp.search_words import decided

# Of a list without end, such as keywords, a page counts the commonest by documents, and shows those of them that have
# most of what it counts: twice as many as it has rows for, as projects and money rank otherwise than documents.
MOST_KEYS: Final = 60


@dataclass(frozen=True, slots=True)
class Base:
    """query: mended where the search page mends it, its reading decided. asked: None where nothing was typed."""

    query: SearchQuery
    asked: Asked | None


def base(view: View, bank: Bank) -> Base:
    """Raises EngineUnavailable."""
    if not view.query.text:
        return Base(view.query, None)
    asked = ask(bank.engine, bank_vocabulary(bank.database), replace(view.query, projects_a_page=1))
    query = replace(decided(asked.query, asked.result), projects_a_page=view.query.projects_a_page)
    return Base(query, asked)


def crossed(view: View, query: SearchQuery, bank: Bank, *, complete: bool) -> Cross:
    """complete: with every row and column. Raises EngineUnavailable."""
    most = 0 if complete or view.whole else MOST_KEYS
    return bank.engine.cross(query, view.rows.name, view.columns.name if view.columns else "", most)
