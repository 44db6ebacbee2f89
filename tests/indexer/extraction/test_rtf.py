"""RTF: code pages, notes, running lines, pictures, and what hostile markup ends with."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Extraction, Reader, UnreadableFile, sniff
from indexer.extraction.limits import Limits
from tests.indexer.extraction.fyrbaken import escaped

Read = Callable[..., Extraction]


def rtf(body: str, head: str = r"\ansi\ansicpg1252") -> bytes:
    return f"{{\\rtf1{head} {body}}}".encode("latin-1")


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (r"\ansi\ansicpg1252", r"H\'e4lsa"),
        (r"\mac", r"H\'8alsa"),
        (r"\pca", r"H\'84lsa"),
        (r"\ansi", r"H\u228?lsa"),
        (r"\ansi\ansicpg1252", "Hälsa"),
    ],
)
def test_letters_are_read_by_the_files_own_code_page(read: Read, head: str, body: str) -> None:
    assert read(rtf(body, head)).text == "Hälsa"


def test_footnotes_stand_after_the_text_of_their_page(read: Read) -> None:
    extraction = read(rtf(rf"F{{\footnote\pard En not.}}\'f6rsta sidan.\par\page {escaped('Andra sidan.')}"))
    assert [page.text for page in extraction.pages] == ["Första sidan.\n\nEn not.", "Andra sidan."]


def test_text_boxes_stand_once_behind_the_paragraph_they_hang_on(read: Read) -> None:
    box = r"{\shp{\*\shpinst{\sp{\sn a}{\sv 1}}{\shptxt\pard I rutan.\par}}{\shprslt{\*\do{\dptxbxtext I rutan.}}}}"
    group = rf"{{\shpgrp{{\*\shpinst{box}{box}}}}}"
    extraction = read(rtf(rf"F{box}\'f6re{{\footnote En not.}}{group}.\par Efter.\par"))
    assert extraction.text.split("\n") == [
        "Före.", "", "I rutan.", "", "I rutan.", "I rutan.", "", "Efter.", "", "En not.",
    ]  # fmt: skip


def test_what_was_struck_out_is_no_text(read: Read) -> None:
    body = r"Ett {\b\deleted\revauthdel1 struket \'e5r\par}{\revised tillagt} \deleted borta\deleted0 två\plain  tre"
    assert read(rtf(body)).text == "Ett tillagt två tre"


def test_headers_and_footers_are_running_lines_and_no_text(read: Read) -> None:
    extraction = read(rtf(r"{\header Diarienummer 12}{\footer Farsta\par}Texten."))
    assert extraction.text == "Texten."
    assert extraction.running.split("\n") == ["Diarienummer 12", "Farsta"]


def test_headings_are_known_by_their_outline_level(read: Read) -> None:
    extraction = read(rtf(r"\pard\outlinelevel0 Resultat\par\pard Det gick bra.\par"))
    assert extraction.title == "Resultat"


def test_pictures_in_digits_and_in_bytes_are_no_text(read: Read) -> None:
    raw = b"{\\rtf1 f\\'f6re {\\pict\\pngblip " + b"89504e47" * 5000 + b"}{\\pict\\bin6 {}\\'41}efter}"
    assert read(raw).text.split() == ["före", "efter"]


def test_a_date_of_the_file_is_told(read: Read) -> None:
    assert read(rtf(r"{\info{\creatim\yr2019\mo3\dy7\hr9}}Text")).dates == ("2019-03-07",)


@pytest.mark.parametrize(
    "body",
    [
        "{" * 100_000 + "djupt" + "}" * 100_000,
        "grunt }}}}",
        r"\'zz \u999999999? \bin99999999 slut",
        "{\\footnote " * 2000,
    ],
)
def test_broken_markup_gives_words_or_a_reason(read: Read, body: str) -> None:
    try:
        assert read(rtf(body)).pages
    except UnreadableFile as error:
        assert error.reason in {"damaged", "too_slow"}  # noqa: PT017  either end is right


def test_markup_beyond_the_limit_is_cut_and_told(tmp_path: Path) -> None:
    path = tmp_path / "lang.rtf"
    path.write_bytes(rtf("ord " * 20_000))
    with Reader(Limits(text=10_000)) as reader:
        assert "text" in reader.read(path, sniff(path)).cut
