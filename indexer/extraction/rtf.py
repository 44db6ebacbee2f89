"""RTF by page where it has page breaks of a page's length, else by section; the text by striprtf."""

from __future__ import annotations

import re
from collections.abc import Iterator

from striprtf.striprtf import rtf_to_text

from indexer.errors import UnreadableFile
from indexer.extraction.frames import About, Report
from indexer.extraction.registry import Task
from indexer.extraction.sections import Block, sections
from indexer.extraction.text import SOFT_HYPHEN

_MOST_FOR_LIMIT = 4  # bytes of markup for each byte of text that is allowed
_MOST_NOTES = 5000
_MOST_RUNNING = 40
_BREAK, _HEADING, _NOTE = "\f", "\x0e", "\x0f"  # stand in no RTF, and striprtf passes them on
_MARKS = re.compile(f"[{_BREAK}{_HEADING}{_NOTE}]")
_CODE_PAGES = ((rb"\\mac\b", "mac_roman"), (rb"\\pca\b", "cp850"), (rb"\\pc\b", "cp437"))
_BINARY = re.compile(rb"\\bin(\d{1,9}) ?")
_PICTURE = re.compile(rb"(?:[0-9a-fA-F]{64,}\s*)+")  # no text has so many digits in a row
_PAGE = re.compile(r"\\page(?![a-z])|\\pagebb(?![a-z0-9])|\\sbkpage(?![a-z])", re.IGNORECASE)
_OUTLINE = re.compile(r"\\outlinelevel([0-8])(?!\d)")
_STYLED = re.compile(r"\{\\s(\d{1,4})\b[^{}]{0,2000}?(?:heading|rubrik) ([1-9])\s*;\}", re.IGNORECASE)
_STYLE = re.compile(r"\\s(\d{1,4})(?!\d)")
_APART = re.compile(
    r"\{\s*\\(footnote|headerr|headerl|headerf|header|footerr|footerl|footerf|footer|shpgrp|shp)(?![a-z])"
)
_SHAPES = {"shp", "shpgrp"}
_BOX = re.compile(r"\{\s*\\shptxt(?![a-z])")
_DELETED = re.compile(r"\\deleted(?![a-z0-9])")
_DELETED_ENDS = re.compile(r"\\(?:plain|deleted0)(?![a-z0-9])")
_BRACE = re.compile(r"\\.|[{}]", re.DOTALL)
_TITLE = re.compile(r"\{\\title ([^{}]{1,2000})\}")
_DATE = re.compile(r"\{\\(?:creatim|revtim)\\yr(\d{4})\\mo(\d{1,2})\\dy(\d{1,2})")


def extract(task: Task, report: Report) -> None:
    """Raises UnreadableFile where there is no RTF in it."""
    data = _without_pictures(task.path.read_bytes())
    most = task.limits.text * _MOST_FOR_LIMIT
    if len(data) > most:
        report.cut("text")
    markup, encoding = _markup(data[:most])
    info = markup[:100_000]
    title = next((_text(found[1], encoding) for found in _TITLE.finditer(info)), "")
    dates = [f"{int(y):04}-{int(m):02}-{int(d):02}" for y, m, d in _DATE.findall(info)]
    body, notes, running = _apart(markup, encoding)
    text = _text(_marked(body), encoding)
    found = sections(_blocks(text, notes))
    report.about(About(len(found), " ".join(title.split()), dates, "section", "\n".join(running)))
    for number, section in enumerate(found, 1):
        report.page(section.page(number, "rtf"))


def text_of(data: bytes) -> str:
    """The paragraphs of RTF that stands in something else, a blank line between them; raises UnreadableFile."""
    markup, encoding = _markup(_without_pictures(data))
    body, _, _ = _apart(markup, encoding)
    blocks = _blocks(_text(_marked(body), encoding), [])
    return "\n\n".join(block.text for block in blocks if block.text.strip())


def _without_pictures(data: bytes) -> bytes:
    """Raises UnreadableFile where it is no RTF."""
    if not data.startswith(b"{\\rtf"):
        raise UnreadableFile("damaged", "no RTF")
    return _PICTURE.sub(b"", _without_binary(data))


def _markup(data: bytes) -> tuple[str, str]:
    """The markup without deleted text, and the code page of its letters."""
    encoding = next((name for sign, name in _CODE_PAGES if re.search(sign, data[:200])), "cp1252")
    text = _MARKS.sub("", data.decode("latin-1"))
    # Letters beyond ASCII stand in RTF as escapes; what stands raw all the same is of the code page.
    text = re.sub(r"[\x80-\xff]", lambda found: f"\\'{ord(found[0]):02x}", text)
    return _without_deleted(text), encoding


def _without_deleted(markup: str) -> str:
    """Without what somebody struck out while changes were tracked: the rest of the group, unless it ends before."""
    parts, at = [], 0
    for found in _DELETED.finditer(markup):
        if found.start() >= at:
            parts.append(markup[at : found.start()])
            end = _group_end(markup, found.end()) - 1
            ends = _DELETED_ENDS.search(markup, found.end(), end)
            at = ends.start() if ends else end
    return "".join([*parts, markup[at:]])


def _without_binary(data: bytes) -> bytes:
    """Without the raw bytes that a control word counts."""
    parts, at = [], 0
    for found in _BINARY.finditer(data):
        if found.start() >= at:
            parts.append(data[at : found.start()])
            at = found.end() + int(found[1])
    return b"".join([*parts, data[at:]])


def _apart(markup: str, encoding: str) -> tuple[str, list[Block], list[str]]:
    """(body, notes and text boxes, running lines): striprtf drops what does not stand in the body.

    Marks tell where notes and boxes were.
    """
    parts: list[str] = []
    hanging: list[Block] = []
    running: dict[str, None] = {}
    at = 0
    for found in _APART.finditer(markup):
        if found.start() < at:
            continue
        end = _group_end(markup, found.end())
        parts.append(markup[at : found.start()])
        at = end
        if found[1] == "footnote" or found[1] in _SHAPES:
            told = _hanging(found[1], markup[found.end() : end], encoding)
            if told.text and len(hanging) < _MOST_NOTES:
                hanging.append(told)
                parts.append(_NOTE)
        elif len(running) < _MOST_RUNNING:
            text = _text("{\\rtf1 " + markup[found.end() : end], encoding)
            running.update((line.strip(), None) for line in text.split("\n") if line.strip())
    return "".join([*parts, markup[at:]]), hanging, list(running)


def _hanging(kind: str, group: str, encoding: str) -> Block:
    """A footnote, or what stands in the boxes of a drawing."""
    if kind not in _SHAPES:
        return Block(" ".join(_text("{\\rtf1 " + group, encoding).split()), note=True)
    boxes = (group[found.end() : _group_end(group, found.end())] for found in _BOX.finditer(group))
    return Block("\n".join(_text("{\\rtf1 " + box, encoding).strip() for box in boxes))


def _group_end(markup: str, start: int) -> int:
    """Behind the brace that closes the group in which `start` stands."""
    depth = 1
    for brace in _BRACE.finditer(markup, start):
        depth += {"{": 1, "}": -1}.get(brace[0], 0)
        if not depth:
            return brace.end()
    return len(markup)


def _marked(body: str) -> str:
    """Page breaks and headings as characters that come through."""
    levels: dict[str, str] = dict(_STYLED.findall(body[:1_000_000]))
    body = _PAGE.sub(f" {_BREAK}", body)
    body = _OUTLINE.sub(lambda found: f" {_HEADING}{int(found[1]) + 1}", body)
    if not levels:
        return body
    return _STYLE.sub(lambda found: found[0] + (f" {_HEADING}{levels[found[1]]}" if found[1] in levels else ""), body)


def _text(markup: str, encoding: str) -> str:
    """Raises UnreadableFile where striprtf gives up."""
    try:
        text: str = rtf_to_text(markup, encoding=encoding, errors="replace")  # type: ignore[no-untyped-call]
    except (ValueError, LookupError, TypeError, OverflowError) as error:
        raise UnreadableFile("damaged", f"RTF: {error}") from error
    # Characters beyond 16 bits stand in RTF as two halves.
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _blocks(text: str, hanging: list[Block]) -> Iterator[Block]:
    left = iter(hanging)
    for line in text.replace("|", "\t").split("\n"):
        level = 0
        for number, part in enumerate(line.split(_BREAK)):
            if number:
                yield Block(page_break=True)
            level = _level(part) or level
            words = re.sub(f"{_HEADING}[1-9]", "", part)
            yield Block(words.replace(_NOTE, "").replace(SOFT_HYPHEN, ""), level)
            for _ in range(words.count(_NOTE)):
                yield next(left, Block())


def _level(part: str) -> int:
    found = re.search(f"{_HEADING}([1-9])", part)
    return int(found[1]) if found else 0
