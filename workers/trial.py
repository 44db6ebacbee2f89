"""The bank's own search on judged questions, as an editor sees it: for judging hits, and for measuring."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from catalog import audience
from indexer import SearchEngine, SearchQuery, first_documents

HERE = ZoneInfo("Europe/Stockholm")
JUDGED = 20  # hits that are shown for judging


def editors_hits(engine: SearchEngine, question: str, most: int = JUDGED) -> list[int]:
    """Ids of the first documents for a question, drafts among them."""
    today = int(datetime.now(HERE).strftime("%Y%m%d"))
    asked = SearchQuery(text=question, projects_a_page=most).visible_to(audience.of_role("redaktor"), today)
    return first_documents(engine, asked, most)
