from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from catalog import project_file, projects, terms
from catalog.errors import BadValue
from catalog.models import Project

WHOLE = """
title = "Bo kvar"
project_type = "lokalt utvecklingsprojekt"
status = "avslutat"
finding = "stöd"
start_year = 2018
end_year = 2019
aim = "Att förebygga vräkningar."
organisations = ["Skärholmen"]
partners = ["Stockholms universitet"]
contact = "bokvar@example.org"
subject_areas = ["hemlöshet och boende"]
methods = ["motiverande samtal (MI)"]
target_groups = []
keywords = ["vräkning", "hyresskuld"]
equality_analysis = true
registration_number = "1.2.1-507/2017"
[[funding]]
year = 2018
granted = 420000
[summary]
results = "61 av 96 nåddes."
[documents."a.pdf"]
title = "Slutrapport"
document_type = "slutrapport"
date = 2019-02-15
class = "öppen"
[documents."b.docx"]
class = "begränsad"
date = "2018-08-20"
"""


@pytest.fixture
def seeded(session: Session) -> Session:
    terms.seed(session)
    return session


def applied(session: Session, text: str, *, publish: bool = False, classification: str = "internal") -> Project:
    file = project_file.parse(text)
    return project_file.apply(session, file, publish=publish, classification=classification, by="Eva")


def test_every_word_of_the_file_reaches_the_project(seeded: Session) -> None:
    project = applied(seeded, WHOLE)
    assert (project.project_type, project.status, project.finding) == ("utvecklingsprojekt", "avslutat", "stod")
    assert (project.start_year, project.end_year) == (2018, 2019)
    assert project.partners == ["Stockholms universitet"]
    assert project.summary == {"results": "61 av 96 nåddes."}
    assert project.equality_analysis is True
    assert [(one.year, one.granted, one.repaid) for one in project.funding] == [(2018, 420000, 0)]
    assert {one.label for one in project.terms if one.kind == "keyword"} == {"vräkning", "hyresskuld"}
    assert {one.kind for one in project.terms} == {"keyword", "organisation", "subject_area", "method"}


def test_documents_are_described_by_their_file_names() -> None:
    documents = project_file.parse(WHOLE).documents
    assert documents["a.pdf"] == project_file.Described("Slutrapport", "slutrapport", date(2019, 2, 15), "open")
    assert documents["b.docx"] == project_file.Described("", "", date(2018, 8, 20), "restricted")


def test_a_project_that_stands_already_is_left_as_people_edited_it(seeded: Session) -> None:
    first = applied(seeded, WHOLE)
    projects.update(seeded, first.id, aim="Ändrat av en redaktör.")
    assert applied(seeded, WHOLE).id == first.id
    assert projects.get(seeded, first.id).aim == "Ändrat av en redaktör."


def test_a_project_is_published_for_the_most_open_class_of_its_documents(seeded: Session) -> None:
    project = applied(seeded, WHOLE, publish=True)
    assert project.published_at
    assert project.classification == "open"


def test_nothing_is_published_unasked(seeded: Session) -> None:
    project = applied(seeded, WHOLE)
    assert project.published_at is None
    assert project.classification == "internal"


def test_without_classes_the_command_decides(seeded: Session) -> None:
    assert applied(seeded, 'title = "A"', publish=True, classification="restricted").classification == "restricted"


def test_a_project_with_an_identity_number_waits_for_a_person(seeded: Session) -> None:
    text = 'title = "B"\naim = "Gäller 811218-9876."\n[documents."a.pdf"]\nclass = "öppen"'
    project = applied(seeded, text, publish=True)
    assert project.published_at is None
    assert project.classification == "internal"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("title = ", "is not TOML"),
        ("aim = 'x'", "must have 'title'"),
        ("title = 'A'\nsyfte = 'x'", "unknown key 'syfte'"),
        ("title = 'A'\nstart_year = '2018'", "'start_year' must be int"),
        ("title = 'A'\nstart_year = true", "'start_year' must be int"),
        ("title = 'A'\nend_year = 20199", "'end_year' must be a year from 1900 to 2100, not 20199"),
        ("title = 'A'\n[[funding]]\nyear = 18", "'year' must be a year from 1900 to 2100, not 18"),
        ("title = 'A'\n[[funding]]\nyear = 2018\nrepaid = -5", "'repaid' must be whole kronor from 0"),
        ("title = 'A'\npartners = 'x'", "'partners' must be list"),
        ("title = 'A'\nfunding = [1]", "[[funding]] is a table"),
        ("title = 'A'\n[documents.'a.pdf']\nclass = 'hemlig'", "'hemlig'; use öppen"),
        ("title = 'A'\n[documents.'a.pdf']\ndate = 'i fjol'", "write 2019-12-31"),
        ("title = 'A'\n[documents]\n'a.pdf' = 1", "must be a table"),
        ("title = 'A'\n[documents.'a.pdf']\ntitel = 'x'", "unknown key 'titel' in documents.'a.pdf'"),
        ("title = 'A'\n[documents.'a.pdf']\ndate = 2019", "has the date '2019'; write 2019-12-31"),
        ("title = 'A'\n[documents.'a.pdf']\ndate = '0019-12-31'", "the year is not 1900–2100"),
        ("title = 'A'\n[documents.'a.pdf']\ndate = 10:00:00", "has the date '10:00:00'"),
        (f"title = 'A'\n[documents.'a.pdf']\ntitle = '{'x' * 401}'", "shorten it to 400"),
        ("title = 'A'\n[summary]\nbakgrund = 'x'", "unknown key 'bakgrund' in summary; known are background"),
        ("title = 'A'\n[summary]\nresults = 3", "'results' must be str"),
        ("title = 'A'\n[[funding]]\nyear = 2018\nbeviljat = 1", "unknown key 'beviljat' in funding"),
        ("title = 'A'\npartners = ['x', 3]", "'partners' must hold texts, not 3"),
        ("title = 'A'\nkeywords = [2018]", "'keywords' must hold texts, not 2018"),
    ],
)
def test_what_cannot_be_used_is_told_by_its_key(text: str, told: str) -> None:
    with pytest.raises(BadValue) as caught:
        project_file.parse(text)
    assert told in str(caught.value)


def test_a_status_that_is_on_no_list_is_told_with_the_list(seeded: Session) -> None:
    with pytest.raises(BadValue, match=r"'nästan klart' is no status; use .*pågående"):
        applied(seeded, "title = 'A'\nstatus = 'nästan klart'")
