"""The bank's own search on judged questions, as an editor gets it from the search page: for judging and measuring."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from catalog import audience
from indexer import SearchEngine, SearchQuery, Vocabulary, ask, first_documents

HERE = ZoneInfo("Europe/Stockholm")
JUDGED = 20  # hits that are shown for judging


def editors_hits(engine: SearchEngine, vocabulary: Vocabulary, question: str, most: int = JUDGED) -> list[int]:
    """Ids of the first documents for a question, drafts among them; a misspelt word is mended as it is for people."""
    today = int(datetime.now(HERE).strftime("%Y%m%d"))
    asked = SearchQuery(text=question, projects_a_page=most).visible_to(audience.of_role("redaktor"), today)
    return first_documents(ask(engine, vocabulary, asked).result, most)
