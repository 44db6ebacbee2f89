"""RTF, as older systems save it: Windows letters as escapes, headings by outline level."""

from pathlib import Path

from samples.make.dialect import plain
from samples.make.tree import Block, Heading, PageBreak, Source, Table, texts_of

LATIN = 128


def write(source: Source, target: Path) -> None:
    """The document as RTF in cp1252."""
    facts = source.facts
    created = rf"{{\creatim\yr{facts.day.year}\mo{facts.day.month}\dy{facts.day.day}}}"
    parts = [
        rf"{{\rtf1\ansi\ansicpg1252\deff0{{\fonttbl{{\f0 Arial;}}}}{{\info{{\title {escaped(facts.title)}}}{created}}}",
        rf"{{\header\pard {escaped(facts.header)}\par}}{{\footer\pard {escaped(facts.footer)}\par}}",
        rf"\pard\outlinelevel0\b\fs36 {escaped(facts.title)}\b0\par\pard\fs22 {escaped(facts.origin)}\par",
        *(_told(block) for block in source.blocks),
        "}",
    ]
    target.write_text("\r\n".join(parts), encoding="ascii", newline="")


def escaped(text: str) -> str:
    """Letters beyond ASCII by their number in cp1252, else in Unicode."""
    return "".join(map(_letter, plain(text)))


def _letter(letter: str) -> str:
    if letter in "\\{}":
        return f"\\{letter}"
    if ord(letter) < LATIN:
        return letter
    try:
        return f"\\'{letter.encode('cp1252')[0]:02x}"
    except UnicodeEncodeError:
        return f"\\u{ord(letter)}?"


def _told(block: Block) -> str:
    match block:
        case PageBreak():
            return r"\page"
        case Heading(level, text):
            return rf"\pard\outlinelevel{level}\b {escaped(text)}\b0\par"
        case Table(rows):
            return "\r\n".join(_row(row) for row in rows)
        case _:
            return "\r\n".join(rf"\pard {escaped(text)}\par" for text in texts_of(block))


def _row(row: tuple[str, ...]) -> str:
    edges = "".join(rf"\cellx{2400 * (place + 1)}" for place in range(len(row)))
    cells = "".join(rf"\pard\intbl {escaped(cell)}\cell" for cell in row)
    return rf"\trowd{edges}{cells}\row"
