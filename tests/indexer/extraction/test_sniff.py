"""What a file is comes from its bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer import sniff
from indexer.extraction import media_types
from tests.indexer.extraction import making, making_outlook


def kind_of(tmp_path: Path, content: bytes, name: str = "fil") -> str:
    path = tmp_path / "original"
    path.write_bytes(content)
    return sniff(path, name)


@pytest.mark.parametrize(
    ("content", "name", "expected"),
    [
        (making.pdf([[]]), "rapport.docx", media_types.PDF),
        (b"skr\xe4p " * 400 + making.pdf([[]]), "rapport.pdf", media_types.PDF),
        (making.word(""), "rapport.doc", media_types.DOCX),
        (making.open_document(""), "rapport.pdf", media_types.ODT),
        (making.open_document("", "presentation"), "bilder", media_types.ODP),
        (b"<!doctype html><p>Hej", "sida.pdf", media_types.HTML),
        (b"<!-- obs -->\n<HTML lang=sv><p>Hej", "sida.txt", media_types.HTML),
        ("Plain text på svenska".encode("cp1252"), "anteckning.pdf", media_types.TEXT),
        ("Å i UTF-16".encode("utf-16"), "anteckning", media_types.TEXT),
        (b"{\\rtf1\\ansi hej}", "brev.doc", media_types.RTF),
        (b"\x89PNG\r\n\x1a\n0000", "bild.pdf", "image/png"),
        (making.zipped({"a/rapport.pdf": b"x"}), "dokument.zip", media_types.ZIP),
        (b"From: a@b.se\nTo: c@d.se\nSubject: Hej\n\nText", "brev", media_types.EMAIL),
        (b"\x00\x01\x02\x03" * 50, "okand.bin", ""),
        (b"", "tom.pdf", ""),
    ],
)
def test_a_file_is_what_its_bytes_say_whatever_it_is_called(
    tmp_path: Path, content: bytes, name: str, expected: str
) -> None:
    assert kind_of(tmp_path, content, name) == expected


def test_a_zip_of_word_files_is_a_zip(tmp_path: Path) -> None:
    assert (
        kind_of(tmp_path, making.zipped({"ett.docx": making.word(""), "två.docx": making.word("")}))
        == "application/zip"
    )


def test_a_word_file_cut_in_half_is_still_a_word_file(tmp_path: Path) -> None:
    whole = making.word(making.paragraph("hej"))
    assert kind_of(tmp_path, whole[: len(whole) // 2]) == media_types.DOCX


@pytest.mark.parametrize(
    ("stream", "expected"),
    [
        ("EncryptedPackage", media_types.ENCRYPTED_OFFICE),
        ("WordDocument", media_types.DOC),
        ("PowerPoint Document", media_types.PPT),
        ("Workbook", media_types.XLS),
        ("__properties_version1.0", media_types.MSG),
        ("Something else", media_types.OLE),
    ],
)
def test_old_office_files_are_told_apart_by_their_streams(tmp_path: Path, stream: str, expected: str) -> None:
    content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000 + stream.encode("utf-16-le") + b"\0" * 100
    assert kind_of(tmp_path, content, "fil.xls") == expected


def test_an_old_office_file_is_what_lies_at_its_root_whatever_it_holds(tmp_path: Path) -> None:
    mail = making_outlook.message({making_outlook.SUBJECT: "Hej"})
    word: making_outlook.Tree = {"WordDocument": b"\xec\xa5" * 3000}
    holding_a_mail: making_outlook.Tree = {"1Table": b"x", "ObjectPool": {"_1": mail}, **word}
    assert kind_of(tmp_path, making_outlook.compound(holding_a_mail)) == media_types.DOC
    assert kind_of(tmp_path, making_outlook.compound({**mail, "_1": word})) == media_types.MSG
    assert kind_of(tmp_path, making_outlook.compound({"_1": word})) == media_types.OLE


def test_an_old_office_file_with_its_directory_far_behind_is_told_too(tmp_path: Path) -> None:
    large = b"x" * (making_outlook.SECTOR * 13_000)
    content = making_outlook.compound({"ObjectPool": {"in": large}, "WordDocument": b"x"})
    assert kind_of(tmp_path, content) == media_types.DOC


def test_an_old_office_file_that_does_not_tell_its_root_is_what_it_seems_to_hold(tmp_path: Path) -> None:
    whole = making_outlook.compound({"WordDocument": b"x" * 9000, "1Table": b"x"})
    assert kind_of(tmp_path, whole[:-500]) == media_types.DOC
    at = whole.index("WordDocument".encode("utf-16-le"))
    for place, number in ((68, 1), (72, 0x7FFFFFFF)):  # its neighbour is itself, or stands beyond the end of the file
        broken = bytearray(whole)
        broken[at + place : at + place + 4] = number.to_bytes(4, "little")
        assert kind_of(tmp_path, bytes(broken)) == media_types.DOC


def test_a_text_that_mentions_a_tag_is_a_text(tmp_path: Path) -> None:
    assert kind_of(tmp_path, b"Skriv <p> i filen, sa blir det ett stycke.", "rad.txt") == media_types.TEXT
