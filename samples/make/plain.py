"""Plain text, as pasted into a mail or saved from a system without formatting."""

from pathlib import Path
from textwrap import fill

from samples.make.dialect import plain
from samples.make.tree import Block, Heading, Items, Source, Table, texts_of

WIDTH = 78


def write(source: Source, target: Path) -> None:
    """The document as UTF-8 text with Windows line ends, notes last."""
    facts = source.facts
    top = [facts.header, "", facts.title.upper(), facts.subtitle, facts.origin]
    parts = ["\n".join(top), *(text_of(block) for block in source.blocks)]
    parts += [f"[{name}] {plain(text)}" for name, text in source.notes.items()]
    text = "\n\n".join([*parts, facts.footer]) + "\n"
    target.write_text(text, encoding="utf-8-sig", newline="\r\n")


def text_of(block: Block) -> str:
    """One block with its lines broken at the margin."""
    match block:
        case Heading(level, text):
            return f"\n{plain(text)}\n{'=-'[level > 1] * len(plain(text))}"
        case Items(items):
            lines = (fill(f"* {plain(one)}", WIDTH, subsequent_indent="  ") for one in items)
            return "\n".join(lines)
        case Table(rows, caption):
            return "\n".join([plain(caption), *("\t".join(map(plain, row)) for row in rows)])
        case _:
            return "\n".join(fill(plain(text), WIDTH) for text in texts_of(block))
