from __future__ import annotations

import pytest
from flask.testing import FlaskClient
from lxml import html
from werkzeug.datastructures import MultiDict

from catalog import projects
from catalog.documents import Reading, store_reading
from catalog.errors import NotThere
from catalog.models import Project
from tests import factories
from tests.webapp.addresses import links, page, select, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank

Typed = MultiDict[str, str]


@pytest.fixture
def editor(sign_in: SignIn) -> FlaskClient:
    return sign_in()


@pytest.fixture
def project_id(bank: SmallBank) -> int:
    return bank.project(
        "Bo kvar",
        aim="Färre vräkningar.",
        start_year=2018,
        end_year=2019,
        finding="blandat",
        finding_note="Liten studie.",
        partners=["Stockholms universitet"],
        summary={"background": "Många vräktes.", "results": "Färre vräktes."},
        chosen={"organisation": ["Södermalm"], "subject_area": ["hemlöshet och boende"], "keyword": ["vräkning"]},
    )


def _typed(root: html.HtmlElement) -> Typed:
    """What a browser would send of the page's long form, without any button."""
    sent = Typed()
    for one in select(root, "form.page input, form.page textarea, form.page select"):
        kind, name = one.get("type"), str(one.get("name"))
        if kind in {"radio", "checkbox"} and one.get("checked") is None:
            continue
        if one.tag == "select":
            chosen = one.xpath("./option[@selected]") or one.xpath("./option[1]")
            sent.add(name, str(chosen[0].get("value", chosen[0].text)))
        else:
            sent.add(
                name, str(one.text or "").removeprefix("\n") if one.tag == "textarea" else str(one.get("value") or "")
            )
    return sent


def _form(editor: FlaskClient, address: str, **changed: str) -> Typed:
    sent = _typed(page(editor, address))
    for name, value in changed.items():
        sent[name] = value
    return sent


def _stored(bank: SmallBank, project_id: int) -> Project:
    with bank.workers.database.reading() as session:
        return projects.get(session, project_id)


EDIT = "/projekt/bo-kvar/redigera"


class TestPage:
    def test_it_shows_summary_facts_and_finding(self, bank: SmallBank, client: FlaskClient, project_id: int) -> None:
        bank.document("Slutrapport Bo kvar", ["text"], project_id=project_id)
        shown = page(client, "/projekt/bo-kvar")
        assert texts(shown, ".summary h3") == ["Bakgrund", "Resultat"]
        assert texts(shown, ".panel__finding") == ["Utfall: blandat"]
        assert texts(shown, ".list__title") == ["Slutrapport Bo kvar"]
        assert "/sok?forvaltning=sodermalm" in links(shown, ".facts a")
        assert not select(shown, "a[href^=/projekt/bo-kvar/]")

    @pytest.mark.parametrize(
        ("contact", "address"),
        [
            ("bo.kvar@example.org", ["mailto:bo.kvar@example.org"]),
            ("a@example.org?bcc=b", ["mailto:a@example.org%3Fbcc%3Db"]),
            ("<b>a@b</b>", ["mailto:%3Cb%3Ea@b%3C%2Fb%3E"]),
            ("fråga Anna på a@b", []),
        ],
    )
    def test_the_mailbox_to_turn_to_is_a_link(
        self, bank: SmallBank, client: FlaskClient, contact: str, address: list[str]
    ) -> None:
        bank.project("Bo kvar", contact=contact)
        shown = page(client, "/projekt/bo-kvar")
        assert [one for one in links(shown, ".facts a") if one.startswith("mailto:")] == address
        assert contact in texts(shown, ".facts dd")

    def test_a_draft_is_there_for_editors_only(self, bank: SmallBank, client: FlaskClient, editor: FlaskClient) -> None:
        bank.project("Utkastet", published=False)
        assert client.get("/projekt/utkastet").status_code == 404
        assert editor.get("/projekt/utkastet").status_code == 200

    def test_what_people_wrote_is_only_text(self, bank: SmallBank, client: FlaskClient) -> None:
        bank.project("<script>alert(1)</script>", aim="<img src=x onerror=alert(1)>")
        told = client.get("/projekt/script-alert-1-script").get_data(as_text=True)
        assert "<script>alert" not in told
        assert "<img src=x" not in told


class TestForm:
    def test_an_untouched_form_changes_nothing(self, bank: SmallBank, editor: FlaskClient, project_id: int) -> None:
        before = _stored(bank, project_id)
        answer = editor.post(EDIT, data=_form(editor, EDIT))
        assert answer.status_code == 303
        after = _stored(bank, project_id)
        for name in (*projects.EDITABLE, "slug"):
            if name != "summary":
                assert getattr(after, name) == getattr(before, name), name
        assert {name: text for name, text in after.summary.items() if text} == before.summary
        assert [term.key for term in after.terms] == [term.key for term in before.terms]

    def test_every_field_is_saved(self, bank: SmallBank, editor: FlaskClient, project_id: int) -> None:
        sent = _form(
            editor, EDIT, namn="Bo kvar II", kort="Kort.", projekttyp="uppdrag", start="2020", slut="2021",
            status="avslutat", utfall="stod", utfall_not="God.", resultat="Bra.", finansiar="Staden",
            inriktning="Innovation", jamst="nej", kontakt="bokvar@example.org", dnr="1.2-3/2020",
            ny_nyckelord="hyra", ny_metod="intern-SIP", ny_part="Malmö universitet", ny_forskare="Lunds universitet",
        )  # fmt: skip
        for name, value in (("ar", "2020"), ("beviljat", "480 000"), ("aterbetalat", "")):
            sent.add(name, value)
        assert editor.post(EDIT, data=sent).status_code == 303
        saved = _stored(bank, project_id)
        assert (saved.title, saved.aim, saved.project_type, saved.status) == (
            "Bo kvar II",
            "Kort.",
            "uppdrag",
            "avslutat",
        )
        assert (saved.start_year, saved.end_year, saved.finding, saved.equality_analysis) == (2020, 2021, "stod", False)
        assert (saved.funder, saved.funding_focus, saved.contact) == ("Staden", "Innovation", "bokvar@example.org")
        assert saved.summary["results"] == "Bra."
        assert saved.partners == ["Stockholms universitet", "Malmö universitet"]
        assert saved.researchers == ["Lunds universitet"]
        assert [(one.year, one.granted, one.repaid) for one in saved.funding] == [(2020, 480_000, 0)]
        assert {"hyra", "vräkning", "intern-SIP"} <= {term.label for term in saved.terms}

    def test_mistakes_stand_on_top_with_links_and_nothing_is_lost(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        wrong = {"start": "19", "resultat": "ord " * 130, "kontakt": "Anna", "utfall": "kanske", "kort": "Kvar <b>."}
        sent = _form(editor, EDIT, **wrong)
        sent.add("sak", "påhittat område")
        answer = editor.post(EDIT, data=sent)
        assert answer.status_code == 422
        shown = html.fromstring(answer.get_data(as_text=True))
        named = links(shown, ".alert__list a")
        assert set(named) == {"#start", "#resultat", "#kontakt", "#utfall", "#sak"}
        assert all(select(shown, target) for target in named)
        assert texts(shown, "#kort") == ["Kvar <b>."]
        assert "Resultat är 10 ord för långt." in texts(shown, ".alert__list")[0]
        assert _stored(bank, project_id).aim == "Färre vräkningar."

    def test_more_values_than_fit_are_told_and_shown_not_dropped(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT)
        keywords, years = [f"ord{number}" for number in range(101)], [str(1990 + number) for number in range(31)]
        sent.setlist("nyckelord", keywords)
        sent.setlist("ar", years)
        for name in ("beviljat", "aterbetalat"):
            sent.setlist(name, ["1"] * len(years))
        answer = editor.post(EDIT, data=sent)
        assert answer.status_code == 422
        shown = html.fromstring(answer.get_data(as_text=True))
        named = links(shown, ".alert__list a")
        assert set(named) == {"#nyckelord", "#ar30"}
        assert all(select(shown, target) for target in named)
        kept = _typed(shown)
        assert (kept.getlist("nyckelord"), kept.getlist("ar")) == (keywords, years)

    def test_buttons_in_the_form_keep_what_is_typed_and_save_nothing(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT, kort="Typed", ny_nyckelord="hyra", gor="lagg")
        shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        assert texts(shown, "#kort") == ["Typed"]
        assert "hyra" in " ".join(texts(shown, ".pick"))
        sent = _typed(shown)
        sent["bort"] = "nyckelord:vräkning"
        shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        assert "vräkning" not in " ".join(texts(shown, ".pick"))
        sent = _typed(shown)
        sent["gor"] = "ar"
        assert select(html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True)), "#ar0")
        assert _stored(bank, project_id).aim == "Färre vräkningar."

    def test_somebody_elses_change_is_shown_before_it_is_overwritten(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT, kort="Min text")
        with bank.workers.database.transaction() as session:
            projects.update(session, project_id, aim="Deras text")
        answer = editor.post(EDIT, data=sent)
        assert answer.status_code == 409
        shown = html.fromstring(answer.get_data(as_text=True))
        assert texts(shown, "#kort") == ["Min text"]
        assert "Deras text" in " ".join(texts(shown, ".help"))
        assert editor.post(EDIT, data=_typed(shown)).status_code == 303
        assert _stored(bank, project_id).aim == "Min text"

    def test_every_field_that_somebody_else_changed_is_shown_in_words(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT, kort="Min text")
        with bank.workers.database.transaction() as session:
            projects.update(session, project_id, status="pagaende", project_type="studieresa", finding="inget_stod")
            found = projects.update(session, project_id, equality_analysis=False)
            projects.set_funding(session, found, [(2018, 480000, 35000)])
        shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        told = ["studieresa", "pågående", "inget stöd", "2018: 480 000 kr, återbetalat 35 000 kr", "Inte gjord"]
        assert [text.replace("\N{NO-BREAK SPACE}", " ") for text in texts(shown, ".help q")] == [
            "Färre vräkningar.",
            *told,
        ]

    def test_the_choices_are_english_where_the_page_is(self, editor: FlaskClient, project_id: int) -> None:
        shown = page(editor, f"{EDIT}?lang=en")
        assert "Research project" in texts(shown, "#projekttyp option")
        assert {"Supported", "Mixed"} <= set(texts(shown, "#utfall .check__label"))

    def test_the_same_form_sent_twice_is_saved_once_without_a_quarrel(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT, kort="Min text")
        assert [editor.post(EDIT, data=sent).status_code for _ in range(2)] == [303, 303]
        assert _stored(bank, project_id).aim == "Min text"

    def test_an_identity_number_in_an_open_project_must_be_vouched_for(
        self, bank: SmallBank, editor: FlaskClient, project_id: int
    ) -> None:
        sent = _form(editor, EDIT, kort="Deltagaren 811228-9874.")
        answer = editor.post(EDIT, data=sent)
        assert answer.status_code == 422
        assert _stored(bank, project_id).aim == "Färre vräkningar."
        sent["personnummer"] = "ja"
        assert editor.post(EDIT, data=sent).status_code == 303
        assert _stored(bank, project_id).aim == "Deltagaren 811228-9874."

    @pytest.mark.parametrize("field", ["version", "bort", "bort_ar", "ta", "angra", "gor", "tagen"])
    @pytest.mark.parametrize("value", ["", "x" * 3000, "-1", "99999999999999999999", "<b>:\x00"])
    def test_odd_values_never_break_the_form(
        self, editor: FlaskClient, project_id: int, field: str, value: str
    ) -> None:
        assert editor.post(EDIT, data=_form(editor, EDIT, **{field: value})).status_code < 500

    def test_a_form_with_all_its_fields_missing_asks_for_the_name(self, editor: FlaskClient, project_id: int) -> None:
        sent = {"csrf_token": _form(editor, EDIT)["csrf_token"]}
        answer = editor.post(EDIT, data=sent)
        assert answer.status_code == 422
        assert "Skriv projektets namn." in answer.get_data(as_text=True)


class TestSuggestions:
    @pytest.fixture
    def document_id(self, bank: SmallBank, project_id: int) -> int:
        made = bank.document("Slutrapport Bo kvar", ["text"], project_id=project_id)
        with bank.workers.database.transaction() as session:
            given = {
                "registration_number": {"value": "1.2.1-487/2018", "page": 1, "quote": "Dnr 1.2.1-487/2018"},
                "target_group": {"value": ["personer-i-hemloshet"], "page": 2, "quote": "personer i hemlöshet"},
                "subject_area": {"value": ["hemloshet-och-boende"], "page": 2, "quote": "boende"},
                "nonsense": 7,
            }
            store_reading(session, made, Reading(pages=[], suggestions=given))
        return made

    def test_they_stand_beside_the_field_with_their_page(self, editor: FlaskClient, document_id: int) -> None:
        shown = page(editor, EDIT)
        assert f"/dokument/{document_id}?sida=1" in links(shown, ".hint a")
        assert "Dnr 1.2.1-487/2018" in texts(shown, ".hint q")
        assert [one.get("value") for one in select(shown, "button[name=ta]")] == ["malgrupp", "dnr"]

    def test_one_button_takes_and_another_undoes(self, editor: FlaskClient, document_id: int) -> None:
        sent = _form(editor, EDIT, ta="dnr")
        shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        assert _typed(shown)["dnr"] == "1.2.1-487/2018"
        sent = _typed(shown)
        sent["ta"] = "malgrupp"
        shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        assert _typed(shown).getlist("malgrupp") == ["personer i hemlöshet"]
        assert _typed(shown)["dnr"] == "1.2.1-487/2018"
        for field in ("dnr", "malgrupp"):
            sent = _typed(shown)
            sent["angra"] = field
            shown = html.fromstring(editor.post(EDIT, data=sent).get_data(as_text=True))
        assert _typed(shown)["dnr"] == ""
        assert not _typed(shown).getlist("malgrupp")


class TestNew:
    def test_one_form_makes_one_project_however_often_it_is_sent(self, bank: SmallBank, editor: FlaskClient) -> None:
        sent = _form(editor, "/nytt-projekt", namn="Nya startpunkten")
        answers = [editor.post("/nytt-projekt", data=sent) for _ in range(2)]
        assert {answer.headers["Location"] for answer in answers} == {"/projekt/nya-startpunkten"}
        with bank.workers.database.reading() as session:
            assert factories.project_titles(session) == ["Nya startpunkten"]

    def test_so_it_does_when_it_is_pressed_again_before_the_first_answer(
        self, bank: SmallBank, editor: FlaskClient
    ) -> None:
        """The browser then sends the cookie that it had before."""
        sent = _form(editor, "/nytt-projekt", namn="Nya startpunkten")
        cookie = editor.get_cookie("inloggning")
        assert cookie
        first = editor.post("/nytt-projekt", data=sent)
        editor.set_cookie("inloggning", cookie.value)
        second = editor.post("/nytt-projekt", data=sent)
        assert first.headers["Location"] == second.headers["Location"] == "/projekt/nya-startpunkten"
        assert "Projektet är redan sparat." in editor.get(second.headers["Location"]).get_data(as_text=True)
        with bank.workers.database.reading() as session:
            assert factories.project_titles(session) == ["Nya startpunkten"]

    @pytest.mark.parametrize("mark", ["", "å", "17", "17.å", "17.eRVRFZXNGXNNoUoDr5iWK8AUPzM"])
    def test_nobody_chooses_its_id(self, bank: SmallBank, editor: FlaskClient, mark: str) -> None:
        sent = _form(editor, "/nytt-projekt", namn="Nya startpunkten", formular=mark)
        assert editor.post("/nytt-projekt", data=sent).status_code == 303
        with bank.workers.database.reading() as session:
            assert session.get(Project, 17) is None

    def test_it_needs_a_name_and_keeps_the_rest(self, editor: FlaskClient) -> None:
        answer = editor.post("/nytt-projekt", data=_form(editor, "/nytt-projekt", kort="Prövar något."))
        assert answer.status_code == 422
        assert texts(html.fromstring(answer.get_data(as_text=True)), "#kort") == ["Prövar något."]

    def test_a_name_that_nobody_can_see_is_none(self, editor: FlaskClient) -> None:
        answer = editor.post("/nytt-projekt", data=_form(editor, "/nytt-projekt", namn="\u200b \u2060"))
        assert answer.status_code == 422
        assert "Skriv projektets namn." in answer.get_data(as_text=True)

    def test_a_project_may_have_any_name(self, editor: FlaskClient) -> None:
        for name in ("Ny", "Redigera", "Nytt projekt", "ny/redigera"):
            answer = editor.post("/nytt-projekt", data=_form(editor, "/nytt-projekt", namn=name))
            assert texts(page(editor, answer.headers["Location"]), "h1") == [name]

    def test_strangers_make_none(self, bank: SmallBank, client: FlaskClient) -> None:
        assert client.get("/nytt-projekt").status_code == 303
        with bank.workers.database.reading() as session, pytest.raises(NotThere):
            projects.by_slug(session, "ny", frozenset({"editors"}))
