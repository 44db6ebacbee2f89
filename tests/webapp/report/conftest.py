"""A bank with projects of every kind that a report must tell rightly."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import docx
import pytest
from docx.document import Document
from flask import Flask
from flask.testing import FlaskClient

from settings import Settings
from tests.webapp.small_bank import SmallBank
from webapp import create_app

PASSWORD = "en lång lösenfras"
REPORT = "/utforska/arsrapport"
SUMMARY = {
    "background": "Familjerna hade sju kontakter.\n\nIngen såg helheten.",
    "results": "31 familjer deltog & 16 fick en plan < 3 veckor.",
    "lessons": "Fråga efter alla kontakter.",
}


def fill(bank: SmallBank) -> None:
    """Funds for 2020: four projects for everybody, one for few, a draft and a document of a draft."""
    funded(
        bank,
        "Etableringscoach",
        [(2020, 500_000, 38_500), (2019, 1, 0)],
        organisations=["Kungsholmen", "Skarpnäck", "Östermalm", "Norrmalm"],
        finding="blandat",
        equality_analysis=True,
        status="avslutat",
    )
    funded(
        bank,
        "Familjeorienterat arbetssätt",
        [(2020, 450_000, 0)],
        organisations=["Skarpnäck"],
        finding="stod",
        finding_note="Liten grupp.",
        equality_analysis=True,
        summary=SUMMARY,
        status="avslutat",
    )
    funded(
        bank,
        "<b>Fet</b> & {{ rubrik }}",
        [(2020, 100_000, 0)],
        organisations=["Farsta"],
        equality_analysis=False,
        status="pagaende",
    )
    funded(bank, "Studieresa till Sundsvall", [(2020, 25_000, 6_140)], organisations=[], project_type="studieresa")
    funded(bank, "Bara 2019", [(2019, 70_000, 0)], organisations=["Farsta"])
    funded(
        bank, "Hemligt boende", [(2020, 333_333, 0)], organisations=["Bromma"], finding="inget_stod", seen="restricted"
    )
    funded(bank, "Utkast om fritid", [(2020, 222_222, 0)], organisations=["Bromma"], published=False, documents=0)
    bank.index()


def funded(
    bank: SmallBank,
    title: str,
    years: list[tuple[int, int, int]],
    *,
    organisations: list[str],
    seen: str = "open",
    published: bool = True,
    documents: int = 2,
    **fields: object,
) -> int:
    project = bank.project(
        title,
        classification=seen,
        published=published,
        chosen={"organisation": organisations, "subject_area": ["barn och unga"]},
        funding=years,
        **{"project_type": "utvecklingsprojekt", "start_year": 2019, "end_year": 2020, **fields},
    )
    for number in range(documents):
        kind = "slutrapport" if number else "delrapport"
        bank.document(f"{title} {kind}", [f"Text om {title}."], project_id=project, document_type=kind)
    return project


@pytest.fixture(scope="session")
def funded_bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SmallBank]:
    made = SmallBank(Settings(data=str(tmp_path_factory.mktemp("funded")), workers="1", web_processes="1"))
    fill(made)
    made.person("redaktor", "eva", PASSWORD)
    yield made
    made.close()


@pytest.fixture(scope="session")
def funded_app(funded_bank: SmallBank) -> Iterator[Flask]:
    app = create_app(funded_bank.settings)
    app.config["TESTING"] = True
    yield app
    app.extensions["bank"].close()


@pytest.fixture
def reader(funded_app: Flask) -> FlaskClient:
    """Somebody who has not signed in."""
    return funded_app.test_client()


@pytest.fixture
def editor(funded_app: Flask) -> FlaskClient:
    from tests.webapp.conftest import csrf_token

    client = funded_app.test_client()
    token = csrf_token(client, "/logga-in")
    client.post("/logga-in", data={"namn": "eva", "losenord": PASSWORD, "csrf_token": token})
    return client


def word(client: FlaskClient, address: str) -> Document:
    """The document at an address, opened again."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.get_data(as_text=True)[-2000:]
    return docx.Document(BytesIO(answer.data))
