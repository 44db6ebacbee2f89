"""The parts of a Word file as blocks: body, tables, text boxes, notes; headers and footers once."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.errors import UnreadableFile
from indexer.extraction import sections
from indexer.extraction.drawingml import attribute, drawn_texts, local, main_part, named, relations
from indexer.extraction.package import Package
from indexer.extraction.sections import Block, Section
from indexer.extraction.text import SOFT_HYPHEN, clean

# Deleted text, field codes, and the older drawing of what mc:Choice has drawn already.
_LEFT_OUT = {"del", "moveFrom", "delText", "instrText", "Fallback", "pPr", "rPr", "tblPr", "sectPr"}
_CHARACTERS = {"tab": "\t", "ptab": "\t", "cr": "\n", "noBreakHyphen": "-", "softHyphen": SOFT_HYPHEN}
_BEHIND = {"num": "/"}  # what a formula shows as a line
_PAGE_BREAK = "\f"
_LONGEST_PAGE = 8000  # characters; text between explicit breaks that is longer ran over several pages
_BEFORE = "sectPrChange"  # a section as it was before a tracked change
_HEADING_NAME = re.compile(r"(?:heading|rubrik)\s*([1-9])", re.IGNORECASE)


class Body:
    """The main document part and what belongs to it; raises UnreadableFile where it is missing or broken."""

    def __init__(self, package: Package) -> None:
        self._package = package
        self._main = main_part(package, "word/document.xml")
        self._folder = self._main.rpartition("/")[0]
        self._levels, self._title_styles = self._styles()
        self._footnotes = self._notes("footnotes")
        self._endnotes = self._notes("endnotes")
        root = package.xml(self._main)
        self._rendered = any(True for _ in named(root, "lastRenderedPageBreak"))
        self.title = ""
        self._related = self._relations()
        past = {section for change in named(root, _BEFORE) for section in change}
        starts = [_starts_page(section) for section in named(root, "sectPr") if section not in past]
        self._sections = iter(starts[1:])  # that which follows says how the one before it ends
        self._blocks = [*self._children(root), *(Block(text) for text in self._endnotes.values())]
        self.knows_pages = self._pages_are_known()

    def pages(self) -> list[Section]:
        """By page, or by section where the file does not tell its pages."""
        return sections.pages(self._blocks) if self.knows_pages else sections.sections(self._blocks)

    def running(self) -> str:
        """Headers and footers, each line once."""
        lines: dict[str, None] = {}
        for name in self._package.names():
            if re.fullmatch(rf"{re.escape(self._folder)}/(header|footer)\d*\.xml", name):
                for block in self._optional(name):
                    lines.update((line.strip(), None) for line in clean(block.text).split("\n") if line.strip())
        return "\n".join(lines)

    def _pages_are_known(self) -> bool:
        if self._rendered:
            return True
        if not any(block.page_break for block in self._blocks):
            return False
        return all(len(page.text) <= _LONGEST_PAGE for page in sections.pages(self._blocks))

    def _optional(self, name: str) -> list[Block]:
        try:
            return list(self._children(self._package.xml(name)))
        except UnreadableFile:  # a broken header is no reason to lose the body
            return []

    def _relations(self) -> dict[str, str]:
        """Parts by id."""
        try:
            return {key: target for _, key, target in relations(self._package, self._main)}
        except UnreadableFile:  # they name pictures and links, no text of the body
            return {}

    def _styles(self) -> tuple[dict[str, int], set[str]]:
        levels: dict[str, int] = {}
        titles: set[str] = set()
        name = f"{self._folder}/styles.xml"
        if name not in self._package:
            return levels, titles
        try:
            root = self._package.xml(name)
        except UnreadableFile:
            return levels, titles
        for style in named(root, "style"):
            key = attribute(style, "styleId")
            label = next((attribute(e, "val") for e in named(style, "name")), "")
            outline = next((attribute(e, "val") for e in named(style, "outlineLvl")), "")
            if found := _HEADING_NAME.match(label):
                levels[key] = int(found[1])
            elif outline.isdecimal() and int(outline) < 9:  # noqa: PLR2004  nine is body text
                levels[key] = int(outline) + 1
            elif label.lower() in {"title", "rubrik"}:
                titles.add(key)
        return levels, titles

    def _notes(self, kind: str) -> dict[str, str]:
        name = f"{self._folder}/{kind}.xml"
        notes: dict[str, str] = {}
        if name not in self._package:
            return notes
        try:
            root = self._package.xml(name)
        except UnreadableFile:
            return notes
        for note in root:
            if isinstance(note.tag, str) and attribute(note, "type") in ("", "normal"):
                text = " ".join(_paragraph_text(p) for p in named(note, "p")).strip()
                if text:
                    notes[attribute(note, "id")] = text
        return notes

    def _children(self, element: etree._Element) -> Iterator[Block]:
        for child in element:
            name = local(child)
            if name in _LEFT_OUT:
                continue
            if name == "p":
                yield from self._paragraph(child)
            elif name == "tr":
                yield from self._row(child)
            else:
                yield from self._children(child)

    def _row(self, row: etree._Element) -> Iterator[Block]:
        return sections.row([list(self._children(cell)) for cell in row if local(cell) not in _LEFT_OUT])

    def _paragraph(self, paragraph: etree._Element) -> Iterator[Block]:
        own = {local(e): e for properties in paragraph if local(properties) == "pPr" for e in properties}
        style = attribute(own["pStyle"], "val") if "pStyle" in own else ""
        if "pageBreakBefore" in own and attribute(own["pageBreakBefore"], "val") not in ("0", "false"):
            yield Block(page_break=True)
        text = _paragraph_text(paragraph)
        if style in self._title_styles and not self.title:
            self.title = " ".join(text.split())
        yield from _parted(text, self._levels.get(style, 0))
        for box in _outermost(paragraph, "txbxContent"):
            yield from self._children(box)
        for drawn in _outermost(paragraph, "graphicData"):
            yield from self._drawn(drawn)
        for reference in _outermost(paragraph, "footnoteReference"):
            if note := self._footnotes.get(attribute(reference, "id")):
                yield Block(note, note=True)
        if "sectPr" in own and next(self._sections, False):
            yield Block(page_break=True)

    def _drawn(self, drawn: etree._Element) -> Iterator[Block]:
        """What the diagram or chart says that stands here."""
        for element in drawn:
            key = attribute(element, {"relIds": "dm", "chart": "id"}.get(local(element), ""))
            if key in self._related:
                yield from (Block(text) for text in drawn_texts(self._package, self._related[key]))


def _parted(text: str, level: int) -> Iterator[Block]:
    """A paragraph's text, with the page breaks in it."""
    for index, part in enumerate(text.split(_PAGE_BREAK)):
        if index:
            yield Block(page_break=True)
        if part.strip():
            yield Block(part, level)


def _starts_page(section: etree._Element) -> bool:
    kind = next((attribute(child, "val") for child in section if local(child) == "type"), "")
    return kind not in {"continuous", "nextColumn"}


def _paragraph_text(element: etree._Element) -> str:
    parts: list[str] = []
    _collect(element, parts)
    return "".join(parts)


def _collect(element: etree._Element, parts: list[str]) -> None:
    for child in element:
        name = local(child)
        if name == "t":
            parts.append(child.text or "")
        elif name in _CHARACTERS:
            parts.append(_CHARACTERS[name])
        elif name == "br":
            parts.append(_PAGE_BREAK if attribute(child, "type") == "page" else "\n")
        elif name == "lastRenderedPageBreak":
            parts.append(_PAGE_BREAK)
        elif name not in _LEFT_OUT and name != "txbxContent":
            _collect(child, parts)
            parts.append(_BEHIND.get(name, ""))


def _outermost(element: etree._Element, wanted: str) -> Iterator[etree._Element]:
    for child in element:
        name = local(child)
        if name == wanted:
            yield child
        elif name not in _LEFT_OUT:
            yield from _outermost(child, wanted)
