"""Office files as PDF: what a conversion gives, and that it can neither write elsewhere, nor reach others, nor hang."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import UnreadableFile, conversion, converts, page_texts, to_pdf
from indexer.extraction import media_types
from tests.indexer.extraction import fyrbaken, making


@pytest.fixture(autouse=True)
def soffice(require_program: Callable[[str], str]) -> None:
    require_program("soffice")


def with_manifest(content: bytes) -> bytes:
    """Without a list of its parts LibreOffice takes no OpenDocument file."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    kind, space = members["mimetype"].decode(), "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    entries = "".join(
        f'<m:file-entry m:full-path="{path}" m:media-type="{told}"/>'
        for path, told in (("/", kind), ("content.xml", "text/xml"))
    )
    manifest = f'<m:manifest xmlns:m="{space}" m:version="1.2">{entries}</m:manifest>'
    return making.zipped({**members, "META-INF/manifest.xml": manifest})


@pytest.mark.parametrize(
    ("make", "media_type"),
    [
        (fyrbaken.word, media_types.DOCX),
        (fyrbaken.slides, media_types.PPTX),
        (lambda: with_manifest(fyrbaken.open_document()), media_types.ODT),
        (fyrbaken.rtf, media_types.RTF),
    ],
    ids=["docx", "pptx", "odt", "rtf"],
)
def test_an_office_file_becomes_a_pdf_with_its_words(
    tmp_path: Path, make: Callable[[], bytes], media_type: str
) -> None:
    original, target = tmp_path / "bytes", tmp_path / "bilder" / "sidor.pdf"
    original.write_bytes(make())
    to_pdf(original, media_type, target)
    texts = page_texts(target)
    assert fyrbaken.FIRST in texts[0]
    assert fyrbaken.LAST in texts[-1]
    assert [path.name for path in target.parent.iterdir()] == ["sidor.pdf"]


def test_what_is_no_office_file_gives_a_reason_and_leaves_nothing(tmp_path: Path) -> None:
    original, target = tmp_path / "bytes", tmp_path / "bilder" / "sidor.pdf"
    original.write_bytes(b"PK\x03\x04 trasigt")
    with pytest.raises(UnreadableFile):
        to_pdf(original, media_types.DOCX, target)
    assert list(target.parent.iterdir()) == []


def test_a_conversion_that_takes_too_long_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(conversion, "WALL", 0.05)
    original, target = tmp_path / "bytes", tmp_path / "sidor.pdf"
    original.write_bytes(fyrbaken.word())
    with pytest.raises(UnreadableFile) as caught:
        to_pdf(original, media_types.DOCX, target)
    assert caught.value.reason == "too_slow"
    assert not target.exists()


def test_a_file_beside_the_bank_is_not_drawn_into_the_page(tmp_path: Path) -> None:
    """A linked section would show any file that the bank may read."""
    secret = tmp_path / "hemligt.txt"
    secret.write_text("lönnlig uppgift")
    link = f'xmlns:xlink="http://www.w3.org/1999/xlink" xlink:href="{secret.as_uri()}"'
    section = f'<text:section text:name="a"><text:section-source {link}/><text:p>synlig text</text:p></text:section>'
    original, target = tmp_path / "bytes", tmp_path / "sidor.pdf"
    original.write_bytes(with_manifest(making.open_document(section)))
    to_pdf(original, media_types.ODT, target)
    assert "synlig text" in " ".join(page_texts(target))
    assert "lönnlig" not in " ".join(page_texts(target))


def test_sheets_mail_and_text_are_not_made_pictures_of() -> None:
    assert converts(media_types.DOCX)
    assert not any(converts(kind) for kind in (media_types.XLSX, media_types.EMAIL, media_types.TEXT, media_types.PDF))
