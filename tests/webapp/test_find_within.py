"""Find within a document: the way back, the page map and the list of page hits, also of a very long document."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote_plus

import pytest
from flask.testing import FlaskClient
from sqlalchemy import update

from catalog import editors_words
from catalog.editors_words import SYNONYM
from catalog.models import PageTokens
from indexer import OwnWords, use_own_words
from tests.webapp.addresses import arguments, links, page, select, texts
from tests.webapp.small_bank import SmallBank
from webapp.bank_words import look_at_editors_words

LONG = 1_300  # pages; more than one statement can name one by one, and two dozen for each bar


@pytest.fixture
def short(bank: SmallBank) -> int:
    made = bank.document(
        "Kort", ["Inledning.", "Boendestöd och boendestödet.", "Metod.", "Boendestöd."], document_type="slutrapport"
    )
    bank.index()
    return made


@pytest.fixture
def long(bank: SmallBank) -> int:
    made = bank.document("Lång", [f"Avsnitt {n} om hemtjänst." for n in range(1, LONG + 1)])
    bank.index()
    return made


class TestWayBack:
    def test_a_hit_of_a_filtered_list_leads_back_to_it(self, client: FlaskClient, short: int) -> None:
        results = "/sok?q=boendest%C3%B6d&ord=alla&typ=slutrapport&sort=nyast"
        opened = page(client, links(page(client, results), ".hit__title a")[0])
        assert links(opened, ".crumbs a")[0] == results
        assert texts(opened, ".crumbs a")[0] == "Träffar på boendestöd"
        assert short

    def test_another_question_in_the_box_keeps_the_way_back(self, client: FlaskClient, short: int) -> None:
        opened = page(client, f"/dokument/{short}?q=boendestöd")
        carried = {field.get("name"): field.get("value") for field in select(opened, ".find input")}
        assert carried == {"q": "boendestöd", "sok": "q=boendest%C3%B6d"}
        asked = page(client, f"/dokument/{short}?q=metod&sok={quote_plus('q=boendest%C3%B6d')}")
        assert links(asked, ".crumbs a")[0] == "/sok?q=boendest%C3%B6d"
        (bar,) = links(asked, ".pagemap a")
        assert arguments(bar)["sok"] == "q=boendest%C3%B6d"

    def test_who_comes_from_no_search_is_led_to_none(self, client: FlaskClient, short: int) -> None:
        carried = select(page(client, f"/dokument/{short}"), ".find [name=sok]")[0]
        assert not carried.get("value")
        asked = page(client, f"/dokument/{short}?q=metod&sok=")
        assert links(asked, ".crumbs a")[0] == "/sok"
        assert links(asked, ".viewer__hits a")[-1] == "/sok?q=metod"

    def test_the_question_alone_is_written_once(self, client: FlaskClient, short: int) -> None:
        opened = page(client, f"/dokument/{short}?q=metod&sok=q%3Dmetod")
        assert all("sok=" not in link for link in links(opened, ".pagemap a"))

    @pytest.mark.parametrize(
        "back", ["https://example.org/", "//example.org", "sida=9999999", "fran=x", "%ff%00", "q=" + "å" * 9_000, "&&="]
    )
    def test_a_way_back_that_is_none_leads_nowhere_else(self, client: FlaskClient, short: int, back: str) -> None:
        opened = page(client, f"/dokument/{short}?q=metod&sok={quote_plus(back)}")
        assert links(opened, ".crumbs a")[0].partition("?")[0] == "/sok"


class TestMap:
    def test_each_page_with_hits_is_a_bar_that_leads_there_and_says_so(self, client: FlaskClient, short: int) -> None:
        opened = page(client, f"/dokument/{short}?q=boendestöd")
        assert texts(opened, ".pagemap title") == ["s. 2: 2 träffar", "s. 4: 1 träff"]
        assert [arguments(link)["sida"] for link in links(opened, ".pagemap a")] == ["2", "4"]
        heights = [float(str(bar.get("height"))) for bar in select(opened, ".pagemap a rect") if not bar.get("class")]
        assert heights == [38.0, 19.0]

    def test_the_bars_of_a_long_document_stand_for_several_pages_each(self, client: FlaskClient, long: int) -> None:
        opened = page(client, f"/dokument/{long}?q=hemtjänst&sida=1290")
        told = texts(opened, ".pagemap title")
        assert len(told) == 60
        assert told[0] == "s. 1–22: 22 träffar på 22 sidor"
        assert told[-1] == "s. 1299–1300: 2 träffar på 2 sidor"
        assert [bar.get("aria-current") for bar in select(opened, ".pagemap a")][58:] == ["true", None]

    def test_a_long_list_shows_the_page_hits_around_the_present_page(self, client: FlaskClient, long: int) -> None:
        opened = page(client, f"/dokument/{long}?q=hemtjänst&sida=700")
        numbers = [int(arguments(link)["sida"]) for link in links(opened, ".pagehits a")]
        assert numbers == list(range(690, 711))
        assert texts(opened, ".pagehits__more") == ["689 sidor till före", "590 sidor till efter"]
        assert [arguments(link)["sida"] for link in links(opened, ".pagehits__more a")] == ["689", "711"]
        assert "Träff 700 av 1" in texts(opened, ".stepper")[0]

    @pytest.mark.parametrize(("present", "listed"), [(1, range(1, 22)), (LONG, range(LONG - 20, LONG + 1))])
    def test_the_list_is_as_long_at_either_end(
        self, client: FlaskClient, long: int, present: int, listed: range
    ) -> None:
        opened = page(client, f"/dokument/{long}?q=hemtjänst&sida={present}")
        assert [int(arguments(link)["sida"]) for link in links(opened, ".pagehits a")] == list(listed)


class TestNothingFound:
    def test_it_is_said_with_ways_on(self, client: FlaskClient, short: int) -> None:
        opened = page(client, f"/dokument/{short}?q=boendestöden&ord=exakt")
        assert texts(opened, "#sidtraffar") == ["Inga träffar i texten"]
        assert links(opened, ".viewer__hits .list a") == [
            f"/dokument/{short}?q=boendest%C3%B6den&sok=q%3Dboendest%25C3%25B6den%26ord%3Dexakt",
            "/sok?q=boendest%C3%B6den&ord=exakt",
            f"/dokument/{short}?sida=1&sok=q%3Dboendest%25C3%25B6den%26ord%3Dexakt",
        ]
        found = page(client, links(opened, ".viewer__hits .list a")[0])
        assert texts(found, "#sidtraffar") == ["3 träffar på 2 sidor"]


class TestTokensOfThePast:
    @pytest.fixture(autouse=True)
    def _words_of_before(self) -> Iterator[None]:
        yield
        use_own_words(OwnWords())

    def test_pages_that_an_older_analysis_has_read_are_marked_as_today(
        self, bank: SmallBank, client: FlaskClient, short: int
    ) -> None:
        with bank.workers.database.transaction() as session:
            session.execute(update(PageTokens).values(parts="i i i i", analysis_version="older"))
        opened = page(client, f"/dokument/{short}?q=boendestöden")
        assert texts(opened, ".pagemap title") == ["s. 2: 2 träffar", "s. 4: 1 träff"]

    def test_an_editors_synonym_counts_at_once_in_a_document_that_was_just_read(
        self, bank: SmallBank, client: FlaskClient, short: int
    ) -> None:
        assert texts(page(client, f"/dokument/{short}?q=arbetssätt"), ".pagemap title") == []
        with bank.workers.database.transaction() as session:
            editors_words.add(session, SYNONYM, "arbetssätt", same_as="metod", by="Eva")
        look_at_editors_words(client.application.extensions["bank"].database, now=True)
        assert texts(page(client, f"/dokument/{short}?q=arbetssätt"), ".pagemap title") == ["s. 3: 1 träff"]
