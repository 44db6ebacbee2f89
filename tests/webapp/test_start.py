from __future__ import annotations

from flask.testing import FlaskClient

from tests.webapp.addresses import documents_counted, links, page, texts
from tests.webapp.conftest import SignIn
from tests.webapp.small_bank import SmallBank


def test_every_figure_beside_a_link_is_the_length_of_the_list_behind_it(reader: FlaskClient) -> None:
    start = page(reader, "/")
    for css in ("[aria-labelledby=amnen] li a", ".years a"):
        for link, count in zip(links(start, css), texts(start, f"{css} .count"), strict=True):
            assert documents_counted(page(reader, link)) == int(count), link


def test_what_is_not_for_everybody_shows_nowhere(reader: FlaskClient) -> None:
    assert "privatekonomi" not in reader.get("/").get_data(as_text=True)


def test_an_empty_bank_says_so_and_offers_to_sign_in(bank: SmallBank, client: FlaskClient) -> None:
    bank.index()
    start = page(client, "/")
    assert "Här är ingenting ännu" in texts(start, "[aria-labelledby=nytt]")[0]
    assert "/logga-in" in links(start, "main a")


def test_the_menu_follows_the_role(client: FlaskClient, sign_in: SignIn) -> None:
    everybody = ["Sök", "Utforska", "Om", "Logga in"]
    assert texts(page(client, "/om"), ".top nav.nav li") == everybody
    assert texts(page(sign_in("lasare", "li"), "/om"), ".top nav.nav li") == ["Sök", "Utforska", "Om", "Logga ut li"]
    editor = texts(page(sign_in("redaktor", "eva"), "/om"), ".top nav.nav li")
    assert editor == ["Sök", "Utforska", "Ladda upp", "Administration", "Om", "Logga ut eva"]


def test_what_is_kept_of_the_figures_is_kept_for_each_audience_apart(
    bank: SmallBank, client: FlaskClient, sign_in: SignIn
) -> None:
    bank.document("Rapport", ["En sida"], classification="open")
    bank.document("Internt", ["En sida", "En till"], classification="internal")
    bank.index()
    reader = sign_in("lasare", "li")
    for _ in range(2):
        assert texts(page(client, "/"), "dd")[1:3] == ["1", "1"]
        assert texts(page(reader, "/"), "dd")[1:3] == ["2", "3"]
