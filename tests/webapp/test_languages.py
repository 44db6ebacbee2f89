from __future__ import annotations

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from babel.support import Translations
from flask import Flask, render_template_string
from flask.testing import FlaskClient

from tests.webapp.addresses import links, page, select, texts
from webapp.moments import day_and_time

WEBAPP = Path(__file__).parents[2] / "webapp"
ENGLISH = WEBAPP / "translations" / "en" / "LC_MESSAGES"
METHODS = [("templates/**.html", "jinja2"), ("**.py", "python")]
KEYWORDS = {
    "_": None, "gettext": None, "_l": None, "lazy_gettext": None, "ngettext": (1, 2), "_n": (1, 2),
}  # fmt: skip


def _asked_for() -> set[str | tuple[str, ...]]:
    """Every text of the room, as templates and modules name it."""
    found = extract_from_dir(str(WEBAPP), METHODS, {"templates/**.html": {"silent": "false"}}, KEYWORDS)
    return {message if isinstance(message, str) else tuple(message) for _, _, message, _, _ in found} - {""}


def test_every_text_has_an_english_translation() -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        catalog = read_po(file)
    translated = {message.id for message in catalog if message.string and all(message.string) and not message.fuzzy}
    translated |= {singular for singular, *_ in (one for one in translated if isinstance(one, tuple))}
    assert not sorted(map(str, _asked_for() - translated)), (
        "Add them to translations/en, then: pybabel compile -d webapp/translations"
    )
    asked_for = _asked_for() | {one[0] for one in _asked_for() if isinstance(one, tuple)}
    assert not sorted(map(str, translated - asked_for - {""})), "These are asked for no more; take them away."


def test_placeholders_and_tags_are_the_same_in_both_languages() -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        catalog = read_po(file)
    faults = [(message.id, str(error)) for message in catalog for error in message.check(catalog)]
    assert not faults
    for message in catalog:
        texts_of = message.id if isinstance(message.id, tuple) else (message.id,)
        said = message.string if isinstance(message.string, tuple) else (str(message.string),)
        assert {text.count("<") for text in texts_of} == {text.count("<") for text in said} or not message.id, (
            message.id
        )


def test_the_compiled_catalog_is_that_of_the_texts() -> None:
    with (ENGLISH / "messages.po").open("rb") as file:
        catalog = read_po(file)
    compiled = Translations(BytesIO((ENGLISH / "messages.mo").read_bytes()))
    for message in catalog:
        if message.id and isinstance(message.id, str):
            assert compiled.gettext(message.id) == message.string


@pytest.mark.parametrize("address", ["/", "/sok?q=boendestöd", "/om", "/om/sok", "/om/kakor", "/tillganglighet"])
def test_the_link_in_the_foot_answers_in_english_and_is_remembered(reader: FlaskClient, address: str) -> None:
    (link,) = links(page(reader, address), "a[hreflang=en]")
    assert page(reader, link).get("lang") == "en"
    assert page(reader, "/om").get("lang") == "en"
    assert "About" in texts(page(reader, "/om"), "h1")[0]
    (back,) = links(page(reader, "/om"), "a[hreflang=sv]")
    assert page(reader, back).get("lang") == "sv"


def test_values_in_templates_are_filled_once_and_escaped(app: Flask) -> None:
    with app.test_request_context("/?lang=en"):
        one = render_template_string("{{ _('om %(name)s', name=name) }}", name="<b> 100 %(x)s")
        many = render_template_string("{{ ngettext('%(written)s sida', '%(written)s sidor', 2, written='<2> %') }}")
    assert (one, many) == ("about &lt;b&gt; 100 %(x)s", "&lt;2&gt; % pages")


@pytest.mark.parametrize(("lang", "told"), [("sv", "i dag 14.02"), ("en", "today 14:02")])
def test_a_time_of_day_is_written_as_in_the_language_of_the_page(app: Flask, lang: str, told: str) -> None:
    moment = datetime(2026, 2, 3, 13, 2, tzinfo=UTC)
    with app.test_request_context(f"/?lang={lang}"):
        assert day_and_time(moment, now=moment) == told


def test_labels_of_controlled_terms_are_english_where_the_record_has_them(reader: FlaskClient) -> None:
    assert "Final report" in texts(page(reader, "/sok?lang=en"), ".check__label")


def test_passages_say_their_own_language_on_an_english_page(reader: FlaskClient) -> None:
    found = page(reader, "/sok?q=boendestöd&lang=en")
    assert {one.get("lang") for one in select(found, ".passages")} == {"sv"}


def test_lists_of_the_search_page_speak_the_language_of_each_request(reader: FlaskClient) -> None:
    told = [select(page(reader, f"/sok?q=boendestöd&lang={one}"), ".facet__not")[0] for one in ("sv", "en", "sv")]
    assert [(one.get("title") or "").split()[0] for one in told] == ["Uteslut", "Exclude", "Uteslut"]


def test_the_line_over_the_hits_is_explained_in_the_words_that_stand_there(client: FlaskClient) -> None:
    (line,) = texts(page(client, "/om/sok?lang=en"), ".reading__line")
    assert line == "boendestöd (also boendestödet; part of boendestödsteam) and arbetsterapeut"
