from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from catalog import judgements, terms
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank

PLACE = "/administration/provning"


@pytest.fixture
def reports(bank: SmallBank) -> tuple[int, int]:
    """One that says more of it than the other, which is a draft."""
    project = bank.project("Södermalmsmodellen")
    better = bank.document("Boendestöd i vardagen", ["Boendestöd, boendestöd."], project_id=project)
    draft = bank.document("Delrapport", ["Om boendestöd och mycket annat i staden."], published=False)
    bank.index()
    return better, draft


def keep(editor: FlaskClient, **grades: str) -> FlaskClient:
    token = csrf_token(editor, f"{PLACE}/fraga?q=boendestöd")
    answer = editor.post(f"{PLACE}/fraga", data={"csrf_token": token, "q": "boendestöd", **grades})
    assert answer.status_code == 303
    return editor


def test_an_editor_judges_the_hits_of_a_question_drafts_among_them(
    bank: SmallBank, sign_in: SignIn, reports: tuple[int, int]
) -> None:
    editor = sign_in("redaktor")
    shown = page(editor, f"{PLACE}/fraga?q=boendestöd")
    assert texts(shown, "legend") == ["1. Boendestöd i vardagen", "2. Delrapport"]
    keep(editor, **{str(reports[0]): "bra", str(reports[1]): "dalig"})
    with bank.workers.database.reading() as session:
        assert judgements.collection(session) == {"boendestöd": {reports[0]: 2, reports[1]: 0}}
    listed = page(editor, PLACE)
    assert texts(listed, ".table td.num") == ["1", "0", "1"]
    checked = page(editor, links(listed, ".table th a")[0])
    assert [box.get("value") for box in select(checked, "[type=radio]") if box.get("checked") is not None] == [
        "bra",
        "dalig",
    ]


def test_a_value_is_asked_for_by_its_name_of_today(bank: SmallBank, sign_in: SignIn) -> None:
    for title, keyword in (("Ett", "Avlastning"), ("Två", "Hembesök")):
        bank.document(title, ["Vräkning."], project_id=bank.project(title, chosen={"keyword": [keyword]}))
    with bank.workers.database.transaction() as session:
        terms.rename(session, "keyword", "avlastning", label="Korttidsboende")
    bank.index()
    shown = page(sign_in("redaktor"), f"{PLACE}/fraga?q=vräkning+nyckelord:korttidsboende")
    assert texts(shown, "legend") == ["1. Ett"]


def test_a_judgement_is_taken_back_and_odd_fields_are_left_aside(
    bank: SmallBank, sign_in: SignIn, reports: tuple[int, int]
) -> None:
    editor = keep(sign_in("redaktor"), **{str(reports[0]): "bra"})
    keep(editor, **{str(reports[0]): "", "x": "bra", "9" * 40: "bra", "77": "bra", str(reports[1]): "jättebra"})
    with bank.workers.database.reading() as session:
        assert judgements.collection(session) == {}


def test_what_is_judged_stays_to_be_seen_when_it_is_a_hit_no_more(
    bank: SmallBank, sign_in: SignIn, reports: tuple[int, int]
) -> None:
    other = bank.document("Om något annat", ["Hemtjänst."])
    with bank.workers.database.transaction() as session:
        judgements.judge(session, "boendestöd", {other: 1}, by="Eva")
    shown = page(sign_in("redaktor"), f"{PLACE}/fraga?q=boendestöd")
    assert texts(shown, "legend")[-1] == "Om något annat"
    assert texts(shown, "#andra") == ["Bedömda, men inte bland de första nu"]
    assert reports


def test_a_question_is_taken_out_after_asking(bank: SmallBank, sign_in: SignIn, reports: tuple[int, int]) -> None:
    editor = keep(sign_in("redaktor"), **{str(reports[0]): "bra"})
    asking = links(page(editor, PLACE), ".table td a")[0]
    answer = editor.post(asking, data={"csrf_token": csrf_token(editor, asking), "q": "boendestöd"})
    assert answer.status_code == 303
    with bank.workers.database.reading() as session:
        assert judgements.questions(session) == []


def test_a_question_without_hits_says_so(sign_in: SignIn, reports: tuple[int, int]) -> None:
    shown = page(sign_in("redaktor"), f"{PLACE}/fraga?q=rymdfärd")
    assert "inget att bedöma" in shown.text_content()
    assert reports


def test_an_empty_question_leads_back_and_an_endless_one_is_told(sign_in: SignIn) -> None:
    editor = sign_in("redaktor")
    assert editor.get(f"{PLACE}/fraga?q=+").status_code == 303
    told = editor.get(f"{PLACE}/fraga?q={'å' * 301}")
    assert told.status_code == 400
    assert "högst 300 tecken" in told.get_data(as_text=True)


@pytest.mark.parametrize("path", [PLACE, f"{PLACE}/fraga?q=a", f"{PLACE}/ta-bort?q=a"])
def test_only_editors_come_in(client: FlaskClient, sign_in: SignIn, path: str) -> None:
    assert client.get(path).status_code == 303
    assert sign_in("lasare", "bo").get(path).status_code == 403
