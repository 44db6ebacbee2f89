"""The bank's own search on judged questions, as an editor gets it from the search page: for judging and measuring."""

from __future__ import annotations

from catalog import audience
from catalog.database import Database
from indexer import SearchEngine, SearchQuery, Vocabulary, ask, first_documents
from webapp.kept_terms import in_todays_terms
from webapp.search import today

JUDGED = 20  # hits that are shown for judging


def editors_hits(
    engine: SearchEngine, vocabulary: Vocabulary, database: Database, question: str, most: int = JUDGED
) -> list[int]:
    """Ids of the first documents for a question, drafts among them.

    A misspelt word is mended, and `field:value` understood, as they are for people.
    """
    asked = SearchQuery(text=question, projects_a_page=most).visible_to(audience.of_role("redaktor"), today())
    return first_documents(ask(engine, vocabulary, in_todays_terms(asked, database)).result, most)
