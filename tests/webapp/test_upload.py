from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from catalog import documents, drops, mail_members, zip_members
from catalog.drops import QueueRow
from settings import Settings
from tests import factories
from tests.indexer.extraction import fyrbaken
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from workers import queue
from workers.steps import index_next, read_next

REPORT = "Slutrapport\n\nBoendestödet gav lugnare vardagar för deltagarna.\n".encode()


@pytest.fixture(autouse=True)
def _broker(settings: Settings) -> None:
    queue.configure(settings)


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in()


def _drop(client: FlaskClient, *files: tuple[str, bytes], accept: str = "text/html", **fields: str) -> TestResponse:
    answer = client.post(
        "/uppladdning",
        data={
            "csrf_token": csrf_token(client, "/uppladdning"),
            "filer": [(io.BytesIO(content), name) for name, content in files],
            **fields,
        },
        content_type="multipart/form-data",
        headers={"Accept": accept},
    )
    answer.request.environ["wsgi.input"].close()  # the client spools what it sends, and leaves it open
    return answer


def _rows(bank: SmallBank) -> list[QueueRow]:
    with bank.workers.database.reading() as session:
        return drops.queue(session)


def _work(bank: SmallBank) -> None:
    while read_next(bank.workers) or index_next(bank.workers):
        pass


def test_several_files_of_an_ordinary_form_go_into_the_queue(bank: SmallBank, editor: FlaskClient) -> None:
    answer = _drop(editor, ("ett.txt", REPORT), ("två.txt", REPORT + b"mer"))
    assert answer.status_code == 303
    told = editor.get("/uppladdning").get_data(as_text=True)
    assert "2 filer är mottagna." in told
    assert "ett.txt" in told
    assert "två.txt" in told
    assert [row.state for row in _rows(bank)] == ["queued", "queued"]


def test_the_original_lies_on_disk_before_the_answer(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("ett.txt", REPORT))
    with bank.workers.database.reading() as session:
        kept = documents.get(session, _rows(bank)[0].document_id or 0)
    assert bank.workers.originals.path(kept.sha256).read_bytes() == REPORT


def test_the_queue_follows_a_file_until_it_can_be_found(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("rapport.txt", REPORT))
    assert "I kö." in editor.get("/uppladdning/ko").get_data(as_text=True)
    _work(bank)
    told = editor.get("/uppladdning/ko").get_data(as_text=True)
    assert "Sökbar för redaktörer." in told
    assert "1 fil, 1 klar" in told.replace("\N{NO-BREAK SPACE}", " ")


def test_an_unchanged_queue_is_not_sent_again(editor: FlaskClient) -> None:
    first = editor.get("/uppladdning/ko")
    again = editor.get("/uppladdning/ko", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.get_data()
    _drop(editor, ("rapport.txt", REPORT))
    changed = editor.get("/uppladdning/ko", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200


def test_the_same_bytes_are_a_duplicate_that_leads_to_what_is_there(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("rapport.txt", REPORT))
    _drop(editor, ("rapport (1).txt", REPORT))
    told = editor.get("/uppladdning").get_data(as_text=True)
    assert "Dubblett." in told
    assert f'<a href="/dokument/{_rows(bank)[0].document_id}">' in told


def test_a_zip_becomes_a_document_a_member_in_the_project_of_its_folder(bank: SmallBank, editor: FlaskClient) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Bo kvar/ett.txt", REPORT)
        archive.writestr("../../etc/två.txt", REPORT + b"mer")
    _drop(editor, ("allt.zip", packed.getvalue()))
    assert {row.file_name for row in _rows(bank)} == {"ett.txt", "två.txt"}
    with bank.workers.database.reading() as session:
        assert "Bo kvar" in factories.project_titles(session)


def _zipped(members: dict[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize("members", [{}, {"inre.zip": _zipped({"a.txt": REPORT})}])
def test_a_zip_that_brings_nothing_is_to_be_unpacked(editor: FlaskClient, members: dict[str, bytes]) -> None:
    _drop(editor, ("yttre.zip", _zipped(members)))
    assert "Packa upp den och släpp filerna." in editor.get("/uppladdning").get_data(as_text=True)


def test_a_zip_of_too_many_files_tells_the_limit_that_bit(editor: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zip_members, "MOST_MEMBERS", 1)
    answer = _drop(editor, ("mycket.zip", _zipped({"a.txt": REPORT, "b.txt": REPORT})), accept="application/json")
    assert answer.status_code == 201
    assert "högst 20 000 filer och 300 MB uppackat" in editor.get("/uppladdning").get_data(as_text=True)


def test_a_damaged_file_tells_why_and_can_be_tried_again(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("trasig.pdf", b"%PDF-1.7\n1 0 obj\n<<"))
    _work(bank)
    told = editor.get("/uppladdning").get_data(as_text=True)
    assert "Skadad fil." in told
    assert "Behöver din hjälp (1)" in told
    row = _rows(bank)[0]
    answer = editor.post(
        "/uppladdning/ko", data={"igen": str(row.document_id), "csrf_token": csrf_token(editor, "/uppladdning")}
    )
    assert answer.status_code == 303
    assert _rows(bank)[0].state == "queued"
    _work(bank)
    editor.post("/uppladdning/ko", data={"igen": "alla", "csrf_token": csrf_token(editor, "/uppladdning")})
    assert _rows(bank)[0].state == "queued"


def test_what_is_done_can_be_taken_off_the_list(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("rapport.txt", REPORT), ("bild.bin", b"\x00\x01\x02\x03"))
    _work(bank)
    token = csrf_token(editor, "/uppladdning")
    refused = next(row for row in _rows(bank) if row.refused)
    editor.post("/uppladdning/ko", data={"bort": str(refused.drop_id), "csrf_token": token})
    assert [row.file_name for row in _rows(bank)] == ["rapport.txt"]
    editor.post("/uppladdning/ko", data={"bort": "klara", "csrf_token": token})
    assert not _rows(bank)
    assert "Kön är tom" in editor.get("/uppladdning").get_data(as_text=True)


def test_one_new_project_takes_all_files_of_the_form_also_when_sent_one_by_one(
    bank: SmallBank, editor: FlaskClient
) -> None:
    for name in ("ett.txt", "två.txt"):
        _drop(
            editor,
            (name, REPORT + name.encode()),
            vart="nytt",
            projektnamn="MI/CRA i Farsta",
            accept="application/json",
        )
    assert {row.project_title for row in _rows(bank)} == {"MI/CRA i Farsta"}
    assert len({row.project_id for row in _rows(bank)}) == 1


def test_a_present_project_is_chosen_by_its_name(bank: SmallBank, editor: FlaskClient) -> None:
    wanted = bank.project("Bo kvar")
    bank.project("Bo kvar i Farsta")
    _drop(editor, ("rapport.txt", REPORT), vart="finns", projektet="bo  kvar")
    assert [row.project_id for row in _rows(bank)] == [wanted]


def test_a_name_that_was_written_counts_though_no_choice_was_made(bank: SmallBank, editor: FlaskClient) -> None:
    wanted = bank.project("Bo kvar")
    _drop(editor, ("ett.txt", REPORT), vart="eget", projektet="Bo kvar")
    _drop(editor, ("två.txt", REPORT + b"mer"), vart="eget", projektnamn="Bo vidare")
    assert {row.project_title for row in _rows(bank)} == {"Bo kvar", "Bo vidare"}
    assert wanted in {row.project_id for row in _rows(bank)}


def test_names_of_projects_are_proposed_to_editors(bank: SmallBank, editor: FlaskClient, client: FlaskClient) -> None:
    for title in ("Bo kvar", "Bo kvar i Farsta", "Om boende"):
        bank.project(title, published=False)
    assert editor.get("/uppladdning/projekt?q=kvar").json == ["Bo kvar", "Bo kvar i Farsta"]
    assert editor.get("/uppladdning/projekt?q=b").json == []
    assert client.get("/uppladdning/projekt?q=kvar").status_code == 303
    answer = _drop(editor, ("rapport.txt", REPORT), vart="finns", projektet="kvar")
    assert answer.status_code == 422
    assert "Menar du ”Bo kvar”, ”Bo kvar i Farsta”?" in answer.get_data(as_text=True)


def test_of_projects_with_the_same_name_the_one_that_was_shown_is_meant(bank: SmallBank, editor: FlaskClient) -> None:
    bank.project("Bo kvar")
    wanted = bank.project("Bo kvar")
    assert 'value="Bo kvar"' in editor.get(f"/uppladdning?projekt={wanted}").get_data(as_text=True)
    answer = _drop(editor, ("rapport.txt", REPORT), vart="finns", projektet="Bo kvar")
    assert "Flera projekt heter så." in answer.get_data(as_text=True)
    _drop(editor, ("rapport.txt", REPORT), vart="finns", projektet="Bo kvar", projekt=str(wanted))
    assert [row.project_id for row in _rows(bank)] == [wanted]


def test_a_long_queue_shows_the_beginning_of_each_list_and_leads_to_the_rest(
    bank: SmallBank, editor: FlaskClient
) -> None:
    with bank.workers.database.transaction() as session:
        for number in range(130):
            documents.refuse(
                session, file_name=f"film {number}.mp4", size=9, media_type="", dropped_by="Eva", reason="unsupported"
            )
    whole = editor.get("/uppladdning").get_data(as_text=True)
    assert "Behöver din hjälp (130)" in whole
    assert "130 filer, 0 klara" in whole
    assert whole.count("data-row=") == 50
    assert 'href="/uppladdning?lista=hjalp#hjalp"' in whole
    first = editor.get("/uppladdning?lista=hjalp").get_data(as_text=True)
    assert first.count("data-row=") == 100
    assert 'data-news="/uppladdning/ko?lista=hjalp"' in first
    last = editor.get("/uppladdning/ko?lista=hjalp&sida=2").get_data(as_text=True)
    assert last.count("data-row=") == 30
    assert "Sida 2 av 2" in last
    assert editor.get("/uppladdning/ko?lista=hjalp&sida=99").get_data(as_text=True) == last
    assert "Inget står i den här listan nu." in editor.get("/uppladdning?lista=klara").get_data(as_text=True)


def test_whoever_puts_a_file_away_stays_in_the_list(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("bild.bin", b"\x00\x01\x02\x03"))
    sent = {"bort": str(_rows(bank)[0].drop_id), "csrf_token": csrf_token(editor, "/uppladdning")}
    answer = editor.post("/uppladdning/ko", data=sent | {"lista": "hjalp", "sida": "2"})
    assert answer.location == "/uppladdning?lista=hjalp&sida=2"


@pytest.mark.parametrize("address", ["?lista=x&sida=2", "?lista=hjalp&sida=0", "?lista=hjalp&sida=½", "?sida=99999999"])
def test_what_is_no_list_and_no_page_shows_the_beginning(editor: FlaskClient, address: str) -> None:
    assert editor.get(f"/uppladdning/ko{address}").status_code == 200


def test_each_file_gets_a_project_of_its_own_where_nothing_else_is_said(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("Bo_kvar slutrapport.txt", REPORT), ("Brukarskola.txt", REPORT + b"2"))
    assert {row.project_title for row in _rows(bank)} == {"Bo kvar slutrapport", "Brukarskola"}


def test_files_are_published_when_read_where_the_form_says_so(bank: SmallBank, editor: FlaskClient) -> None:
    _drop(editor, ("rapport.txt", REPORT), publicera="ja", klass="internal", vart="utan")
    _work(bank)
    row = _rows(bank)[0]
    assert row.published
    assert row.project_id is None


def test_a_file_with_an_identity_number_waits_for_a_person_before_it_is_open(
    bank: SmallBank, editor: FlaskClient
) -> None:
    _drop(editor, ("rapport.txt", REPORT + b"Deltagaren 811228-9874 flyttade."), publicera="ja", klass="open")
    _work(bank)
    row = _rows(bank)[0]
    assert not row.published
    told = editor.get("/uppladdning").get_data(as_text=True)
    assert "Bedöm personnummer" in told
    assert f"/dokument/{row.document_id}/publicera" in told


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"vart": "nytt"}, "Skriv det nya projektets namn."),
        ({"vart": "eget", "projektnamn": "Bo kvar", "projektet": "Bo vidare"}, "Två projekt är ifyllda."),
        ({"vart": "nytt", "projektnamn": "x" * 401}, "Namnet är för långt."),
        ({"vart": "finns"}, "Skriv projektets namn."),
        ({"vart": "finns", "projekt": "12345", "projektet": " "}, "Skriv projektets namn."),
        ({"vart": "finns", "projektet": "Bo vidare"}, "Inget projekt heter så. Skriv en del av namnet"),
        ({"vart": "finns", "projekt": "12345"}, "Projektet finns inte längre."),
        ({"vart": "nytt", "projektnamn": "811228-9874", "publicera": "ja", "klass": "open"}, "ett personnummer"),
    ],
)
def test_a_form_that_cannot_be_followed_takes_nothing_in_and_keeps_what_was_typed(
    bank: SmallBank, editor: FlaskClient, fields: dict[str, str], told: str
) -> None:
    answer = _drop(editor, ("rapport.txt", REPORT), **fields)
    assert answer.status_code == 422
    assert told in answer.get_data(as_text=True)
    assert fields.get("projektnamn", "") in answer.get_data(as_text=True)
    assert not _rows(bank)


def test_a_form_without_files_asks_for_one(editor: FlaskClient) -> None:
    answer = _drop(editor)
    assert answer.status_code == 422
    assert "Välj minst en fil." in answer.get_data(as_text=True)


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd.txt",
        "..\\..\\boot.ini.txt",
        "a" * 700 + ".txt",
        "<img src=x onerror=alert(1)>.txt",
        "å\u0308.txt",
    ],
)
def test_hostile_names_are_only_names(bank: SmallBank, editor: FlaskClient, name: str) -> None:
    assert _drop(editor, (name, REPORT)).status_code == 303
    row = _rows(bank)[0]
    assert "/" not in row.file_name
    assert "\\" not in row.file_name
    assert "<img src=x" not in editor.get("/uppladdning").get_data(as_text=True)


def test_strangers_may_drop_nothing(bank: SmallBank, client: FlaskClient) -> None:
    token = csrf_token(client, "/logga-in")
    answer = client.post("/uppladdning", data={"filer": (io.BytesIO(REPORT), "a.txt"), "csrf_token": token})
    assert answer.status_code == 303
    assert not _rows(bank)


@pytest.mark.parametrize("value", ["0", "abc", "99999999999999999999", "-1", "½"])
def test_a_button_for_what_is_not_there_is_not_found(editor: FlaskClient, value: str) -> None:
    token = csrf_token(editor, "/uppladdning")
    assert editor.post("/uppladdning/ko", data={"igen": value, "csrf_token": token}).status_code == 404


class TestLimits:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return Settings(data=settings.data, workers="1", web_processes="1", upload_megabytes="1")

    def test_a_file_over_the_limit_is_told_in_plain_words(self, bank: SmallBank, editor: FlaskClient) -> None:
        answer = _drop(editor, ("stor.txt", b"a" * 1_000_001))
        assert answer.status_code == 413
        assert "Gränsen är 1 MB per fil." in answer.get_data(as_text=True)
        assert [row.refused for row in _rows(bank)] == ["too_large"]

    def test_one_file_over_the_limit_harms_only_itself(self, bank: SmallBank, editor: FlaskClient) -> None:
        answer = _drop(editor, ("stor.txt", b"a" * 1_000_001), ("rapport.txt", REPORT))
        assert answer.status_code == 303
        assert sorted(row.refused for row in _rows(bank)) == ["", "too_large"]

    def test_an_endless_request_is_stopped(self, editor: FlaskClient) -> None:
        answer = _drop(editor, ("stor.txt", b"a" * 21_000_000))
        assert answer.status_code == 413
        assert "för stort" in answer.get_data(as_text=True)


@pytest.mark.parametrize(("name", "make"), [("Siffror.eml", fyrbaken.mail), ("Siffror.msg", fyrbaken.outlook)])
def test_what_hangs_on_a_mail_goes_into_the_mails_own_project(
    bank: SmallBank, editor: FlaskClient, name: str, make: Callable[..., bytes]
) -> None:
    _drop(editor, (name, make(bilaga=REPORT)), vart="eget")
    _work(bank)
    rows = {row.file_name: row for row in _rows(bank)}
    assert {one: row.state for one, row in rows.items()} == {name: "read", "bilaga.txt": "read"}
    with bank.workers.database.reading() as session:
        found = [documents.get(session, row.document_id or 0) for row in rows.values()]
        assert len({one.project_id for one in found}) == 1
        assert found[0].project_id is not None
    assert "Boendestödet" in editor.get("/sok?q=lugnare").get_data(as_text=True)


@pytest.mark.parametrize(
    ("spoken", "told"), [("sv", "Bilagorna kom inte med."), ("en", "The attachments were left out.")]
)
def test_a_mail_whose_attachments_are_too_large_says_so_under_its_own_name(
    bank: SmallBank, editor: FlaskClient, monkeypatch: pytest.MonkeyPatch, spoken: str, told: str
) -> None:
    monkeypatch.setattr(mail_members, "LARGEST_MAIL", 10)
    _drop(editor, ("Siffror.eml", fyrbaken.mail(bilaga=REPORT)))
    assert [(row.file_name, row.refused) for row in _rows(bank)] == [
        ("Siffror.eml", "attachments"),
        ("Siffror.eml", ""),
    ]
    assert told in editor.get(f"/uppladdning?lang={spoken}").get_data(as_text=True)
    assert told.rstrip(".") in editor.get(f"/administration/tackning/orsak-attachments?lang={spoken}").get_data(
        as_text=True
    )
