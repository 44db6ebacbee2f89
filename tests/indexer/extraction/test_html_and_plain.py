"""HTML and plain text: what is read, in which encoding."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import Extraction

Read = Callable[[bytes], Extraction]


def test_scripts_styles_menus_and_comments_are_no_text(read: Read) -> None:
    page = (
        "<!doctype html><title>Reserapport</title><style>p{}</style><nav>meny</nav><script>var a</script>"
        "<h1>Våldsteamet</h1><p>Vi reste till <b>Göte</b>borg.<!-- hemligt --><p>Nästa<br>rad"
        "<table><tr><td>År</td><td>2020</td></tr></table>"
    )
    extraction = read(page.encode())
    assert extraction.text == "Våldsteamet\n\nVi reste till Göteborg.\n\nNästa\nrad\n\nÅr 2020"
    assert extraction.pages[0].heading == "Våldsteamet"
    assert extraction.page_kind == "section"


def test_sections_follow_the_headings_of_a_long_page(read: Read) -> None:
    page = "<html>" + "".join(f"<h2>Del {n}</h2><p>{'Texten fortsätter. ' * 40}</p>" for n in range(3))
    assert [section.heading for section in read(page.encode()).pages] == ["Del 0", "Del 1", "Del 2"]


@pytest.mark.parametrize(
    "content",
    [
        "<html><meta charset=iso-8859-1><p>Åtgärd – ”så”".encode("cp1252"),
        "<html><p>Åtgärd – ”så”".encode(),
        "<html><meta charset=iso-8859-1><p>Åtgärd – ”så”".encode(),
        "<html><p>Åtgärd – ”så”".encode("utf-16"),
        "<html><p>Åtgärd – ”så”".encode("cp1252"),
        b"<html><p>&Aring;tg&auml;rd &ndash; &rdquo;s&aring;&rdquo;",
    ],
)
def test_the_encoding_is_found_whatever_is_declared(read: Read, content: bytes) -> None:
    assert read(content).text == "Åtgärd – ”så”"


@pytest.mark.parametrize(
    "page",
    [
        "<center>Ett</center>två",
        "<details><summary>Ett</summary>två</details>",
        "<fieldset><legend>Ett</legend>två</fieldset>",
        "<button>Ett</button><button>två</button>",
    ],
)
def test_what_stands_apart_is_read_apart(read: Read, page: str) -> None:
    assert read(f"<html><body>{page}".encode()).text.split() == ["Ett", "två"]


def test_deeply_nested_html_is_read(read: Read) -> None:
    assert "botten" in read(b"<html>" + b"<div>" * 5000 + b"botten").text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_plain_text_is_read_in_the_usual_encodings(read: Read, encoding: str) -> None:
    text = "Hälsa på äldre\n\nBarn- och ungdomsvård, färd-\ntjänst och mer"
    assert read(text.encode(encoding)).text == "Hälsa på äldre\n\nBarn- och ungdomsvård, färdtjänst och mer"


@pytest.mark.parametrize("odd", ["för", "ö"])
def test_a_line_from_elsewhere_leaves_the_other_letters_as_they_are(read: Read, odd: str) -> None:
    content = "Hälsa på äldre i Älvsjö.\n\n".encode() + odd.encode("cp1252") + b"\n"
    assert read(content).text == f"Hälsa på äldre i Älvsjö.\n\n{odd}"


def test_a_short_first_line_is_the_title_of_a_text(read: Read) -> None:
    assert read("Delrapport LIHF\n\nProjektet har börjat.".encode()).title == "Delrapport LIHF"


def test_form_feeds_part_pages_and_long_texts_are_parted_too(read: Read) -> None:
    assert [page.text for page in read(b"sida ett\fsida tv\xe5").pages] == ["sida ett", "sida två"]
    assert len(read(("Ett stycke text. " * 50 + "\n\n").encode() * 40).pages) > 3
