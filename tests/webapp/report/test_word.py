"""The Word document, opened and read back."""

from __future__ import annotations

import re
from collections import Counter
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.table import Table
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from tests.webapp.addresses import page
from tests.webapp.report.conftest import REPORT, word

YEAR = f"{REPORT}.docx?ar=2020"


@pytest.fixture(scope="module")
def document(funded_app: Flask) -> Document:
    return word(funded_app.test_client(), YEAR)


def headings(document: Document, level: int) -> list[str]:
    return [one.text for one in document.paragraphs if one.style and one.style.name == f"Heading {level}"]


def rows(table: Table) -> list[list[str]]:
    return [[cell.text.replace("\N{NO-BREAK SPACE}", "") for cell in row.cells] for row in table.rows]


def addresses(document: Document) -> dict[str, str]:
    """The links out of the document: address by the id of the relation."""
    found = document.part.rels.items()
    return {key: rel.target_ref for key, rel in found if rel.reltype == RELATIONSHIP_TYPE.HYPERLINK}


def test_chapters_organisations_and_projects_are_headings_in_order(document: Document) -> None:
    assert headings(document, 1) == [
        "Året i korthet", "Medel", "Projekten", "Jämställdhet", "Alla projekt", "Om rapporten",
    ]  # fmt: skip
    assert headings(document, 2) == ["Farsta", "Kungsholmen", "Norra innerstaden", "Skarpnäck", "Uppgift saknas"]
    assert headings(document, 3) == [
        "<b>Fet</b> & {{ rubrik }}", "Etableringscoach", "Etableringscoach",
        "Etableringscoach", "Familjeorienterat arbetssätt", "Studieresa till Sundsvall",
    ]  # fmt: skip


def test_sums_count_a_project_of_three_organisations_once(document: Document) -> None:
    money = next(rows(table) for table in document.tables if table.cell(0, 2 % len(table.columns)).text == "Beviljat")
    assert money[-1] == ["Summa", "4", "1075000", "44640"]
    assert sum(int(row[2]) for row in money[1:-1]) == 1_075_000 + 2 * 500_000
    everything = rows(document.tables[-1])
    assert sum(int(row[3]) for row in everything[1:-1]) == int(everything[-1][3]) == 1_075_000
    assert Counter(row[0] for row in everything)["Etableringscoach"] == 1


def test_links_lead_to_the_bank_and_open(reader: FlaskClient, document: Document) -> None:
    used = {
        str(link.get(qn("r:id"))): "".join(str(one.text) for one in link.iter(qn("w:t")))
        for link in document.element.body.iter(qn("w:hyperlink"))
        if link.get(qn("r:id"))
    }
    found = addresses(document)
    assert len(used) == 18
    assert {one.partition("/sok")[0].partition("/projekt")[0] for one in found.values()} == {"http://localhost"}
    for key, text in used.items():
        assert text
        page(reader, found[key].removeprefix("http://localhost"))


def test_summaries_stand_by_the_template_with_their_headings_in_bold(document: Document) -> None:
    told = [one for one in document.paragraphs if one.text.startswith(("Bakgrund. ", "Resultat. ", "Lärdomar. "))]
    assert [one.text for one in told] == [
        "Bakgrund. Familjerna hade sju kontakter.",
        "Resultat. 31 familjer deltog & 16 fick en plan < 3 veckor.",
        "Lärdomar. Fråga efter alla kontakter.",
    ]
    assert all(one.runs[0].bold for one in told)
    texts = [one.text.strip() for one in document.paragraphs]
    assert texts.count("Ingen såg helheten.") == 1
    assert texts.count("Ingen har skrivit sammanfattningen än.") == 3
    assert texts.count("Beskrivs under Kungsholmen.") == 2
    assert texts.count("Om utfallet. Liten grupp.") == 1


def test_charts_are_pictures_in_the_line_with_words_for_those_who_do_not_see_them(document: Document) -> None:
    told = [one.get("descr") for one in document.element.body.iter(qn("wp:docPr"))]
    assert len(told) == len(document.inline_shapes) == 2
    assert all(one and one.startswith("Staplar: ") for one in told)
    assert not list(document.element.body.iter(qn("wp:anchor"), qn("w:txbxContent")))


def test_nothing_of_the_template_is_left_but_what_a_title_says(document: Document) -> None:
    with_title = document.part.blob.decode().replace("{{ rubrik }}", "")
    assert not re.search(r"{[{%#]|[}%#]}", with_title)
    for section in document.sections:
        running = section.header.part.blob + section.footer.part.blob
        assert not re.search(rb"{[{%#]|[}%#]}", running)


def test_the_file_says_its_title_author_language_and_pages(document: Document) -> None:
    assert document.core_properties.title == "Projekt med medel 2020"
    assert document.core_properties.author == "Stockholms socialtjänst"
    assert {one.get(qn("w:val")) for one in document.styles.element.iter(qn("w:lang"))} == {"sv-SE"}
    fields = re.findall(r"<w:instrText[^>]*>\s*([A-Z]+)", document.part.blob.decode())
    assert fields[0] == "TOC"
    assert set(fields) == {"TOC", "SEQ"}
    foot = document.sections[0].footer.part.blob.decode()
    assert re.findall(r"<w:instrText[^>]*>\s*([A-Z]+)", foot) == ["PAGE", "NUMPAGES"]


def test_the_table_of_contents_leads_to_every_chapter_and_organisation(document: Document) -> None:
    body = document.element.body
    anchors = [str(one.get(qn("w:anchor"))) for one in body.iter(qn("w:hyperlink")) if one.get(qn("w:anchor"))]
    marks = [str(one.get(qn("w:name"))) for one in body.iter(qn("w:bookmarkStart"))]
    numbers = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    assert anchors == marks
    assert len(anchors) == len(set(anchors)) == len(set(numbers)) == 11


@pytest.mark.parametrize("address", [YEAR, f"{YEAR}&del=jamstalldhet&del=tabell"])
def test_captions_are_numbered_before_any_program_works_them_out(reader: FlaskClient, address: str) -> None:
    told = [one.text for one in word(reader, address).paragraphs if one.style and one.style.name == "Caption"]
    for kind in ("Tabell", "Figur"):
        numbers = [found[1] for one in told if (found := re.match(rf"{kind} (\d+)\.", one))]
        assert numbers == [str(number + 1) for number in range(len(numbers))]
    assert sum(one.startswith("Tabell") for one in told) > 2


def test_parts_that_are_not_chosen_are_left_out(reader: FlaskClient) -> None:
    short = word(reader, f"{YEAR}&del=projekt")
    assert headings(short, 1) == ["Året i korthet", "Medel", "Projekten", "Om rapporten"]
    assert not short.inline_shapes
    assert not [one for one in short.paragraphs if one.text.startswith("Bakgrund")]


def test_a_year_without_projects_is_a_document_that_says_so(reader: FlaskClient) -> None:
    empty = word(reader, f"{REPORT}.docx?ar=2003")
    assert not headings(empty, 2)
    assert "Banken har inga projekt med medel för 2003" in "".join(one.text for one in empty.paragraphs)


def test_the_document_is_english_where_the_reader_is(reader: FlaskClient) -> None:
    english = word(reader, f"{YEAR}&lang=en")
    assert headings(english, 1)[:2] == ["The year in short", "Funding"]
    assert {one.get(qn("w:val")) for one in english.styles.element.iter(qn("w:lang"))} == {"en-GB"}


def test_editors_are_warned_on_the_first_page(editor: FlaskClient) -> None:
    told = [one.text for one in word(editor, YEAR).paragraphs]
    assert "2 projekt i rapporten är inte öppna för alla. Vid namnen står vem som får läsa dem." in told[:8]
    assert sum(one.endswith("· begränsad") for one in told) == 1


def test_every_part_of_the_package_is_well_formed(reader: FlaskClient) -> None:
    with ZipFile(BytesIO(reader.get(YEAR).data)) as package:
        for name in package.namelist():
            if name.endswith((".xml", ".rels")):
                etree.fromstring(package.read(name))
