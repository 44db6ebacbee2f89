"""/administration/ord: what editors teach the bank, who may, and when it takes effect."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from flask.testing import FlaskClient

from catalog import editors_words, generations
from indexer import OwnWords, own_words, use_own_words
from tests.webapp.addresses import page, select, texts
from tests.webapp.conftest import csrf_token
from tests.webapp.small_bank import SmallBank
from workers.rebuilding import settle

SignIn = Callable[..., FlaskClient]
WORDS = "/administration/ord"


@pytest.fixture(autouse=True)
def _forget() -> Iterator[None]:
    """The lists are the process's own; the next test's bank has none."""
    yield
    use_own_words(OwnWords())


def post(client: FlaskClient, path: str, **fields: str) -> tuple[int, str]:
    token = csrf_token(client, WORDS)
    answer = client.post(f"{WORDS}/{path}", data={"csrf_token": token, **fields}, follow_redirects=True)
    return answer.status_code, answer.get_data(as_text=True)


def kept(bank: SmallBank) -> list[tuple[str, str, str, bool, str]]:
    with bank.workers.database.reading() as session:
        rows = editors_words.everyone(session)
        return [(row.kind, row.word, row.same_as, row.both_ways, row.added_by) for row in rows]


@pytest.mark.parametrize("role", ["lasare", "analytiker", "redaktionsrad"])
def test_only_those_who_edit_may_see_or_change_words(sign_in: SignIn, client: FlaskClient, role: str) -> None:
    assert client.get(WORDS).status_code == 303
    reader = sign_in(role)
    for path in (WORDS, f"{WORDS}/nu"):
        assert reader.get(path).status_code == 403
    token = csrf_token(reader, "/")
    for path in ("synonymer", "egna", "skyddade", "1/ta-bort"):
        answer = reader.post(f"{WORDS}/{path}", data={"csrf_token": token, "ord": "x", "aven": "y"})
        assert answer.status_code == 403


def test_a_synonym_acts_at_once_and_says_who_and_when(bank: SmallBank, sign_in: SignIn) -> None:
    editor = sign_in()
    fields = {"ord": "Försörjningsstöd", "aven": "ekonomiskt bistånd, socialbidrag", "bada": "on"}
    status, shown = post(editor, "synonymer", **fields)
    assert status == 200
    assert "gäller genast" in shown
    assert [row[1:] for row in kept(bank)] == [
        ("Försörjningsstöd", "ekonomiskt bistånd", True, "anna"),
        ("Försörjningsstöd", "socialbidrag", True, "anna"),
    ]
    found = {(one.word, one.same_as) for one in own_words().synonyms}
    assert found == {
        ("försörjningsstöd", "ekonomiskt bistånd"),
        ("ekonomiskt bistånd", "försörjningsstöd"),
        ("försörjningsstöd", "socialbidrag"),
        ("socialbidrag", "försörjningsstöd"),
    }
    assert all(one.weight <= 0.5 for one in own_words().synonyms)
    with bank.workers.database.reading() as session:
        assert generations.building(session) is None


def test_a_word_of_its_own_begins_a_rebuild_whose_progress_is_shown(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Ett", ["Språkrör"])
    bank.index()
    settle(bank.workers)
    editor = sign_in()
    status, shown = post(editor, "egna", ord="språkrör, samlarteam", varfor="namn i staden")
    assert status == 200
    assert "Indexet byggs om" in shown
    assert "0 av 1" in shown
    assert own_words().words == {"språkrör", "samlarteam"}
    assert "0 av 1" in editor.get(f"{WORDS}/nu").get_data(as_text=True)
    bank.index()
    assert "progress" not in editor.get(f"{WORDS}/nu").get_data(as_text=True)


def test_a_change_during_a_rebuild_begins_it_anew(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Ett", ["Språkrör"])
    bank.index()
    settle(bank.workers)
    editor = sign_in()
    names = []
    for word in ("ett", "två"):
        post(editor, "skyddade", ord=word)
        with bank.workers.database.reading() as session:
            building = generations.building(session)
            assert building is not None
            names.append(building.name)
    assert names[0] != names[1]
    assert own_words().protected == {"ett", "två"}


def test_a_word_is_taken_away_again(bank: SmallBank, sign_in: SignIn) -> None:
    editor = sign_in()
    post(editor, "synonymer", ord="avhysning", aven="vräkning")
    (address,) = [
        str(form.get("action")) for form in select(page(editor, WORDS), "form") if "ta-bort" in str(form.get("action"))
    ]
    status, shown = post(editor, address.removeprefix(f"{WORDS}/"))
    assert status == 200
    assert "avhysning är borttaget" in shown
    assert kept(bank) == []
    assert own_words().synonyms == ()
    assert post(editor, address.removeprefix(f"{WORDS}/"))[0] == 404
    assert post(editor, f"{10**22}/ta-bort")[0] == 404  # more than the record can count to


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("egna", {"ord": ""}, "Skriv ett ord."),
        ("egna", {"ord": " , ,"}, "Skriv ett ord."),
        ("egna", {"ord": "intern-SIP"}, "inte ett ord"),
        ("egna", {"ord": "två ord"}, "inte ett ord"),
        ("skyddade", {"ord": "2020"}, "inte ett ord"),
        ("skyddade", {"ord": "x" * 121}, "för långt"),
        ("egna", {"ord": ",".join(f"ord{n}a" for n in range(21))}, "högst 20 ord"),
        ("synonymer", {"ord": "avhysning", "aven": ""}, "Skriv ett ord."),
        ("synonymer", {"ord": "", "aven": "vräkning"}, "Skriv ett ord."),
        ("synonymer", {"ord": "!!", "aven": "vräkning"}, "kan ingen söka på"),
        ("synonymer", {"ord": "Vräkning", "aven": "vräkning"}, "två olika ord"),
    ],
)
def test_what_cannot_be_taken_in_is_told_and_nothing_changes(
    bank: SmallBank, sign_in: SignIn, path: str, fields: dict[str, str], told: str
) -> None:
    status, shown = post(sign_in(), path, **fields)
    assert status == 400
    assert told in shown
    assert kept(bank) == []


def test_of_several_words_all_are_taken_in_or_none(bank: SmallBank, sign_in: SignIn) -> None:
    editor = sign_in()
    post(editor, "egna", ord="språkrör")
    status, shown = post(editor, "egna", ord="samlarteam, Språkrör")
    assert status == 400
    assert "står redan i listan" in shown
    assert [row[1] for row in kept(bank)] == ["språkrör"]


def test_a_word_is_tried(bank: SmallBank, sign_in: SignIn) -> None:
    bank.document("Ett", ["Boendestödet"])
    bank.index()
    shown = page(sign_in(), f"{WORDS}?prova=boendestödet")
    facts = texts(shown, ".facts--try div")
    assert any("stöd" in fact and "+" in fact for fact in facts)
    assert "Hittar1 dokument" in facts


@pytest.mark.parametrize("text", ["!!", "<script>", "a" * 5000, '"', "två ord"])
def test_any_text_can_be_tried(sign_in: SignIn, text: str) -> None:
    assert sign_in().get(WORDS, query_string={"prova": text}).status_code == 200


def test_the_fixed_lists_are_shown_with_their_reasons(sign_in: SignIn) -> None:
    shown = texts(page(sign_in(), WORDS), "details.more")
    assert any(text.startswith("Ord som inte räknas i en fråga") for text in shown)


def test_another_process_takes_the_words_in(bank: SmallBank, sign_in: SignIn) -> None:
    editor = sign_in()
    post(editor, "synonymer", ord="avhysning", aven="vräkning")
    use_own_words(OwnWords())  # as in a process that has not looked yet
    bank.workers.take_in_words()
    assert [(one.word, one.same_as) for one in own_words().synonyms] == [("avhysning", "vräkning")]
