from __future__ import annotations

import re
from datetime import date

import pytest
from flask.testing import FlaskClient

from indexer import Filter
from tests.webapp.addresses import arguments, documents_counted, links, page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank


def test_the_result_line_tells_documents_and_projects_and_is_read_aloud(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd+arbetsterapeut")
    assert texts(found, "h1 [role=status]") == ["31 dokument i 13 projekt"]
    assert texts(found, "head title") == ["boendestöd arbetsterapeut, 31 dokument i 13 projekt – Kunskapsbanken"]


def test_marked_words_are_those_of_the_question_also_inflected(reader: FlaskClient) -> None:
    marks = {text.lower() for text in texts(page(reader, "/sok?q=arbetsterapeuten"), "q mark")}
    assert marks == {"arbetsterapeut", "arbetsterapeuten"}


def test_a_page_link_leads_to_the_page_with_the_question(reader: FlaskClient) -> None:
    first = links(page(reader, "/sok?q=boendestöd"), "a.passage__page")[0]
    assert first.startswith("/dokument/")
    assert "?sida=" in first
    assert first.endswith("&q=boendest%C3%B6d")


def test_words_alike_are_not_said_to_be_all_there_is_where_the_question_itself_finds_something(
    reader: FlaskClient,
) -> None:
    """An address with `ord=liknande` may have been kept since nothing answered."""
    (line,) = texts(page(reader, "/sok?q=boendestöd&ord=liknande"), ".reading")
    assert "Här är de som har liknande ord." in line
    assert "Inget dokument" not in line
    (line,) = texts(page(reader, "/sok?q=boendestödsresenär"), ".reading")
    assert "Inget dokument svarar mot frågan" in line


def test_titles_are_never_markup(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=verksamhetstillsyn")
    assert texts(found, ".hit__title") == ["Verksamhetstillsyn 2018 <b>boendestöd</b> & hemtjänst"]
    assert not select(found, ".hit__title b")


def test_labels_are_never_markup(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=södermalmsmodellen")
    label = '<b>fet</b> & "citerad"'
    assert label in texts(found, ".facet__row .check__label")
    assert f"Uteslut {label}" in [button.get("title") for button in select(found, "button.facet__not")]
    assert not select(found, ".facets b")


def test_a_project_says_how_many_of_its_documents_the_list_leaves_out(bank: SmallBank, client: FlaskClient) -> None:
    project_id = bank.project("Bo kvar")
    for number in range(45):
        bank.document(f"Rapport {number}", [f"Boendestöd {number}."], project_id=project_id)
    bank.index()
    found = page(client, "/sok?q=boendestöd")
    assert texts(found, ".group__folded summary") == ["42 dokument till"]
    assert len(select(found, ".group__folded li")) == 41
    assert texts(found, ".group__folded li")[-1] == "och 2 till hos projektet"


def test_a_project_without_files_is_found_and_shows_its_aim(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=familjehem")
    assert texts(found, ".group__head h2")[0] == "Alternative Family Care"
    assert "familjehem" in texts(found, ".group .hit__summary mark")


def test_a_folded_document_says_too_why_it_is_a_hit(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd")
    folded, whys = links(found, ".group__folded .list a[href^=/dokument]"), links(found, ".group__folded .hit__link")
    assert whys == [link.replace("?", "/varfor?") for link in folded if link not in whys]
    assert "boendestöd" in texts(page(reader, whys[0]), "dl.why")[0]
    assert not links(page(reader, "/sok"), ".group__folded .hit__link")  # nothing was asked


def test_documents_beyond_the_third_are_folded_with_their_number(reader: FlaskClient) -> None:
    assert "1 dokument till" in texts(page(reader, "/sok?q=boendestöd"), ".group__folded summary")


def test_the_filters_work_as_a_plain_form(reader: FlaskClient) -> None:
    """Ticking a box and pressing the button sends what the form holds, as a browser without script does."""
    found = page(reader, "/sok?q=boendestöd&inte=typ:projektplan")
    form = found.forms[1]
    form.inputs["typ"].value = {"slutrapport"}
    sent = "&".join(f"{name}={value}" for name, value in form.form_values())
    narrowed = reader.get(f"/sok?{sent}")
    assert narrowed.status_code == 303
    tidy = narrowed.headers["Location"]
    assert "fran=" not in tidy
    counted = dict(
        zip(texts(found, ".facet__row .check__label"), texts(found, ".facet__row .check .count"), strict=True)
    )["Slutrapport"]
    assert f"{documents_counted(page(reader, tidy))} dokument" == counted


def test_pressing_the_minus_again_takes_the_exclusion_back(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd&inte=typ:projektplan")
    pressed = select(found, "button[aria-pressed=true]")
    assert [button.get("name") for button in pressed] == ["ater"]
    sent = [*found.forms[1].form_values(), (pressed[0].get("name"), pressed[0].get("value"))]
    answer = reader.get("/sok?" + "&".join(f"{name}={value}" for name, value in sent))
    assert "inte=" not in answer.headers["Location"]


def test_a_chip_is_the_address_without_its_filter(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd&sak=aldre&inte=typ:projektplan&fran=2013&till=2019")
    assert texts(found, ".chip") == [
        "inte Projektplan ta bort filtret",
        "Äldre ta bort filtret",
        "2013–2019 ta bort filtret",
    ]
    without_years = links(found, ".chip")[2]
    assert "fran" not in without_years
    assert "sak=aldre" in without_years


def test_what_is_missing_is_said_in_words_and_can_be_taken_off(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd&metod=-&inte=utfall:-&ar=-")
    assert texts(found, ".chip") == [
        "inte Utfall: uppgift saknas ta bort filtret",
        "Metod: uppgift saknas ta bort filtret",
        "År: uppgift saknas ta bort filtret",
    ]
    assert links(found, ".chip")[2].endswith("&metod=-&inte=utfall:-")


def test_a_missing_year_is_a_box_in_the_form_that_can_be_unticked(bank: SmallBank, client: FlaskClient) -> None:
    bank.document("Odaterat", ["odaterat boendestöd"], day=None)
    bank.document("Daterat", ["boendestöd"])
    bank.index()
    found = page(client, "/sok?q=boendestöd&ar=-")
    assert texts(found, ".hit__title") == ["Odaterat"]
    assert texts(found, ".facet__row--in .check__label") == ["Uppgift saknas"]
    assert ("ar", "-") in found.forms[1].form_values()
    typed = "&".join(f"{name}={value}" for name, value in found.forms[1].form_values() if name != "fran")
    assert texts(page(client, f"/sok?{typed}&fran=2019"), ".hit__title") == ["Daterat"]


def test_what_is_missing_is_offered_only_where_it_is_chosen(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd")
    assert "Uppgift saknas" not in texts(found, ".facet__row .check__label")
    missing = page(reader, "/sok?q=boendestöd&metod=-")
    counts = dict(zip(texts(missing, ".facet__row .check__label"), texts(missing, ".facet__row .count"), strict=True))
    assert counts["Uppgift saknas"] == f"{documents_counted(missing)} dokument"


def test_nothing_found_tells_which_filter_stands_in_the_way(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=verksamhetstillsyn&fran=2019&typ=utvardering")
    assert texts(found, "h1") == ["Inga dokument med dina filter"]
    ways = dict(zip(texts(found, ".ways a .way"), links(found, ".ways a"), strict=False))
    assert documents_counted(page(reader, ways["Sök utan filtret från 2019"])) == 1
    assert "Filtret Utvärdering gör ensamt ingen skillnad" in texts(found, ".ways p")


def test_nothing_found_offers_each_word_alone(reader: FlaskClient) -> None:
    found = page(reader, '/sok?q="boendestöd"+"finnsinte"&ord=alla')
    assert '"boendestöd"' in texts(found, ".ways a .way")


def test_the_reading_line_shows_forms_that_were_found_and_words_left_aside(reader: FlaskClient) -> None:
    line = texts(page(reader, "/sok?q=arbetsterapeuten+och+mentor"), ".reading__line")[0]
    assert "arbetsterapeuten (även arbetsterapeut)" in line
    assert "(räknas inte: och)" in line


def test_the_reading_line_tells_longer_words_from_forms(reader: FlaskClient) -> None:
    line = texts(page(reader, "/sok?q=terapeut+boendestöd"), ".reading__line")[0]
    assert "terapeut (del av arbetsterapeut, arbetsterapeuten) och boendestöd (även boendestödet)" in line


def test_the_exact_reading_names_no_other_forms(reader: FlaskClient) -> None:
    assert "(" not in texts(page(reader, "/sok?q=boendestöd&ord=exakt"), ".reading__line")[0]


def test_a_question_that_few_documents_answer_whole_says_how_it_was_read(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=verksamhetstillsyn+boendestöd")
    assert "Få dokument har alla orden" in texts(found, ".reading .help")[0]
    current = texts(found, ".reading [aria-current=true]")
    assert current == ["något av orden"]


@pytest.mark.parametrize(
    ("question", "reading"), [("verksamhetstillsyn boendestöd", "nagot"), ("boendestöd arbetsterapeut", "alla")]
)
def test_every_way_on_carries_the_reading_so_that_no_click_flips_it(
    reader: FlaskClient, question: str, reading: str
) -> None:
    found = page(reader, f"/sok?q={question}")
    ways = [*links(found, ".facet a"), *links(found, ".sortbar a"), *links(found, ".pager a")]
    assert ways
    assert {arguments(way).get("ord") for way in ways if way.startswith("/")} == {reading}
    assert {box.get("value") for box in select(found, "form input[name=ord]")} == {reading}


def test_paging_walks_through_every_project_once(reader: FlaskClient) -> None:
    seen, address = [], "/sok?q=boendestöd"
    while address:
        found = page(reader, address)
        seen += texts(found, ".group__head h2")
        address = (links(found, "a[rel=next]") or [""])[0]
    assert len(seen) == len(set(seen)) == 13


def test_the_present_page_and_order_are_told_to_screen_readers(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd&sort=nyast&sida=2")
    assert texts(found, "[aria-current]") == ["Sök", "Sök", "alla former", "nyast", "Sida 2"]


def test_editors_find_drafts_and_others_do_not(bank: SmallBank, client: FlaskClient, sign_in: SignIn) -> None:
    bank.document("Utkast om kamratstöd", ["Kamratstöd prövas."], published=False)
    bank.document("Internt om kamratstöd", ["Kamratstöd prövas av oss."], classification="internal")
    bank.index()
    assert documents_counted(page(client, "/sok?q=kamratstöd")) == 0
    assert documents_counted(page(sign_in("lasare", "li"), "/sok?q=kamratstöd")) == 1
    assert documents_counted(page(sign_in("redaktor", "eva"), "/sok?q=kamratstöd")) == 2


@pytest.mark.parametrize(
    "address",
    [
        "/sok?q=%00%ff%fe",
        '/sok?q="((((&ord=exakt',
        "/sok?q=" + "a" * 5000,
        "/sok?q=" + "%F0%9F%98%80" * 300,
        "/sok?typ=%00&sak=" + "x" * 4000,
        "/sok?" + "&".join(f"typ={n}" for n in range(400)),
        "/sok?inte=::::&inte=typ:&ater=typ",
        "/sok?fran=99999999999999999999&till=-1",
        "/sok?fran=1e3",
        "/sok?sida=99999999999999",
        "/sok?sida=100&q=boendestöd",
        "/sok?q=typ:okänd+år:2018-19999+*+-+OR+ELLER",
        "/sok?q=-boendestöd",
        "/sok?lang=xx&lang=../../etc",
        "/sok?typ=%F0%9F%98%80&sort[]=1",
        "/sok?q[]=1&q=%E2%80%AEabc",
    ],
)
@pytest.mark.parametrize("door", ["/sok", "/api/v1/search"])
def test_hostile_addresses_are_answered_or_politely_refused(reader: FlaskClient, address: str, door: str) -> None:
    answer = reader.get(address.replace("/sok", door, 1), follow_redirects=True)
    assert answer.status_code in {200, 400}
    if answer.status_code == 400 and door == "/sok":
        assert "<h1>" in answer.get_data(as_text=True)


def test_a_mapping_of_filters_is_kept_by_the_main_question(reader: FlaskClient) -> None:
    """A new question starts without filters; those of the page belong to the question that they were counted for."""
    found = page(reader, "/sok?q=boendestöd&typ=slutrapport")
    assert Filter("document_type", ("slutrapport",))
    assert [name for name, _ in found.forms[0].form_values()] == ["q"]


class TestPageMap:
    def test_it_tells_on_how_many_pages_the_hits_are_and_which_is_best(
        self, bank: SmallBank, client: FlaskClient
    ) -> None:
        bank.document("Rapport", ["Hyra.", "Hyra, vräkning, hyra.", "Annat.", "Vräkning, med mycket annat på sidan."])
        bank.index()
        found = page(client, "/sok?q=hyra+vräkning")
        assert texts(found, ".hit__map p") == ["Träff på 3 av 4 sidor, bäst på s. 2"]
        drawn = str(select(found, ".hit__map path")[1].get("d"))
        heights = {start: float(height) for start, height in re.findall(r"M([\d.]+) 27v-([\d.]+)", drawn)}
        assert list(heights) != sorted(heights)  # the best first
        assert max(heights, key=lambda start: heights[start]) == "1.125"

    def test_no_page_is_called_best_where_it_is_the_only_one_or_as_good_as_another(
        self, bank: SmallBank, client: FlaskClient
    ) -> None:
        bank.document("En", ["Vräkning.", "Annat."])
        bank.document("Två", ["Vräkning.", "Vräkning."])
        bank.index()
        told = texts(page(client, "/sok?q=vräkning"), ".hit__map p")
        assert sorted(told) == ["Träff på 1 av 2 sidor", "Träff på 2 av 2 sidor"]


def test_a_year_without_documents_has_no_bar_and_one_with_a_single_one_has(
    bank: SmallBank, client: FlaskClient
) -> None:
    for number, year in enumerate([2016, *[2019] * 40]):
        bank.document(f"Rapport {number}", ["Vräkningar."], day=date(year, 5, 1))
    bank.index()
    found = page(client, "/sok?q=vräkningar")
    assert texts(found, ".histogram rect title") == ["2016: 1 dokument", "2019: 40 dokument"]
    assert "2017: 0, 2018: 0" in str(select(found, ".histogram svg")[0].get("aria-label"))
    first, last = (float(str(bar.get("x"))) for bar in select(found, ".histogram rect"))
    assert last - first == 180  # of 240 for four years: the empty ones keep their places
    assert [len(select(year, "rect")) for year in select(page(client, "/"), ".years li")] == [1, 0, 0, 1]


def test_documents_of_years_before_the_first_bar_are_told(bank: SmallBank, client: FlaskClient) -> None:
    for number, year in enumerate([1899, 1931, 1961, 2020]):
        bank.document(f"Rapport {number}", ["Vräkningar."], day=date(year, 5, 1))
    bank.index()
    found = page(client, "/sok")
    assert texts(found, ".histogram__ends span") == ["1961", "2020"]
    assert texts(found, ".histogram .help") == ["Dokument från tidigare år än 1961 visas inte: 2."]


def test_how_many_rarer_values_there_are_is_told_only_where_all_are_counted(
    bank: SmallBank, client: FlaskClient
) -> None:
    for number, count in enumerate((40, 230)):
        project = bank.project(f"Projekt {number}", chosen={"keyword": [f"ord{number}x{n}" for n in range(count)]})
        bank.document(f"Rapport {number}", [f"Vräkning{number}."], project_id=project)
    bank.index()
    told = [texts(page(client, f"/sok?q=vräkning{number}"), ".facet .help") for number in (0, 1)]
    assert told == [
        ["4 ovanligare visas inte. Sök på ordet i stället."],
        ["Minst 164 ovanligare visas inte. Sök på ordet i stället."],
    ]


def test_one_document_is_one_in_english_too_for_those_who_hear_the_page(bank: SmallBank, client: FlaskClient) -> None:
    kinds = ("delrapport", "slutrapport", "slutrapport")
    for number, kind in enumerate(kinds):
        project = bank.project(f"Projekt {number}")
        text = "Early support." if number else "Support for all, early."
        bank.document(f"Report {number}", [text], project_id=project, document_type=kind, day=date(2018 + number, 5, 1))
    bank.index()
    found = page(client, '/sok?q="early support"&lang=en')
    assert texts(found, ".facet__row .count")[:1] == ["2 documents"]
    assert texts(found, ".histogram rect title") == ["2019: 1 document", "2020: 1 document"]
    everything = page(client, "/sok?lang=en")
    assert texts(everything, ".facet__row .count")[:2] == ["2 documents", "1 document"]
    one_form = page(client, "/sok?q=support+all&ord=nagot&lang=en")
    assert "all words 1 document" in [one.lower() for one in texts(one_form, ".reading .choices a")]
