"""Proposals for a project's fields, each with the place that speaks for it."""

from __future__ import annotations

import pytest

from indexer import ExtractedPage, Extraction, suggest

VOCABULARIES = {
    "document_type": {"slutrapport": ["slutrapport"], "handledning": ["handledning"], "ansokan": ["ansökan"]},
    "organisation": {"farsta": ["Farsta", "Farsta stadsdelsförvaltning"], "skarpnack": ["Skarpnäck"]},
    "method": {"mi": ["motiverande samtal (MI)"], "bostad-forst": ["Bostad först"]},
    "subject_area": {"barn-och-unga": ["barn och unga"], "aldre": ["äldre"]},
    "target_group": {"hemlosa": ["hemlösa"]},
}


def document(*pages: str, title: str = "", running: str = "", summary: str = "", date: str = "") -> Extraction:
    made = tuple(ExtractedPage(number, text) for number, text in enumerate(pages, 1))
    dates = (date,) if date else ()
    return Extraction("application/pdf", made, title=title, running=running, summary=summary, dates=dates)


def test_the_front_of_a_report_gives_type_owner_year_and_diary_number() -> None:
    front = "Hembesök i Farsta\n\nSlutrapport\n\nFarsta stadsdelsförvaltning, 2019-12-06, dnr 1.2.6-75/2018"
    found = suggest(document(front, title="Hembesök i Farsta"), VOCABULARIES)
    assert found["title"] == {
        "value": "Hembesök i Farsta",
        "page": 1,
        "quote": "Hembesök i Farsta Slutrapport Farsta stadsdelsförvaltning, 2019-12-06, dnr 1.2.6-75/2018",
    }
    assert (found["document_type"]["value"], found["document_type"]["page"]) == ("slutrapport", 1)
    assert found["organisation"]["value"] == ["farsta"]
    assert found["registration_number"]["value"] == "1.2.6-75/2018"
    assert "dnr 1.2.6-75/2018" in found["registration_number"]["quote"]


@pytest.mark.parametrize(
    "written",
    [
        "Dnr: SOC 2018/75-1.2.6",
        "dnr SOC 2018/75\u20131.2.6",
        "Diarienummer (dnr): SOC 2018/75-1.2.6",
        "Ärendenummer\nSOC 2018/75\u20111.2.6.",
    ],
)
def test_a_diary_number_is_found_however_it_is_written(written: str) -> None:
    assert suggest(document(written), VOCABULARIES)["registration_number"]["value"] == "SOC 2018/75-1.2.6"


def test_a_type_on_a_line_of_its_own_speaks_louder_than_one_in_a_title() -> None:
    found = suggest(document("Slutrapport 2019", title="Samlarteamet: metod och handledning"), VOCABULARIES)
    assert found["document_type"]["value"] == "slutrapport"


def test_years_that_are_plans_and_numbers_that_are_no_years_are_left() -> None:
    text = "Rapport om 2018 enligt SFS 2001:453, plan för 2025"
    assert suggest(document(text, date="2019-02-01"), VOCABULARIES)["year"]["value"] == 2018
    assert suggest(document("Utan årtal", date="2017-05-01"), VOCABULARIES)["year"] == {
        "value": 2017, "page": 0, "quote": "",
    }  # fmt: skip


def test_terms_are_proposed_from_the_front_or_where_they_are_repeated() -> None:
    later = "Vi prövade motiverande samtal. " * 3 + "De hemlösas egna ord. En gång nämns äldre."
    found = suggest(document("Om barn och unga", "Innehåll", later), VOCABULARIES)
    assert found["subject_area"]["value"] == ["barn-och-unga"]
    assert (found["method"]["value"], found["method"]["page"]) == (["mi"], 3)
    assert "target_group" not in found


def test_a_short_name_is_found_as_it_is_written_only() -> None:
    assert suggest(document("MI och mer MI, kan vi MI?"), VOCABULARIES)["method"]["value"] == ["mi"]
    assert "method" not in suggest(document("mi mi mi, minne, familj"), VOCABULARIES)


def test_a_text_that_says_nothing_suggests_nothing() -> None:
    assert suggest(document("Hej"), VOCABULARIES) == {}
    assert suggest(document("Slutrapport"), {}) == {}
