"""Word of before 2007, through the commands antiword and catdoc where they are installed."""

from __future__ import annotations

import mmap
import re
import struct
from collections.abc import Iterable, Iterator

from lxml import etree
from olefile import MAGIC

from indexer.errors import UnreadableFile
from indexer.extraction import commands
from indexer.extraction.commands import Started
from indexer.extraction.drawingml import local, named
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, Section, sections

# The better first: antiword keeps headings and tables, catdoc reads what antiword refuses.
COMMANDS = (("antiword", "-m", "UTF-8.txt", "-x", "db"), ("catdoc", "-d", "utf-8", "-w"))
_SECTOR = 512
_WORD_START = (b"\xec\xa5", b"\xdc\xa5")  # of the stream WordDocument, from Word 97 on and before
_WORD_FLAGS_AT, _IS_ENCRYPTED = 10, 0x0100
_DOCTYPE = re.compile(rb"<!DOCTYPE[^>]{0,500}>")
_MOST_JUNK = 0.02  # share of characters that nobody types
_LEFT_OUT = {"bookinfo", "colspec"}
_LEVELS = {"chapter": 1, "sect1": 2, "sect2": 3, "sect3": 4, "sect4": 5, "sect5": 6}
_FIELD_CODE = re.compile(r"\b(?:PAGEREF|REF|TOC|HYPERLINK|MERGEFORMAT)\b\s*(?:_\w+\s*)?(?:\\\S\s*)*")


def started(task: Task) -> tuple[Started, ...]:
    """The commands at work, the better first."""
    there = [command for command in COMMANDS if commands.is_installed(command[0])]
    return tuple(commands.start([*command, str(task.path.resolve())], task.limits) for command in there)


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where the file is encrypted or no command reads it."""
    if not task.started:
        raise UnreadableFile("unsupported", "neither antiword nor catdoc is installed")
    with task.path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as whole:
        if whole[: len(MAGIC)] != MAGIC:  # catdoc would read it as plain text
            raise UnreadableFile("damaged", "no office file")
        if _is_encrypted(whole):
            raise UnreadableFile("encrypted", "the file's first block says so")
    name, told = _first_told(task)
    _READ[name](told, report)


def _first_told(task: Task) -> tuple[str, bytes]:
    failure = UnreadableFile("damaged", "no command")
    for started_one in task.started:
        try:
            told = started_one.told(task.limits.text * 8)
        except UnreadableFile as error:
            failure = error
            continue
        if told.strip():
            return started_one.name, told
    raise failure


def _is_encrypted(whole: mmap.mmap) -> bool:
    for at in range(_SECTOR, len(whole) - _SECTOR, _SECTOR):
        if whole[at : at + 2] in _WORD_START:
            (flags,) = struct.unpack_from("<H", whole, at + _WORD_FLAGS_AT)
            return bool(flags & _IS_ENCRYPTED)
    return False


def _docbook(told: bytes, report: Report) -> None:
    """What antiword tells: a book of chapters, sections, paragraphs and tables."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    root = etree.fromstring(_DOCTYPE.sub(b"", told, count=1), parser)
    if root is None:
        raise UnreadableFile("damaged", "antiword told nothing that is XML")
    info = next(named(root, "bookinfo"), None)
    title = next((e.text or "" for e in named(info, "title")), "") if info is not None else ""
    date = next((e.text or "" for e in named(info, "date")), "") if info is not None else ""
    found = sections(_blocks(root))
    report.about(About(len(found), " ".join(title.split()), [date.strip()], "section"))
    _report(found, "antiword", report)


def _blocks(element: etree._Element) -> Iterator[Block]:
    for child in element:
        name = local(child)
        if name == "beginpage":
            yield Block(page_break=True)
        elif name == "title":
            yield Block(" ".join(_text(child).split()), _LEVELS.get(local(element), 0))
        elif name == "row":
            cells = (" ".join(_text(entry).split()) for entry in named(child, "entry"))
            yield Block("\t".join(cell for cell in cells if cell))
        elif name == "para" and not any(True for _ in named(child, "row")):
            yield Block(" ".join(_text(child).split()))
            yield from (Block(page_break=True) for _ in named(child, "beginpage"))
        elif name not in _LEFT_OUT and not (name == "title" and local(element) == "book"):
            yield from _blocks(child)


def _text(element: etree._Element) -> str:
    return "".join(str(part) for part in element.itertext()).replace("[pic]", "")


def _plain(told: bytes, report: Report) -> None:
    """What catdoc tells: lines, form feeds between pages, and the codes of fields."""
    text = told.decode("utf-8", "replace")
    if sum(not (letter.isprintable() or letter.isspace()) for letter in text) > len(text) * _MOST_JUNK:
        raise UnreadableFile("damaged", "catdoc finds no text")
    found = sections(_lines(text))
    report.about(About(len(found), page_kind="section"))
    _report(found, "catdoc", report)


def _lines(text: str) -> Iterator[Block]:
    for number, page in enumerate(text.split("\f")):
        if number:
            yield Block(page_break=True)
        for line in page.split("\n"):
            yield Block(_FIELD_CODE.sub("", line))


def _report(found: Iterable[Section], reader: str, report: Report) -> None:
    for number, section in enumerate(found, 1):
        report.page(section.page(number, reader))


_READ = {"antiword": _docbook, "catdoc": _plain}
