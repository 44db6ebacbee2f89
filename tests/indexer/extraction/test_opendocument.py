"""OpenDocument text and slides."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import Extraction, UnreadableFile
from tests.indexer.extraction import making

Read = Callable[[bytes], Extraction]


def test_headings_notes_boxes_and_alternative_texts_are_read_comments_are_not(read: Read) -> None:
    body = (
        '<text:h text:outline-level="1">Metod</text:h>'
        "<text:p>Vi följde<text:s text:c='2'/>barnen<text:note><text:note-citation>1</text:note-citation>"
        "<text:note-body><text:p>fotnoten</text:p></text:note-body></text:note> noga.</text:p>"
        "<text:p><draw:frame><draw:text-box><text:p>i rutan</text:p></draw:text-box>"
        "<svg:title>Karta över Farsta</svg:title></draw:frame></text:p>"
        "<office:annotation><text:p>kommentar</text:p></office:annotation>"
    )
    extraction = read(making.open_document(body))
    assert extraction.page_kind == "section"
    assert extraction.pages[0].heading == "Metod"
    for wanted in ("Vi följde barnen noga.", "fotnoten", "i rutan", "Karta över Farsta"):
        assert extraction.text.count(wanted) == 1
    assert "kommentar" not in extraction.text


def test_a_note_in_a_frame_is_read_once_and_a_drawings_words_stand_apart(read: Read) -> None:
    note = "<text:note><text:note-body><text:p>källan</text:p></text:note-body></text:note>"
    frame = f"<draw:frame><draw:text-box><text:p>Figur 1{note}</text:p></draw:text-box></draw:frame>"
    body = f"<text:p>Löpande{frame}<draw:rect><text:p>ruta</text:p></draw:rect></text:p>"
    assert read(making.open_document(body)).text.split("\n\n") == ["Löpande", "Figur 1", "ruta", "källan"]


def test_a_table_of_one_cell_is_a_frame_around_headings_and_pages(read: Read) -> None:
    heading = '<text:h text:outline-level="1">Resultat</text:h>'
    cell = f"{heading}<text:p>ett</text:p><text:soft-page-break/><text:p>två</text:p>"
    row = f"<table:table-row><table:table-cell>{cell}</table:table-cell></table:table-row>"
    pages = read(making.open_document(f"<table:table>{row}</table:table>")).pages
    assert [(page.heading, page.text) for page in pages] == [("Resultat", "Resultat\n\nett"), ("Resultat", "två")]


def test_soft_page_breaks_make_pages(read: Read) -> None:
    body = "<text:p>ett</text:p><text:p>slutet på ett <text:soft-page-break/>och två</text:p>"
    extraction = read(making.open_document(body))
    assert extraction.page_kind == "page"
    assert [page.text for page in extraction.pages] == ["ett\n\nslutet på ett", "och två"]


def test_counted_repetitions_are_not_written_out(read: Read) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="100000"><table:table-cell table:number-columns-repeated="9999">'
        "<text:p>cell</text:p></table:table-cell></table:table-row>"
    )
    body = f'<table:table>{row}</table:table><text:p>a<text:s text:c="100000000"/>b</text:p>'
    extraction = read(making.open_document(body))
    assert extraction.text.count("cell") == 1
    assert len(extraction.text) < 100


def test_headers_and_footers_stand_once_outside_the_text(read: Read) -> None:
    styles = (
        "<style:header><text:p>Sidhuvud</text:p></style:header><style:footer><text:p>Sidfot</text:p></style:footer>"
    )
    extraction = read(making.open_document("<text:p>text</text:p>", styles=styles))
    assert extraction.running == "Sidhuvud\nSidfot"
    assert extraction.text == "text"


def test_slides_are_pages_with_their_notes(read: Read) -> None:
    page = (
        '<draw:page><draw:frame presentation:class="title"><draw:text-box><text:p>Rubrik {n}</text:p></draw:text-box>'
        "</draw:frame><draw:frame><draw:text-box><text:p>punkt {n}</text:p></draw:text-box></draw:frame>"
        "<presentation:notes><draw:frame><draw:text-box><text:p>anteckning {n}</text:p></draw:text-box></draw:frame>"
        "</presentation:notes></draw:page>"
    )
    extraction = read(making.open_document(page.replace("{n}", "1") + page.replace("{n}", "2"), "presentation"))
    assert extraction.page_kind == "slide"
    assert [page.text for page in extraction.pages] == [f"Rubrik {n}\n\npunkt {n}\n\nanteckning {n}" for n in (1, 2)]
    assert extraction.pages[1].heading == "Rubrik 2"


def test_an_encrypted_file_says_so(read: Read) -> None:
    content = making.zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": b"\x00\x01",
            "META-INF/manifest.xml": (
                '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><m:file-entry>'
                "<m:encryption-data/></m:file-entry></m:manifest>"
            ),
        }
    )
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    assert caught.value.reason == "encrypted"
