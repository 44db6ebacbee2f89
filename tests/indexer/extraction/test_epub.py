"""EPUB: read in the order of its spine; locked, broken and large ones end with a reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer import Extraction, UnreadableFile
from tests.indexer.extraction import fyrbaken

Read = Callable[..., Extraction]


def test_the_spine_gives_the_order_and_the_package_the_date(read: Read) -> None:
    extraction = read(fyrbaken.epub())
    assert [page.heading for page in extraction.pages] == [fyrbaken.TITLE, fyrbaken.HEADING]
    assert extraction.dates == ("2020-05-01",)


def test_a_locked_book_says_so(read: Read) -> None:
    locked = '<encryption><CipherReference URI="bok/ett.xhtml"/></encryption>'
    with pytest.raises(UnreadableFile) as caught:
        read(fyrbaken.epub({"META-INF/encryption.xml": locked}))
    assert caught.value.reason == "encrypted"


def test_a_missing_part_is_told_and_the_others_are_read(read: Read) -> None:
    content = fyrbaken.epub().replace("två.xhtml".encode(), "tvö.xhtml".encode())
    extraction = read(content)
    assert extraction.cut == ("damaged",)
    assert fyrbaken.FIRST in extraction.text


def test_a_book_that_unpacks_without_end_is_cut_and_told(read: Read) -> None:
    extraction = read(fyrbaken.epub({"bok/två.xhtml": b"<p>" + b"a " * 160_000_000}))
    assert extraction.cut == ("members",)
    assert fyrbaken.FIRST in extraction.text


def test_a_book_without_texts_is_damaged(read: Read) -> None:
    with pytest.raises(UnreadableFile) as caught:
        read(fyrbaken.epub({"bok/bok.opf": "<package><spine/></package>"}))
    assert caught.value.reason == "damaged"
