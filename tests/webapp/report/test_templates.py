"""The bank's own Word templates: a good one is filled, a bad one is told in words and harms nobody."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import pytest
from flask.testing import FlaskClient

from tests.webapp.addresses import page, select
from tests.webapp.report.conftest import REPORT, word
from tests.webapp.small_bank import SmallBank
from webapp.report import word as word_module
from webapp.report import word_names

YEAR = f"{REPORT}.docx?ar=2020&mall="
GUIDE = Path(__file__).parents[3] / "docs" / "report.md"


@pytest.fixture
def folder(funded_bank: SmallBank) -> Iterator[Path]:
    """The folder of the bank's own templates, emptied afterwards."""
    place = funded_bank.settings.templates_folder
    place.mkdir()
    yield place
    for file in place.iterdir():
        file.unlink()
    place.rmdir()


def write(folder: Path, *paragraphs: str, name: str = "egen") -> Path:
    document = docx.Document()
    for text in paragraphs:
        document.add_paragraph(text)
    path = folder / f"{name}.docx"
    document.save(str(path))
    return path


def told(client: FlaskClient, name: str = "egen") -> str:
    """What the page says of a template that cannot be used."""
    answer = client.get(YEAR + name)
    assert answer.status_code == 400
    text = html.unescape(answer.get_data(as_text=True))
    found = re.search(rf"Mallen ”{name}” (.*?)</p>", text, re.DOTALL)
    assert found, text
    assert "Traceback" not in text
    return " ".join(found[1].split())


def test_a_template_of_the_bank_is_chosen_by_its_name_and_filled(reader: FlaskClient, folder: Path) -> None:
    write(
        folder,
        "{{ rubrik }} från {{ agare }}",
        "{%p for forvaltning in forvaltningar %}",
        "{{ forvaltning.namn }}: {% for projekt in forvaltning.projekt %}{{ projekt.namn }} {% endfor %}",
        "{%p endfor %}",
        "{{r underlag }}",
        "{{ diagram.utfall.bild }}",
        name="Kort & gott",
    )
    write(folder, "x", name="~$rt & gott")
    shown = page(reader, f"{REPORT}?ar=2020")
    assert [one.get("value") for one in select(shown, "#mall option")] == ["", "Kort & gott"]
    made = word(reader, f"{YEAR}Kort+%26+gott")
    texts = [one.text.strip() for one in made.paragraphs]
    assert texts[0] == "Projekt med medel 2020 från Stockholms socialtjänst"
    assert "Skarpnäck: Etableringscoach Familjeorienterat arbetssätt" in texts
    assert texts[6] == "4 projekt i kunskapsbanken"
    assert len(made.inline_shapes) == 1
    assert "Hyperlink" in {style.style_id for style in made.styles}


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("{{ rubrikk }}", "har ett namn som inte finns: 'rubrikk' is undefined"),
        ("{% for ett in tal %}", "En kod i mallen går inte att läsa"),
        ("{{ rubrik | finnsinte }}", "En kod i mallen går inte att läsa"),
        ("{{ rubrik. }}", "En kod i mallen går inte att läsa"),
        ("{{ ''.__class__.__mro__ }}", "försöker göra något som mallar inte får göra"),
        ("{{ rubrik.__init__.__globals__ }}", "försöker göra något som mallar inte får göra"),
        ("{{ cycler.__init__.__globals__.os.popen('id') }}", "försöker göra något som mallar inte får göra"),
        ("{% for a in range(999999999) %}x{% endfor %}", "kan inte användas"),
        ("{{ rubrik * 99999999999 }}", "tar för lång tid eller för mycket minne"),
        ("{{ 1 / 0 }}", "går inte att fylla i"),
        ("{% include '/etc/passwd' %}", "kan inte användas"),
    ],
)
def test_a_code_that_cannot_be_used_is_told_in_words(reader: FlaskClient, folder: Path, code: str, said: str) -> None:
    write(folder, code)
    assert said in told(reader)


def test_a_template_that_never_ends_is_ended(
    reader: FlaskClient, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_module, "SECONDS", 3)
    inner = "{% for b in range(99999) %}{% endfor %}"
    write(folder, "{% for a in range(99999) %}" + inner + "{% endfor %}")
    assert "tar för lång tid eller för mycket minne" in told(reader)


@pytest.mark.parametrize("data", [b"", b"PK\3\4", b"<html>", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600])
def test_a_file_that_is_no_word_document_is_told_in_words(reader: FlaskClient, folder: Path, data: bytes) -> None:
    (folder / "egen.docx").write_bytes(data)
    assert "går inte att öppna som Word-dokument" in told(reader)


def test_a_package_that_unpacks_without_end_is_not_unpacked(reader: FlaskClient, folder: Path) -> None:
    with ZipFile(folder / "egen.docx", "w", ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b"\0" * 150_000_000)
    assert "för stor när den packas upp" in told(reader)


def test_entities_of_a_template_open_no_file(reader: FlaskClient, folder: Path) -> None:
    (folder / "hemlig.txt").write_text("HEMLIGHETEN")
    path = write(folder, "{{ rubrik }}")
    with ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    head, _, rest = parts["word/document.xml"].partition(b"?>")
    entity = f'<!DOCTYPE x [<!ENTITY fil SYSTEM "{(folder / "hemlig.txt").as_uri()}">]>'.encode()
    parts["word/document.xml"] = head + b"?>" + entity + rest.replace(b"{{ rubrik }}", b"a&fil;b {{ ar }}")
    with ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(name, data)
    made = word(reader, f"{YEAR}egen").part.blob
    assert b"2020" in made
    assert b"HEMLIGHETEN" not in made


def test_names_outside_the_folder_are_no_templates(reader: FlaskClient, folder: Path, tmp_path: Path) -> None:
    write(folder.parent, "{{ rubrik }}", name="utanfor")
    for name in ("../utanfor", "..%2Futanfor", "utanfor", "/etc/passwd", "."):
        assert reader.get(YEAR + name).status_code == 400, name
    (folder.parent / "utanfor.docx").unlink()


def test_the_standard_template_is_a_beginning_for_one_of_the_banks_own(reader: FlaskClient, folder: Path) -> None:
    (folder / "egen.docx").write_bytes(reader.get(f"{REPORT}/mall.docx").data)
    assert "{{ rubrik }}" in {one.text for one in docx.Document(str(folder / "egen.docx")).paragraphs}
    own, standard = word(reader, f"{YEAR}egen"), word(reader, YEAR)
    assert [one.text for one in own.paragraphs] == [one.text for one in standard.paragraphs]


def test_the_guide_names_every_value_that_a_template_can_use(
    reader: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []
    named = word_names.names

    def remembering(*given: Any) -> dict[str, Any]:
        seen.append(named(*given))
        return named(*given)

    monkeypatch.setattr(word_names, "names", remembering)
    word(reader, YEAR)
    explained = set(re.findall(r"`([a-z_]+)`", GUIDE.read_text("utf-8")))
    assert not _names(seen[0]) - explained


def _names(value: object) -> set[str]:
    if isinstance(value, list):
        return {name for one in value for name in _names(one)}
    if not isinstance(value, dict) or value.keys() in ({"text", "url"}, {"png", "told"}):
        return set()
    return {str(name) for name in value} | {name for one in value.values() for name in _names(one)}
