"""The same small report in every format gives the same words, on pages of the right kind and number."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from indexer import Extraction, UnreadableFile
from indexer.extraction import commands, old_word
from indexer.extraction.frames import About, RawPage
from indexer.extraction.limits import Limits
from indexer.extraction.registry import Task
from tests.indexer.extraction import fyrbaken

Read = Callable[..., Extraction]


class Told:
    """A report that keeps what it hears."""

    def __init__(self) -> None:
        self.pages: list[RawPage] = []

    def about(self, about: About) -> None:
        pass

    def page(self, page: RawPage) -> None:
        self.pages.append(page)

    def cut(self, code: str) -> None:
        pass

    def go_on(self, page: int) -> None:
        pass


# Format: the bytes, the pages' kind, on which page the report's last words stand.
RUNNING_TEXT: dict[str, tuple[Callable[[], bytes], str, int]] = {
    "docx": (fyrbaken.word, "page", 2),
    "odt": (fyrbaken.open_document, "page", 2),
    "rtf": (fyrbaken.rtf, "section", 2),
    "pptx": (fyrbaken.slides, "slide", 2),
    "html": (fyrbaken.html, "section", 1),
    "epub": (fyrbaken.epub, "section", 2),
    "eml": (fyrbaken.mail, "message", 1),
    "msg": (fyrbaken.outlook, "message", 1),
}
TABLES: dict[str, tuple[Callable[[], bytes], int]] = {
    "xlsx": (fyrbaken.workbook, 2),
    "ods": (fyrbaken.open_workbook, 2),
    "csv with semicolons": (fyrbaken.separated, 1),
    "csv with commas": (lambda: fyrbaken.separated(","), 1),
    "csv of an older Excel": (lambda: fyrbaken.separated(";", "cp1252"), 1),
    "csv of Excel's Unicode text": (lambda: fyrbaken.separated("\t", "utf-16"), 1),
}


@pytest.mark.parametrize("name", RUNNING_TEXT)
def test_running_text_has_the_same_words_in_every_format(read: Read, name: str) -> None:
    make, kind, last_page = RUNNING_TEXT[name]
    # A name of another kind: what a file is, its bytes tell.
    extraction = read(make(), "fil.bin")
    assert extraction.title == fyrbaken.TITLE
    assert extraction.page_kind == kind
    assert [page.number for page in extraction.pages if fyrbaken.LAST in page.text] == [last_page]
    assert fyrbaken.FIRST in extraction.pages[0].text
    assert extraction.pages[0].heading == fyrbaken.TITLE
    assert extraction.cut == ()


@pytest.mark.parametrize("name", TABLES)
def test_tables_tell_each_row_with_its_header_in_every_format(read: Read, name: str) -> None:
    make, sheets = TABLES[name]
    extraction = read(make(), "tabell.csv" if "csv" in name else "fil.bin")
    assert extraction.page_kind == "sheet"
    assert len(extraction.pages) == sheets
    assert fyrbaken.TOLD_ROW in extraction.pages[0].text.split("\n\n")


def test_sheets_are_headed_by_their_names(read: Read) -> None:
    assert [page.heading for page in read(fyrbaken.workbook()).pages] == ["Medel", "Lärdomar"]


def test_old_excel_is_read_as_the_new(read: Read) -> None:
    extraction = read((fyrbaken.FILES / "fyrbaken.xls").read_bytes())
    assert [page.heading for page in extraction.pages] == ["Medel", "Lärdomar"]
    assert fyrbaken.TOLD_ROW in extraction.pages[0].text


def test_old_powerpoint_is_read_by_slide(read: Read) -> None:
    extraction = read(fyrbaken.old_slides())
    assert extraction.page_kind == "slide"
    assert [page.text for page in extraction.pages] == [
        "Fyrbåken i korthet\n\nUppsökande hemtjänst i Skärholmen 2019",
        "Lärdomar\n\nÅtta av tio ville fortsätta",
    ]


def test_old_word_is_read(read: Read, require_program: Callable[[str], str]) -> None:
    require_program("antiword")
    extraction = read((fyrbaken.FILES / "fyrbaken.doc").read_bytes())
    assert extraction.title == fyrbaken.TITLE
    assert fyrbaken.FIRST in extraction.text
    assert fyrbaken.LAST in extraction.text


@pytest.mark.parametrize("command", old_word.COMMANDS, ids=lambda command: command[0])
def test_either_command_reads_old_word(require_program: Callable[[str], str], command: tuple[str, ...]) -> None:
    require_program(command[0])
    path, told = fyrbaken.FILES / "fyrbaken.doc", Told()
    started = commands.start([*command, str(path)], Limits())
    old_word.extract(Task(path, Limits(), started=(started,)), told)
    text = "\n\n".join(page.text for page in told.pages)
    assert fyrbaken.FIRST in text
    assert fyrbaken.LAST in text


def test_old_word_without_a_command_says_so(tmp_path: Path) -> None:
    path = tmp_path / "fil.doc"
    path.write_bytes((fyrbaken.FILES / "fyrbaken.doc").read_bytes())
    with pytest.raises(UnreadableFile) as caught:
        old_word.extract(Task(path, Limits()), Told())
    assert caught.value.reason == "unsupported"


@pytest.mark.parametrize("name", ["docx", "odt", "rtf", "pptx", "epub", "msg"])
def test_half_a_file_gives_its_words_or_a_reason(read: Read, name: str) -> None:
    content = RUNNING_TEXT[name][0]()
    try:
        extraction = read(content[: len(content) // 2])
    except UnreadableFile as error:
        assert error.reason in {"damaged", "unsupported"}  # noqa: PT017  either end is right
    else:
        assert extraction.pages


@pytest.mark.parametrize("name", ["fyrbaken.doc", "fyrbaken.xls"])
def test_half_an_old_file_gives_its_words_or_a_reason(read: Read, name: str) -> None:
    content = (fyrbaken.FILES / name).read_bytes()
    for share in (0.3, 0.6, 0.9):
        try:
            extraction = read(content[: int(len(content) * share)])
        except UnreadableFile as error:
            assert error.reason in {"damaged", "unsupported", "too_large"}  # noqa: PT017  either end is right
        else:
            assert extraction.pages
