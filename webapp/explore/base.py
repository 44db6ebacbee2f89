"""The search that a view counts in, asked as the search page asks it, so that every link opens what was counted."""

from __future__ import annotations

from dataclasses import dataclass, replace

from indexer import Asked, Cross, SearchQuery, ask
from webapp.bank import Bank
from webapp.bank_words import bank_vocabulary
from webapp.explore.choices import View
from webapp.search_words import decided


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


def crossed(view: View, query: SearchQuery, bank: Bank) -> Cross:
    return bank.engine.cross(query, view.rows.name, view.columns.name if view.columns else "")
