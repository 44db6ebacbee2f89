"""Every figure of a cross table is the length of the list that it opens."""

from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient
from lxml import html

from tests.webapp.addresses import documents_counted, links, page, select, texts
from tests.webapp.small_bank import SmallBank

# Each kind of facet as rows and as columns: fixed lists, open ones, one value or many, years; under words and filters.
ADDRESSES = (
    "/utforska",
    "/utforska?rader=forvaltning&kolumner=typ",
    "/utforska?rader=typ&kolumner=ar",
    "/utforska?rader=ar&kolumner=metod&rakna=dokument",
    "/utforska?rader=malgrupp&kolumner=projekttyp",
    "/utforska?rader=nyckelord&kolumner=inga&rakna=dokument",
    "/utforska?rader=status&kolumner=sak&andel=kolumn",
    "/utforska?q=boendestöd+arbetsterapeut&rader=typ&kolumner=utfall&rakna=dokument",
    "/utforska?q=vräknig+barnfamiljer&rader=sak&kolumner=typ",
    "/utforska?q=hyresvärden+brukarrådet+xyzzy&rader=utfall&kolumner=ar&andel=alla",
    "/utforska?sak=socialpsykiatri&sak=aldre&inte=typ:projektplan&fran=2013&till=2019&rader=sak&kolumner=typ",
    "/utforska?utfall=-&rader=status&kolumner=ar",
)


def _whole(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def _projects_counted(root: html.HtmlElement) -> int:
    found = re.search(r" i (\d+)", texts(root, "h1")[0].replace("\N{NO-BREAK SPACE}", ""))
    return int(found[1]) if found else 0


def _opened(client: FlaskClient, address: str, count: str) -> int:
    root = page(client, address)
    return documents_counted(root) if count == "dokument" else _projects_counted(root)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_cell_row_and_column_opens_what_it_counts(reader: FlaskClient, address: str) -> None:
    table = select(page(reader, address), ".cross")[0]
    count = "dokument" if "rakna=dokument" in address else "projekt"
    cells = [(str(a.get("href")), _whole(texts(a, "b")[0])) for a in select(table, "td a")]
    assert cells
    for link, told in cells:
        assert _opened(reader, link, count) == told, link


@pytest.mark.parametrize("address", ADDRESSES)
def test_a_row_and_a_column_say_the_figure_that_their_heads_open(reader: FlaskClient, address: str) -> None:
    table = select(page(reader, address), ".cross")[0]
    count = "dokument" if "rakna=dokument" in address else "projekt"
    assert links(table, "tbody th a")
    for row in select(table, "tbody tr"):
        for link in links(row, "th a"):
            assert _opened(reader, link, count) == _whole(texts(row, "td b")[-1]), link
    foot = select(table, "tfoot td")
    for place, head in enumerate(select(table, "thead th")[1:-2]):
        for link in links(head, "a"):
            assert _opened(reader, link, count) == _whole(texts(foot[place], "b")[0]), link


@pytest.mark.parametrize("count", ["projekt", "dokument"])
def test_the_last_row_counts_everything_once(reader: FlaskClient, count: str) -> None:
    table = select(page(reader, f"/utforska?rakna={count}"), ".cross")[0]
    whole = _whole(texts(select(table, "tfoot td")[-2], "b")[0])
    assert whole == _opened(reader, "/sok", count)
    rows = [_whole(texts(row, "td b")[-1]) for row in select(table, "tbody tr")]
    assert sum(rows) > whole  # many projects have two subject areas


def test_every_visitor_gets_the_figures_of_their_own_rights(reader: FlaskClient) -> None:
    (said,) = texts(page(reader, "/utforska?rader=ar&kolumner=inga"), ".explore-base .meta")
    assert said == "32 dokument i 14 projekt"
    assert "Egenmakt" not in page(reader, "/utforska?rader=nyckelord&alla=ja").text_content()


def test_no_project_is_counted_where_the_search_page_counts_none(reader: FlaskClient) -> None:
    for question, told in (("verksamhetstillsyn", "1 dokument"), ("finnsinteord", "0 dokument")):
        assert texts(page(reader, f"/utforska?q={question}"), ".explore-base .meta") == [told]


def test_shares_of_a_row_come_to_a_hundred_where_nothing_overlaps(reader: FlaskClient) -> None:
    rows = select(page(reader, "/utforska?rader=sak&kolumner=utfall"), ".cross tbody tr")
    assert len(rows) > 1
    for row in rows:
        shares = [int(told.removesuffix("%").strip()) for told in texts(row, "td small")]
        assert sum(shares) == pytest.approx(100, abs=len(shares))


def test_an_empty_cell_is_seen_and_opens_nothing(reader: FlaskClient) -> None:
    table = select(page(reader, "/utforska?rader=sak&kolumner=utfall"), ".cross")[0]
    empty = [cell for cell in select(table, "tbody td") if texts(cell, ".none") == ["0"]]
    assert empty
    assert not [link for cell in empty for link in links(cell, "a")]


def test_a_value_of_a_fixed_list_that_nothing_has_stands_there_with_nought(reader: FlaskClient) -> None:
    table = select(page(reader, "/utforska?rader=status&kolumner=inga"), ".cross")[0]
    rows = {texts(row, "th")[0]: texts(row, "td")[0] for row in select(table, "tbody tr")}
    assert rows["Planerat"] == "0"
    assert list(rows)[:3] == ["Planerat", "Pågående", "Avslutat"]


def test_a_year_without_anything_between_two_others_is_not_skipped(reader: FlaskClient) -> None:
    address = "/utforska?q=boendestöd&sak=socialpsykiatri&rader=ar&kolumner=inga"
    years = texts(page(reader, address), ".cross tbody th")
    assert years == [str(year) for year in range(int(years[0]), int(years[-1]) + 1)]


def test_shades_tell_the_share_and_words_tell_the_shade(reader: FlaskClient) -> None:
    root = page(reader, "/utforska?rader=sak&kolumner=utfall")
    for cell in select(root, ".cross tbody td"):
        for told in texts(cell, "small"):
            share = int(told.removesuffix("%").strip()) / 100
            assert abs(int(str(cell.get("class"))[-1]) - (1 + min(4, int(share * 8)))) <= (share * 8 % 1 > 0.9)
    assert "Starkare färg betyder större andel av raden." in root.text_content()


def test_rare_values_of_an_open_list_are_left_out_in_words_and_one_click_away(
    bank: SmallBank, client: FlaskClient
) -> None:
    for name, count in (("Bo kvar", 70), ("Samlarteam", 25)):
        bank.project(name, chosen={"keyword": [f"ord {n:02}" for n in range(count)]})
    bank.index()
    root = page(client, "/utforska?rader=nyckelord&kolumner=inga")
    assert len(select(root, ".cross tbody tr")) == 30
    assert {texts(row, "td b")[0] for row in select(root, ".cross tbody tr")[:25]} == {"2"}
    assert "40 rader med nyckelord visas inte här." in root.text_content()
    (everything,) = [a for a in links(root, ".help a") if "alla=ja" in a]
    assert len(select(page(client, everything), ".cross tbody tr")) == 70
    across = page(client, "/utforska?rader=sak&kolumner=nyckelord")
    assert len(select(across, ".cross thead th")) == 1 + 12 + 2
    assert "58 kolumner med nyckelord visas inte här." in across.text_content()


def test_one_row_and_one_column_that_are_left_out_are_one(bank: SmallBank, client: FlaskClient) -> None:
    for name, count in (("Bo kvar", 31), ("Samlarteam", 13)):
        bank.project(name, chosen={"keyword": [f"{name} {n:02}" for n in range(count)], "method": [f"metod {count}"]})
    bank.index()
    rows = page(client, "/utforska?rader=nyckelord&kolumner=inga&q=kvar")
    assert "1 rad med nyckelord visas inte här." in rows.text_content()
    across = page(client, "/utforska?rader=sak&kolumner=nyckelord&q=samlarteam")
    assert "1 kolumn med nyckelord visas inte här." in across.text_content()
    assert (
        "1 column of keywords is not shown here."
        in page(client, "/utforska?rader=sak&kolumner=nyckelord&q=samlarteam&lang=en").text_content()
    )


def test_the_page_says_who_counts_twice_only_where_somebody_does(reader: FlaskClient) -> None:
    twice = "Ett projekt kan ha flera sakområden; sista raden räknar varje projekt en gång."
    assert twice in page(reader, "/utforska").text_content()
    assert "en gång" not in texts(page(reader, "/utforska?rader=utfall&kolumner=status"), ".explore .help")[0]


def test_what_is_misspelt_is_mended_as_on_the_search_page(reader: FlaskClient) -> None:
    root = page(reader, "/utforska?q=vräknig+barnfamiljer")
    (note,) = select(root, "#stavning")
    assert "Visar träffar för" in note.text_content()
    (back,) = links(note, "a")
    assert back.startswith("/utforska?q=vr%C3%A4knig+barnfamiljer&ratta=nej")
    assert all("skrev=" in link for link in links(root, ".cross td a"))


def test_filters_are_chips_that_can_be_taken_off_and_the_view_stays(reader: FlaskClient) -> None:
    root = page(reader, "/utforska?sak=aldre&fran=2013&rader=ar&rakna=dokument")
    assert texts(root, ".chip") == ["Äldre ta bort filtret", "från 2013 ta bort filtret"]
    assert links(root, ".chip") == [
        "/utforska?fran=2013&rader=ar&rakna=dokument",
        "/utforska?sak=aldre&rader=ar&rakna=dokument",
    ]


def test_the_form_leads_to_the_one_address_and_keeps_filters_and_comparison(reader: FlaskClient) -> None:
    address = "/utforska?q=boendest%C3%B6d&ord=exakt&sak=aldre&a=hyra"
    form = select(page(reader, address), "form.controls")[0]
    sent = [(str(one.get("name")), str(one.get("value"))) for one in select(form, "input[type=hidden]")]
    assert ("sak", "aldre") in sent
    kept = reader.get("/utforska", query_string=[*sent, ("q", "boendestöd"), ("rader", "ar"), ("kolumner", "utfall")])
    assert kept.location == "/utforska?q=boendest%C3%B6d&ord=exakt&sak=aldre&rader=ar&a=hyra"
    other = reader.get("/utforska", query_string=[*sent, ("q", "hyresvärd"), ("rader", "sak"), ("kolumner", "utfall")])
    assert other.location == "/utforska?q=hyresv%C3%A4rd&sak=aldre&a=hyra"


@pytest.mark.parametrize(
    "address",
    [
        "/utforska?rader=finnsinte&kolumner=%00&rakna=allt&andel=x&diagram=tårta&matt=1",
        "/utforska?rader=sak&kolumner=sak",
        "/utforska?rader=&kolumner=&rakna=&andel=",
        "/utforska?sak=finnsinte&rader=sak",
        "/utforska?q=finnsinteiettendadokument",
        "/utforska?ar=-&rader=ar",
        '/utforska?q="&a="&b=OR&rader=ar',
        "/utforska?q=%EF%BF%BF%F0%9F%98%80&a=%EF%BF%BE%3Cscript%3E&b=%2B1",
        "/utforska?a=" + "å" * 500,
        "/utforska?alla=ja&alla=nej&rader=nyckelord&kolumner=nyckelord",
    ],
)
def test_a_strange_address_gives_a_page(reader: FlaskClient, address: str) -> None:
    root = page(reader, address)
    assert texts(root, "h1") == ["Utforska"]
    assert not select(root, "main script[src=]")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("/utforska?q=" + "a" * 2001, "Frågan är för lång"),
        ("/utforska?b=" + "a" * 2001, "Frågan är för lång"),
        ("/utforska?q=" + "a" * 1500 + "&a=" + "b" * 1500, "Frågan är för lång"),
        ("/utforska?fran=x", "Året x går inte att läsa"),
        ("/utforska?" + "&".join(f"sak=s{n}" for n in range(60)), "Så många val på en gång"),
    ],
)
def test_what_cannot_be_asked_is_said_in_words(reader: FlaskClient, address: str, said: str) -> None:
    answer = reader.get(address)
    assert answer.status_code == 400
    assert said in answer.get_data(as_text=True)


def test_a_year_that_nobody_can_ask_for_counts_as_unknown_and_opens_its_hits(
    bank: SmallBank, client: FlaskClient
) -> None:
    bank.document("Rätt", ["Boendestöd"], day=date(2019, 1, 1))
    bank.document("Fel", ["Boendestöd"], day=date(9999, 1, 1))
    bank.document("Uråldrig", ["Boendestöd"], day=date(12, 1, 1))
    bank.index()
    root = page(client, "/utforska?rader=ar&kolumner=inga&rakna=dokument")
    rows = dict(zip(texts(root, ".cross tbody th"), links(root, ".cross tbody th a"), strict=True))
    assert list(rows) == ["2019", "Uppgift saknas"]
    assert [documents_counted(page(client, link)) for link in rows.values()] == [1, 2]


def test_a_heat_map_writes_money_as_the_table_does(bank: SmallBank, client: FlaskClient) -> None:
    for title, crowns in (("Hel", 6_000_000), ("Halv", 500_000), ("Liten", 1_000), ("Stor", 250_400_000)):
        bank.project(title, status="avslutat", finding="stod", chosen={"method": [title]}, funding=[(2020, crowns, 0)])
    bank.index()
    root = page(client, "/utforska?rader=metod&kolumner=utfall&rakna=medel&diagram=karta")
    shown = [texts(cell, "b")[0] for cell in select(root, ".cross tbody td") if texts(cell, "b")]
    drawn = [one.text_content() for one in root.xpath("//figure//*[local-name()='svg']//*[local-name()='text']")]
    for figure in ("6,0", "0,50", "< 0,01", "250"):
        told = figure.replace(" ", "\N{NO-BREAK SPACE}")
        assert figure in [one.replace("\N{NO-BREAK SPACE}", " ") for one in shown], shown
        assert told in drawn, drawn
