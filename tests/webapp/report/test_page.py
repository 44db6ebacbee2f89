"""/utforska/arsrapport: the draft on the page, and every figure in it."""

from __future__ import annotations

import re
from io import BytesIO
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from lxml import html

from catalog import projects
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.report.conftest import REPORT, SUMMARY, funded
from tests.webapp.small_bank import SmallBank

YEAR = f"{REPORT}?ar=2020"
TITLES = ["<b>Fet</b> & {{ rubrik }}", "Etableringscoach", "Familjeorienterat arbetssätt", "Studieresa till Sundsvall"]


def number(text: str) -> int:
    return int(re.sub(r"\D", "", text))


def counted(client: FlaskClient, link: str) -> tuple[int, int]:
    """Documents and projects that the search page counts behind a link."""
    heading = texts(page(client, link), "h1")[0].replace("\N{NO-BREAK SPACE}", "")
    found = re.match(r"(\d+) dokument i (\d+) projekt", heading)
    assert found, heading
    return int(found[1]), int(found[2])


def test_the_form_chooses_the_newest_year_and_shows_no_report_before_it_is_asked_for(reader: FlaskClient) -> None:
    shown = page(reader, REPORT)
    assert [one.get("value") for one in select(shown, "#ar option")] == ["2020", "2019"]
    assert not select(shown, "article")
    assert len(select(shown, "[name=del]")) == 5


def test_the_year_in_short_counts_what_its_links_open(reader: FlaskClient) -> None:
    shown = page(reader, YEAR)
    labels, values = texts(shown, ".numbers dt"), [number(one) for one in texts(shown, ".numbers dd")]
    assert dict(zip(labels, values, strict=True)) == {
        "projekt med medel": 4,
        "kr beviljade": 1_075_000,
        "kr återbetalade": 44_640,
        "dokument": 8,
        "slutrapporter": 4,
    }
    opened = [counted(reader, link) for link in links(shown, ".numbers a")]
    assert opened == [(8, 4)] * 4 + [(4, 4)]


@pytest.mark.parametrize("choice", ["", "&typ=utvecklingsprojekt", "&forvaltning=skarpnack"])
@pytest.mark.parametrize("who", ["reader", "editor"])
def test_every_row_counts_the_projects_that_its_link_opens(
    request: pytest.FixtureRequest, who: str, choice: str
) -> None:
    client: FlaskClient = request.getfixturevalue(who)
    shown = page(client, YEAR + choice)
    checked = 0
    for section in ("aret", "medel", "jamstalldhet"):
        for row in select(shown, f"[aria-labelledby={section}] table tr"):
            if opened := set(links(row, "td a")):
                (link,) = opened
                assert counted(client, link)[1] == number(texts(row, "td a")[0]), link
                checked += 1
    assert checked >= 6


def test_each_project_leads_to_its_page_and_the_documents_counted_there(reader: FlaskClient) -> None:
    rows = select(page(reader, YEAR), "[aria-labelledby=alla] tbody tr")
    assert len(rows) == 4
    for row in rows:
        own = page(reader, links(row, "th a")[0])
        assert texts(own, "h1") == texts(row, "th")
        assert links(row, "td a") == [f"{links(row, 'th a')[0]}#dokument"]
        assert len(select(own, "li.list__doc")) == number(texts(row, "td a")[0]) == 2


def test_a_project_of_several_organisations_counts_in_each_row_and_once_in_the_total(reader: FlaskClient) -> None:
    shown = page(reader, YEAR)
    rows = [texts(row, "th, td") for row in select(shown, "[aria-labelledby=medel] tbody tr")]
    granted = {row[0]: number(row[2]) for row in rows}
    assert granted == {
        "Farsta": 100_000,
        "Kungsholmen": 500_000,
        "Norra innerstaden": 500_000,
        "Skarpnäck": 950_000,
        "uppgift saknas": 25_000,
    }
    total = texts(shown, "[aria-labelledby=medel] tfoot td")
    assert [number(one) for one in total] == [4, 1_075_000, 44_640]
    assert "Etableringscoach ägs av flera förvaltningar" in texts(shown, "[aria-labelledby=medel] .prose")[0]


def test_projects_stand_once_under_each_organisation_and_are_described_once(reader: FlaskClient) -> None:
    section = select(page(reader, YEAR), "[aria-labelledby=projekten]")[0]
    told = texts(section, "h4")
    assert sorted(told) == sorted([*TITLES, "Etableringscoach", "Etableringscoach"])
    help_lines = texts(section, ".help")
    assert help_lines == ["Beskrivs under Kungsholmen.", "Beskrivs under Kungsholmen."]
    assert "31 familjer deltog & 16 fick en plan < 3 veckor." in section.text_content()
    assert section.text_content().count("Ingen har skrivit sammanfattningen än.") == 3


def test_owners_stand_under_the_names_that_they_had(reader: FlaskClient) -> None:
    section = select(page(reader, YEAR), "[aria-labelledby=projekten]")[0]
    assert "Kungsholmen, Norrmalm, Skarpnäck och Östermalm" in section.text_content()


def test_the_year_in_words_says_of_how_many_projects_status_and_finding_are_not_known(reader: FlaskClient) -> None:
    (told,) = texts(page(reader, YEAR), "[aria-labelledby=aret] div.prose")
    assert "Utfallet är stöd i 1 projekt och blandat i 1. Uppgift om utfall saknas för 2 projekt." in told
    assert "Status är avslutat i 2 projekt och pågående i 1. Uppgift om status saknas för 1 projekt." in told


def test_equality_names_the_projects_without_analysis(reader: FlaskClient) -> None:
    said = texts(page(reader, YEAR), "[aria-labelledby=jamstalldhet] .prose")[0]
    assert said == (
        "2 av 4 projekt har gjort en jämställdhetsanalys. Ingen analys är gjord i <b>Fet</b> & {{ rubrik }}. "
        "Uppgift saknas för Studieresa till Sundsvall."
    )


def test_parts_that_are_not_chosen_are_left_out_and_the_address_says_so(reader: FlaskClient) -> None:
    shown = page(reader, f"{YEAR}&del=projekt")
    assert not select(shown, "#jamstalldhet, #alla, figure")
    assert "31 familjer" not in shown.text_content()
    (word, html) = links(shown, ".report-bar a")
    assert word == "/utforska/arsrapport.docx?ar=2020&del=projekt"
    assert html == "/utforska/arsrapport.html?ar=2020&del=projekt"


def test_an_empty_year_says_so_and_offers_those_that_have_funds(reader: FlaskClient) -> None:
    shown = page(reader, f"{REPORT}?ar=2003")
    assert not select(shown, "article, .report-bar")
    assert links(shown, ".report-none a") == [f"{REPORT}?ar=2020", f"{REPORT}?ar=2019"]


def test_a_bank_without_funds_says_where_they_are_entered(bank: SmallBank, client: FlaskClient) -> None:
    bank.project("Utan medel")
    bank.index()
    assert "Medel skrivs in i projektets formulär." in page(client, REPORT).text_content()


@pytest.mark.parametrize(
    "choice",
    [
        "ar=tjugo",
        "ar=20201",
        "ar=²020",
        "ar=00000202099",
        "ar=2020&typ=finnsinte",
        "ar=2020&forvaltning=a\x00b",
        "ar=2020&mall=../x",
    ],
)
@pytest.mark.parametrize("ending", ["", ".html", ".docx"])
def test_what_cannot_be_chosen_is_said_in_words(reader: FlaskClient, choice: str, ending: str) -> None:
    answer = reader.get(f"{REPORT}{ending}?{choice}")
    assert answer.status_code == 400
    assert re.search(r"Välj|Skriv fyra siffror", answer.get_data(as_text=True))


def test_a_file_without_a_year_asks_for_one(reader: FlaskClient) -> None:
    answer = reader.get(f"{REPORT}.docx")
    assert answer.status_code == 400
    assert "Välj ett år i formuläret." in answer.get_data(as_text=True)


def test_the_html_file_needs_no_other_file_and_leads_to_the_bank(reader: FlaskClient) -> None:
    answer = reader.get(f"{REPORT}.html?ar=2020")
    assert answer.headers["Content-Disposition"] == "attachment; filename=arsrapport-2020.html"
    file = html.fromstring(answer.get_data(as_text=True))
    assert not select(file, "link, script, img, use")
    outside = [one for one in links(file, "a") if not one.startswith("#")]
    assert all(one.startswith("http://localhost/") for one in outside)
    assert len(select(file, "figure svg")) == 2
    assert texts(file, "h4") == texts(page(reader, YEAR), "h4")


def test_the_report_is_complete_in_english(reader: FlaskClient) -> None:
    shown = page(reader, f"{YEAR}&lang=en")
    assert texts(shown, "article h2")[:3] == ["Projects with funds 2020", "The year in short", "Funding"]
    assert "2 of 4 projects have made an equality analysis." in shown.text_content()
    assert texts(shown, "[aria-labelledby=medel] thead th")[:2] == ["Organisation", "Projects"]


def test_the_warning_tells_editors_that_not_all_is_for_everybody(reader: FlaskClient, editor: FlaskClient) -> None:
    assert not select(page(reader, YEAR), ".alert")
    warned = texts(page(editor, YEAR), ".alert")
    assert warned == ["2 projekt i rapporten är inte öppna för alla. Vid namnen står vem som får läsa dem."]
    told = texts(page(editor, YEAR), ".report__project .meta")
    assert [one.split()[-1] for one in told if "Bromma" in one] == ["begränsad", "utkast"]


@pytest.mark.parametrize("address", [YEAR, f"{REPORT}.html?ar=2020", f"{REPORT}.docx?ar=2020"])
def test_what_is_restricted_leaves_no_trace_for_a_reader(reader: FlaskClient, address: str) -> None:
    data = reader.get(address).data
    if ".docx" in address:
        with ZipFile(BytesIO(data)) as package:
            data = b"".join(package.read(name) for name in package.namelist())
    told = data.decode("utf-8", "replace").replace("\N{NO-BREAK SPACE}", "")
    for trace in ("Hemligt", "hemligt", "333333", "Utkast om fritid", "222222", "nget stöd"):
        assert trace not in told, trace
    assert "Bromma" not in told.partition("<article")[2 if "<article" in told else 0]  # it stands in the form's list


def test_a_project_just_withdrawn_stands_by_its_name_alone(bank: SmallBank, client: FlaskClient) -> None:
    """The index has not heard of it yet."""
    closed = funded(bank, "Stängt projekt", [(2020, 400_000, 0)], organisations=["Bromma"], summary=SUMMARY)
    funded(bank, "Öppet projekt", [(2020, 100_000, 0)], organisations=["Bromma"])
    bank.index()
    with bank.workers.database.transaction() as session:
        projects.unpublish(session, closed)
    shown = page(client, YEAR)
    assert texts(shown, "h4") == ["Stängt projekt", "Öppet projekt"]
    assert texts(shown, "h4 a") == ["Öppet projekt"]
    assert [number(one) for one in texts(shown, ".numbers dd")] == [2, 100_000, 0, 4, 2]
    assert counted(client, links(shown, ".numbers a")[0]) == (4, 2)
    assert "31 familjer" not in shown.text_content()


def test_two_projects_of_one_name_are_not_taken_for_one_that_several_own(bank: SmallBank, client: FlaskClient) -> None:
    for organisations in (["Farsta"], ["Bromma"], []):
        funded(bank, "Uppföljning", [(2020, 1000, 0)], organisations=organisations)
    bank.index()
    shown = page(client, YEAR)
    (note,) = texts(shown, "[aria-labelledby=medel] .prose")
    assert note == "Inget projekt står på flera rader, så raderna blir tillsammans summan."
    assert texts(shown, ".report-bar p")[0] == "3 projekt från 2 förvaltningar."


def test_projects_that_nobody_owns_are_from_no_organisation(bank: SmallBank, client: FlaskClient) -> None:
    funded(bank, "Fritt projekt", [(2020, 1000, 0)], organisations=[])
    bank.index()
    assert texts(page(client, YEAR), ".report-bar p")[0] == "1 projekt."


def test_of_one_organisation_no_project_stands_on_two_rows(reader: FlaskClient) -> None:
    (note,) = texts(page(reader, f"{YEAR}&forvaltning=skarpnack"), "[aria-labelledby=medel] .prose")
    assert note.startswith("Inget projekt står på flera rader")
