"""The Markdown dialect of the texts: lines to blocks, marks within a line to runs."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from samples.make.tree import (
    Block,
    Heading,
    Items,
    PageBreak,
    Paragraph,
    SpeakerNote,
    Table,
)

NOTE = re.compile(r"^\[\^(?P<name>[^\]]+)\]:\s*(?P<text>.*)$")
HEADING = re.compile(r"^(?P<marks>#{1,4})\s+(?P<text>.+)$")
ITEM = re.compile(r"^\s*(?:[-*]|(?P<number>\d+)\.)\s+(?P<text>.+)$")
RULE = re.compile(r"^\|?[\s:|-]+\|?$")
CAPTION = re.compile(r"^Tabell \d+[.:] ")
MARK = re.compile(r"\*\*(?P<bold>.+?)\*\*|\*(?P<italic>[^*]+)\*|\[\^(?P<note>[^\]]+)\]")

Group = tuple[str, list[str]]


@dataclass(frozen=True)
class Run:
    """A piece of a line in one style; a footnote mark is a run with only its name."""

    text: str = ""
    bold: bool = False
    italic: bool = False
    note: str = ""


def runs(text: str) -> Iterator[Run]:
    """The pieces of a line with **bold**, *italic* and footnote marks taken apart."""
    end = 0
    for found in MARK.finditer(text):
        if found.start() > end:
            yield Run(text[end : found.start()])
        bold, italic, note = found["bold"], found["italic"], found["note"]
        yield Run(bold or italic or "", bool(bold), bool(italic), note or "")
        end = found.end()
    if end < len(text):
        yield Run(text[end:])


def plain(text: str) -> str:
    """The line as a reader hears it: without marks."""
    return "".join(run.text for run in runs(text))


def parse(text: str) -> tuple[tuple[Block, ...], dict[str, str]]:
    """The blocks of a text, and its footnotes by name."""
    lines = [line.rstrip() for line in text.splitlines()]
    notes = {found["name"]: found["text"] for line in lines if (found := NOTE.match(line))}
    kept = _joined([line for line in lines if not NOTE.match(line)])
    groups = [(kind, list(rows)) for kind, rows in groupby(kept, key=_kind)]
    return tuple(_blocks([one for one in groups if one[0] != "blank"])), notes


def _joined(lines: list[str]) -> Iterator[str]:
    """The lines, with the indented continuation of a list item joined to the item."""
    held = ""
    for line in lines:
        if ITEM.match(held) and line.startswith("  ") and not ITEM.match(line):
            held = f"{held} {line.strip()}"
        else:
            yield held
            held = line
    yield held


def _kind(line: str) -> str:
    """What a line is, so that neighbours of one kind are read together."""
    if line in {"", "---"}:
        return "break" if line else "blank"
    if HEADING.match(line):
        return "heading"
    if found := ITEM.match(line):
        return "numbered" if found["number"] else "items"
    return {"|": "table", ">": "note"}.get(line[0], "paragraph")


def _blocks(groups: list[Group]) -> Iterator[Block]:
    """Blocks in order; a line "Tabell 3. …" right above a table becomes its caption."""
    caption = ""
    for (kind, rows), (following, _) in pairwise([*groups, ("end", [])]):
        if kind == "table":
            yield Table(_cells(rows), caption)
            caption = ""
            continue
        if following == "table" and CAPTION.match(rows[-1]):
            caption = rows.pop()
        yield from _of_kind(kind, rows)


def _cells(rows: list[str]) -> tuple[tuple[str, ...], ...]:
    """The cells of each row, short rows filled up to the width of the head."""
    split = [row.strip().strip("|").split("|") for row in rows if not RULE.match(row)]
    width = len(split[0])
    filled = [[*row, *[""] * width][:width] for row in split]
    return tuple(tuple(cell.strip() for cell in row) for row in filled)


def _of_kind(kind: str, rows: list[str]) -> Iterator[Block]:
    if kind == "break":
        yield PageBreak()
    elif kind == "heading":
        found = [match for row in rows if (match := HEADING.match(row))]
        yield from (Heading(len(one["marks"]), one["text"]) for one in found)
    elif kind in {"items", "numbered"}:
        texts = (match["text"] for row in rows if (match := ITEM.match(row)))
        yield Items(tuple(texts), numbered=kind == "numbered")
    elif kind == "note":
        yield SpeakerNote(" ".join(row.lstrip("> ") for row in rows))
    elif rows:
        yield Paragraph(" ".join(row.strip() for row in rows))
