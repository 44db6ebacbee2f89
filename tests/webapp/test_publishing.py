from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.test import TestResponse

from catalog import documents, identity, projects
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank

NUMBERED = (
    "Inledning utan uppgifter om någon.",
    "Deltagaren 811228-9874 flyttade från stödboendet i maj. Referens 670919-9530 gäller någon annan.",
)
CHECK = "/projekt/etableringscoach/publicera"
TOLD_WHY = "Skriv varför numret får stå."


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in()


@pytest.fixture
def project_id(bank: SmallBank) -> int:
    return bank.project("Etableringscoach", published=False)


@pytest.fixture
def document_id(bank: SmallBank, project_id: int) -> int:
    return bank.document("Slutrapport", NUMBERED, project_id=project_id, classification="internal", published=False)


def _names(editor: FlaskClient, address: str = CHECK) -> list[str]:
    """Of the buttons of each find, in order."""
    return [str(one.get("id")) for one in select(page(editor, address), ".found fieldset")]


def _press(editor: FlaskClient, what: str, address: str = CHECK, **sent: str | list[str]) -> TestResponse:
    return editor.post(address, data={"gor": what, "csrf_token": csrf_token(editor, address), **sent})


def _state(bank: SmallBank, document_id: int) -> tuple[str, bool]:
    with bank.workers.database.reading() as session:
        found = documents.get(session, document_id)
        return found.classification, found.published_at is not None


def test_each_number_stands_with_its_page_and_without_its_last_digits(editor: FlaskClient, document_id: int) -> None:
    shown = page(editor, CHECK)
    strips = texts(shown, ".snip")
    assert len(strips) == 2
    assert "Deltagaren 811228-•••• flyttade" in strips[0]
    assert links(shown, ".found a") == [f"/dokument/{document_id}?sida=2"] * 2
    assert "9874" not in html.tostring(shown, encoding="unicode")
    assert "9530" not in html.tostring(shown, encoding="unicode")
    assert not select(shown, ".found input[checked]")


def test_nothing_becomes_open_before_every_find_has_a_decision(
    bank: SmallBank, editor: FlaskClient, document_id: int
) -> None:
    first, second = _names(editor)
    chosen = {"dokument": str(document_id)}
    answer = _press(editor, "open", **chosen, **{first: "not_a_number"})
    assert answer.status_code == 422
    assert links(html.fromstring(answer.get_data(as_text=True)), ".alert__list a") == [f"#{second}"]
    assert _state(bank, document_id) == ("internal", False)
    answer = _press(editor, "open", **chosen, skal="Exempel", **{first: "not_a_number", second: "may_stand"})
    assert answer.headers["Location"] == "/projekt/etableringscoach"
    assert _state(bank, document_id) == ("open", True)


def test_a_decision_is_kept_with_who_made_it(bank: SmallBank, editor: FlaskClient, document_id: int) -> None:
    first, second = _names(editor)
    _press(editor, "spara", skal="Påhittat, ur lagens exempel", **{first: "may_stand"})
    shown = page(editor, CHECK)
    assert [one.get("value") for one in select(shown, ".found input[checked]")] == ["may_stand"]
    assert texts(shown, ".found .help") == ["Får stå: Påhittat, ur lagens exempel (anna)"]
    with bank.workers.database.reading() as session:
        left = identity.undecided(session, document_id)
    assert [second] == [f"fynd-{one.subject_id}-{one.page}-{one.fingerprint[:16]}" for one in left]


@pytest.mark.parametrize(
    ("why", "told"),
    [("  ", TOLD_WHY), ("\u200b", TOLD_WHY), ("x" * 1001, "Skälet är för långt. Skriv högst 1 000 tecken.")],
)
def test_no_number_may_stand_without_a_reason(
    bank: SmallBank, editor: FlaskClient, document_id: int, why: str, told: str
) -> None:
    first, second = _names(editor)
    answer = _press(
        editor, "internal", skal=why, dokument=str(document_id), **{first: "may_stand", second: "not_a_number"}
    )
    assert answer.status_code == 422
    shown = html.fromstring(answer.get_data(as_text=True))
    assert texts(shown, ".alert__list a") == [told]
    assert [one.get("value") for one in select(shown, ".found input[checked]")] == ["may_stand", "not_a_number"]
    with bank.workers.database.reading() as session:
        assert len(identity.undecided(session, document_id)) == 2
    assert _state(bank, document_id) == ("internal", False)


def test_a_number_may_have_a_reason_of_its_own(bank: SmallBank, editor: FlaskClient, document_id: int) -> None:
    first, second = _names(editor)
    sent = {first: "may_stand", second: "may_stand"}
    _press(editor, "spara", skal="Påhittat", **sent, **{f"skal-{second}": " Lagens   exempel <b> om 811228-9874 "})
    told = ["Får stå: Påhittat (anna)", "Får stå: Lagens exempel <b> om 811228-•••• (anna)"]
    assert texts(page(editor, CHECK), ".found .help") == told
    assert _press(editor, "spara", **sent, **{f"skal-{first}": "Sagt senare"}).status_code == 303
    assert texts(page(editor, CHECK), ".found .help") == ["Får stå: Sagt senare (anna)", told[1]]


def test_reasons_of_their_own_for_all_need_no_other(editor: FlaskClient, document_id: int) -> None:
    first, second = _names(editor)
    own = {f"skal-{first}": "Ett", f"skal-{second}": "Två"}
    assert _press(editor, "spara", **{first: "may_stand", second: "may_stand"}, **own).status_code == 303
    assert texts(page(editor, CHECK), ".found .help") == ["Får stå: Ett (anna)", "Får stå: Två (anna)"]


def test_a_reason_of_its_own_is_short_and_a_text(bank: SmallBank, editor: FlaskClient, document_id: int) -> None:
    first, _second = _names(editor)
    answer = _press(editor, "spara", **{first: "may_stand", f"skal-{first}": "x" * 1001})
    assert answer.status_code == 422
    shown = html.fromstring(answer.get_data(as_text=True))
    assert links(shown, ".alert__list a") == [f"#skal-{first}"]
    assert [one.get("id") for one in select(shown, "[aria-invalid]")] == [f"skal-{first}"]
    assert _press(editor, "spara", **{first: "may_stand", f"skal-{first}": "a\0b"}).status_code < 500
    assert _press(editor, "spara", **{first: "not_a_number", f"skal-{first}": "x" * 5000}).status_code == 303
    with bank.workers.database.reading() as session:
        assert all("x" not in one.why for one in identity.in_document(session, document_id))


def test_a_number_that_was_let_stand_without_a_reason_takes_the_first_that_is_given(
    bank: SmallBank, editor: FlaskClient, document_id: int
) -> None:
    first, second = _names(editor)
    with bank.workers.database.transaction() as session:
        for one in identity.in_document(session, document_id):
            identity.decide(session, document_id, one.page, one.fingerprint, "may_stand", by="Eva")
    sent = {first: "may_stand", second: "may_stand"}
    assert _press(editor, "spara", **sent).status_code == 303
    for why in ("Sagt senare om 811228-9874", "Sagt sist"):
        _press(editor, "spara", skal=why, **sent)
    assert texts(page(editor, CHECK), ".found .help") == ["Får stå: Sagt senare om 811228-•••• (anna)"] * 2


def test_what_is_not_open_needs_no_decisions(bank: SmallBank, editor: FlaskClient, document_id: int) -> None:
    assert _press(editor, "internal", dokument=str(document_id)).status_code == 303
    assert _state(bank, document_id) == ("internal", True)
    assert _press(editor, "avpublicera", dokument=str(document_id)).status_code == 303
    assert _state(bank, document_id) == ("internal", False)


def test_a_withdrawn_project_takes_its_documents_along_until_it_is_published_again(
    bank: SmallBank, editor: FlaskClient, client: FlaskClient, document_id: int
) -> None:
    address = f"/dokument/{document_id}"
    _press(editor, "open", dokument=str(document_id), **dict.fromkeys(_names(editor), "not_a_number"))
    assert client.get(address).status_code == 200
    _press(editor, "avpublicera")
    assert client.get(address).status_code == 404
    assert "tills projektet är publicerat" in editor.get(f"{address}/redigera").get_data(as_text=True)
    _press(editor, "open")
    assert client.get(address).status_code == 200


def test_a_document_waits_for_a_project_with_identity_numbers_in_its_texts(
    bank: SmallBank, editor: FlaskClient, client: FlaskClient, project_id: int
) -> None:
    with bank.workers.database.transaction() as session:
        projects.update(session, project_id, aim="Frågor: 811228-9874", classification="open")
    document_id = bank.document("Bilaga", ["Boendestöd."], project_id=project_id, published=False)
    shown = _press(editor, "open", f"/dokument/{document_id}/publicera")
    assert "tills projektet är publicerat" in editor.get(shown.headers["Location"]).get_data(as_text=True)
    assert client.get(f"/dokument/{document_id}").status_code == 404
    bank.index()
    assert "811228" not in client.get("/sok?q=boendestöd").get_data(as_text=True)
    assert client.get("/api/v1/search?q=811228").get_json()["total"] == 0


@pytest.mark.parametrize(("of_project", "told"), [("internal", "klassen intern"), ("restricted", "klassen begränsad")])
def test_who_publishes_for_more_than_see_the_project_is_told_so(
    bank: SmallBank, editor: FlaskClient, client: FlaskClient, of_project: str, told: str
) -> None:
    project_id = bank.project("Bo kvar", classification=of_project)
    document_id = bank.document("Bilaga", ["Boendestöd."], project_id=project_id, published=False)
    shown = _press(editor, "open", f"/dokument/{document_id}/publicera")
    for address in (shown.headers["Location"], f"/dokument/{document_id}/redigera"):
        text = editor.get(address).get_data(as_text=True)
        assert told in text
        assert "Bara de som ser projektet ser dokumentet" in text
    assert client.get(f"/dokument/{document_id}").status_code == 404


def test_a_document_that_was_not_ticked_stays_as_it_is(bank: SmallBank, editor: FlaskClient, document_id: int) -> None:
    assert _press(editor, "open").status_code == 303
    assert _state(bank, document_id) == ("internal", False)


def test_choosing_to_remove_leads_to_the_decision_to_remove(
    bank: SmallBank, editor: FlaskClient, document_id: int
) -> None:
    answer = _press(editor, "open", dokument=str(document_id), **{_names(editor)[0]: "ta_bort"})
    assert answer.headers["Location"] == f"/dokument/{document_id}/ta-bort?skal=personnummer"
    assert _state(bank, document_id) == ("internal", False)
    assert "Dokumentet innehåller personnummer." in texts(page(editor, answer.headers["Location"]), "#varfor")


def test_a_number_in_the_projects_own_text_must_be_vouched_for(
    bank: SmallBank, editor: FlaskClient, project_id: int
) -> None:
    with bank.workers.database.transaction() as session:
        projects.update(session, project_id, aim="Frågor: 811228-9874")
    answer = _press(editor, "open")
    assert answer.status_code == 422
    assert "811228-••••" in answer.get_data(as_text=True)
    assert _press(editor, "open", egna="ja").status_code == 303


def test_a_document_without_project_has_the_same_page(bank: SmallBank, editor: FlaskClient) -> None:
    alone = bank.document("Tillsyn", NUMBERED, published=False)
    address = f"/dokument/{alone}/publicera"
    sent = dict.fromkeys(_names(editor, address), "not_a_number")
    assert _press(editor, "open", address, **sent).headers["Location"] == f"/dokument/{alone}"
    assert _state(bank, alone) == ("open", True)


@pytest.mark.parametrize("sent", [{"gor": "hemlig"}, {"dokument": ["1", "x", ""]}, {"fynd-1-1-abc": "may_stand"}, {}])
def test_odd_forms_publish_nothing(
    bank: SmallBank, editor: FlaskClient, document_id: int, sent: dict[str, str | list[str]]
) -> None:
    assert editor.post(CHECK, data={"csrf_token": csrf_token(editor, CHECK), **sent}).status_code == 303
    assert _state(bank, document_id) == ("internal", False)


def test_only_editors_publish(bank: SmallBank, client: FlaskClient, sign_in: SignIn, document_id: int) -> None:
    reader = sign_in("lasare", "lasse")
    for person, status in ((client, 303), (reader, 403)):
        for address in (CHECK, f"/dokument/{document_id}/publicera"):
            assert person.get(address).status_code == status
            token = csrf_token(client, "/logga-in") if person is client else csrf_token(reader, "/logga-ut")
            assert person.post(address, data={"gor": "open", "csrf_token": token}).status_code == status
    assert _state(bank, document_id) == ("internal", False)
