"""PDF files as people meet them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import Extraction, UnreadableFile
from tests.indexer.extraction import making
from tests.indexer.extraction.making import Text, lines

Read = Callable[[bytes], Extraction]

BODY = [
    "Projektet har prövat ett nytt sätt att möta familjer i stads-",
    "delen. Personalen har fått handledning varje vecka, och barn-",
    "och ungdomsvården har deltagit från början till slut i arbetet.",
]


HEADINGS = ("Sammanfattning", "Bakgrund", "Metod", "Resultat")


def report(pages: int = 5) -> bytes:
    """A report with title page, running header, page numbers and headings."""
    title = [Text("Hembesök i Farsta", y=600, size=26), Text("Slutrapport 2019", y=560, size=14)]
    made = [title]
    for number in range(2, pages + 1):
        heading = HEADINGS[number - 2]
        made.append(
            [
                Text("Farsta stadsdelsförvaltning", y=805, size=8),
                Text(f"Sida {number} ({pages})", x=480, y=805, size=8),
                Text(heading, y=760, size=16, bold=True),
                *lines(BODY, top=700),
                Text(str(number), x=290, y=30, size=9),
            ]
        )
    return making.pdf(made, created="D:20191206120000")


def test_every_page_is_a_page_and_its_words_are_whole(read: Read) -> None:
    extraction = read(report())
    assert [page.number for page in extraction.pages] == [1, 2, 3, 4, 5]
    assert extraction.page_kind == "page"
    assert "möta familjer i stadsdelen. Personalen" in extraction.pages[1].text
    assert "och barn- och ungdomsvården har" in extraction.pages[1].text
    assert {page.reader for page in extraction.pages} == {"pdfium"}


def test_a_running_header_stands_once_and_page_numbers_nowhere(read: Read) -> None:
    extraction = read(report())
    assert extraction.running.split("\n") == ["Farsta stadsdelsförvaltning"]
    assert not any("Farsta stadsdelsförvaltning" in page.text or "Sida" in page.text for page in extraction.pages)
    assert all(not page.text.endswith(f"\n{page.number}") for page in extraction.pages)


def test_headings_title_summary_language_and_date_are_found(read: Read) -> None:
    extraction = read(report())
    assert extraction.title == "Hembesök i Farsta"
    assert [page.heading for page in extraction.pages[1:3]] == ["Sammanfattning", "Bakgrund"]
    assert extraction.summary.startswith("Projektet har prövat")
    assert "Bakgrund" not in extraction.summary
    assert extraction.language == "sv"
    assert extraction.dates == ("2019-12-06",)


def test_a_footnote_with_another_number_on_each_page_is_text(read: Read) -> None:
    pages = [[*lines(BODY, top=600), Text(f"Jämför socialtjänstlagen 2001:4{n}3.", y=60, size=8)] for n in range(4)]
    extraction = read(making.pdf(pages))
    assert extraction.running == ""
    assert "2001:423" in extraction.pages[2].text


def test_two_columns_are_read_one_after_the_other(read: Read) -> None:
    left = lines([f"vänster rad {n} fyller spalten" for n in range(10)], x=60)
    right = lines([f"höger rad {n} fyller spalten" for n in range(10)], x=320)
    text = read(making.pdf([[*left, *right]])).pages[0].text
    assert text.index("vänster rad 9") < text.index("höger rad 0")


def test_a_word_divided_by_the_end_of_a_page_stands_on_the_first_of_them(read: Read) -> None:
    extraction = read(making.pdf([lines(["Arbetet leddes av social-"]), lines(["sekreterare från enheten."])]))
    assert extraction.pages[0].text == "Arbetet leddes av socialsekreterare"
    assert extraction.pages[1].text == "från enheten."


def test_a_raised_note_number_does_not_hide_the_word_before_it(read: Read) -> None:
    stream = b"BT /F1 11 Tf 72 700 Td (Enligt riksdagen) Tj 5 Ts /F1 6 Tf (1) Tj 0 Ts /F1 11 Tf ( ska m) Tj ET"
    assert read(making.pdf_of([stream])).pages[0].text == "Enligt riksdagen 1 ska m"


def test_a_page_set_upright_by_its_rotation_is_read_in_order(read: Read) -> None:
    texts = [Text(f"Rad {n} i liggande tabell", x=72 + 20 * n, y=100, sideways=True) for n in range(6)]
    text = read(making.pdf([texts], rotate=90)).pages[0].text
    assert [text.index(f"Rad {n}") for n in range(6)] == sorted(text.index(f"Rad {n}") for n in range(6))


def test_what_was_cropped_away_is_no_text(read: Read) -> None:
    shown, mark, scan = Text("Rapporten"), Text("Rapport.indd 3", y=820), Text("under bilden", x=900, y=1200)
    stream = b"".join(text.operators() for text in (shown, mark, scan))
    page = f"{making.PAPER} /CropBox [50 50 545 800]"
    assert read(making.pdf_of([stream], page=page)).pages[0].text.split() == ["Rapporten", "under", "bilden"]


@pytest.mark.parametrize(
    ("kind", "flags", "is_read"), [("Widget", 4, True), ("FreeText", 4, True), ("Widget", 2, False)]
)
def test_what_was_filled_in_or_written_on_a_page_is_text(read: Read, kind: str, flags: int, is_read: bool) -> None:
    note = (
        f"<< /Type /Annot /Subtype /{kind} /FT /Tx /T (sökande) /Rect [72 600 300 620] /F {flags} /AP << /N 8 0 R >> >>"
    )
    drawn = making.pdf_stream(
        Text("Årsta", x=2, y=4).operators(),
        "/Type /XObject /Subtype /Form /BBox [0 0 228 20] /Resources << /Font << /F1 3 0 R >> >>",
    )
    page = f"{making.PAPER} /Annots [7 0 R]"
    text = read(making.pdf_of([Text("Namn:").operators()], page=page, more=[note.encode(), drawn])).text
    assert text.split() == ["Namn:"] + ["Årsta"] * is_read


def test_answers_that_the_file_leaves_to_its_reader_to_draw_are_text(read: Read) -> None:
    answer = "Skärholmen, Årsta".encode("utf-16-be").hex()
    field = (
        f"<< /Type /Annot /Subtype /Widget /FT /Tx /T (ort) /V <feff{answer}> /DA (/F1 12 Tf) "
        "/Rect [72 600 300 620] /F 4 >>"
    )
    form = "/Fields [7 0 R] /NeedAppearances true /DR << /Font << /F1 3 0 R >> >>"
    page = f"{making.PAPER} /Annots [7 0 R]"
    text = read(making.pdf_of([Text("Ort:").operators()], page=page, form=form, more=[field.encode()])).text
    assert text.split() == ["Ort:", "Skärholmen,", "Årsta"]


def test_a_page_whose_order_is_in_doubt_is_put_in_order(read: Read) -> None:
    rows = [Text(f"rad nummer {n:02d} av blanketten", y=700 - 20 * n) for n in range(20)]
    shuffled = [row for pair in zip(rows[1::2], rows[::2], strict=True) for row in pair]
    page = read(making.pdf([shuffled])).pages[0]
    assert [page.text.index(f"nummer {n:02d}") for n in range(20)] == sorted(
        page.text.index(f"nummer {n:02d}") for n in range(20)
    )


def test_a_metadata_title_that_a_program_left_is_not_believed(read: Read) -> None:
    page = [Text("Kristeamets första år", y=700, size=24), *lines(BODY, top=600)]
    assert read(making.pdf([page], title="Microsoft Word - utkast3.doc")).title == "Kristeamets första år"
    assert read(making.pdf([page], title="Kristeamets första år i Farsta")).title == "Kristeamets första år i Farsta"


def test_a_file_of_pictures_is_a_scan(read: Read) -> None:
    picture = b"q 500 0 0 780 40 30 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    extraction = read(making.pdf_of([picture, picture]))
    assert extraction.is_scan
    assert [page.scan for page in extraction.pages] == ["picture", "picture"]


def test_a_scanned_page_among_others_is_told(read: Read) -> None:
    picture = b"q 500 0 0 780 40 30 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
    text = b"".join(line.operators() for line in lines(BODY))
    extraction = read(making.pdf_of([text, picture, text]))
    assert not extraction.is_scan
    assert [page.scan for page in extraction.pages] == ["", "picture", ""]
    assert extraction.pages[1].text == ""


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4\n", "damaged"),
        (making.pdf([[]]), "damaged"),
        (b"", "damaged"),
    ],
)
def test_a_broken_or_blank_file_is_damaged(read: Read, content: bytes, reason: str) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(content)
    assert caught.value.reason == reason


def test_a_file_with_junk_before_its_header_is_read(read: Read) -> None:
    assert "familjer" in read(b"skrap\n" * 300 + making.pdf([lines(BODY)])).text
