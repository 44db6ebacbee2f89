from __future__ import annotations

import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from lxml import html

from catalog import documents
from catalog.errors import NotThere
from indexer import Picture, page_picture
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn, csrf_token
from tests.webapp.small_bank import SmallBank
from tests.webapp.small_pdf import small_pdf
from webapp import pictures

PAGES = (
    ["Inledning", "Vi skriver om vardagen."],
    ["Resultat", "Boendestödet blev bättre, och boende-", "stöden blev fler. Ett boendestöd räcker."],
    ["Metod", "Intervjuer med tolv personer."],
    ["Slutsats", "Boendestöd hjälper."],
)
TEXTS = (
    "Inledning\n\nVi skriver om vardagen.",
    "Resultat\n\nBoendestödet blev bättre, och boendestöden blev fler. Ett boendestöd räcker.",
    "Metod\n\nIntervjuer med tolv personer.",
    "Slutsats\n\nBoendestöd hjälper.",
)


@pytest.fixture
def report(bank: SmallBank) -> int:
    project = bank.project("Södermalmsmodellen", finding="stod", chosen={"organisation": ["Södermalm"]})
    made = bank.document(
        "Boendestöd i samma team",
        TEXTS,
        headings=("Inledning", "Resultat", "Metod", "Slutsats"),
        project_id=project,
        content=small_pdf(*PAGES),
        file_name="Slutrapport Åsö (1).pdf",
    )
    bank.document("Delrapport", ["Ett halvår med modellen."], project_id=project, document_type="delrapport")
    bank.index()
    return made


class TestHits:
    def test_inflected_words_are_marked_in_the_text_and_counted_exactly(self, client: FlaskClient, report: int) -> None:
        shown = page(client, f"/dokument/{report}?q=boendestöd&sida=2")
        assert texts(shown, ".pagetext mark") == ["Boendestödet", "boendestöden", "boendestöd"]
        assert texts(shown, "#sidtraffar") == ["4 träffar på 2 sidor"]
        assert texts(shown, ".pagehits .count") == ["3 träffar", "1 träff"]
        assert "Träff 1 av 4" in texts(shown, ".stepper")[0]

    def test_the_picture_has_the_same_marks_at_the_places_of_the_words(self, client: FlaskClient, report: int) -> None:
        shown = page(client, f"/dokument/{report}?q=boendestöd&sida=2&zoom=250")
        boxes = select(shown, ".sheet__marks rect")
        assert [box.get("id") for box in boxes] == ["traff-1", "traff-2", None, "traff-3"]
        assert [box.get("class") for box in boxes] == ["mark--form now", "mark--form", "mark--form", None]
        assert float(str(boxes[0].get("x"))) == pytest.approx(70.5, abs=2)
        assert 70 < float(str(boxes[0].get("y"))) < 95
        assert select(shown, ".sheet__marks")[0].get("viewbox") == "0 0 595.0 842.0"

    def test_next_and_previous_step_over_pages(self, client: FlaskClient, report: int) -> None:
        shown = page(client, f"/dokument/{report}?q=boendestöd&sida=2&traff=3")
        assert texts(shown, ".pagetext mark.now") == ["boendestöd"]
        back, on = links(shown, ".stepper a[data-key=p]")[0], links(shown, ".stepper a[data-key=n]")[0]
        assert back == f"/dokument/{report}?sida=2&q=boendest%C3%B6d&traff=2#traff-2"
        assert on == f"/dokument/{report}?sida=4&q=boendest%C3%B6d&traff=4#traff-4"
        assert not links(page(client, on), ".stepper a[data-key=n]")

    def test_a_page_without_hits_leads_to_the_nearest(self, client: FlaskClient, report: int) -> None:
        shown = page(client, f"/dokument/{report}?q=boendestöd&sida=3")
        assert "sida=2" in links(shown, "a[data-key=p]")[0]
        assert "sida=4" in links(shown, "a[data-key=n]")[0]

    def test_without_a_page_the_best_one_opens(self, client: FlaskClient, report: int) -> None:
        assert texts(page(client, f"/dokument/{report}?q=intervjuer"), "#sidtext") == ["Texten på sida 3"]

    def test_words_that_stand_nowhere_are_told(self, client: FlaskClient, report: int) -> None:
        assert texts(page(client, f"/dokument/{report}?q=rymdfärd"), "#sidtraffar") == ["Inga träffar i texten"]

    def test_wrapped_plain_text_is_shown_in_lines_of_the_screens_own_with_its_marks_in_place(
        self, bank: SmallBank, client: FlaskClient
    ) -> None:
        text = "Projektet har inte påbörjats och kommer inte under nästa år att\npåbörjas, ty boendestöd\nräcker."
        made = bank.document("Plan", [text], media_type="text/plain", file_name="plan.txt")
        shown = page(client, f"/dokument/{made}?q=boendestöd")
        assert texts(shown, ".pagetext mark") == ["boendestöd"]
        assert len(select(shown, ".pagetext br")) == 1
        assert "att påbörjas, ty" in texts(shown, ".pagetext p")[0]

    def test_the_exact_reading_marks_the_written_form_only(self, client: FlaskClient, report: int) -> None:
        shown = page(client, f"/dokument/{report}?q=boendestöd&ord=exakt&sida=2")
        assert texts(shown, ".pagetext mark") == ["boendestöd"]

    def test_reading_goes_on_while_the_index_is_behind(self, bank: SmallBank, client: FlaskClient) -> None:
        unindexed = bank.document("Ny rapport", ["Boendestöd för alla."])
        assert texts(page(client, f"/dokument/{unindexed}?q=boendestödet"), ".pagetext mark") == ["Boendestöd"]

    @pytest.mark.parametrize(
        "asked", ["sida=0", "sida=99", "sida=abc", "sida=-1", "sida=9999999999999", "zoom=7", "traff=99"]
    )
    def test_an_odd_address_still_shows_a_page(self, client: FlaskClient, report: int, asked: str) -> None:
        assert texts(page(client, f"/dokument/{report}?{asked}&q=boendestöd"), "h1")


class TestPicture:
    def test_a_page_is_a_picture_that_only_its_reader_keeps(self, client: FlaskClient, report: int) -> None:
        answer = client.get(f"/dokument/{report}/sida/2.png?bredd=840")
        assert answer.status_code == 200
        assert answer.mimetype in {"image/png", "image/jpeg"}
        assert answer.headers["Cache-Control"] == "private, no-cache"
        again = client.get(
            f"/dokument/{report}/sida/2.png?bredd=840", headers={"If-None-Match": answer.headers["ETag"]}
        )
        assert again.status_code == 304

    def test_it_is_made_once(self, bank: SmallBank, client: FlaskClient, report: int) -> None:
        first = client.get(f"/dokument/{report}/sida/1.png?bredd=800").data
        kept = list(bank.settings.pictures_folder.rglob("*.picture"))
        assert [path.read_bytes() for path in kept] == [first]
        client.get(f"/dokument/{report}/sida/1.png?bredd=850")
        assert list(bank.settings.pictures_folder.rglob("*.picture")) == kept

    @pytest.mark.parametrize("place", ["0", "5", "9999999"])
    def test_pages_that_are_not_there_have_no_picture(self, client: FlaskClient, report: int, place: str) -> None:
        assert client.get(f"/dokument/{report}/sida/{place}.png").status_code == 404

    def test_a_file_that_cannot_be_drawn_still_shows_its_text(self, bank: SmallBank, client: FlaskClient) -> None:
        broken = bank.document("Trasig", ["Boendestöd för alla."], content=b"%PDF-1.4\nnothing of a PDF")
        shown = page(client, f"/dokument/{broken}?q=boendestöd")
        assert texts(shown, ".pagetext mark") == ["Boendestöd"]
        assert not select(shown, "img")
        assert client.get(f"/dokument/{broken}/sida/1.png").status_code == 404

    def test_a_page_that_cannot_be_drawn_is_tried_once_in_a_while_only(
        self, bank: SmallBank, client: FlaskClient
    ) -> None:
        content = small_pdf(["Boendestöd"])
        made = bank.document("Trasig", ["Boendestöd."], content=b"%PDF-1.4\nnothing of a PDF")
        client.get(f"/dokument/{made}/sida/1.png")
        with bank.workers.database.reading() as session:
            path = bank.workers.originals.path(documents.get(session, made).sha256)
        path.chmod(0o600)
        path.write_bytes(content)
        assert client.get(f"/dokument/{made}/sida/1.png").status_code == 404
        (failed,) = bank.settings.pictures_folder.rglob("*.failed")
        os.utime(failed, (0, 0))
        assert client.get(f"/dokument/{made}/sida/1.png").status_code == 200

    def test_other_formats_show_their_text(self, bank: SmallBank, client: FlaskClient) -> None:
        word = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
        made = bank.document("Projektplan", ["Mål och tidplan."], media_type=word, file_name="plan.docx")
        shown = page(client, f"/dokument/{made}?zoom=250")
        assert "Mål och tidplan." in texts(shown, ".pagetext")[0]
        assert not select(shown, "img")
        assert client.get(f"/dokument/{made}/sida/1.png").status_code == 404


class TestOriginal:
    def test_it_comes_whole_under_its_own_name(self, client: FlaskClient, report: int) -> None:
        answer = client.get(f"/dokument/{report}/original", buffered=True)
        assert answer.data == small_pdf(*PAGES)
        assert answer.headers["Content-Disposition"].startswith("attachment; ")
        assert "filename*=UTF-8''Slutrapport%20%C3%85s%C3%B6%20%281%29.pdf" in answer.headers["Content-Disposition"]

    def test_a_hostile_file_runs_nothing(self, bank: SmallBank, client: FlaskClient) -> None:
        made = bank.document(
            "Elak", ["text"], content=b"<script>alert(1)</script>", media_type="text/html", file_name='a";\r\n.html'
        )
        answer = client.get(f"/dokument/{made}/original", buffered=True)
        assert answer.mimetype == "application/octet-stream"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Security-Policy"].startswith("sandbox")
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "\n" not in answer.headers["Content-Disposition"]


class TestRights:
    @pytest.mark.parametrize(
        ("classification", "published", "seen"),
        [
            ("open", True, {"public", "lasare", "redaktionsrad", "redaktor"}),
            ("internal", True, {"lasare", "redaktionsrad", "redaktor"}),
            ("restricted", True, {"redaktionsrad", "redaktor"}),
            ("open", False, {"redaktor"}),
        ],
    )
    def test_what_a_person_may_not_see_is_not_there(  # noqa: PLR0917 - fixtures and parameters
        self,
        bank: SmallBank,
        client: FlaskClient,
        sign_in: SignIn,
        classification: str,
        published: bool,
        seen: set[str],
    ) -> None:
        project = bank.project("Projekt")
        made = bank.document(
            "Rapport",
            ["text"],
            content=small_pdf(["text"]),
            project_id=project,
            classification=classification,
            published=published,
        )
        roles = ("lasare", "redaktionsrad", "redaktor")
        people = {"public": client, **{role: sign_in(role, role) for role in roles}}
        missing = client.get("/dokument/1").get_data(as_text=True)
        for role, person in people.items():
            for address in ("", "/original", "/sida/1.png"):
                expected = 200 if role in seen else 404
                answer = person.get(f"/dokument/{made}{address}", buffered=True)
                assert answer.status_code == expected, (role, address)
        if "public" not in seen:
            hidden = client.get(f"/dokument/{made}").get_data(as_text=True)
            assert hidden.replace(str(made), "1") == missing
            assert "Rapport" not in texts(page(client, "/projekt/projekt"), "#dokument")

    def test_a_picture_is_not_shown_after_the_document_was_withdrawn(
        self, bank: SmallBank, client: FlaskClient, report: int
    ) -> None:
        address = f"/dokument/{report}/sida/1.png"
        tag = client.get(address).headers["ETag"]
        with bank.workers.database.transaction() as session:
            documents.unpublish(session, report)
        assert client.get(address, headers={"If-None-Match": tag}).status_code == 404

    @pytest.mark.parametrize("number", ["0", "9007199254740992", "99999999999999999999999999"])
    def test_ids_that_cannot_be_are_not_found(self, client: FlaskClient, number: str) -> None:
        assert client.get(f"/dokument/{number}").status_code == 404


class TestRemoving:
    def test_it_needs_a_reason_and_then_clears_everything(self, bank: SmallBank, sign_in: SignIn, report: int) -> None:
        editor = sign_in()
        editor.get(f"/dokument/{report}/sida/1.png")
        with bank.workers.database.reading() as session:
            sha256 = documents.get(session, report).sha256
        token = csrf_token(editor, f"/dokument/{report}/ta-bort")
        assert editor.post(f"/dokument/{report}/ta-bort", data={"csrf_token": token}).status_code == 422
        answer = editor.post(f"/dokument/{report}/ta-bort", data={"varfor": "Fel fil.", "csrf_token": token})
        assert answer.headers["Location"] == "/projekt/sodermalmsmodellen"
        with bank.workers.database.reading() as session, pytest.raises(NotThere):
            documents.get(session, report)
        assert not bank.workers.originals.exists(sha256)
        assert not list(bank.settings.pictures_folder.rglob("*.picture"))

    @pytest.mark.parametrize(
        ("why", "status"), [(" \n", 422), ("\u200b", 422), ("\0", 422), ("Fel\0fil.", 400), ("x" * 2001, 422)]
    )
    def test_a_reason_is_a_text_that_can_be_read(
        self, bank: SmallBank, sign_in: SignIn, report: int, why: str, status: int
    ) -> None:
        editor = sign_in()
        token = csrf_token(editor, f"/dokument/{report}/ta-bort")
        answer = editor.post(f"/dokument/{report}/ta-bort", data={"varfor": why, "csrf_token": token})
        assert answer.status_code == status
        with bank.workers.database.reading() as session:
            assert documents.get(session, report).id == report

    def test_a_picture_that_is_drawn_meanwhile_leaves_nothing_behind(
        self, bank: SmallBank, client: FlaskClient, report: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def drawn_too_late(original: Path, page: int, width: int) -> Picture:
            made = page_picture(original, page, width)
            original.unlink()
            return made

        monkeypatch.setattr(pictures, "page_picture", drawn_too_late)
        assert client.get(f"/dokument/{report}/sida/1.png").status_code == 200
        assert not [path for path in bank.settings.pictures_folder.rglob("*") if path.is_file()]


class TestEditing:
    def test_the_fields_are_saved(self, bank: SmallBank, sign_in: SignIn, report: int) -> None:
        editor = sign_in()
        answer = editor.post(
            f"/dokument/{report}/redigera", data=self._form(editor, report, titel="Ny titel", typ="forstudie")
        )
        assert answer.status_code == 303
        with bank.workers.database.reading() as session:
            found = documents.get(session, report)
        assert (found.title, found.document_type, str(found.document_date)) == ("Ny titel", "forstudie", "2019-12-01")

    def test_mistakes_are_told_and_what_was_typed_stays(self, sign_in: SignIn, report: int) -> None:
        editor = sign_in()
        wrong = {
            "titel": "",
            "typ": "roman",
            "datum": "2019-13-40",
            "ar": "19",
            "projektet": "Finns inte",
            "sprak": "tlh",
            "klass": "x",
        }
        answer = editor.post(f"/dokument/{report}/redigera", data=self._form(editor, report, **wrong))
        told = answer.get_data(as_text=True)
        assert answer.status_code == 422
        assert "7 uppgifter behöver rättas" in told
        assert 'value="2019-13-40"' in told

    def test_somebody_elses_change_is_not_overwritten_unseen(
        self, bank: SmallBank, sign_in: SignIn, report: int
    ) -> None:
        editor = sign_in()
        form = self._form(editor, report, titel="Min titel")
        with bank.workers.database.transaction() as session:
            documents.update(session, report, title="Deras titel")
        answer = editor.post(f"/dokument/{report}/redigera", data=form)
        assert answer.status_code == 409
        told = answer.get_data(as_text=True)
        assert "Deras titel" in told
        assert 'value="Min titel"' in told

    def test_every_field_that_somebody_else_changed_is_shown_in_words(
        self, bank: SmallBank, sign_in: SignIn, report: int
    ) -> None:
        editor = sign_in()
        form = self._form(editor, report, titel="Min titel")
        project = bank.project("Deras projekt")
        with bank.workers.database.transaction() as session:
            changed = {"document_type": "forstudie", "language": "no", "classification": "restricted"}
            documents.update(session, report, project_id=project, **changed)
        answer = editor.post(f"/dokument/{report}/redigera", data=form)
        told = texts(html.fromstring(answer.get_data(as_text=True)), ".help q")
        assert told[1:] == ["förstudie", "Deras projekt", "norska", "begränsad"]

    def test_the_types_are_english_where_the_page_is(self, sign_in: SignIn, report: int) -> None:
        shown = page(sign_in(), f"/dokument/{report}/redigera?lang=en")
        assert "Interim report" in texts(shown, "#typ option")

    def test_a_published_document_becomes_open_on_its_own_page_only(self, bank: SmallBank, sign_in: SignIn) -> None:
        made = bank.document("Intern", ["Deltagaren 811228-9874."], classification="internal")
        editor = sign_in()
        answer = editor.post(f"/dokument/{made}/redigera", data=self._form(editor, made, titel="Titel", klass="open"))
        assert answer.headers["Location"] == f"/dokument/{made}/publicera"
        with bank.workers.database.reading() as session:
            found = documents.get(session, made)
        assert (found.title, found.classification) == ("Titel", "internal")

    @staticmethod
    def _form(editor: FlaskClient, document_id: int, **changed: str) -> dict[str, str]:
        shown = page(editor, f"/dokument/{document_id}/redigera")
        typed = {
            str(one.get("name")): str(one.get("value") or "")
            for one in select(shown, ".page input")
            if one.get("type") != "radio"
        }
        chosen = {str(one.get("name")): _chosen(one) for one in select(shown, ".page select")}
        radio = {str(one.get("name")): str(one.get("value")) for one in select(shown, ".page input[checked]")}
        return {**typed, **chosen, **radio, **changed}


def _chosen(field: object) -> str:
    found = field.xpath("./option[@selected]")  # type: ignore[attr-defined]  # lxml gives elements without a type
    return str(found[0].get("value")) if found else ""
